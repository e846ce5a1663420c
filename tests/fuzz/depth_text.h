// Depth values as text again, the way the exchange writes them: what was parsed has to come out of its own text.
#pragma once

#include "market/depth.h"
#include "market/invariant.h"
#include "market/padded_text.h"
#include "market/parse_error.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace obm::fuzz {

inline std::string toText(const std::vector<Level>& levels)
{
    std::string text = "[";
    for (const Level& level : levels)
        text +=
            (text.size() > 1 ? ",[\"" : "[\"") + level.price.toString() + "\",\"" + level.quantity.toString() + "\"]";
    return text + ']';
}

// Digits included: text in is text out.
inline bool isSame(const std::vector<Level>& a, const std::vector<Level>& b)
{
    const auto isSameDecimal = [](Decimal x, Decimal y) { return x == y && x.fractionDigits() == y.fractionDigits(); };
    return std::ranges::equal(a, b, [&](const Level& x, const Level& y) {
        return isSameDecimal(x.price, y.price) && isSameDecimal(x.quantity, y.quantity);
    });
}

// A text in memory that ends right behind its padding: the address sanitizer sees each step too far.
class ExactlyPadded
{
public:
    explicit ExactlyPadded(std::string_view text)
        : m_size(text.size())
        , m_bytes(text.begin(), text.end())
    {
        m_bytes.resize(m_size + parserPaddingBytes, '"'); // what a careless reader would take for the end of a text
        m_bytes.shrink_to_fit();
    }
    [[nodiscard]] PaddedText text() const { return {std::string_view(m_bytes.data(), m_size), m_bytes.size()}; }

private:
    std::size_t m_size;
    std::vector<char> m_bytes;
};

inline constexpr std::size_t detailBytesMax = 64;

inline void checkError(const ParseError& error)
{
    require(static_cast<std::size_t>(error.fault) < parseFaultCount, "a fault that there is");
    require(error.detail.size() <= detailBytesMax, "a short word on what was wrong");
}

} // namespace obm::fuzz
