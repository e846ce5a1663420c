// A TCP client on loopback without Qt, for peers that behave badly, by the thousand if need be, and for tests that the
// thread sanitizer looks at. Thread: one at a time.
#pragma once

#include "metrics/listening_socket.h"

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace obm::test {

using http::FileDescriptor;

enum class Wait { Never, Bounded };
constexpr int peerPatienceS = 20; // of one call that waits

// Connected, or about to be where it never waits.
inline FileDescriptor connectToLoopback(std::uint16_t port, Wait wait)
{
    const int type = SOCK_STREAM | SOCK_CLOEXEC | (wait == Wait::Never ? SOCK_NONBLOCK : 0);
    FileDescriptor fd(::socket(AF_INET, type, 0));
    const timeval patience{.tv_sec = peerPatienceS, .tv_usec = 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return result == 0 || errno == EINPROGRESS ? std::move(fd) : FileDescriptor(-1);
}

// All that comes until the peer closes in order; nothing after an error or too long a wait.
inline std::optional<std::string> readToEnd(const FileDescriptor& fd)
{
    std::string all;
    char bytes[16 * 1024];
    for (;;) {
        const ssize_t count = ::recv(fd.get(), bytes, sizeof bytes, 0);
        if (count <= 0)
            return count == 0 ? std::optional(std::move(all)) : std::nullopt;
        all.append(bytes, static_cast<std::size_t>(count));
    }
}

// One request as a polite client sends it, and the whole response.
inline std::optional<std::string> exchangeOnce(std::uint16_t port, std::string_view request)
{
    const FileDescriptor fd = connectToLoopback(port, Wait::Bounded);
    if (fd.get() < 0 || ::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL) < 0)
        return std::nullopt;
    return readToEnd(fd);
}

} // namespace obm::test
