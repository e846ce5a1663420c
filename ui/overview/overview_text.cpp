#include "ui/overview/overview_text.h"

#include "ui/format/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace obm {

namespace {

QString tr(const char* text) // in the context that lupdate gives to it here
{
    return QCoreApplication::translate("obm", text);
}

} // namespace

QString nameOf(Stage stage)
{
    return QCoreApplication::translate("stage", toText(stage));
}

QString wordOf(Condition condition)
{
    return QCoreApplication::translate("condition", toText(condition));
}

QString rateText(const StageRow& row)
{
    return format::orBlank(row.perSecond, format::rate);
}

QString latencyText(const StageRow& row)
{
    if (!row.latency)
        return format::blank();
    return tr("p50 %1, p99 %2").arg(format::latency(row.latency->p50Ms), format::latency(row.latency->p99Ms));
}

QString lagText(const StageRow& row)
{
    if (!row.lagMessages)
        return {};
    const QString messages = tr("lag %1").arg(format::count(*row.lagMessages));
    return row.lagMs ? QStringLiteral("%1 (%2)").arg(messages, format::age(*row.lagMs)) : messages;
}

QString stageText(const StageRow& row, std::int64_t nowEpochMs)
{
    QStringList parts{tr("%1: %2").arg(nameOf(row.stage), wordOf(row.condition)), QString::fromStdString(row.words)};
    if (row.perSecond)
        parts << rateText(row);
    if (row.latency)
        parts << latencyText(row);
    if (row.lagMessages)
        parts << lagText(row);
    parts << QString::fromStdString(row.blank);
    if (row.sinceEpochMs > 0)
        parts << format::since(row.sinceEpochMs, nowEpochMs);
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

QString overviewText(const StageRows& rows, std::int64_t nowEpochMs)
{
    QStringList lines;
    for (const StageRow& row : rows)
        lines << stageText(row, nowEpochMs);
    return lines.join(QLatin1Char('\n'));
}

} // namespace obm
