// One WebSocket connection from its opening to its end; it never reconnects.
// It subscribes what it is told, answers no question about symbols, and ends itself when the peer is dead: no
// handshake, no answer to a SUBSCRIBE, no pong. TLS is verified by Qt and its errors are never ignored. Thread: lives
// in the thread that made it; callbacks come there. After onClosed nothing comes any more.
#pragma once

#include "exchange/frame_reader.h"
#include "exchange/stream_limits.h"
#include "exchange/stream_status.h"
#include "exchange/subscription_ledger.h"
#include "log/rate_limit.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <functional>
#include <string>

namespace obm {

class StreamConnection;

enum class CloseCause { Lost, ConnectFailed, Oversized, PongMissed, AnswerMissed, Idle };

struct StreamConnectionEvents
{
    // Of a stream, not a control answer.
    std::function<void(StreamConnection& from, const CombinedFrame& frame, qint64 receivedMs)> onFrame;
    std::function<void(const RefusedStream& refused)> onRefused;
    std::function<void()> onServerShutdown; // the exchange wishes a new connection
    std::function<void(StreamConnection& from, CloseCause cause, const std::string& reason)> onClosed;
};

// What all connections of a thread share.
struct StreamShared
{
    StreamLimits limits;
    FrameReader reader;
    StreamCounters counters;
    RateLimit unreadableLines{2};
};

class StreamConnection : public QObject
{
    Q_OBJECT

public:
    StreamConnection(const QUrl& url, StreamShared& shared, StreamConnectionEvents events);
    ~StreamConnection() override;

    void open();
    void close(); // in order, without onClosed
    // Ends it for a reason seen from outside.
    void fail(CloseCause cause, const std::string& reason);

    void subscribe(const std::string& stream);
    void unsubscribe(const std::string& stream);
    void checkDeadlines(std::int64_t nowMs);

    [[nodiscard]] const SubscriptionLedger& ledger() const { return m_ledger; }
    [[nodiscard]] StreamState state() const;
    [[nodiscard]] bool isConnected() const { return m_connectedMs != 0; }
    [[nodiscard]] bool hasDelivered() const { return m_frames != 0; }
    [[nodiscard]] std::int64_t connectedMs() const { return m_connectedMs; } // steady; 0: not connected
    [[nodiscard]] std::int64_t pingRoundTripMs() const { return m_roundTripMs; }

private:
    void connectSignals();
    void onConnected();
    void onText(const QString& text);
    void onBinary();
    void onControlAnswer(const CombinedFrame& frame);
    void onUnreadable(const ParseError& error);
    void sayUnreadable(const std::string& what);
    void onSocketState(QAbstractSocket::SocketState state);
    void onSocketEnded();
    void sendRequests();
    void checkPing(std::int64_t nowMs);

    QUrl m_url;
    StreamShared& m_shared;
    StreamConnectionEvents m_events;
    SubscriptionLedger m_ledger;
    QWebSocket m_socket;
    QTimer m_requestTimer; // spaces the requests
    std::string m_tlsError;
    std::uint64_t m_frames = 0;
    std::int64_t m_openedMs = 0; // steady, as all below
    std::int64_t m_connectedMs = 0;
    std::int64_t m_lastReceivedMs = 0;
    std::int64_t m_pingedMs = 0;
    std::int64_t m_roundTripMs = -1;
    bool m_pongAwaited = false;
    bool m_isEnding = false; // the socket closes: its reason is collected in the next turn of the loop
    bool m_isClosed = false;
};

} // namespace obm
