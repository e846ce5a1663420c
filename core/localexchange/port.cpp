#include "localexchange/port.h"

#include <QWebSocket>

namespace obm::localexchange {

Port::Port()
    : m_webSockets(QStringLiteral("obmonitor local exchange"), QWebSocketServer::NonSecureMode)
{
    m_webSockets.setMaxPendingConnections(connectionsMax);
    m_tcp.setMaxPendingConnections(connectionsMax);
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] { onConnection(); });
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, [this] { onUpgraded(); });
}

Port::~Port() = default;

std::expected<void, QString> Port::listen(quint16 port)
{
    if (m_tcp.listen(QHostAddress(QHostAddress::LocalHost), port))
        return {};
    return std::unexpected(QStringLiteral("127.0.0.1:%1: %2").arg(port).arg(m_tcp.errorString()));
}

void Port::onConnection()
{
    while (QTcpSocket* socket = m_tcp.nextPendingConnection()) {
        if (!mayConnect()) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onHead(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        auto* deadline = new QTimer(socket);
        connect(deadline, &QTimer::timeout, socket, [socket] { socket->abort(); });
        deadline->start(headDeadlineMs);
        onHead(socket);
    }
}

void Port::onHead(QTcpSocket* socket)
{
    const QByteArray head = socket->peek(HttpConnection::headBytesMax);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end >= 0)
        handOn(socket, head.left(end).toLower().contains("\r\nupgrade: websocket"));
    else if (head.size() >= HttpConnection::headBytesMax)
        handOn(socket, false); // refused there as too large
}

void Port::handOn(QTcpSocket* socket, bool isUpgrade)
{
    socket->disconnect(this);
    disconnect(socket, &QTcpSocket::disconnected, socket, nullptr);
    delete socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    if (!isUpgrade) {
        new HttpConnection(socket, onRequest, this);
        return;
    }
    const quint16 peer = socket->peerPort();
    m_upgrading.insert(peer, socket);
    connect(socket, &QObject::destroyed, this, [this, peer] {
        if (m_upgrading.value(peer).isNull())
            m_upgrading.remove(peer);
    });
    m_webSockets.handleConnection(socket);
}

void Port::onUpgraded()
{
    while (QWebSocket* webSocket = m_webSockets.nextPendingConnection()) {
        QTcpSocket* transport = m_upgrading.take(webSocket->peerPort());
        onWebSocket(webSocket, transport);
    }
}

} // namespace obm::localexchange
