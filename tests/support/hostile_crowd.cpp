#include "support/hostile_crowd.h"

namespace obm::test {

HostileCrowd::HostileCrowd(std::uint16_t port, std::size_t size, Hostility hostility)
    : m_port(port)
    , m_hostility(std::move(hostility))
    , m_peers(size)
    , m_thread([this](const std::stop_token& stopped) { run(stopped); })
{}

HostileCrowd::~HostileCrowd()
{
    m_thread.request_stop();
    m_wakeup.notify();
}

void HostileCrowd::run(const std::stop_token& stopped)
{
    for (Peer& peer : m_peers)
        arrive(peer);
    std::vector<pollfd> polled;
    while (!stopped.stop_requested()) {
        polled.assign(1, {m_wakeup.fileDescriptor(), POLLIN, 0});
        for (const Peer& peer : m_peers)
            polled.push_back({peer.fd.get(), wantedEvents(peer), 0});
        ::poll(polled.data(), polled.size(), -1);
        for (std::size_t i = 0; i < m_peers.size(); ++i) {
            if (const short events = polled[i + 1].revents; events != 0 && !goOn(m_peers[i], events))
                arrive(m_peers[i]);
        }
    }
}

void HostileCrowd::arrive(Peer& peer)
{
    peer = {connectToLoopback(m_port, Wait::Never)};
    ++m_arrivals;
    const linger reset{.l_onoff = 1, .l_linger = 0};
    if (m_hostility.leaves)
        ::setsockopt(peer.fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

short HostileCrowd::wantedEvents(const Peer& peer) const
{
    const bool sends = peer.sent < m_hostility.once.size() || !m_hostility.again.empty() || m_hostility.leaves;
    const int events = (sends ? POLLOUT : 0) | (m_hostility.readsAnswers ? POLLIN : 0);
    return static_cast<short>(events);
}

// False: thrown out.
bool HostileCrowd::goOn(Peer& peer, short events)
{
    if ((events & (POLLERR | POLLHUP)) != 0 || m_hostility.leaves)
        return false;
    char bytes[4 * 1024];
    if ((events & POLLIN) != 0 && ::recv(peer.fd.get(), bytes, sizeof bytes, 0) <= 0)
        return false;
    return (events & POLLOUT) == 0 || sendMore(peer);
}

bool HostileCrowd::sendMore(Peer& peer)
{
    const bool isFirst = peer.sent < m_hostility.once.size();
    const std::string_view bytes = isFirst ? std::string_view(m_hostility.once).substr(peer.sent) : m_hostility.again;
    const ssize_t count = ::send(peer.fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0)
        return errno == EAGAIN;
    peer.sent += isFirst ? static_cast<std::size_t>(count) : 0;
    return true;
}

} // namespace obm::test
