#include "market/compact_text.h"

#include "market/digits.h"

#include <bit>

namespace obm::json {

namespace {

constexpr std::size_t levelBytesMax = sizeof(R"(["",""],)") - 1 + 2 * Decimal::maxTextBytes;
static_assert(levelBytesMax + Decimal::shortReach <= parserPaddingBytes, "a level may begin with the last byte");

bool isPlain(char c)
{
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

bool takeLevel(CompactText& text, Level& out)
{
    return text.take("[\"") && text.takeDecimal(out.price) && text.take("\",\"") && text.takeDecimal(out.quantity) &&
           text.take("\"]");
}

Fault faultUnless(bool isTaken)
{
    return isTaken ? Fault() : notCompact;
}

} // namespace

bool CompactText::takeText(std::string_view& out)
{
    if (!isInside() || *m_at != '"')
        return false;
    const char* const begin = m_at + 1;
    const char* last = begin;
    while (last < m_end && isPlain(*last))
        ++last;
    if (last >= m_end || *last != '"')
        return false;
    out = {begin, static_cast<std::size_t>(last - begin)};
    m_at = last + 1;
    return true;
}

bool CompactText::takeLongDecimal(Decimal& out)
{
    const auto scanned = Decimal::scan(m_at, m_at + Decimal::maxTextBytes + 1);
    if (!scanned)
        return false;
    out = scanned->value;
    m_at = scanned->end;
    return true;
}

// Up to 15 digits, which is any id and any time: eight, and a word that is not full.
bool CompactText::takeId(std::int64_t& out)
{
    const std::uint64_t head = digitValues(m_at);
    const int headCount = std::countr_zero(nonDigits(head)) / 8;
    if (headCount == 0 || (*m_at == '0' && headCount > 1))
        return false;
    std::uint64_t value = numberOf(head, headCount);
    m_at += headCount;
    if (headCount == digitWordSize && isDigit(*m_at)) {
        const std::uint64_t tail = digitValues(m_at);
        const int tailCount = std::countr_zero(nonDigits(tail)) / 8;
        if (tailCount == digitWordSize)
            return false;
        value = value * powersOfTen[static_cast<std::size_t>(tailCount)] + numberOf(tail, tailCount);
        m_at += tailCount;
    }
    out = static_cast<std::int64_t>(value);
    return true;
}

Fault readId(CompactText& text, std::int64_t& out)
{
    return faultUnless(text.takeId(out));
}

Fault readText(CompactText& text, std::string_view& out)
{
    return faultUnless(text.takeText(out));
}

Fault readLevels(CompactText& text, std::vector<Level>& out)
{
    out.clear();
    if (text.take("[]"))
        return {};
    CompactText at = text; // a copy can stay in registers
    if (!at.take("["))
        return notCompact;
    do {
        if (!at.isInside() || out.size() == maxLevelsPerSide || !takeLevel(at, out.emplace_back()))
            return notCompact;
    } while (at.take(","));
    const bool isWhole = at.take("]");
    text = at;
    return faultUnless(isWhole);
}

Fault skip(CompactText& text, int /*depth*/)
{
    std::string_view anyText;
    std::int64_t anyId = 0;
    return faultUnless(text.takeText(anyText) || text.takeId(anyId));
}

} // namespace obm::json
