// Parses what Binance sends: combined frames, depth updates, snapshots, exchangeInfo, error bodies.
// Any field order, unknown fields ignored; hostile input ends as a ParseError, never as a crash, a wrap or a throw.
// Thread: one parser per thread (it owns simdjson's buffers).
// Lifetime: `data` and `errorMessage` of a frame are parts of the text passed in; other views live until the next call.
#pragma once

#include "market/depth.h"
#include "market/exchange_info.h"
#include "market/padded_text.h"
#include "market/parse_error.h"

#include <expected>
#include <memory>
#include <optional>
#include <string_view>

namespace obm {

inline constexpr std::size_t maxFrameBytes = 4 * 1024 * 1024;
inline constexpr std::size_t maxRestBytes = 16 * 1024 * 1024;
inline constexpr std::size_t maxLevelsPerSide = 20'000;
inline constexpr int maxJsonDepth = 16; // an update needs 4

// One text message of a combined stream: {"stream":NAME,"data":{...}}, or a control answer {"result":..,"id":..} /
// {"error":..}.
struct CombinedFrame
{
    std::string_view stream; // empty in a control answer
    std::string_view data;   // the bytes of `data` exactly as received
    std::optional<std::int64_t> controlId;
    std::string_view errorMessage; // raw JSON of "error" when the exchange refused a request
    std::string_view event;        // "e" of a message outside any stream (serverShutdown, documented for spot)
};

// {"code":-1121,"msg":"Invalid symbol."}
struct ExchangeError
{
    int code = 0;
    std::string message;
};

class DepthParser
{
public:
    DepthParser();
    ~DepthParser();
    DepthParser(DepthParser&&) noexcept;
    DepthParser& operator=(DepthParser&&) noexcept;

    // Diff depth and control answers only: another stream, partial depth included, is ParseFault::WrongStream.
    // What is inside `data` is not looked at beyond its brackets: parseUpdate does that.
    std::expected<CombinedFrame, ParseError> parseFrame(std::string_view text);
    std::expected<CombinedFrame, ParseError> parseFrame(PaddedText text);
    // Into `out`, whose vectors keep their capacity. On an error `out.symbol` holds the symbol if it could be told
    // (empty if not) and the rest of `out` means nothing.
    std::expected<void, ParseError> parseUpdate(std::string_view data, DepthUpdate& out);
    std::expected<void, ParseError> parseUpdate(PaddedText data, DepthUpdate& out);
    std::expected<DepthSnapshot, ParseError> parseSnapshot(std::string_view body);
    std::expected<ExchangeInfo, ParseError> parseExchangeInfo(std::string_view body);
    // Nothing if the body is not an error of the exchange (an HTML page of a proxy).
    std::optional<ExchangeError> parseExchangeError(std::string_view body);

private:
    struct Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace obm
