// Tells a person who does not look at the window: a desktop notification, a beep. Many alerts that come one after the
// other are told together, at most once in `quietMs`.
// Thread: main. Units: ms of a steady clock.
#pragma once

#include "monitor/alerts.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace obm {

class AlertVoice
{
public:
    static constexpr std::int64_t quietMs = 5'000;
    static constexpr std::size_t linesMax = 4;

    struct Ways
    {
        std::function<void(const QString& text)> notify;
        std::function<void()> beep;
    };
    explicit AlertVoice(Ways ways);

    void setNotifies(bool on) { m_notifies = on; }
    void setBeeps(bool on) { m_beeps = on; }
    [[nodiscard]] bool notifies() const { return m_notifies; }
    [[nodiscard]] bool beeps() const { return m_beeps; }

    // At each look, whether something was raised or not.
    void tell(const std::vector<Alert>& raised, std::int64_t nowMs);

private:
    Ways m_ways;
    bool m_notifies = true;
    bool m_beeps = false;
    std::vector<QString> m_untold;
    std::optional<std::int64_t> m_toldMs;
};

} // namespace obm
