// The amount at which a bar is full. It grows at once, so that no bar ever leaves its column, and falls a step only
// when everything has stayed well below for a while: a scale that followed each change would make all bars dance.
// Units: ms of a steady clock, passed in; amounts as given. Thread: a plain value.
#pragma once

#include <cmath>
#include <cstdint>

namespace obm {

class SteadyScale
{
public:
    static constexpr std::int64_t shrinkAfterMs = 1'500;
    static constexpr std::int64_t shrinkStepMs = 250; // from then on
    static constexpr double stepsPerDoubling = 4;

    // The largest amount on screen now. Returns the scale.
    double update(double largest, std::int64_t nowMs)
    {
        const int wanted = largest > 0 ? static_cast<int>(std::ceil(std::log2(largest) * stepsPerDoubling)) : m_step;
        if (!m_isSet || wanted >= m_step) {
            m_isSet = m_isSet || largest > 0;
            m_step = wanted;
            m_highSinceMs = nowMs;
        } else if (nowMs - m_highSinceMs >= shrinkAfterMs) {
            --m_step;
            m_highSinceMs = nowMs - shrinkAfterMs + shrinkStepMs;
        }
        return value();
    }
    void reset() { *this = {}; }

    [[nodiscard]] double value() const { return m_isSet ? std::exp2(m_step / stepsPerDoubling) : 1.0; }

private:
    int m_step = 0;
    bool m_isSet = false;
    std::int64_t m_highSinceMs = 0; // when something needed all of it last
};

} // namespace obm
