#include "ui/settings/kept_limits.h"

#include <QSettings>

namespace obm {

namespace {

const QString keyNotLive = QStringLiteral("alerts/not_live_ms");
const QString keySilent = QStringLiteral("alerts/silent_ms");
const QString keyLag = QStringLiteral("alerts/lag_ms");
const QString keyWeight = QStringLiteral("alerts/weight_percent");

template <typename Number>
void read(const QSettings& settings, const QString& key, Number& into)
{
    const qlonglong kept = settings.value(key).toLongLong();
    if (kept > 0)
        into = static_cast<Number>(kept);
}

} // namespace

AlertLimits keptLimits()
{
    const QSettings settings;
    AlertLimits limits;
    read(settings, keyNotLive, limits.notLiveMs);
    read(settings, keySilent, limits.silentMs);
    read(settings, keyLag, limits.lagMs);
    read(settings, keyWeight, limits.weightPercent);
    return limits;
}

void keepLimits(const AlertLimits& limits)
{
    QSettings settings;
    settings.setValue(keyNotLive, static_cast<qlonglong>(limits.notLiveMs));
    settings.setValue(keySilent, static_cast<qlonglong>(limits.silentMs));
    settings.setValue(keyLag, static_cast<qlonglong>(limits.lagMs));
    settings.setValue(keyWeight, limits.weightPercent);
}

} // namespace obm
