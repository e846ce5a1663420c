// A price as a number, for the recorded books: "0.10" and "0.1" are one level.
// Why its own: the truth must not share code with what it is held against.
// Whole part and 18 digits of fraction, exact. Thread: plain value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace obm::localexchange {

struct DecimalKey
{
    std::uint64_t whole = 0;
    std::uint64_t fraction = 0; // in units of 1e-18

    auto operator<=>(const DecimalKey&) const = default;
    [[nodiscard]] bool isZero() const { return whole == 0 && fraction == 0; }

    static std::optional<DecimalKey> parse(std::string_view text); // digits[.digits], at most 18 each
};

} // namespace obm::localexchange
