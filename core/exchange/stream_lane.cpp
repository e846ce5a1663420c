#include "exchange/stream_lane.h"

#include "exchange/clock.h"
#include "market/event_ids.h"

#include <algorithm>
#include <utility>

namespace obm {

namespace {

std::string seconds(std::int64_t ms)
{
    return std::to_string((ms + 999) / 1000) + " s";
}

} // namespace

StreamLane::StreamLane(int number, const QUrl& url, StreamShared& shared, StreamLaneEvents events)
    : m_number(number)
    , m_url(url)
    , m_shared(shared)
    , m_events(std::move(events))
    , m_idle(shared.limits.dataIdleMs, shared.limits.dataIdleMaxMs)
    , m_backoff(shared.limits.reconnect, seedOrRandom(shared.limits.seed) + static_cast<std::uint64_t>(number))
    , m_random(seedOrRandom(shared.limits.seed) + static_cast<std::uint64_t>(number))
{
    m_status.number = number;
    m_status.stateSinceMs = utcMs();
    m_reconnectTimer.setSingleShot(true);
    m_rollOverTimer.setSingleShot(true);
    connect(&m_reconnectTimer, &QTimer::timeout, this, &StreamLane::connectNow);
    connect(&m_rollOverTimer, &QTimer::timeout, this, &StreamLane::rollOver);
}

StreamLane::~StreamLane() = default;

void StreamLane::add(const std::string& stream)
{
    if (!m_streams.insert(stream).second)
        return;
    for (StreamConnection* connection : {m_active.get(), m_successor.get()})
        if (connection)
            connection->subscribe(stream);
    if (m_handOver)
        m_handOver->add(stream);
    if (!m_active && !m_reconnectTimer.isActive())
        m_reconnectTimer.start(0); // after the other streams of the same change
}

void StreamLane::remove(const std::string& stream)
{
    if (m_streams.erase(stream) == 0)
        return;
    if (m_streams.empty())
        return stop();
    for (StreamConnection* connection : {m_active.get(), m_successor.get()})
        if (connection)
            connection->unsubscribe(stream);
    if (m_handOver)
        m_handOver->remove(stream);
}

void StreamLane::stop()
{
    m_reconnectTimer.stop();
    m_rollOverTimer.stop();
    m_handOver.reset();
    retire(std::move(m_successor));
    retire(std::move(m_active));
    m_streams.clear();
    m_deadPathAlarm.clear();
    noteState();
}

// What a connection is, active or successor, is decided at each call: a successor becomes the active one during its
// life.
std::unique_ptr<StreamConnection> StreamLane::makeConnection()
{
    const auto onShutdown = [this] {
        say(false, "the exchange announces a shutdown: moving to a new connection");
        QMetaObject::invokeMethod(this, &StreamLane::rollOver, Qt::QueuedConnection);
    };
    const auto onClosed = [this](StreamConnection& from, CloseCause cause, const std::string& reason) {
        if (&from == m_successor.get())
            abandonHandOver(reason);
        else
            onActiveClosed(cause, reason);
    };
    auto connection = std::make_unique<StreamConnection>(
        m_url, m_shared,
        StreamConnectionEvents{
            .onFrame = [this](StreamConnection& from, const CombinedFrame& frame,
                              qint64 receivedMs) { onFrame(&from == m_successor.get(), frame, receivedMs); },
            .onRefused = [this](const RefusedStream& refused) { m_events.onRefused(refused); },
            .onServerShutdown = onShutdown,
            .onClosed = onClosed,
        });
    for (const std::string& stream : m_streams)
        connection->subscribe(stream);
    ++m_shared.counters.connects;
    return connection;
}

void StreamLane::connectNow()
{
    m_status.nextAttemptMs = 0;
    m_isIdleArmed = false;
    m_active = makeConnection();
    m_active->open();
    scheduleRollOver(m_shared.limits.rollOverMs);
    noteState();
}

void StreamLane::onFrame(bool isSuccessor, const CombinedFrame& frame, qint64 receivedMs)
{
    if (!isSuccessor)
        m_idle.onData(steadyMs());
    if (m_handOver)
        onFrameOfTwo(isSuccessor, frame, receivedMs);
    else
        pass(frame, receivedMs);
}

void StreamLane::onFrameOfTwo(bool isSuccessor, const CombinedFrame& frame, qint64 receivedMs)
{
    const auto ids = eventIds(frame.data);
    if (!ids) {
        if (!isSuccessor)
            pass(frame, receivedMs); // it is counted where it is parsed for its book
        return;
    }
    const DepthEvent event{.stream = frame.stream,
                           .data = frame.data,
                           .receivedMs = receivedMs,
                           .previousLastId = ids->previousLastId,
                           .lastId = ids->lastId};
    if (isSuccessor) {
        const bool isNext = m_handOver->fromSuccessor(event, steadyMs());
        passReleased();
        if (isNext)
            pass(frame, receivedMs);
    } else {
        if (m_handOver->fromOld(event, steadyMs()))
            pass(frame, receivedMs);
        passReleased();
    }
}

void StreamLane::passReleased()
{
    for (const HeldEvent& event : m_handOver->takeReleased()) {
        CombinedFrame frame;
        frame.stream = event.stream;
        frame.data = event.data;
        pass(frame, event.receivedMs);
    }
}

void StreamLane::pass(const CombinedFrame& frame, qint64 receivedMs)
{
    m_hasEverDelivered = true;
    m_status.lastMessageMs = receivedMs;
    ++m_status.messages;
    m_events.onFrame(frame, receivedMs);
}

void StreamLane::onActiveClosed(CloseCause cause, const std::string& reason)
{
    const std::int64_t livedMs = m_active->isConnected() ? steadyMs() - m_active->connectedMs() : 0;
    if (m_active->hasDelivered() && livedMs >= m_shared.limits.stableMs)
        m_backoff.reset();
    m_shared.counters.oversized += cause == CloseCause::Oversized;
    m_status.lastError = reason;
    retire(std::move(m_active));
    ++m_status.reconnects;
    ++m_shared.counters.reconnects;
    if (m_successor)
        promoteSuccessor();
    else
        scheduleReconnect(reason);
    noteState();
}

void StreamLane::scheduleReconnect(const std::string& reason)
{
    m_rollOverTimer.stop();
    const std::int64_t delayMs = m_backoff.nextDelayMs();
    m_status.nextAttemptMs = utcMs() + delayMs;
    m_reconnectTimer.start(static_cast<int>(delayMs));
    say(true, reason + ": connecting again in " + std::to_string(delayMs) + " ms");
}

void StreamLane::checkDeadlines(std::int64_t nowMs)
{
    if (m_active)
        m_active->checkDeadlines(nowMs);
    if (m_successor)
        m_successor->checkDeadlines(nowMs);
    checkIdle(nowMs);
    checkHandOver(nowMs);
    noteState();
}

void StreamLane::checkIdle(std::int64_t nowMs)
{
    if (!m_active || m_active->ledger().acknowledgedCount() == 0)
        return;
    if (!std::exchange(m_isIdleArmed, true))
        m_idle.onSubscribed(nowMs);
    if (m_hasEverDelivered)
        m_deadPathAlarm.clear();
    if (!m_idle.isOver(nowMs))
        return;
    const std::string within = seconds(m_idle.allowanceMs());
    std::string reason = "no data within " + within;
    if (!m_hasEverDelivered) {
        m_deadPathAlarm = std::to_string(m_active->ledger().acknowledgedCount()) +
                          " subscriptions acknowledged and not one message within " + within +
                          ": is the path of exchange.ws_url right? " + m_url.toString().toStdString();
        reason = m_deadPathAlarm;
    }
    m_idle.onKill(nowMs);
    ++m_shared.counters.idleKills;
    m_active->fail(CloseCause::Idle, reason);
}

void StreamLane::rollOver()
{
    if (!m_active || m_successor)
        return;
    m_handOver.emplace(m_shared.limits.handOverQuietMs);
    for (const std::string& stream : m_streams)
        if (m_active->ledger().stateOf(stream) == SubscriptionState::Acknowledged)
            m_handOver->add(stream);
    m_handOverStartedMs = steadyMs();
    m_successor = makeConnection();
    m_successor->open();
}

bool StreamLane::renew(std::int64_t nowMs)
{
    if (!m_active || m_successor || nowMs - m_renewedMs < m_shared.limits.renewEveryMs)
        return false;
    m_renewedMs = nowMs;
    rollOver();
    return true;
}

void StreamLane::checkHandOver(std::int64_t nowMs)
{
    if (!m_successor)
        return;
    const SubscriptionLedger& ledger = m_successor->ledger();
    const bool isSubscribed = m_successor->isConnected() && ledger.isSettled();
    if (isSubscribed && m_handOver->isComplete(ledger.lastAcknowledgedMs(), nowMs))
        completeHandOver();
    else if (nowMs - m_handOverStartedMs > m_shared.limits.handOverDeadlineMs)
        abandonHandOver("the new connection has " + std::to_string(m_handOver->movedCount()) + " of " +
                        std::to_string(m_handOver->streamCount()) + " streams after " +
                        seconds(m_shared.limits.handOverDeadlineMs));
}

void StreamLane::completeHandOver()
{
    ++m_shared.counters.rollOvers;
    say(false, "moved to a new connection");
    retire(std::move(m_active));
    promoteSuccessor();
}

void StreamLane::abandonHandOver(const std::string& reason)
{
    ++m_shared.counters.rollOversFailed;
    m_handOver.reset();
    retire(std::move(m_successor));
    say(true, "the move to a new connection failed (" + reason + "); the old one goes on");
    m_status.lastError = reason;
    m_rollOverTimer.start(static_cast<int>(m_shared.limits.rollOverRetryMs));
}

void StreamLane::promoteSuccessor()
{
    m_handOver->moveAll();
    passReleased();
    m_handOver.reset();
    m_active = std::move(m_successor);
    m_isIdleArmed = false;
    scheduleRollOver(m_shared.limits.rollOverMs);
}

void StreamLane::scheduleRollOver(std::int64_t delayMs)
{
    const std::int64_t jitterMs = std::min(m_shared.limits.rollOverJitterMs, delayMs / 2);
    delayMs -= std::uniform_int_distribution<std::int64_t>(0, jitterMs)(m_random);
    m_rollOverTimer.start(static_cast<int>(delayMs));
}

// Its destructor may not run while one of its own calls is on the stack.
void StreamLane::retire(std::unique_ptr<StreamConnection> connection)
{
    if (!connection)
        return;
    connection->close();
    connection.release()->deleteLater();
}

SubscriptionState StreamLane::stateOf(const std::string& stream) const
{
    return m_active ? m_active->ledger().stateOf(stream) : SubscriptionState::Waiting;
}

StreamState StreamLane::state() const
{
    return m_active ? m_active->state() : StreamState::Waiting;
}

void StreamLane::noteState()
{
    if (m_status.state == state())
        return;
    m_status.state = state();
    m_status.stateSinceMs = utcMs();
}

StreamConnectionStatus StreamLane::status() const
{
    StreamConnectionStatus status = m_status;
    status.state = state();
    status.symbols = static_cast<int>(m_streams.size());
    status.rollingOver = m_successor != nullptr;
    if (m_active) {
        status.acknowledged = m_active->ledger().acknowledgedCount();
        status.pingRoundTripMs = m_active->pingRoundTripMs();
        if (m_active->isConnected())
            status.connectedSinceMs = utcMs() - (steadyMs() - m_active->connectedMs());
    }
    return status;
}

void StreamLane::say(bool isWarning, const std::string& text)
{
    m_events.onNotice(isWarning, "connection " + std::to_string(m_number) + ": " + text);
}

} // namespace obm
