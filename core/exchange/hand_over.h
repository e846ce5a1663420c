// Moves streams from an old connection to its successor so that each event is passed on once and in order.
// Both deliver the same events and either may be ahead. Per stream the old connection is the source; events of the
// successor that run ahead of it are held. The stream moves as soon as the successor's first held or next event
// continues what was passed on (`pu <= passed u`): what was held follows at once, and from then on the successor is the
// source. Where the old connection fell silent while the successor delivers, the stream moves after `quietMs`; where
// both are silent it may move once they were so for as long. Source of the id rule: Binance USD-M "How to manage a
// local order book correctly" (pu of an event = u of the previous). Thread: plain value, time as argument (monotonic
// ms).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm {

// Held per stream at most; beyond it the oldest is dropped, for the old connection delivers it. At 100 ms they cover
// more than the quiet time.
inline constexpr std::size_t heldEventsMax = 64;

struct DepthEvent
{
    std::string_view stream;
    std::string_view data;
    std::int64_t receivedMs = 0; // UTC
    std::int64_t previousLastId = 0;
    std::int64_t lastId = 0;
};

struct HeldEvent
{
    std::string stream;
    std::string data;
    std::int64_t receivedMs = 0;
    std::int64_t previousLastId = 0;
    std::int64_t lastId = 0;
};

class HandOver
{
public:
    explicit HandOver(std::int64_t quietMs)
        : m_quietMs(quietMs)
    {}

    void add(const std::string& stream);
    void remove(const std::string& stream);

    // True: pass the event on, after what takeReleased() has in the successor's case and before it in the old one's.
    // Unknown streams pass.
    bool fromOld(const DepthEvent& event, std::int64_t nowMs);
    bool fromSuccessor(const DepthEvent& event, std::int64_t nowMs);
    std::vector<HeldEvent> takeReleased();

    // True once every stream has moved or may. subscribedMs: the successor's last acknowledgement.
    [[nodiscard]] bool isComplete(std::int64_t subscribedMs, std::int64_t nowMs) const;
    // All streams move now; what was held is released.
    void moveAll();

    [[nodiscard]] int movedCount() const { return m_moved; }
    [[nodiscard]] int streamCount() const { return static_cast<int>(m_streams.size()); }

private:
    static constexpr std::int64_t none = -1;
    struct Stream
    {
        std::int64_t passedId = none; // last u passed on
        std::int64_t lastOldMs = none;
        std::int64_t firstSuccessorMs = none;
        std::int64_t lastSuccessorMs = none;
        std::deque<HeldEvent> held;
        bool moved = false;
    };
    struct TextHash : std::hash<std::string_view>
    {
        using is_transparent = void;
    };

    Stream* find(std::string_view stream);
    void move(Stream& stream);
    static void hold(Stream& stream, const DepthEvent& event);
    [[nodiscard]] bool mayMove(const Stream& stream, std::int64_t subscribedMs, std::int64_t nowMs) const;

    std::int64_t m_quietMs;
    std::unordered_map<std::string, Stream, TextHash, std::equal_to<>> m_streams;
    std::vector<HeldEvent> m_released;
    int m_moved = 0;
};

} // namespace obm
