// What calls for a person, with hysteresis: raised only when it lasted, cleared only when it stayed away.
// Units: ms of a steady clock, passed in. Thread: that of its owner.
#pragma once

#include "pipeline/status.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace obm {

enum class AlertKind : std::uint8_t { SymbolNotLive, SymbolSilent, Lag, Redis, Weight };
inline constexpr std::size_t alertKindCount = 5;
const char* toText(AlertKind kind); // "symbol not live", ...

struct AlertLimits
{
    std::int64_t notLiveMs = 30'000;
    std::int64_t silentMs = 60'000;
    std::int64_t lagMs = 5'000;
    int weightPercent = 80;
    std::int64_t raiseAfterMs = 2'000; // of lag, Redis and weight
    std::int64_t clearAfterMs = 5'000;
};

struct Alert
{
    AlertKind kind = AlertKind::SymbolNotLive;
    std::string symbol; // empty: not of one symbol
    std::string text;
    std::int64_t raisedMs = 0;
    bool muted = false;
};

struct AlertChanges
{
    std::vector<Alert> raised; // muted ones left out; many symbols of one kind at once are one, without a symbol
    std::vector<Alert> cleared;
};

// Something over its limit at this moment.
struct AlertCause
{
    AlertKind kind = AlertKind::SymbolNotLive;
    std::string symbol;
    std::string text;
    std::int64_t afterMs = 0; // raised when it lasted so long
};

class Alerts
{
public:
    explicit Alerts(const AlertLimits& limits = {})
        : m_limits(limits)
    {}

    AlertChanges update(const PipelineStatus& status, std::int64_t nowMs);
    void setLimits(const AlertLimits& limits) { m_limits = limits; }
    void mute(AlertKind kind, bool muted) { m_muted[static_cast<std::size_t>(kind)] = muted; }

    [[nodiscard]] const std::vector<Alert>& active() const { return m_active; } // muted ones too, marked

    [[nodiscard]] bool isMuted(AlertKind kind) const { return m_muted[static_cast<std::size_t>(kind)]; }

private:
    struct Watched // something that was over its limit at the last looks, or is raised
    {
        Alert alert;
        std::int64_t overSinceMs = 0;
        std::int64_t afterMs = 0;
        std::int64_t underSinceMs = 0; // 0: it is over now
        std::uint64_t look = 0;        // the last one at which it was over
        bool raised = false;
    };

    void noteOver(AlertCause cause, std::int64_t nowMs);
    void raise(Watched& watched, std::int64_t nowMs, std::map<AlertKind, std::vector<Alert>>& raised) const;
    void clear(Watched& watched, std::int64_t nowMs, std::vector<Alert>& cleared) const;

    AlertLimits m_limits;
    std::array<bool, alertKindCount> m_muted{};
    std::map<std::pair<AlertKind, std::string>, Watched> m_watched;
    std::uint64_t m_look = 0;
    std::vector<Alert> m_active;
};

} // namespace obm
