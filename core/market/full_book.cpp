#include "market/full_book.h"

#include "market/json_fields.h"

#include <limits>

namespace obm {

namespace {

using json::Fault;
using Value = json::ondemand::value;

struct Reading
{
    FullBook book;
    std::int64_t partition = -1;
    bool hasId = false;
    bool hasBids = false;
    bool hasAsks = false;

    Fault readField(std::string_view key, Value& value);
};

Fault readOwnedText(Value& value, std::string& out)
{
    std::string_view text;
    const Fault fault = json::readText(value, text);
    out = text;
    return fault;
}

Fault Reading::readField(std::string_view key, Value& value)
{
    constexpr int depthOfFields = 2;
    if (key == "symbol")
        return readOwnedText(value, book.symbol);
    if (key == "lastUpdateId") {
        hasId = true;
        return json::readId(value, book.levels.lastUpdateId);
    }
    if (key == "bids") {
        hasBids = true;
        return json::readLevels(value, book.levels.bids);
    }
    if (key == "asks") {
        hasAsks = true;
        return json::readLevels(value, book.levels.asks);
    }
    if (key == "timestamp")
        return json::readId(value, book.levels.eventTimeMs);
    if (key == "updatedAt")
        return readOwnedText(value, book.updatedAt);
    if (key == "partition")
        return json::readId(value, partition);
    if (key == "offset")
        return json::readId(value, book.offset);
    return json::skip(value, depthOfFields);
}

} // namespace

std::expected<FullBook, ParseError> parseFullBook(std::string_view text)
{
    if (text.size() > maxRestBytes)
        return json::failed(ParseFault::TooLarge, "the book");
    json::ondemand::parser parser;
    PaddedBuffer copy;
    Reading reading;
    const auto walked = json::forEachFieldOf(
        parser, copy.assign(text), [&](std::string_view key, Value& value) { return reading.readField(key, value); });
    if (!walked)
        return std::unexpected(walked.error());
    if (reading.book.symbol.empty() || !reading.hasId || !reading.hasBids || !reading.hasAsks)
        return json::failed(ParseFault::MissingField, "symbol, lastUpdateId, bids or asks");
    if (reading.partition > std::numeric_limits<int>::max())
        return json::failed(ParseFault::BadNumber, "partition");
    reading.book.partition = static_cast<int>(reading.partition);
    return std::move(reading.book);
}

} // namespace obm
