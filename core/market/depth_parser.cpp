#include "market/depth_parser.h"

#include "market/compact_text.h"
#include "market/json_fields.h"
#include "market/stream_name.h"
#include "market/symbol_hint.h"
#include "market/update_fields.h"

namespace obm {

using json::failed;
using json::Fault;
using Value = json::ondemand::value;

static_assert(parserPaddingBytes >= simdjson::SIMDJSON_PADDING);

struct DepthParser::Buffers
{
    json::ondemand::parser parser;
    PaddedBuffer copy;
};

DepthParser::DepthParser()
    : m_buffers(std::make_unique<Buffers>())
{}

DepthParser::~DepthParser() = default;
DepthParser::DepthParser(DepthParser&&) noexcept = default;
DepthParser& DepthParser::operator=(DepthParser&&) noexcept = default;

namespace {

constexpr int depthOfFields = 2;

struct FrameFields
{
    CombinedFrame frame;
    bool hasData = false;
    bool isRefusal = false; // {"code":..,"msg":..} in the place of {"error":{..}}

    Fault operator()(std::string_view key, Value& value);
};

// The bytes of an object or of a single token.
Fault readRaw(Value& value, std::string_view& out)
{
    const std::string_view token = json::tokenOf(value);
    if (!token.starts_with('{')) {
        out = token;
        return json::skip(value, depthOfFields);
    }
    json::ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return json::faultOf(error);
    if (const auto error = object.raw_json().get(out))
        return json::faultOf(error);
    const std::size_t last = out.find_last_not_of(json::blanks);
    if (out[last] != '}') // brackets of two kinds pass for a pair
        return ParseFault::BadJson;
    out = out.substr(0, last + 1);
    return {};
}

Fault readControlId(Value& value, std::optional<std::int64_t>& out)
{
    std::int64_t id = 0;
    if (json::readId(value, id))
        return json::skip(value, depthOfFields); // null, or the text that another client chose
    out = id;
    return {};
}

Fault FrameFields::operator()(std::string_view key, Value& value)
{
    if (key == "stream")
        return json::readText(value, frame.stream);
    if (key == "data") {
        hasData = true;
        return json::tokenOf(value).starts_with('{') ? readRaw(value, frame.data) : ParseFault::WrongType;
    }
    if (key == "id")
        return readControlId(value, frame.controlId);
    if (key == "error")
        return readRaw(value, frame.errorMessage);
    if (key == "e")
        return json::readText(value, frame.event);
    isRefusal = isRefusal || key == "code";
    return json::skip(value, depthOfFields);
}

std::expected<void, ParseError> verdictOf(const FrameFields& fields)
{
    const CombinedFrame& frame = fields.frame;
    if (frame.stream.empty() && !fields.hasData) {
        const bool isControl = frame.controlId || !frame.errorMessage.empty() || !frame.event.empty();
        return isControl ? std::expected<void, ParseError>() : failed(ParseFault::MissingField, "stream");
    }
    if (frame.stream.empty())
        return failed(ParseFault::MissingField, "stream");
    if (!symbolOfDepthStream(frame.stream))
        return failed(ParseFault::WrongStream, frame.stream);
    return fields.hasData ? std::expected<void, ParseError>() : failed(ParseFault::MissingField, "data");
}

// True for what the exchange sends as a rule. If not, `out` means nothing, and the general way begins anew.
bool readCompactly(PaddedText data, DepthUpdate& out)
{
    json::UpdateFields fields(out);
    return json::forEachFieldOf(json::CompactText(data), fields) && fields.verdict();
}

} // namespace

std::expected<CombinedFrame, ParseError> DepthParser::parseFrame(PaddedText text)
{
    if (text.text().size() > maxFrameBytes)
        return failed(ParseFault::TooLarge, "the frame");
    FrameFields fields;
    if (auto walked = json::forEachFieldOf(m_buffers->parser, text, fields); !walked)
        return std::unexpected(std::move(walked).error());
    if (fields.isRefusal && fields.frame.errorMessage.empty())
        fields.frame.errorMessage = text.text();
    if (auto verdict = verdictOf(fields); !verdict)
        return std::unexpected(std::move(verdict).error());
    return fields.frame;
}

std::expected<CombinedFrame, ParseError> DepthParser::parseFrame(std::string_view text)
{
    if (text.size() > maxFrameBytes)
        return failed(ParseFault::TooLarge, "the frame");
    const PaddedText copy = m_buffers->copy.assign(text);
    auto frame = parseFrame(copy);
    if (!frame)
        return frame;
    const auto inText = [&](std::string_view part) {
        return part.empty() ? part
                            : text.substr(static_cast<std::size_t>(part.data() - copy.text().data()), part.size());
    };
    frame->data = inText(frame->data);
    frame->errorMessage = inText(frame->errorMessage);
    return frame;
}

std::expected<void, ParseError> DepthParser::parseUpdate(PaddedText data, DepthUpdate& out)
{
    out.symbol.clear();
    if (data.text().size() > maxFrameBytes)
        return failed(ParseFault::TooLarge, "the update");
    if (readCompactly(data, out))
        return {};
    out.symbol.clear();
    json::UpdateFields fields(out);
    auto parsed = json::forEachFieldOf(m_buffers->parser, data, fields);
    if (parsed)
        parsed = fields.verdict();
    if (!parsed && out.symbol.empty())
        out.symbol = symbolHint(data.text());
    return parsed;
}

std::expected<void, ParseError> DepthParser::parseUpdate(std::string_view data, DepthUpdate& out)
{
    out.symbol.clear();
    if (data.size() > maxFrameBytes)
        return failed(ParseFault::TooLarge, "the update");
    return parseUpdate(m_buffers->copy.assign(data), out);
}

} // namespace obm
