#include "monitor/alerts.h"

#include "monitor/alert_rules.h"
#include "monitor/words.h"

#include <algorithm>
#include <map>
#include <utility>

namespace obm {

namespace {

// Of many that began at one look a person wants one line.
void addRaised(std::vector<Alert>& raised, std::vector<Alert> ofKind)
{
    constexpr std::size_t eachMax = 3;
    if (ofKind.size() <= eachMax) {
        std::ranges::move(ofKind, std::back_inserter(raised));
        return;
    }
    Alert summary = ofKind.front();
    summary.symbol.clear();
    summary.text = obm::words("{} symbols: {}; {}, {} and {} more", ofKind.size(), ofKind[0].text, ofKind[1].symbol,
                              ofKind[2].symbol, ofKind.size() - eachMax);
    raised.push_back(std::move(summary));
}

} // namespace

const char* toText(AlertKind kind)
{
    switch (kind) {
    case AlertKind::SymbolNotLive:
        return "symbol not live";
    case AlertKind::SymbolSilent:
        return "symbol silent";
    case AlertKind::Lag:
        return "lag";
    case AlertKind::Redis:
        return "Redis";
    case AlertKind::Weight:
        return "weight";
    }
    return "";
}

AlertChanges Alerts::update(const PipelineStatus& status, std::int64_t nowMs)
{
    ++m_look;
    for (AlertCause& cause : alertCauses(status, m_limits, nowMs))
        noteOver(std::move(cause), nowMs);

    AlertChanges changes;
    std::map<AlertKind, std::vector<Alert>> raised;
    for (auto& [key, watched] : m_watched) {
        watched.alert.muted = isMuted(key.first);
        if (watched.look == m_look)
            raise(watched, nowMs, raised);
        else
            clear(watched, nowMs, changes.cleared);
    }
    std::erase_if(m_watched, [this](const auto& item) { return item.second.look != m_look && !item.second.raised; });
    for (auto& [kind, alerts] : raised)
        addRaised(changes.raised, std::move(alerts));
    m_active.clear();
    for (const auto& [key, watched] : m_watched)
        if (watched.raised)
            m_active.push_back(watched.alert);
    return changes;
}

void Alerts::noteOver(AlertCause cause, std::int64_t nowMs)
{
    Watched& watched = m_watched[{cause.kind, cause.symbol}];
    if (watched.look == 0) {
        watched.overSinceMs = nowMs;
        watched.alert.kind = cause.kind;
        watched.alert.symbol = std::move(cause.symbol);
    }
    watched.alert.text = std::move(cause.text);
    watched.afterMs = cause.afterMs;
    watched.underSinceMs = 0;
    watched.look = m_look;
}

void Alerts::raise(Watched& watched, std::int64_t nowMs, std::map<AlertKind, std::vector<Alert>>& raised) const
{
    if (watched.raised || nowMs - watched.overSinceMs < watched.afterMs)
        return;
    watched.raised = true;
    watched.alert.raisedMs = nowMs;
    if (!watched.alert.muted)
        raised[watched.alert.kind].push_back(watched.alert);
}

void Alerts::clear(Watched& watched, std::int64_t nowMs, std::vector<Alert>& cleared) const
{
    if (!watched.raised)
        return;
    if (watched.underSinceMs == 0)
        watched.underSinceMs = nowMs;
    if (nowMs - watched.underSinceMs < m_limits.clearAfterMs)
        return;
    watched.raised = false;
    if (!watched.alert.muted)
        cleared.push_back(watched.alert);
}

} // namespace obm
