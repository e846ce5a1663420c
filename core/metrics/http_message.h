// The little of HTTP/1.1 that a scraper needs (RFC 9112): the first line of a request, and a whole response.
// Every connection carries one request; bodies and other header fields of a request are not looked at.
// Thread: any; pure functions.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace obm::http {

inline constexpr std::size_t requestBytesMax = 8 * 1024;

enum class Status {
    Ok = 200,
    BadRequest = 400,
    NotFound = 404,
    MethodNotAllowed = 405,
    HeaderTooLarge = 431,
    InternalError = 500,
    Unavailable = 503,
};

struct Request
{
    std::string method;
    std::string path; // without the query
};

struct Response
{
    Status status = Status::Ok;
    std::string contentType = "text/plain; charset=utf-8";
    std::string body;
};

// Of the bytes that came so far. Nothing: more must come. An error: the status to answer with.
[[nodiscard]] std::expected<std::optional<Request>, Status> parseRequest(std::string_view bytes);

// A response to HEAD tells the length and leaves the body out.
[[nodiscard]] std::string toBytes(const Response& response, bool withBody);

} // namespace obm::http
