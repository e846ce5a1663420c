#include "localexchange/decimal_key.h"

#include <charconv>

namespace obm::localexchange {

namespace {

constexpr std::size_t digitsMax = 18;

std::optional<std::uint64_t> parseDigits(std::string_view text)
{
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || text.size() > digitsMax)
        return std::nullopt;
    return value;
}

} // namespace

std::optional<DecimalKey> DecimalKey::parse(std::string_view text)
{
    const std::size_t point = text.find('.');
    const auto whole = parseDigits(text.substr(0, point));
    if (!whole)
        return std::nullopt;
    if (point == std::string_view::npos)
        return DecimalKey{*whole, 0};

    const std::string_view digits = text.substr(point + 1);
    auto fraction = parseDigits(digits);
    if (!fraction)
        return std::nullopt;
    for (std::size_t i = digits.size(); i < digitsMax; ++i)
        *fraction *= 10;
    return DecimalKey{*whole, *fraction};
}

} // namespace obm::localexchange
