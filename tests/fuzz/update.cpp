// A depth update, as Kafka hands it on: read the short way and the general way, it is the same; what was read comes out
// of its own text again; and its ids are found without reading it, unless a key is written with escapes.
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"
#include "market/depth_parser.h"
#include "market/event_ids.h"

#include <fmt/format.h>

#include <expected>
#include <optional>

namespace obm::fuzz {

namespace {

struct Read
{
    std::expected<void, ParseError> result;
    DepthUpdate update;
};

Read read(std::string_view text)
{
    DepthParser parser; // a new one: which fault is named may depend on what an earlier text left behind
    Read made;
    made.result = parser.parseUpdate(ExactlyPadded(text).text(), made.update);
    return made;
}

void checkIsSame(const Read& a, const Read& b)
{
    require(a.result.has_value() == b.result.has_value(), "both ways come to one verdict");
    require(a.update.symbol == b.update.symbol, "both ways tell one symbol");
    if (!a.result) {
        require(a.result.error().fault == b.result.error().fault, "both ways name one fault");
        require(a.result.error().detail == b.result.error().detail, "both ways name one place");
        return;
    }
    const auto numbers = [](const DepthUpdate& u) {
        return std::tuple(u.eventTimeMs, u.firstId, u.lastId, u.previousLastId);
    };
    require(numbers(a.update) == numbers(b.update), "both ways read the same numbers");
    require(isSame(a.update.bids, b.update.bids) && isSame(a.update.asks, b.update.asks),
            "both ways read the same levels");
}

void checkValues(const DepthUpdate& update)
{
    require(update.firstId <= update.lastId && update.previousLastId <= update.lastId,
            "ids that can follow each other");
    require(update.eventTimeMs >= 0 && update.firstId >= 0 && update.previousLastId >= 0, "no negative numbers");
    require(!update.symbol.empty(), "an update of nothing");
    require(std::max(update.bids.size(), update.asks.size()) <= maxLevelsPerSide, "levels within their limit");
}

void checkIds(const std::optional<EventIds>& ids, const DepthUpdate& update)
{
    require(ids.has_value(), "ids that are found without parsing");
    require(ids->previousLastId == update.previousLastId && ids->lastId == update.lastId, "the parser's ids");
}

// Nothing where the symbol would have to be escaped.
std::optional<std::string> textOf(const DepthUpdate& update)
{
    for (const char c : update.symbol)
        if (c < ' ' || c > '~' || c == '"' || c == '\\')
            return std::nullopt;
    return fmt::format(R"({{"e":"depthUpdate","E":{},"s":"{}","U":{},"u":{},"pu":{},"b":{},"a":{}}})",
                       update.eventTimeMs, update.symbol, update.firstId, update.lastId, update.previousLastId,
                       toText(update.bids), toText(update.asks));
}

} // namespace

void tryInput(std::string_view input)
{
    const Read shortWay = read(input);
    const auto ids = eventIds(input);
    checkIsSame(shortWay, read(" " + std::string(input))); // the blank makes the parser take the general way
    if (!shortWay.result)
        return checkError(shortWay.result.error());
    checkValues(shortWay.update);
    if (!input.contains('\\'))
        checkIds(ids, shortWay.update);
    if (const auto text = textOf(shortWay.update))
        checkIsSame(shortWay, read(*text));
}

} // namespace obm::fuzz
