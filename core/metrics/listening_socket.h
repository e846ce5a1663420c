// A TCP socket that listens on "127.0.0.1:9464", "localhost:9464" or "[::1]:9464"; port 0 is any free one.
// Thread: a value that owns its descriptor. Non-blocking, closed on exec.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace obm::http {

class FileDescriptor
{
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd)
        : m_fd(fd)
    {}
    FileDescriptor(FileDescriptor&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~FileDescriptor();

    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd = -1;
};

struct ListeningSocket
{
    FileDescriptor fd;
    std::uint16_t port = 0; // the real one
};

// The error is the system's reason, without the address.
[[nodiscard]] std::expected<ListeningSocket, std::string> listenOn(const std::string& address);

} // namespace obm::http
