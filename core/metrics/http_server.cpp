#include "metrics/http_server.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <pthread.h>
#include <sys/socket.h>

namespace obm::http {

namespace {

constexpr std::size_t listeningPlace = 1;
constexpr std::size_t firstConnectionPlace = 2;

std::int64_t steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Server::Server(ListeningSocket socket, Connection::Answer answer)
    : m_socket(std::move(socket))
    , m_answer(std::move(answer))
    , m_thread([this](const std::stop_token& stopped) { run(stopped); })
{
    pthread_setname_np(m_thread.native_handle(), "obm-http");
}

Server::~Server()
{
    m_thread.request_stop();
    m_wakeup.notify();
}

void Server::run(const std::stop_token& stopped)
{
    while (!stopped.stop_requested()) {
        waitForEvents();
        advanceConnections();
        if ((m_polled[listeningPlace].revents & POLLIN) != 0)
            acceptConnections();
    }
}

void Server::waitForEvents()
{
    const std::int64_t nowMs = steadyMs();
    const int listening = mayAcceptFromMs() <= nowMs ? m_socket.fd.get() : -1; // poll() passes over a negative one
    m_polled.clear();
    m_polled.push_back({m_wakeup.fileDescriptor(), POLLIN, 0});
    m_polled.push_back({listening, POLLIN, 0});
    for (const Connection& connection : m_connections)
        m_polled.push_back({connection.fd(), connection.wantedEvents(), 0});
    poll(m_polled.data(), m_polled.size(), timeoutMs(nowMs));
}

void Server::advanceConnections()
{
    const std::int64_t nowMs = steadyMs();
    std::size_t place = firstConnectionPlace;
    std::erase_if(m_connections, [&](Connection& connection) {
        const bool ready = m_polled[place++].revents != 0;
        if (ready && !connection.advance(m_answer, nowMs))
            return true;
        if (connection.deadlineMs() > nowMs)
            return false;
        connection.reset();
        return true;
    });
}

void Server::acceptConnections()
{
    for (std::size_t i = 0; i < connectionsMax; ++i) { // then those that are there have their turn
        const std::int64_t nowMs = steadyMs();
        if (mayAcceptFromMs() > nowMs)
            return;
        FileDescriptor fd(accept4(m_socket.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (fd.get() < 0) {
            // The connection stays in the queue and would wake poll() at once, again and again.
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                m_acceptAgainMs = nowMs + acceptPauseMs;
            return;
        }
        makePlace(nowMs);
        Connection connection(std::move(fd), nowMs);
        if (connection.advance(m_answer, nowMs)) // as a rule its request is there already, and is not put off
            m_connections.push_back(std::move(connection));
    }
}

// The nearest deadline goes; only after mayAcceptFromMs(), so that one is there that is not spared.
void Server::makePlace(std::int64_t nowMs)
{
    if (m_connections.size() < connectionsMax)
        return;
    const auto order = [nowMs](const Connection& connection) {
        const bool isSpared = connection.displaceableFromMs() > nowMs;
        return std::pair(isSpared, connection.deadlineMs());
    };
    const auto displaced = std::ranges::min_element(m_connections, {}, order);
    displaced->reset();
    m_connections.erase(displaced);
}

std::int64_t Server::mayAcceptFromMs() const
{
    if (m_connections.size() < connectionsMax)
        return m_acceptAgainMs;
    const auto first = std::ranges::min_element(m_connections, {}, &Connection::displaceableFromMs);
    return std::max(m_acceptAgainMs, first->displaceableFromMs());
}

int Server::timeoutMs(std::int64_t nowMs) const
{
    std::int64_t nearestMs = mayAcceptFromMs() > nowMs ? mayAcceptFromMs() : INT64_MAX;
    for (const Connection& connection : m_connections)
        nearestMs = std::min(nearestMs, connection.deadlineMs());
    if (nearestMs == INT64_MAX)
        return -1;
    return static_cast<int>(std::max<std::int64_t>(0, nearestMs - nowMs));
}

} // namespace obm::http
