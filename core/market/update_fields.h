// The fields of one depthUpdate as they come, in any order. Inside core/market only.
#pragma once

#include "market/compact_text.h"
#include "market/json_fields.h"

namespace obm::json {

// Which of the fields that a rule needs have come.
class SeenFields
{
public:
    // A field that comes twice has no meaning that all readers would agree on.
    Fault once(unsigned bit)
    {
        if (has(bit))
            return ParseFault::BadJson;
        m_bits |= bit;
        return {};
    }
    [[nodiscard]] bool has(unsigned bit) const { return (m_bits & bit) != 0; }

private:
    unsigned m_bits = 0;
};

class UpdateFields
{
public:
    explicit UpdateFields(DepthUpdate& out)
        : m_out(out)
    {}

    // Value: where the field's value stands, CompactText or ondemand::value.
    template <class Value>
    Fault operator()(std::string_view key, Value& value);
    // After the last field: is everything there, and do the ids agree?
    [[nodiscard]] std::expected<void, ParseError> verdict() const;

private:
    DepthUpdate& m_out;
    SeenFields m_seen;
};

} // namespace obm::json
