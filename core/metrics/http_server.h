// Answers HTTP requests in one thread of its own, with poll(2) over a bounded number of connections.
// Why own: Debian's civetweb knows no IPv6, takes 2 s to stop and gives each slow peer one of its threads. Here a peer
// that dribbles holds one of connectionsMax places until its deadline, or until somebody else wants the place: then the
// connection whose deadline is the nearest goes, but none in the grace of its step. So whoever sends a whole
// request at once is served behind N silent peers after N / connectionsMax * requestGraceMs.
// Thread: made, and destroyed, by its owner; the answer is called in the server's thread, one call at a time.
// The destructor returns as soon as a running call has returned.
#pragma once

#include "concurrent/wakeup.h"
#include "metrics/http_connection.h"
#include "metrics/listening_socket.h"

#include <poll.h>

#include <thread>
#include <vector>

namespace obm::http {

class Server
{
public:
    static constexpr std::size_t connectionsMax = 64;    // more wait in the kernel's queue, each for a place
    static constexpr std::int64_t acceptPauseMs = 1'000; // after the process ran out of descriptors

    Server(ListeningSocket socket, Connection::Answer answer);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_socket.port; }

private:
    void run(const std::stop_token& stopped);
    void waitForEvents();
    void advanceConnections();
    void acceptConnections();
    void makePlace(std::int64_t nowMs);
    [[nodiscard]] std::int64_t mayAcceptFromMs() const;
    [[nodiscard]] int timeoutMs(std::int64_t nowMs) const;

    ListeningSocket m_socket;
    Connection::Answer m_answer;
    Wakeup m_wakeup;
    std::vector<Connection> m_connections;
    std::vector<pollfd> m_polled; // the wakeup, the listening socket, then the connections in their order
    std::int64_t m_acceptAgainMs = 0;
    std::jthread m_thread; // the last member: it uses all others
};

} // namespace obm::http
