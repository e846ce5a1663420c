// The one loopback port: tells WebSocket upgrades from plain HTTP by the request's head and hands each on, its bytes
// unread. Thread: the local exchange's.
#pragma once

#include "localexchange/http_connection.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QWebSocketServer>

#include <expected>
#include <functional>

namespace obm::localexchange {

class Port : public QObject
{
    Q_OBJECT

public:
    static constexpr int headDeadlineMs = 10'000;
    static constexpr int connectionsMax = 1'000;

    Port();
    ~Port() override;

    std::expected<void, QString> listen(quint16 port); // 0: any free one
    [[nodiscard]] quint16 number() const { return m_tcp.serverPort(); }

    std::function<bool()> mayConnect; // false: the connection is reset
    std::function<void(QWebSocket*, QTcpSocket*)> onWebSocket;
    HttpConnection::Answerer onRequest;

private:
    void onConnection();
    void onHead(QTcpSocket* socket);
    void handOn(QTcpSocket* socket, bool isUpgrade);
    void onUpgraded();

    QHash<quint16, QPointer<QTcpSocket>> m_upgrading; // by the peer's port; outlives the sockets of m_tcp
    QTcpServer m_tcp;
    QWebSocketServer m_webSockets;
};

} // namespace obm::localexchange
