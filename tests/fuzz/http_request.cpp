// The bytes of a peer of the metrics port. The first byte of an input says in which pieces the rest arrives.
#include "fuzz/fuzz.h"
#include "metrics/http_connection.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <sys/socket.h>

namespace obm::fuzz {

namespace {

using http::FileDescriptor;

constexpr std::int64_t nowMs = 1'000;
const std::string body = "it answers\n";

void checkRequest(std::string_view bytes)
{
    const auto request = http::parseRequest(bytes);
    if (!request)
        return require(request.error() == http::Status::BadRequest || request.error() == http::Status::HeaderTooLarge,
                       "one of two refusals");
    if (!*request)
        return require(bytes.size() < http::requestBytesMax + 4, "it does not wait for more than it takes");
    require((*request)->path.starts_with('/') && !(*request)->method.empty(), "a method and a path");
    require((*request)->path.size() < bytes.size(), "a path out of the request");
}

// All that the connection says while the bytes arrive in pieces; whether it was asked, and how often.
std::string exchange(std::string_view bytes, std::size_t pieceBytes, int& asked)
{
    std::array<int, 2> ends{};
    require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0, "a pair of sockets");
    const FileDescriptor peer(ends[0]);
    http::Connection connection(FileDescriptor(ends[1]), nowMs);
    const auto answer = [&](const http::Request&) {
        ++asked;
        return http::Response{.body = body};
    };
    bool isOpen = true;
    for (std::size_t at = 0; at < bytes.size() && isOpen; at += pieceBytes) {
        const std::string_view piece = bytes.substr(at, pieceBytes);
        require(::send(peer.get(), piece.data(), piece.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(piece.size()),
                "room for a piece");
        isOpen = connection.advance(answer, nowMs);
        require(connection.deadlineMs() <= nowMs + http::Connection::responseMsMax, "nobody stays for ever");
    }
    std::array<char, 4096> said{};
    const ssize_t count = ::recv(peer.get(), said.data(), said.size(), 0);
    return {said.data(), static_cast<std::size_t>(std::max<ssize_t>(0, count))};
}

} // namespace

void tryInput(std::string_view input)
{
    if (input.empty())
        return;
    const std::size_t pieceBytes = 1 + static_cast<unsigned char>(input.front());
    const std::string_view bytes = input.substr(1);
    checkRequest(bytes);
    int asked = 0;
    const std::string said = exchange(bytes, pieceBytes, asked);
    require(asked <= 1, "one request a connection");
    require(said.empty() || said.starts_with("HTTP/1.1 "), "a response or nothing");
    require(said.find("HTTP/1.1 ", 1) == std::string::npos, "one response a connection");
    require(asked == 0 || said.starts_with("HTTP/1.1 200 "), "who asks is answered");
}

} // namespace obm::fuzz
