// The body of a snapshot: what is taken for a book is one, and comes out of its own text again.
#include "book/book_json.h"
#include "book/order_book.h"
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"
#include "market/depth_parser.h"

#include <fmt/format.h>

namespace obm::fuzz {

namespace {

constexpr std::size_t snapshotLimit = 10; // small enough to be reached

void checkComesBack(const DepthSnapshot& snapshot)
{
    DepthParser parser;
    const auto again =
        parser.parseSnapshot(fmt::format(R"({{"asks":{},"bids":{},"E":{},"lastUpdateId":{}}})", toText(snapshot.asks),
                                         toText(snapshot.bids), snapshot.eventTimeMs, snapshot.lastUpdateId));
    require(again.has_value(), "what was read once is read again");
    require(again->lastUpdateId == snapshot.lastUpdateId && again->eventTimeMs == snapshot.eventTimeMs,
            "the same numbers again");
    require(isSame(again->bids, snapshot.bids) && isSame(again->asks, snapshot.asks), "the same levels again");
}

void checkBook(const OrderBook& book)
{
    require(!book.isEmpty() && !book.isCrossed(), "a loaded book is one");
    std::string json;
    appendFullJson(json, "BTCUSDT", book, {.lastUpdateId = 1});
    DepthParser parser;
    const auto told = parser.parseSnapshot(json); // it reads over the fields that are the book's own
    require(told.has_value(), "a whole book can be read");
    OrderBook again;
    require(again.load(*told, snapshotLimit).has_value(), "a whole book is one");
    require(again.bids().size() == book.bids().size() && again.asks().size() == book.asks().size(),
            "a whole book has every level");
}

} // namespace

void tryInput(std::string_view input)
{
    DepthParser parser;
    const auto snapshot = parser.parseSnapshot(input);
    if (!snapshot)
        return checkError(snapshot.error());
    require(snapshot->lastUpdateId >= 0 && snapshot->eventTimeMs >= 0, "no negative numbers");
    require(std::max(snapshot->bids.size(), snapshot->asks.size()) <= maxLevelsPerSide, "levels within their limit");
    checkComesBack(*snapshot);
    OrderBook book;
    if (book.load(*snapshot, snapshotLimit))
        checkBook(book);
    else
        require(book.isEmpty(), "what is no book leaves none");
}

} // namespace obm::fuzz
