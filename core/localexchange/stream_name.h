// Names of depth streams: <symbol>@depth (250 ms), <symbol>@depth@100ms, <symbol>@depth@500ms.
// As on the exchange, only lower-case ASCII letters count, and @depth@250ms is no stream's name.
// Thread: pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace obm::localexchange {

enum class Speed : std::uint8_t { Ms100, Ms250, Ms500 };
inline constexpr std::array<Speed, 3> allSpeeds{Speed::Ms100, Speed::Ms250, Speed::Ms500};
inline constexpr std::size_t speedCount = allSpeeds.size();

class SpeedSet
{
public:
    constexpr SpeedSet() = default;
    constexpr explicit SpeedSet(Speed speed)
        : m_bits(bit(speed))
    {}

    static constexpr SpeedSet all() { return SpeedSet(Bits{0b111}); }
    [[nodiscard]] constexpr bool has(Speed speed) const { return (m_bits & bit(speed)) != 0; }
    [[nodiscard]] constexpr std::uint8_t bits() const { return m_bits; }

private:
    using Bits = std::uint8_t;
    constexpr explicit SpeedSet(Bits bits)
        : m_bits(bits)
    {}
    static constexpr Bits bit(Speed speed) { return static_cast<Bits>(1U << static_cast<unsigned>(speed)); }

    Bits m_bits = 0;
};

struct StreamName
{
    std::string symbol; // upper case
    Speed speed = Speed::Ms250;
};

// Empty: the exchange acknowledges such a name and sends nothing.
std::optional<StreamName> parseStreamName(std::string_view name);

} // namespace obm::localexchange
