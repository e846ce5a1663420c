#include "market/update_fields.h"

#include "market/event_ids.h"

namespace obm::json {

namespace {

constexpr int depthOfFields = 2;
constexpr std::size_t maxSymbolBytes = 64;

enum FieldBit : unsigned {
    unknownField = 0,
    event = 1,
    eventTime = 2,
    symbol = 4,
    firstId = 8,
    lastId = 16,
    previousId = 32,
    bids = 64,
    asks = 128,
};

struct FieldName
{
    std::string_view key;
    FieldBit bit;
};
constexpr FieldName fieldNames[] = {{"e", event},  {"E", eventTime},   {"s", symbol}, {"U", firstId},
                                    {"u", lastId}, {"pu", previousId}, {"b", bids},   {"a", asks}};

FieldBit bitOf(std::string_view key)
{
    for (const FieldName& name : fieldNames) {
        if (key.starts_with(name.key.front()) && name.key == key)
            return name.bit;
    }
    return unknownField;
}

template <class Value>
Fault readEvent(Value& value)
{
    std::string_view text;
    if (const Fault fault = readText(value, text))
        return fault;
    return text == "depthUpdate" ? Fault() : ParseFault::WrongStream;
}

template <class Value>
Fault readSymbol(Value& value, std::string& out)
{
    std::string_view text;
    if (const Fault fault = readText(value, text))
        return fault;
    if (text.empty() || text.size() > maxSymbolBytes)
        return ParseFault::WrongType;
    out = text;
    return {};
}

} // namespace

template <class Value>
Fault UpdateFields::operator()(std::string_view key, Value& value)
{
    const FieldBit bit = bitOf(key);
    if (bit == unknownField)
        return skip(value, depthOfFields);
    if (const Fault fault = m_seen.once(bit))
        return fault;
    switch (bit) {
    case event:
        return readEvent(value);
    case eventTime:
        return readId(value, m_out.eventTimeMs);
    case symbol:
        return readSymbol(value, m_out.symbol);
    case firstId:
        return readId(value, m_out.firstId);
    case lastId:
        return readId(value, m_out.lastId);
    case previousId:
        return readId(value, m_out.previousLastId);
    case bids:
        return readLevels(value, m_out.bids);
    default:
        return readLevels(value, m_out.asks);
    }
}

template Fault UpdateFields::operator()(std::string_view key, CompactText& value);
template Fault UpdateFields::operator()(std::string_view key, ondemand::value& value);

std::expected<void, ParseError> UpdateFields::verdict() const
{
    for (const FieldName& name : fieldNames) {
        if (!m_seen.has(name.bit))
            return failed(ParseFault::MissingField, name.key);
    }
    if (m_out.firstId > m_out.lastId)
        return failed(ParseFault::BadSequence, "U > u");
    if (m_out.previousLastId > m_out.lastId)
        return failed(ParseFault::BadSequence, "pu > u");
    if (m_out.lastId - m_out.previousLastId > maxIdsPerEvent)
        return failed(ParseFault::BadSequence, "u far beyond pu");
    return {};
}

} // namespace obm::json
