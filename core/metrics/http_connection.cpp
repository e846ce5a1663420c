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
    , m_deadlineMs(nowMs + requestMsMax)
{}

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
        return writeResponse(nowMs);
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
    return m_step == Step::Request || writeResponse(nowMs);
}

void Connection::beginResponse(const Response& response, bool withBody, std::int64_t nowMs)
{
    m_output = toBytes(response, withBody);
    m_step = Step::Response;
    m_deadlineMs = nowMs + responseMsMax;
}

bool Connection::writeResponse(std::int64_t nowMs)
{
    const ssize_t count = send(m_fd.get(), m_output.data() + m_sent, m_output.size() - m_sent, MSG_NOSIGNAL);
    if (count < 0)
        return wouldBlock();
    m_sent += static_cast<std::size_t>(count);
    if (m_sent < m_output.size())
        return true;
    m_step = Step::Linger;
    m_deadlineMs = nowMs + lingerMsMax;
    return shutdown(m_fd.get(), SHUT_WR) == 0;
}

bool Connection::discardInput()
{
    char bytes[readBytesMax];
    const ssize_t count = recv(m_fd.get(), bytes, sizeof bytes, 0);
    return count > 0 || (count < 0 && wouldBlock());
}

} // namespace obm::http
