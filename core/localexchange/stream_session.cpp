#include "localexchange/stream_session.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <QVariant>

#include <sys/socket.h>

namespace obm::localexchange {

namespace {

constexpr int pingIntervalMs = 3 * 60 * 1'000;
constexpr int pongDeadlineMs = 10 * 60 * 1'000;
constexpr quint64 inboundBytesMax = 1024 * 1024;
constexpr int invalidRequest = 2;
constexpr int invalidJson = 3;

QStringList split(const QString& names)
{
    return names.split(QLatin1Char('/'), Qt::SkipEmptyParts);
}

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

StreamSession::StreamSession(QWebSocket* socket, QTcpSocket* transport, Events events, bool silent)
    : m_socket(socket)
    , m_transport(transport)
    , m_events(std::move(events))
    , m_silent(silent)
{
    m_clock.start();
    m_sincePong.start();
    m_socket->setParent(nullptr);
    m_socket->setMaxAllowedIncomingMessageSize(inboundBytesMax);
    readPath();
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, [this](const QString& text) { onText(text); });
    connect(m_socket.get(), &QWebSocket::pong, this, [this] { m_sincePong.start(); });
    connect(m_socket.get(), &QWebSocket::bytesWritten, this, [this] { m_events.onDrained(); });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] { onGone(); });
    connect(&m_pingTimer, &QTimer::timeout, this, [this] {
        if (m_sincePong.hasExpired(pongDeadlineMs))
            cut();
        else
            m_socket->ping(QByteArray::number(QDateTime::currentMSecsSinceEpoch()));
    });
    m_pingTimer.start(pingIntervalMs);
}

StreamSession::~StreamSession()
{
    m_gone = true;
    m_socket->disconnect(this);
    if (m_transport)
        m_transport->abort();
    m_socket.reset();
    delete m_transport.data();
}

void StreamSession::readPath()
{
    const QUrl url = m_socket->requestUrl();
    const QString path = url.path(QUrl::FullyDecoded);
    const QString rawPath = QStringLiteral("/public/ws");
    if (path == QLatin1String("/public/stream")) {
        m_combined = true;
        m_pathStreams = split(QUrlQuery(url).queryItemValue(QStringLiteral("streams"), QUrl::FullyDecoded));
    } else if (path == rawPath || path.startsWith(rawPath + QLatin1Char('/'))) {
        m_pathStreams = split(path.mid(rawPath.size()));
    } else {
        m_silent = true;
    }
}

void StreamSession::begin()
{
    subscribe(m_pathStreams);
}

void StreamSession::send(const QString& frame)
{
    if (m_frozen || m_gone)
        return;
    if (m_socket->bytesToWrite() > unsentBytesMax)
        cut();
    else
        m_socket->sendTextMessage(frame);
}

void StreamSession::sendBinary(const QByteArray& frame)
{
    if (!m_frozen && !m_gone)
        m_socket->sendBinaryMessage(frame);
}

// With linger off, so that the client sees a reset and not an orderly end.
void StreamSession::cut()
{
    if (m_transport) {
        const linger none{1, 0};
        ::setsockopt(static_cast<int>(m_transport->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        m_transport->abort();
    }
    onGone();
}

void StreamSession::freeze()
{
    m_frozen = true;
    m_pingTimer.stop();
    if (!m_transport)
        return;
    disconnect(m_transport, &QIODevice::readyRead, m_socket.get(), nullptr);
    m_transport->setReadBufferSize(1);
}

void StreamSession::onGone()
{
    if (m_gone)
        return;
    m_gone = true;
    m_pingTimer.stop();
    m_events.onClosed(this);
}

bool StreamSession::isFlooding()
{
    constexpr qint64 windowMs = 1'000;
    const qint64 now = m_clock.elapsed();
    while (!m_messageTimes.empty() && now - m_messageTimes.front() >= windowMs)
        m_messageTimes.pop_front();
    m_messageTimes.push_back(now);
    return m_messageTimes.size() > messagesPerSecondMax;
}

void StreamSession::onText(const QString& text)
{
    if (m_frozen || m_gone)
        return;
    if (isFlooding()) {
        m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated, QStringLiteral("Too many requests"));
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (document.isObject())
        answer(document.object());
    else
        sendError(invalidJson, QStringLiteral("Invalid JSON: ") + error.errorString(), {});
}

void StreamSession::answer(const QJsonObject& request)
{
    const QString method = request.value(QLatin1String("method")).toString();
    const QStringList params = request.value(QLatin1String("params")).toVariant().toStringList();
    const Reply reply = m_events.onControl(method, params);
    if (reply == Reply::Refused) {
        sendError(invalidRequest, QStringLiteral("Invalid request: refused"), request);
        return;
    }
    const std::optional<QString> result = carryOut(method, params);
    if (reply == Reply::Withheld)
        return;
    if (result)
        sendResult(request, *result);
    else
        sendError(invalidRequest, QStringLiteral("Invalid request: unknown method"), request);
}

// The result of a control message as JSON; empty: there is no such method.
std::optional<QString> StreamSession::carryOut(const QString& method, const QStringList& params)
{
    if (method == QLatin1String("SUBSCRIBE"))
        subscribe(params);
    else if (method == QLatin1String("UNSUBSCRIBE"))
        unsubscribe(params);
    else if (method == QLatin1String("LIST_SUBSCRIPTIONS"))
        return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(m_streams)).toJson(QJsonDocument::Compact));
    else
        return std::nullopt;
    return QStringLiteral("null");
}

void StreamSession::subscribe(const QStringList& names)
{
    QStringList added;
    for (const QString& name : names) {
        if (!m_streams.contains(name) && !added.contains(name))
            added << name;
    }
    if (m_streams.size() + added.size() > streamsMax) {
        m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated, QStringLiteral("Too many streams"));
        return;
    }
    m_streams += added;
    for (const QString& name : added) {
        if (!m_silent)
            m_events.onSubscribe(this, name);
    }
}

void StreamSession::unsubscribe(const QStringList& names)
{
    for (const QString& name : names) {
        if (m_streams.removeOne(name) && !m_silent)
            m_events.onUnsubscribe(this, name);
    }
}

// The exchange writes result before id; QJsonObject would sort them so by chance only.
void StreamSession::sendResult(const QJsonObject& request, const QString& result)
{
    const QJsonValue id = request.value(QLatin1String("id"));
    const QByteArray idText = QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact);
    send(QStringLiteral("{\"result\":%1,\"id\":%2}").arg(result, QString::fromUtf8(idText.mid(1, idText.size() - 2))));
}

void StreamSession::sendError(int code, const QString& message, const QJsonObject& request)
{
    QJsonObject answer{
        {QStringLiteral("error"), QJsonObject{{QStringLiteral("code"), code}, {QStringLiteral("msg"), message}}}};
    if (request.contains(QLatin1String("id")))
        answer.insert(QStringLiteral("id"), request.value(QLatin1String("id")));
    send(compact(answer));
}

} // namespace obm::localexchange
