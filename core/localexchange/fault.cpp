#include "localexchange/fault.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace obm {

namespace {

struct KindText
{
    FaultKind kind;
    const char* name;
    const char* meaning;
};

constexpr std::array<KindText, faultKindCount> kinds{{
    {FaultKind::Drop, "drop", "a message is not sent"},
    {FaultKind::Duplicate, "duplicate", "a message is sent so many times more"},
    {FaultKind::Reorder, "reorder", "a message is sent after the next one of its stream"},
    {FaultKind::Delay, "delay", "a message and what follows on its stream are sent ms later"},
    {FaultKind::Malformed, "malformed", "a message has fields missing, of a wrong type or no numbers"},
    {FaultKind::Garbled, "garbled", "half of a message's frame is sent"},
    {FaultKind::Binary, "binary", "a message is sent as a binary frame"},
    {FaultKind::Oversize, "oversize", "a frame of more than 4 MiB is sent before a message"},
    {FaultKind::Stall, "stall", "connections stay open and answer pings, no data comes"},
    {FaultKind::Cut, "cut", "connections are reset"},
    {FaultKind::HalfOpen, "half-open", "connections stay open and are neither read nor written any more"},
    {FaultKind::ServerShutdown, "server-shutdown", "the serverShutdown event is sent, connections are reset ms later"},
    {FaultKind::RefuseConnections, "refuse-connections", "new connections are reset"},
    {FaultKind::DeadStream, "dead-stream", "connections send nothing more of a symbol until it is subscribed again"},
    {FaultKind::SilentAck, "silent-ack", "new WebSocket connections acknowledge and send nothing"},
    {FaultKind::RefuseSubscribe, "refuse-subscribe",
     "a SUBSCRIBE is answered with an error, and none of it carried out"},
    {FaultKind::NoAnswer, "no-answer", "a control message is carried out and never answered"},
    {FaultKind::SnapshotLate, "snapshot-late", "a snapshot is answered ms later"},
    {FaultKind::SnapshotStale, "snapshot-stale", "a snapshot is that of when the fault was given"},
    {FaultKind::SnapshotFail, "snapshot-fail", "a snapshot is answered with HTTP status"},
    {FaultKind::SnapshotHtml, "snapshot-html", "a snapshot is answered with an HTML page and 200"},
    {FaultKind::SnapshotTruncated, "snapshot-truncated", "a snapshot's JSON ends in the middle"},
    {FaultKind::SnapshotMalformed, "snapshot-malformed",
     "a snapshot has fields missing, of a wrong type or no numbers"},
    {FaultKind::SnapshotWrongSymbol, "snapshot-wrong-symbol", "a snapshot is another symbol's, under its own id"},
    {FaultKind::SnapshotEmpty, "snapshot-empty", "a snapshot has no levels"},
    {FaultKind::SnapshotOneSided, "snapshot-one-sided", "a snapshot has no bids"},
    {FaultKind::SnapshotCrossed, "snapshot-crossed", "a snapshot has its sides exchanged"},
    {FaultKind::SnapshotUnsorted, "snapshot-unsorted", "a snapshot has its levels in a wrong order"},
    {FaultKind::SnapshotAhead, "snapshot-ahead", "a snapshot has an id that the stream will not reach"},
    {FaultKind::Http429, "http-429", "a REST request is answered 429 with Retry-After of ms"},
    {FaultKind::Http418, "http-418", "a REST request is answered 418 with Retry-After of ms"},
}};

constexpr auto keyHelp = "  symbol=S     only this symbol (default: all)\n"
                         "  p=0.02       of each message or answer (default: 1)\n"
                         "  after=N      so many are let through first\n"
                         "  after_ms=N   begins so long after it was given\n"
                         "  for_ms=N     ends so long after it began\n"
                         "  count=N      hits (default: 1; no limit with p below 1 or for_ms, for stall,\n"
                         "               refuse-connections, silent-ack)\n"
                         "  ms=N         how long, for delay, snapshot-late, server-shutdown, http-429, http-418\n"
                         "               (default: 1000)\n"
                         "  times=N      of duplicate (default: 1)\n"
                         "  status=N     of snapshot-fail, 400 to 599 (default: 503)\n";

bool isState(FaultKind kind)
{
    return kind == FaultKind::Stall || kind == FaultKind::RefuseConnections || kind == FaultKind::SilentAck;
}

QString kindNames()
{
    QStringList names;
    for (const KindText& kind : kinds)
        names << QString::fromLatin1(kind.name);
    return names.join(QLatin1String(", "));
}

std::expected<void, QString> setNumber(int& field, const QString& key, const QString& value, int min, int max)
{
    bool ok = false;
    const int number = value.toInt(&ok);
    if (!ok || number < min || number > max)
        return std::unexpected(
            QStringLiteral("fault: %1=%2: expected a whole number from %3 to %4").arg(key, value).arg(min).arg(max));
    field = number;
    return {};
}

std::expected<void, QString> setProbability(Fault& fault, const QString& value)
{
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!ok || !(number > 0.0 && number <= 1.0))
        return std::unexpected(QStringLiteral("fault: p=%1: expected a number above 0 and up to 1").arg(value));
    fault.probability = number;
    return {};
}

