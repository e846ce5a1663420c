#include "exchange/stream_connection.h"

#include "exchange/clock.h"

#include <QLoggingCategory>
#include <QNetworkRequest>
#include <QSslError>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcStream, "obm.exchange.stream")

constexpr std::string_view serverShutdown = "serverShutdown"; // documented for spot: taken as a wish

std::string seconds(std::int64_t ms)
{
    return std::to_string((ms + 999) / 1000) + " s";
}

} // namespace

StreamConnection::StreamConnection(const QUrl& url, StreamShared& shared, StreamConnectionEvents events)
    : m_url(url)
    , m_shared(shared)
    , m_events(std::move(events))
    , m_ledger(shared.limits)
{
    m_socket.setMaxAllowedIncomingMessageSize(m_shared.limits.messageBytesMax);
    m_socket.setMaxAllowedIncomingFrameSize(m_shared.limits.messageBytesMax);
    m_requestTimer.setSingleShot(true);
    connectSignals();
}

StreamConnection::~StreamConnection()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void StreamConnection::connectSignals()
{
    connect(&m_socket, &QWebSocket::connected, this, &StreamConnection::onConnected);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &StreamConnection::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this] { onBinary(); });
    connect(&m_socket, &QWebSocket::stateChanged, this, &StreamConnection::onSocketState);
    connect(&m_socket, &QWebSocket::pong, this, [this] {
        m_pongAwaited = false;
        m_roundTripMs = steadyMs() - m_pingedMs;
    });
    connect(&m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        for (const QSslError& error : errors)
            m_tlsError += (m_tlsError.empty() ? "" : "; ") + error.errorString().toStdString();
    });
    connect(&m_requestTimer, &QTimer::timeout, this, &StreamConnection::sendRequests);
}

void StreamConnection::open()
{
    m_openedMs = steadyMs();
    m_socket.open(m_url);
}

void StreamConnection::close()
{
    if (std::exchange(m_isClosed, true))
        return;
    m_requestTimer.stop();
    m_socket.disconnect(this); // what it shares may be gone before the closing handshake is over
    m_socket.close();
}

void StreamConnection::fail(CloseCause cause, const std::string& reason)
{
    if (std::exchange(m_isClosed, true))
        return;
    m_requestTimer.stop();
    m_socket.abort();
    m_events.onClosed(*this, cause, reason);
}

void StreamConnection::subscribe(const std::string& stream)
{
    m_ledger.add(stream);
    sendRequests();
}

void StreamConnection::unsubscribe(const std::string& stream)
{
    m_ledger.remove(stream);
    sendRequests();
}

StreamState StreamConnection::state() const
{
    if (!isConnected())
        return StreamState::Connecting;
    if (hasDelivered())
        return StreamState::Delivering;
    return m_ledger.isSettled() ? StreamState::Silent : StreamState::Subscribing;
}

void StreamConnection::onConnected()
{
    m_connectedMs = steadyMs();
    m_pingedMs = m_connectedMs;
    sendRequests();
}

void StreamConnection::sendRequests()
{
    const auto dueMs = m_ledger.nextRequestMs();
    if (!isConnected() || m_isClosed || !dueMs)
        return;
    const std::int64_t nowMs = steadyMs();
    if (*dueMs > nowMs) {
        m_requestTimer.start(static_cast<int>(*dueMs - nowMs));
        return;
    }
    if (const auto request = m_ledger.nextRequest(nowMs))
        m_socket.sendTextMessage(QString::fromStdString(*request));
}

void StreamConnection::onText(const QString& text)
{
    if (m_isClosed)
        return;
    const qint64 receivedMs = utcMs();
    m_lastReceivedMs = steadyMs();
    const auto frame = m_shared.reader.read(text);
    m_shared.counters.bytes += m_shared.reader.text().size();
    if (!frame)
        return onUnreadable(frame.error());
    if (frame->stream.empty())
        return onControlAnswer(*frame);
    ++m_frames;
    m_events.onFrame(*this, *frame, receivedMs);
}

