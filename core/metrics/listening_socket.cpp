#include "metrics/listening_socket.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace obm::http {

namespace {

constexpr int backlogMax = 4096; // who comes in a crowd waits here; one who is dropped tries again after a second

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

std::unexpected<std::string> systemError()
{
    return std::unexpected(std::string(std::strerror(errno)));
}

std::expected<Addresses, std::string> resolve(const std::string& address)
{
    const std::size_t colon = address.rfind(':');
    if (colon == std::string::npos)
        return std::unexpected("it names no port");
    std::string host = address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error = getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &wanted, &found);
    if (error != 0)
        return std::unexpected(gai_strerror(error));
    return Addresses(found, &freeaddrinfo);
}

std::uint16_t portOf(int fd)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size);
    // The port has the same place in both kinds of address.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
}

} // namespace

FileDescriptor::~FileDescriptor()
{
    if (m_fd >= 0)
        close(m_fd);
}

std::expected<ListeningSocket, std::string> listenOn(const std::string& address)
{
    const auto addresses = resolve(address);
    if (!addresses)
        return std::unexpected(addresses.error());
    const addrinfo& first = **addresses;
    FileDescriptor fd(socket(first.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int yes = 1; // a restart must not wait for the connections of the last run to be forgotten
    if (fd.get() < 0 || setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd.get(), first.ai_addr, first.ai_addrlen) != 0 || listen(fd.get(), backlogMax) != 0)
        return systemError();
    const std::uint16_t port = portOf(fd.get());
    return ListeningSocket{std::move(fd), port};
}

} // namespace obm::http
