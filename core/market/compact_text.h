// JSON as the exchange writes it, read by hand in one pass: no blanks, no escapes, plain ASCII.
// Why: nearly all that comes in is levels, and read like this they cost a fraction of what the general way costs
// (tests/bench/RESULTS.md).
// It takes and never refuses: at another form, and at whatever is wrong, it says `notCompact`, upon which the whole
// text goes to the general parser, whose verdict counts. So no rule on what is wrong stands here, and what is taken
// here the general parser takes too, to the same values. Inside core/market only.
#pragma once

#include "market/depth.h"
#include "market/json_fields.h"
#include "market/padded_text.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace obm::json {

inline constexpr ParseFault notCompact = ParseFault::BadJson; // which fault it is nobody looks at

// A place in such a text. Steps read ahead without a check of the end, into the padding if need be and never over it:
// whoever repeats them asks isInside() each time.
class CompactText
{
public:
    explicit CompactText(PaddedText text)
        : m_at(text.text().data())
        , m_end(m_at + text.text().size())
    {}

    [[nodiscard]] bool isInside() const { return m_at < m_end; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_end; }

    // Each of these steps over what it takes, or stays.
    template <std::size_t Size>
    bool take(const char (&expected)[Size])
    {
        const bool isThere = std::memcmp(m_at, expected, Size - 1) == 0;
        m_at += isThere ? Size - 1 : 0;
        return isThere;
    }
    [[gnu::always_inline]] bool takeDecimal(Decimal& out)
    {
        const char* const end = Decimal::scanShort(m_at, out);
        if (!end)
            return takeLongDecimal(out);
        m_at = end;
        return true;
    }
    bool takeText(std::string_view& out); // with its quotes
    bool takeId(std::int64_t& out);

private:
    bool takeLongDecimal(Decimal& out);

    const char* m_at;
    const char* m_end;
};

// As their namesakes for the general parser.
Fault readId(CompactText& text, std::int64_t& out);
Fault readText(CompactText& text, std::string_view& out);
Fault readLevels(CompactText& text, std::vector<Level>& out);
Fault skip(CompactText& text, int depth);

// The outermost object, and nothing behind it: onField(key, text) -> Fault for each field. False if not compact.
template <class OnField>
bool forEachFieldOf(CompactText text, OnField&& onField)
{
    if (!text.take("{"))
        return false;
    do {
        std::string_view key;
        if (!text.takeText(key) || !text.take(":") || onField(key, text))
            return false;
    } while (text.take(","));
    return text.take("}") && text.isAtEnd();
}

} // namespace obm::json
