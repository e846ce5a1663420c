#include "exchange/snapshot_answer.h"

#include <string_view>

namespace obm {

namespace {

constexpr int httpOk = 200;
constexpr int httpBadRequest = 400;

// -11xx: the request itself is wrong (-1121 Invalid symbol); -4xxx: its values are. Neither gets better by asking
// again; -10xx are troubles of the server or the network.
bool isRefusedForGood(int code)
{
    return (code <= -1100 && code > -1200) || (code <= -4000 && code > -5000);
}

SnapshotFailure transportFailure(const RestAnswer& answer)
{
    SnapshotFault fault = SnapshotFault::Unreachable;
    if (answer.fault == RestFault::TimedOut)
        fault = SnapshotFault::TimedOut;
    else if (answer.fault == RestFault::TooLarge)
        fault = SnapshotFault::TooLarge;
    return {.fault = fault, .detail = answer.errorText.toStdString()};
}

SnapshotFailure httpFailure(const RestAnswer& answer, std::string_view body, DepthParser& parser)
{
    const auto told = parser.parseExchangeError(body);
    SnapshotFault fault = SnapshotFault::HttpError;
    if (answer.httpStatus == httpTooManyRequests)
        fault = SnapshotFault::RateLimited;
    else if (answer.httpStatus == httpBanned)
        fault = SnapshotFault::Banned;
    else if (answer.httpStatus == httpBadRequest && told && isRefusedForGood(told->code))
        fault = SnapshotFault::Rejected;
    std::string detail = "HTTP " + std::to_string(answer.httpStatus);
    if (told)
        detail += ", " + std::to_string(told->code) + " " + told->message;
    return {.fault = fault, .detail = std::move(detail)};
}

} // namespace

SnapshotResult readSnapshot(const RestAnswer& answer, DepthParser& parser)
{
    if (answer.fault != RestFault::None)
        return std::unexpected(transportFailure(answer));
    const std::string_view body(answer.body.constData(), static_cast<std::size_t>(answer.body.size()));
    if (answer.httpStatus != httpOk)
        return std::unexpected(httpFailure(answer, body, parser));
    auto snapshot = parser.parseSnapshot(body);
    if (!snapshot)
        return std::unexpected(
            SnapshotFailure{.fault = SnapshotFault::Malformed,
                            .detail = std::string(toText(snapshot.error().fault)) + ": " + snapshot.error().detail});
    return std::move(*snapshot);
}

} // namespace obm
