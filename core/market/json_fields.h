// Reading single JSON values with simdjson's on-demand front end, as faults instead of exceptions.
// Inside core/market only: nobody else includes simdjson.
#pragma once

#include "market/depth.h"
#include "market/depth_parser.h"
#include "market/parse_error.h"

#include <simdjson.h>

#include <optional>
#include <string_view>
#include <utility>

namespace obm::json {

namespace ondemand = simdjson::ondemand;

using Fault = std::optional<ParseFault>; // nothing: all is well

inline constexpr std::string_view blanks = " \t\r\n"; // of JSON

Fault faultOf(simdjson::error_code error);
std::unexpected<ParseError> failed(ParseFault fault, std::string_view detail);

// False for an HTML page, which is not JSON of a wrong type.
bool beginsLikeJson(std::string_view text);

// The bytes of a number, string or literal, without the blanks behind it; of an object or array its bracket.
std::string_view tokenOf(ondemand::value& value);

// A plain integer from 0 up: ids and times. A string, an object or null is of the wrong type; 1.5, -1 or NaN a bad
// number.
Fault readId(ondemand::value& value, std::int64_t& out);
Fault readText(ondemand::value& value, std::string_view& out);
// [["price","quantity"],...]; what else stands in a level is ignored. `out` is replaced and keeps its capacity.
Fault readLevels(ondemand::value& value, std::vector<Level>& out);
// An unknown value: well-formed and not nested too deep, whatever it says. `depth` is that of the value.
Fault skip(ondemand::value& value, int depth);

// Calls onField(key, value) -> Fault for each field; a fault ends it and names the field.
template <class OnField>
std::expected<void, ParseError> forEachField(ondemand::object object, OnField&& onField)
{
    for (auto item : object) {
        ondemand::field field;
        std::string_view key;
        if (const auto error = std::move(item).get(field))
            return failed(faultOf(error).value(), "a field");
        if (const auto error = field.unescaped_key().get(key))
            return failed(faultOf(error).value(), "a key");
        ondemand::value value = field.value();
        if (const Fault fault = onField(key, value))
            return failed(*fault, key);
    }
    return {};
}

// The outermost object of `text`, and nothing behind it. `document` has to outlive the walk.
template <class OnField>
std::expected<void, ParseError> forEachFieldOf(ondemand::parser& parser, PaddedText text, OnField&& onField)
{
    ondemand::document document;
    ondemand::object object;
    const simdjson::padded_string_view padded(text.text().data(), text.text().size(), text.capacity());
    if (const auto error = parser.iterate(padded).get(document))
        return failed(faultOf(error).value(), "the text");
    if (const auto error = document.get_object().get(object))
        return failed(beginsLikeJson(text.text()) ? faultOf(error).value() : ParseFault::BadJson, "the text");
    if (auto walked = forEachField(object, std::forward<OnField>(onField)); !walked)
        return walked;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
        return failed(ParseFault::BadJson, "behind the object");
    return {};
}

} // namespace obm::json