void StreamConnection::onControlAnswer(const CombinedFrame& frame)
{
    if (frame.event == serverShutdown) {
        ++m_shared.counters.serverShutdowns;
        return m_events.onServerShutdown();
    }
    const auto refused = m_ledger.onAnswer(frame.controlId, frame.errorMessage, steadyMs());
    sendRequests();
    if (refused) {
        ++m_shared.counters.refusals;
        m_events.onRefused(*refused);
    }
}

// The exchange speaks text only.
void StreamConnection::onBinary()
{
    ++m_shared.counters.binaryMessages;
    m_lastReceivedMs = steadyMs();
    sayUnreadable("binary");
}

void StreamConnection::onUnreadable(const ParseError& error)
{
    sayUnreadable(std::string(toText(error.fault)) + ": " + error.detail);
    if (error.fault == ParseFault::WrongStream)
        ++m_shared.counters.unknownStreams;
    else
        ++m_shared.counters.malformed[static_cast<std::size_t>(error.fault)];
}

// The stream that a lost event belonged to shows a gap with its next one.
void StreamConnection::sayUnreadable(const std::string& what)
{
    if (m_shared.unreadableLines.allow(steadyMs()))
        qCWarning(lcStream).noquote() << "a message that cannot be read:" << QString::fromStdString(what)
                                      << m_shared.unreadableLines.suppressedNote().c_str();
}

// The error text is set after the state changes, and the socket must not be destroyed inside its own signal.
void StreamConnection::onSocketState(QAbstractSocket::SocketState state)
{
    const bool ends = state == QAbstractSocket::ClosingState || state == QAbstractSocket::UnconnectedState;
    if (m_isClosed || !ends || std::exchange(m_isEnding, true))
        return;
    QMetaObject::invokeMethod(this, &StreamConnection::onSocketEnded, Qt::QueuedConnection);
}

void StreamConnection::onSocketEnded()
{
    if (!m_tlsError.empty())
        return fail(CloseCause::ConnectFailed, "TLS refused: " + m_tlsError);
    const QWebSocketProtocol::CloseCode code = m_socket.closeCode();
    const std::string text = m_socket.errorString().toStdString();
    if (code == QWebSocketProtocol::CloseCodeTooMuchData)
        return fail(CloseCause::Oversized,
                    "a message over " + std::to_string(m_shared.limits.messageBytesMax) + " bytes");
    if (!isConnected())
        return fail(CloseCause::ConnectFailed, "cannot connect: " + text);
    // 1000 is what Qt says when there was no closing handshake at all.
    const std::string why = m_socket.closeReason().toStdString();
    const bool hasCode = code != QWebSocketProtocol::CloseCodeNormal || !why.empty();
    fail(CloseCause::Lost, text + (hasCode ? " (code " + std::to_string(code) + " " + why + ")" : ""));
}

void StreamConnection::checkDeadlines(std::int64_t nowMs)
{
    const StreamLimits& limits = m_shared.limits;
    if (m_isClosed)
        return;
    if (!isConnected()) {
        if (nowMs - m_openedMs > limits.connectDeadlineMs)
            fail(CloseCause::ConnectFailed, "no handshake within " + seconds(limits.connectDeadlineMs));
        return;
    }
    if (m_ledger.isAnswerOverdue(nowMs)) {
        ++m_shared.counters.answersMissed;
        return fail(CloseCause::AnswerMissed, "SUBSCRIBE not answered within " + seconds(limits.answerDeadlineMs));
    }
    m_ledger.retryRefused(nowMs);
    sendRequests();
    checkPing(nowMs);
}

// Anything received after the ping proves the peer alive as well: a pong may queue behind a burst of data.
void StreamConnection::checkPing(std::int64_t nowMs)
{
    const StreamLimits& limits = m_shared.limits;
    if (m_pongAwaited && m_lastReceivedMs > m_pingedMs)
        m_pongAwaited = false;
    if (m_pongAwaited && nowMs - m_pingedMs > limits.pongDeadlineMs) {
        ++m_shared.counters.pongsMissed;
        return fail(CloseCause::PongMissed, "no pong within " + seconds(limits.pongDeadlineMs));
    }
    if (m_pongAwaited || nowMs - m_pingedMs < limits.pingIntervalMs)
        return;
    m_pingedMs = nowMs;
    m_pongAwaited = true;
    m_socket.ping();
}

} // namespace obm