std::expected<void, QString> setKey(Fault& fault, const QString& key, const QString& value)
{
    constexpr int manyMax = 1'000'000'000;
    if (key == QLatin1String("symbol")) {
        if (value.isEmpty())
            return std::unexpected(QStringLiteral("fault: symbol=: expected a symbol"));
        fault.symbol = value.toUpper();
        return {};
    }
    if (key == QLatin1String("p"))
        return setProbability(fault, value);
    if (key == QLatin1String("after"))
        return setNumber(fault.after, key, value, 0, manyMax);
    if (key == QLatin1String("after_ms"))
        return setNumber(fault.afterMs, key, value, 0, manyMax);
    if (key == QLatin1String("for_ms"))
        return setNumber(fault.durationMs, key, value, 1, manyMax);
    if (key == QLatin1String("count"))
        return setNumber(fault.count, key, value, 1, manyMax);
    if (key == QLatin1String("times"))
        return setNumber(fault.times, key, value, 1, 1'000);
    if (key == QLatin1String("ms"))
        return setNumber(fault.ms, key, value, 1, manyMax);
    if (key == QLatin1String("status"))
        return setNumber(fault.status, key, value, 400, 599);
    return std::unexpected(
        QStringLiteral("fault: unknown key %1: expected symbol, p, after, after_ms, for_ms, count, ms, times or status")
            .arg(key));
}

} // namespace

int Fault::hitsMax() const
{
    if (count > 0)
        return count;
    return isState(kind) || probability < 1.0 || durationMs > 0 ? 0 : 1;
}

QString toText(FaultKind kind)
{
    return QString::fromLatin1(kinds[static_cast<std::size_t>(kind)].name);
}

std::expected<Fault, QString> parseFault(const QString& spec)
{
    const QString name = spec.section(QLatin1Char(':'), 0, 0).trimmed();
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const KindText& kind) { return name == QLatin1String(kind.name); });
    if (found == kinds.end())
        return std::unexpected(QStringLiteral("fault: unknown kind %1: expected one of %2").arg(name, kindNames()));

    Fault fault;
    fault.kind = found->kind;
    const QString rest = spec.section(QLatin1Char(':'), 1);
    for (const QString& part : rest.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!part.contains(QLatin1Char('=')))
            return std::unexpected(QStringLiteral("fault: %1: expected key=value").arg(part));
        const auto set =
            setKey(fault, part.section(QLatin1Char('='), 0, 0).trimmed(), part.section(QLatin1Char('='), 1).trimmed());
        if (!set)
            return std::unexpected(set.error());
    }
    return fault;
}

QString faultHelp()
{
    constexpr int nameColumn = 24;
    QString text = QStringLiteral("Faults, KIND[:key=value,...]:\n");
    for (const KindText& kind : kinds)
        text += QStringLiteral("  %1%2\n")
                    .arg(QString::fromLatin1(kind.name).leftJustified(nameColumn), QString::fromLatin1(kind.meaning));
    return text + QStringLiteral("Keys:\n") + QString::fromLatin1(keyHelp);
}

} // namespace obm
