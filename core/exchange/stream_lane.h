// A set of streams kept alive for ever on one connection at a time: reconnect with back-off, data-idle deadline, and
// the planned change to a successor connection before the exchange ends the old one, without losing an event. Thread:
// lives in the thread that made it; callbacks come there.
#pragma once

#include "exchange/backoff.h"
#include "exchange/hand_over.h"
#include "exchange/idle_deadline.h"
#include "exchange/stream_connection.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

namespace obm {

struct StreamLaneEvents
{
    std::function<void(const CombinedFrame& frame, qint64 receivedMs)> onFrame;
    std::function<void(const RefusedStream& refused)> onRefused;
    std::function<void(bool isWarning, const std::string& text)> onNotice;
};

class StreamLane : public QObject
{
    Q_OBJECT

public:
    StreamLane(int number, const QUrl& url, StreamShared& shared, StreamLaneEvents events);
    ~StreamLane() override;

    void add(const std::string& stream);
    void remove(const std::string& stream); // without streams the connection is closed
    void checkDeadlines(std::int64_t nowMs);
    void rollOver();
    // A stream that is silent may be dead on this connection alone: rolls over. False: that was done just now.
    bool renew(std::int64_t nowMs);
    [[nodiscard]] std::int64_t renewedMs() const { return m_renewedMs; } // steady; before all time: never
    void stop();

    [[nodiscard]] SubscriptionState stateOf(const std::string& stream) const;
    [[nodiscard]] const std::string& deadPathAlarm() const { return m_deadPathAlarm; } // "": none
    [[nodiscard]] StreamConnectionStatus status() const;

private:
    std::unique_ptr<StreamConnection> makeConnection();
    void connectNow();
    void onFrame(bool isSuccessor, const CombinedFrame& frame, qint64 receivedMs);
    void onFrameOfTwo(bool isSuccessor, const CombinedFrame& frame, qint64 receivedMs);
    void passReleased();
    void pass(const CombinedFrame& frame, qint64 receivedMs);
    void onActiveClosed(CloseCause cause, const std::string& reason);
    void scheduleReconnect(const std::string& reason);
    void checkIdle(std::int64_t nowMs);
    void checkHandOver(std::int64_t nowMs);
    void completeHandOver();
    void abandonHandOver(const std::string& reason);
    void promoteSuccessor();
    void scheduleRollOver(std::int64_t delayMs);
    static void retire(std::unique_ptr<StreamConnection> connection);
    [[nodiscard]] StreamState state() const;
    void noteState();
    void say(bool isWarning, const std::string& text);

    const int m_number;
    const QUrl m_url;
    StreamShared& m_shared;
    StreamLaneEvents m_events;
    std::set<std::string> m_streams; // ordered: subscribed in the same order each time
    std::unique_ptr<StreamConnection> m_active;
    std::unique_ptr<StreamConnection> m_successor;
    std::optional<HandOver> m_handOver; // set as long as there is a successor
    std::int64_t m_handOverStartedMs = 0;
    std::int64_t m_renewedMs = std::numeric_limits<std::int64_t>::min() / 2;
    IdleDeadline m_idle;
    bool m_isIdleArmed = false;
    Backoff m_backoff;
    std::mt19937_64 m_random;
    QTimer m_reconnectTimer;
    QTimer m_rollOverTimer;
    bool m_hasEverDelivered = false;
    std::string m_deadPathAlarm;
    StreamConnectionStatus m_status; // what is kept over connections
};

} // namespace obm
