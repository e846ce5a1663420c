#include "metrics/http_message.h"

#include <fmt/format.h>

#include <utility>

namespace obm::http {

namespace {

std::string_view reasonPhrase(Status status)
{
    switch (status) {
    case Status::Ok:
        return "OK";
    case Status::BadRequest:
        return "Bad Request";
    case Status::NotFound:
        return "Not Found";
    case Status::MethodNotAllowed:
        return "Method Not Allowed";
    case Status::HeaderTooLarge:
        return "Request Header Fields Too Large";
    case Status::InternalError:
        return "Internal Server Error";
    case Status::Unavailable:
        return "Service Unavailable";
    }
    std::unreachable();
}

// "GET /metrics?x=1 HTTP/1.1"
std::optional<Request> parseRequestLine(std::string_view line)
{
    const std::size_t methodEnd = line.find(' ');
    const std::size_t targetEnd = line.rfind(' ');
    if (methodEnd == std::string_view::npos || methodEnd == 0 || targetEnd <= methodEnd)
        return std::nullopt;
    const std::string_view target = line.substr(methodEnd + 1, targetEnd - methodEnd - 1);
    if (!target.starts_with('/') || target.contains(' ') || !line.substr(targetEnd + 1).starts_with("HTTP/1."))
        return std::nullopt;
    return Request{std::string(line.substr(0, methodEnd)), std::string(target.substr(0, target.find('?')))};
}

} // namespace

std::expected<std::optional<Request>, Status> parseRequest(std::string_view bytes)
{
    const std::size_t lineEnd = bytes.find("\r\n");
    const std::size_t headEnd = bytes.find("\r\n\r\n");
    if (std::min(headEnd, bytes.size()) > requestBytesMax)
        return std::unexpected(Status::HeaderTooLarge);
    if (headEnd == std::string_view::npos)
        return std::nullopt;
    auto request = parseRequestLine(bytes.substr(0, lineEnd));
    if (!request)
        return std::unexpected(Status::BadRequest);
    return request;
}

std::string toBytes(const Response& response, bool withBody)
{
    const std::string_view allow = response.status == Status::MethodNotAllowed ? "Allow: GET, HEAD\r\n" : "";
    std::string bytes = fmt::format("HTTP/1.1 {} {}\r\n"
                                    "Content-Type: {}\r\n"
                                    "Content-Length: {}\r\n"
                                    "{}Cache-Control: no-store\r\n"
                                    "Connection: close\r\n\r\n",
                                    std::to_underlying(response.status), reasonPhrase(response.status),
                                    response.contentType, response.body.size(), allow);
    if (withBody)
        bytes += response.body;
    return bytes;
}

} // namespace obm::http
