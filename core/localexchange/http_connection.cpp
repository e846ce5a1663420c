#include "localexchange/http_connection.h"

namespace obm::localexchange {

namespace {

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Payload Too Large";
    case 418:
        return "I'm a teapot";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

// The value of a header field of a whole head, lower-cased; empty: not there.
QByteArray headerOf(const QByteArray& head, const QByteArray& name)
{
    const QByteArray lower = head.toLower();
    const QByteArray start = "\r\n" + name + ':';
    const qsizetype at = lower.indexOf(start);
    if (at < 0)
        return {};
    const qsizetype from = at + start.size();
    const qsizetype end = lower.indexOf("\r\n", from);
    return lower.mid(from, end < 0 ? -1 : end - from).trimmed();
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket* socket, Answerer answerer, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_answerer(std::move(answerer))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(headBytesMax + bodyBytesMax);
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { onData(); });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { deleteLater(); });
    m_idleTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, m_socket, [this] { m_socket->abort(); });
    m_idleTimer.start(idleDeadlineMs);
    onData();
}

void HttpConnection::onData()
{
    while (!m_answering && !m_closing) {
        m_received += m_socket->readAll();
        HttpRequest request;
        if (!takeRequest(request))
            return;
        m_idleTimer.start();
        respond(m_answerer(request));
    }
}

bool HttpConnection::takeRequest(HttpRequest& request)
{
    const qsizetype headEnd = m_received.indexOf("\r\n\r\n");
    if (headEnd < 0 && m_received.size() <= headBytesMax)
        return false;
    if (headEnd < 0 || headEnd > headBytesMax) {
        refuse(431);
        return false;
    }
    return takeHead(headEnd, request);
}

bool HttpConnection::takeHead(qsizetype headEnd, HttpRequest& request)
{
    const QByteArray head = m_received.left(headEnd);
    const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
    const qsizetype bodyBytes = headerOf(head, "content-length").toLongLong();
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.") || bodyBytes < 0) {
        refuse(400);
        return false;
    }
    if (bodyBytes > bodyBytesMax) {
        refuse(413);
        return false;
    }
    constexpr qsizetype blankLine = 4;
    const qsizetype end = headEnd + blankLine + bodyBytes;
    if (m_received.size() < end)
        return false;
    m_received.remove(0, end);
    m_closing = headerOf(head, "connection") == "close" || words[2] == "HTTP/1.0";
    request = {words[0], QUrl::fromEncoded(words[1])};
    return true;
}

void HttpConnection::refuse(int status)
{
    m_closing = true;
    write({status, "{\"code\":-1000,\"msg\":\"" + reasonOf(status) + "\"}"});
}

void HttpConnection::respond(const HttpAnswer& answer)
{
    if (answer.delayMs == 0) {
        write(answer);
        return;
    }
    m_answering = true;
    QTimer::singleShot(answer.delayMs, this, [this, answer] {
        m_answering = false;
        write(answer);
        onData();
    });
}

void HttpConnection::write(const HttpAnswer& answer)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonOf(answer.status) + "\r\n";
    head += "Content-Type: " + answer.contentType + "\r\n";
    head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    for (const auto& [name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    head += m_closing ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    m_socket->write(head + answer.body);
    if (m_closing)
        m_socket->disconnectFromHost();
}

} // namespace obm::localexchange
