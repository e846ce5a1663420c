// One WebSocket connection of a client: its path, its subscriptions, the live control messages and their limits
// (1,024 streams, 10 messages a second), pings, and what a fault makes of it.
// A path that is not the exchange's own is accepted and acknowledges everything, but no data ever comes: as the real
// one. Thread: the local exchange's.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

class QJsonObject;

namespace obm::localexchange {

class StreamSession : public QObject
{
    Q_OBJECT

public:
    static constexpr int streamsMax = 1'024;
    static constexpr int messagesPerSecondMax = 10;
    static constexpr qint64 unsentBytesMax = 64 * 1024 * 1024; // a client that does not read is cut

    // What a fault makes of the answer to a control message.
    enum class Reply { Given, Refused, Withheld };

    struct Events
    {
        std::function<Reply(const QString& method, const QStringList& streams)> onControl;
        std::function<void(StreamSession*, const QString& stream)> onSubscribe;
        std::function<void(StreamSession*, const QString& stream)> onUnsubscribe;
        std::function<void(StreamSession*)> onClosed; // last call
        std::function<void()> onDrained;              // some of what was unsent has gone
    };

    // `transport` is the TCP socket below `socket`; both are owned from here on.
    StreamSession(QWebSocket* socket, QTcpSocket* transport, Events events, bool silent);
    ~StreamSession() override;

    void begin(); // subscribes to what the path names
    void send(const QString& frame);
    void sendBinary(const QByteArray& frame);
    void cut();    // TCP reset
    void freeze(); // half-open: neither reads nor writes any more

    [[nodiscard]] bool isCombined() const { return m_combined; }
    [[nodiscard]] bool isFrozen() const { return m_frozen; }
    [[nodiscard]] qint64 unsentBytes() const { return m_socket->bytesToWrite(); }
    [[nodiscard]] QStringList streams() const { return m_streams; }

private:
    void readPath();
    void onText(const QString& text);
    void answer(const QJsonObject& request);
    std::optional<QString> carryOut(const QString& method, const QStringList& params);
    void subscribe(const QStringList& names);
    void unsubscribe(const QStringList& names);
    void sendResult(const QJsonObject& request, const QString& result);
    void sendError(int code, const QString& message, const QJsonObject& request);
    [[nodiscard]] bool isFlooding();
    void onGone();

    std::unique_ptr<QWebSocket> m_socket;
    QPointer<QTcpSocket> m_transport;
    Events m_events;
    QStringList m_streams;
    QStringList m_pathStreams;
    bool m_combined = false;
    bool m_silent = false;
    bool m_frozen = false;
    bool m_gone = false;
    QTimer m_pingTimer;
    QElapsedTimer m_sincePong;
    QElapsedTimer m_clock;
    std::deque<qint64> m_messageTimes;
};

} // namespace obm::localexchange
