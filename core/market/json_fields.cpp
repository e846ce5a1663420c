#include "market/json_fields.h"

#include "market/digits.h"

#include <charconv>

namespace obm::json {

namespace {

constexpr std::size_t maxDetailBytes = 64;

// NaN, nan, Infinity: someone meant a number.
bool isMeantAsNumber(std::string_view token)
{
    return token.starts_with('-') || token.starts_with('.') || token.starts_with('+') || token.starts_with('N') ||
           token.starts_with("nan") || token.starts_with('I') || token.starts_with("inf");
}

bool isScalar(std::string_view token)
{
    if (token == "true" || token == "false" || token == "null")
        return true;
    return !token.empty() && (isDigit(token.front()) || token.front() == '-') &&
           token.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

Fault skipObject(ondemand::value& value, int depth)
{
    ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return faultOf(error);
    const auto walked =
        forEachField(object, [depth](std::string_view, ondemand::value& inner) { return skip(inner, depth + 1); });
    return walked ? Fault() : walked.error().fault;
}

Fault skipArray(ondemand::value& value, int depth)
{
    ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return faultOf(error);
    for (auto item : array) {
        ondemand::value inner;
        if (const auto error = std::move(item).get(inner))
            return faultOf(error);
        if (const Fault fault = skip(inner, depth + 1))
            return fault;
    }
    return {};
}

Fault readDecimal(ondemand::value& value, Decimal& out)
{
    ondemand::raw_json_string raw;
    if (const auto error = value.get_raw_json_string().get(raw))
        return faultOf(error);
    // The closing quote is known to be there, and no decimal goes over it.
    const char* const begin = raw.raw();
    const auto scanned = Decimal::scan(begin, begin + Decimal::maxTextBytes + 1);
    if (!scanned || *scanned->end != '"')
        return ParseFault::BadNumber;
    out = scanned->value;
    return {};
}

Fault readLevel(ondemand::array cells, Level& out)
{
    constexpr int level = 3;
    int count = 0;
    for (auto item : cells) {
        ondemand::value cell;
        if (const auto error = std::move(item).get(cell))
            return faultOf(error);
        ++count;
        const Fault fault = count == 1   ? readDecimal(cell, out.price)
                            : count == 2 ? readDecimal(cell, out.quantity)
                                         : skip(cell, level + 1);
        if (fault)
            return fault;
    }
    return count < 2 ? Fault(ParseFault::MissingField) : Fault();
}

} // namespace

Fault faultOf(simdjson::error_code error)
{
    switch (error) {
    case simdjson::SUCCESS:
        return {};
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
        return ParseFault::TooLarge;
    case simdjson::DEPTH_ERROR:
        return ParseFault::TooDeep;
    case simdjson::INCORRECT_TYPE:
        return ParseFault::WrongType;
    default:
        return ParseFault::BadJson;
    }
}

std::unexpected<ParseError> failed(ParseFault fault, std::string_view detail)
{
    return std::unexpected(ParseError{fault, std::string(detail.substr(0, maxDetailBytes))});
}

bool beginsLikeJson(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin != std::string_view::npos && std::string_view("{[\"-0123456789tfn").contains(text[begin]);
}

std::string_view tokenOf(ondemand::value& value)
{
    const std::string_view token = value.raw_json_token();
    return token.substr(0, token.find_last_not_of(blanks) + 1);
}

Fault readId(ondemand::value& value, std::int64_t& out)
{
    const std::string_view token = tokenOf(value);
    if (token.empty() || !isDigit(token.front()))
        return isMeantAsNumber(token) ? ParseFault::BadNumber : ParseFault::WrongType;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), out);
    const bool leadingZero = token.front() == '0' && token.size() > 1;
    if (error != std::errc() || end != token.data() + token.size() || leadingZero)
        return ParseFault::BadNumber;
    return {};
}

Fault readText(ondemand::value& value, std::string_view& out)
{
    return faultOf(value.get_string().get(out));
}

Fault readLevels(ondemand::value& value, std::vector<Level>& out)
{
    out.clear();
    ondemand::array levels;
    if (const auto error = value.get_array().get(levels))
        return faultOf(error);
    for (auto item : levels) {
        ondemand::array cells;
        if (const auto error = item.get_array().get(cells))
            return faultOf(error);
        if (out.size() == maxLevelsPerSide)
            return ParseFault::TooManyLevels;
        if (const Fault fault = readLevel(cells, out.emplace_back()))
            return fault;
    }
    return {};
}

Fault skip(ondemand::value& value, int depth)
{
    if (depth > maxJsonDepth)
        return ParseFault::TooDeep;
    const std::string_view token = tokenOf(value);
    if (token.starts_with('{'))
        return skipObject(value, depth);
    if (token.starts_with('['))
        return skipArray(value, depth);
    if (token.starts_with('"')) {
        std::string_view text;
        return readText(value, text);
    }
    return isScalar(token) ? Fault() : ParseFault::BadJson;
}

} // namespace obm::json
