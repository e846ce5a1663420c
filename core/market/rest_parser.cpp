// The bodies of REST answers: rare and sometimes large, so each is read with buffers of its own that go when it is
// done.
#include "market/depth_parser.h"
#include "market/json_fields.h"

#include <charconv>

namespace obm {

using json::failed;
using json::Fault;
using Value = json::ondemand::value;

namespace {

constexpr int depthOfFields = 2;
constexpr int depthOfListed = 4; // a field of an object in a list of the outermost object

template <class OnField>
std::expected<void, ParseError> forEachFieldOfBody(std::string_view body, OnField&& onField)
{
    if (body.size() > maxRestBytes)
        return failed(ParseFault::TooLarge, "the answer");
    json::ondemand::parser parser;
    PaddedBuffer copy;
    return json::forEachFieldOf(parser, copy.assign(body), std::forward<OnField>(onField));
}

// Calls onObject(object) -> Fault for each element of an array of objects.
template <class OnObject>
Fault forEachObject(Value& value, OnObject&& onObject)
{
    json::ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return json::faultOf(error);
    for (auto item : array) {
        json::ondemand::object object;
        if (const auto error = item.get_object().get(object))
            return json::faultOf(error);
        if (const Fault fault = onObject(object))
            return fault;
    }
    return {};
}

Fault readOwnedText(Value& value, std::string& out)
{
    std::string_view text;
    const Fault fault = json::readText(value, text);
    out = text;
    return fault;
}

Fault readListing(json::ondemand::object object, ExchangeInfo& out)
{
    SymbolListing listing;
    const auto walked = json::forEachField(object, [&](std::string_view key, Value& value) {
        if (key == "symbol")
            return readOwnedText(value, listing.symbol);
        if (key == "contractType")
            return readOwnedText(value, listing.contractType);
        if (key == "status")
            return readOwnedText(value, listing.status);
        return json::skip(value, depthOfListed);
    });
    if (!walked)
        return walked.error().fault;
    if (listing.symbol.empty() || listing.status.empty())
        return ParseFault::MissingField;
    out.symbols.push_back(std::move(listing));
    return {};
}

struct RateLimit
{
    std::string_view kind;
    std::string_view interval;
    std::int64_t intervals = 0;
    std::int64_t limit = 0;
};

Fault readRateLimit(json::ondemand::object object, ExchangeInfo& out)
{
    RateLimit rate;
    const auto walked = json::forEachField(object, [&](std::string_view key, Value& value) {
        if (key == "rateLimitType")
            return json::readText(value, rate.kind);
        if (key == "interval")
            return json::readText(value, rate.interval);
        if (key == "intervalNum")
            return json::readId(value, rate.intervals);
        if (key == "limit")
            return json::readId(value, rate.limit);
        return json::skip(value, depthOfListed);
    });
    if (!walked)
        return walked.error().fault;
    if (rate.kind != "REQUEST_WEIGHT" || rate.interval != "MINUTE" || rate.intervals != 1)
        return {};
    constexpr std::int64_t sane = 10'000'000;
    if (rate.limit < 1 || rate.limit > sane)
        return ParseFault::BadNumber;
    out.weightLimitPerMinute = static_cast<int>(rate.limit);
    return {};
}

} // namespace

std::expected<DepthSnapshot, ParseError> DepthParser::parseSnapshot(std::string_view body)
{
    DepthSnapshot snapshot;
    bool hasId = false;
    bool hasBids = false;
    bool hasAsks = false;
    auto walked = forEachFieldOfBody(body, [&](std::string_view key, Value& value) {
        if (key == "lastUpdateId") {
            hasId = true;
            return json::readId(value, snapshot.lastUpdateId);
        }
        if (key == "E")
            return json::readId(value, snapshot.eventTimeMs);
        if (key == "bids") {
            hasBids = true;
            return json::readLevels(value, snapshot.bids);
        }
        if (key == "asks") {
            hasAsks = true;
            return json::readLevels(value, snapshot.asks);
        }
        return json::skip(value, depthOfFields);
    });
    if (!walked)
        return std::unexpected(std::move(walked).error());
    if (!hasId || !hasBids || !hasAsks)
        return failed(ParseFault::MissingField, !hasId ? "lastUpdateId" : !hasBids ? "bids" : "asks");
    return snapshot;
}

std::expected<ExchangeInfo, ParseError> DepthParser::parseExchangeInfo(std::string_view body)
{
    ExchangeInfo info;
    bool hasSymbols = false;
    auto walked = forEachFieldOfBody(body, [&](std::string_view key, Value& value) {
        if (key == "rateLimits")
            return forEachObject(value, [&](auto object) { return readRateLimit(object, info); });
        if (key != "symbols")
            return json::skip(value, depthOfFields);
        hasSymbols = true;
        return forEachObject(value, [&](auto object) { return readListing(object, info); });
    });
    if (!walked)
        return std::unexpected(std::move(walked).error());
    if (!hasSymbols)
        return failed(ParseFault::MissingField, "symbols");
    return info;
}

std::optional<ExchangeError> DepthParser::parseExchangeError(std::string_view body)
{
    ExchangeError error;
    bool hasCode = false;
    const auto walked = forEachFieldOfBody(body, [&](std::string_view key, Value& value) -> Fault {
        if (key == "msg")
            return readOwnedText(value, error.message);
        if (key != "code")
            return json::skip(value, depthOfFields);
        const std::string_view token = json::tokenOf(value); // below zero as a rule
        const auto [end, bad] = std::from_chars(token.data(), token.data() + token.size(), error.code);
        hasCode = bad == std::errc() && end == token.data() + token.size();
        return hasCode ? Fault() : ParseFault::BadNumber;
    });
    if (!walked || !hasCode)
        return std::nullopt;
    return error;
}

} // namespace obm
