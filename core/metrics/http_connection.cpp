#include "metrics/http_connection.h"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace obm::http {

namespace {

constexpr std::size_t readBytesMax = 4 * 1024;

bool wouldBlock()
{
    return errno == EAGAIN || errno == EINTR;
}

} // namespace

Connection::Connection(FileDescriptor fd, std::int64_t nowMs)
    : m_fd(std::move(fd))
{
    grant(requestGraceMs, requestMsMax, nowMs);
}

void Connection::grant(std::int64_t graceMs, std::int64_t msMax, std::int64_t nowMs)
{
    m_displaceableFromMs = nowMs + graceMs;
    m_deadlineMs = nowMs + msMax;
}

void Connection::reset() const
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

short Connection::wantedEvents() const
{
    return m_step == Step::Response ? POLLOUT : POLLIN;
}

bool Connection::advance(const Answer& answer, std::int64_t nowMs)
{
    switch (m_step) {
    case Step::Request:
        return readRequest(answer, nowMs);
    case Step::Response:
        return writeResponse();
    case Step::Linger:
        return discardInput();
    }
    std::unreachable();
}

bool Connection::readRequest(const Answer& answer, std::int64_t nowMs)
{
    char bytes[readBytesMax];
    const ssize_t count = recv(m_fd.get(), bytes, sizeof bytes, 0);
    if (count <= 0)
        return count < 0 && wouldBlock();
    m_input.append(bytes, static_cast<std::size_t>(count));
    const auto request = parseRequest(m_input);
    if (!request)
        beginResponse({.status = request.error(), .body = "not a request that is served here\n"}, true, nowMs);
    else if (*request)
        beginResponse(answer(**request), (*request)->method != "HEAD", nowMs);
    return m_step == Step::Request || writeResponse();
}

void Connection::beginResponse(const Response& response, bool withBody, std::int64_t nowMs)
{
    m_output = toBytes(response, withBody);
    m_step = Step::Response;
    grant(responseGraceMs, responseMsMax, nowMs);
}

bool Connection::writeResponse()
{
    const ssize_t count = send(m_fd.get(), m_output.data() + m_sent, m_output.size() - m_sent, MSG_NOSIGNAL);
    if (count < 0)
        return wouldBlock();
    m_sent += static_cast<std::size_t>(count);
    if (m_sent < m_output.size())
        return true;
    m_step = Step::Linger;
    return shutdown(m_fd.get(), SHUT_WR) == 0;
}

bool Connection::discardInput()
{
    char bytes[readBytesMax];
    const ssize_t count = recv(m_fd.get(), bytes, sizeof bytes, 0);
    return count > 0 || (count < 0 && wouldBlock());
}

} // namespace obm::http
