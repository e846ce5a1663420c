// Many peers that want to keep a server busy: each connects, does its one thing for as long as it is let, and comes
// again at once when it was thrown out. Thread: its own; made and ended by the test.
#pragma once

#include "concurrent/wakeup.h"
#include "support/tcp_peer.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>

namespace obm::test {

struct Hostility
{
    std::string once = {};    // sent first
    std::string again = {};   // and then without end
    bool readsAnswers = true; // else it leaves them lying
    bool leaves = false;      // goes with a reset as soon as it is connected
};

class HostileCrowd
{
public:
    HostileCrowd(std::uint16_t port, std::size_t size, Hostility hostility);
    ~HostileCrowd();

    // How often one of them has connected.
    [[nodiscard]] std::uint64_t arrivals() const { return m_arrivals; }

private:
    struct Peer
    {
        FileDescriptor fd{-1};
        std::size_t sent = 0; // of `once`
    };

    void run(const std::stop_token& stopped);
    void arrive(Peer& peer);
    [[nodiscard]] short wantedEvents(const Peer& peer) const;
    bool goOn(Peer& peer, short events);
    bool sendMore(Peer& peer);

    const std::uint16_t m_port;
    const Hostility m_hostility;
    Wakeup m_wakeup;
    std::vector<Peer> m_peers;
    std::atomic<std::uint64_t> m_arrivals = 0;
    std::jthread m_thread; // the last member: it uses all others
};

} // namespace obm::test
