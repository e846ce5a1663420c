#include "ui/format/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace obm::format {

namespace {

constexpr std::int64_t msPerSecond = 1'000;
constexpr std::int64_t msPerMinute = 60 * msPerSecond;
constexpr std::int64_t msPerHour = 60 * msPerMinute;
constexpr std::int64_t msPerDay = 24 * msPerHour;

QString tr(const char* text) // in the context that lupdate gives to it here
{
    return QCoreApplication::translate("obm::format", text);
}

const QLocale& grouped()
{
    static const QLocale locale = [] {
        QLocale c = QLocale::c();
        c.setNumberOptions(QLocale::DefaultNumberOptions); // C leaves the commas out
        return c;
    }();
    return locale;
}

QString number(double value, int digits)
{
    return grouped().toString(value, 'f', digits);
}

// Three digits that count: 0.08, 1.2, 34.
QString brief(double value)
{
    const double rounded = std::abs(value);
    return number(value, rounded < 0.995 ? 2 : rounded < 9.95 ? 1 : 0);
}

// Two units at most: the smaller one is left out when it is 0.
QString twoUnits(std::int64_t large, const QString& largeUnit, std::int64_t small, const QString& smallUnit)
{
    const QString text = QStringLiteral("%1 %2").arg(large).arg(largeUnit);
    return small == 0 ? text : QStringLiteral("%1 %2 %3").arg(text).arg(small).arg(smallUnit);
}

// From a minute on.
QString longDuration(std::int64_t ms)
{
    if (ms < msPerHour)
        return twoUnits(ms / msPerMinute, tr("min"), ms % msPerMinute / msPerSecond, tr("s"));
    if (ms < msPerDay)
        return twoUnits(ms / msPerHour, tr("h"), ms % msPerHour / msPerMinute, tr("min"));
    return twoUnits(ms / msPerDay, tr("d"), ms % msPerDay / msPerHour, tr("h"));
}

} // namespace

QString blank()
{
    return QString(QChar(blankSign));
}

QString count(std::int64_t value)
{
    return grouped().toString(static_cast<qlonglong>(value));
}

QString shortCount(double value)
{
    static constexpr std::array units = {"", "k", "M", "G", "T"};
    std::size_t unit = 0;
    while (std::abs(value) >= 999.5 && unit + 1 < units.size()) {
        value /= 1'000;
        ++unit;
    }
    const double size = std::abs(value);
    const int digits = unit == 0 ? 0 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return number(value, digits) + QLatin1String(units[unit]);
}

QString rate(double perSecond)
{
    const int digits = perSecond > 0 && perSecond < 9.95 ? 1 : 0;
    return tr("%1/s").arg(number(perSecond, digits));
}

QString latency(double ms)
{
    if (ms > 0 && ms < 0.005)
        return tr("< 0.01 ms");
    if (ms < 999.5)
        return tr("%1 ms").arg(ms > 0 ? brief(ms) : QStringLiteral("0"));
    return ms < static_cast<double>(msPerMinute) ? tr("%1 s").arg(brief(ms / 1'000))
                                                 : longDuration(static_cast<std::int64_t>(ms));
}

QString age(std::int64_t ms)
{
    ms = std::max<std::int64_t>(ms, 0); // the other side's clock may be ahead
    if (ms < msPerSecond)
        return tr("%1 ms").arg(ms);
    if (ms < 10 * msPerSecond)
        return tr("%1 s").arg(number(static_cast<double>(ms / 100) / 10, 1));
    if (ms < msPerMinute)
        return tr("%1 s").arg(ms / msPerSecond);
    return ms < msPerHour ? tr("%1 min").arg(ms / msPerMinute) : longDuration(ms);
}

QString duration(std::int64_t ms)
{
    ms = std::max<std::int64_t>(ms, 0);
    return ms < msPerMinute ? tr("%1 s").arg(ms / msPerSecond) : longDuration(ms);
}

QString percent(double share)
{
    return tr("%1 %").arg(number(share * 100, 0));
}

QString price(const Decimal& value)
{
    return QString::fromStdString(value.toString());
}

QString quantity(const Decimal& value)
{
    return QString::fromStdString(value.toString());
}

QString clockTime(std::int64_t epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs).toString(QStringLiteral("HH:mm:ss"));
}

QString clockTimeMs(std::int64_t epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString dateAndTime(std::int64_t epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs).toUTC().toString(Qt::ISODateWithMs);
}

QString since(std::int64_t epochMs, std::int64_t nowEpochMs)
{
    return tr("since %1 (%2)").arg(clockTime(epochMs), duration(nowEpochMs - epochMs));
}

} // namespace obm::format
