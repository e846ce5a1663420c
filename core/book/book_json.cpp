#include "book/book_json.h"

#include "market/digits.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace obm {

namespace {

constexpr std::size_t levelBytesMax = sizeof(R"(["",""],)") - 1 + 2 * Decimal::maxTextBytes;

void appendNumber(std::string& out, std::int64_t value)
{
    char digits[maxUint64Digits];
    if (value < 0)
        out += '-';
    const auto magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    out.append(digits, writeDigits(digits, magnitude));
}

void appendEscaped(std::string& out, char c)
{
    constexpr char hex[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

// Symbols and owners: UTF-8 as it is, but what JSON does not allow between quotes.
void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20)
            appendEscaped(out, c);
        else
            out += c;
    }
    out += '"';
}

template <std::size_t Size>
char* writeText(char* at, const char (&text)[Size])
{
    std::memcpy(at, text, Size - 1);
    return at + Size - 1;
}

char* writeLevel(char* at, const Level& level)
{
    at = level.price.write(writeText(at, "[\""));
    at = level.quantity.write(writeText(at, "\",\""));
    return writeText(at, "\"],");
}

// [["p","q"],...]
void appendLevels(std::string& out, const PriceLadder& ladder, std::size_t levelsMax)
{
    const std::size_t count = std::min(levelsMax, ladder.size());
    const std::size_t begin = out.size();
    out.resize(begin + 2 + count * levelBytesMax); // over-long, cut below: levels are written without a check each
    char* at = writeText(out.data() + begin, "[");
    for (const Level& level : ladder.bestFirst() | std::views::take(count))
        at = writeLevel(at, level);
    if (count > 0)
        --at; // the last comma
    at = writeText(at, "]");
    out.resize(static_cast<std::size_t>(at - out.data()));
}

void appendField(std::string& out, std::string_view name, std::int64_t value)
{
    out += name;
    appendNumber(out, value);
}

} // namespace

void appendLiveJson(std::string& out, std::string_view symbol, const OrderBook& book, std::size_t levelsMax,
                    std::int64_t lastId)
{
    out += R"({"s":)";
    appendQuoted(out, symbol);
    out += R"(,"b":)";
    appendLevels(out, book.bids(), levelsMax);
    out += R"(,"a":)";
    appendLevels(out, book.asks(), levelsMax);
    appendField(out, R"(,"u":)", lastId);
    out += '}';
}

void appendFullJson(std::string& out, std::string_view symbol, const OrderBook& book, const FullBookStamp& stamp)
{
    out += R"({"symbol":)";
    appendQuoted(out, symbol);
    appendField(out, R"(,"lastUpdateId":)", stamp.lastUpdateId);
    out += R"(,"bids":)";
    appendLevels(out, book.bids(), book.bids().size());
    out += R"(,"asks":)";
    appendLevels(out, book.asks(), book.asks().size());
    appendField(out, R"(,"timestamp":)", stamp.eventTimeMs);
    out += R"(,"updatedAt":")";
    appendIsoTime(out, stamp.updatedAtMs);
    appendField(out, R"(","partition":)", stamp.partition);
    appendField(out, R"(,"offset":)", stamp.offset);
    out += '}';
}

void appendStatusJson(std::string& out, const StatusStamp& stamp)
{
    out += R"({"state":")";
    out += toText(stamp.state);
    appendField(out, R"(","u":)", stamp.lastId);
    appendField(out, R"(,"ageMs":)", stamp.ageMs);
    appendField(out, R"(,"gaps":)", static_cast<std::int64_t>(stamp.gaps));
    appendField(out, R"(,"resyncs":)", static_cast<std::int64_t>(stamp.resyncs));
    out += R"(,"owner":)";
    appendQuoted(out, stamp.owner);
    out += R"(,"updatedAt":")";
    appendIsoTime(out, stamp.updatedAtMs);
    out += "\"}";
}

void appendIsoTime(std::string& out, std::int64_t epochMs)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(epochMs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const auto msOfDay = static_cast<std::uint64_t>((time - day).count());
    char text[] = "0000-00-00T00:00:00.000Z";
    writeDigits(text, static_cast<std::uint64_t>(std::clamp(int{date.year()}, 0, 9999)), 4);
    writeDigits(text + 5, unsigned{date.month()}, 2);
    writeDigits(text + 8, unsigned{date.day()}, 2);
    writeDigits(text + 11, msOfDay / 3'600'000, 2);
    writeDigits(text + 14, msOfDay / 60'000 % 60, 2);
    writeDigits(text + 17, msOfDay / 1'000 % 60, 2);
    writeDigits(text + 20, msOfDay % 1'000, 3);
    out += text;
}

} // namespace obm
