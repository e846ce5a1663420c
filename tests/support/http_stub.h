// Answers HTTP requests with bytes given before, each on its own connection: for answers the local exchange does not
// give.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace obm::test {

class HttpStub
{
public:
    HttpStub()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no loopback port");
    }

    static QByteArray answer(int status, const QByteArray& body, const QByteArray& headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) +
               " X\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers +
               "\r\n" + body;
    }

    // Answers come in this order; the last one again and again. An empty one: the request is never answered.
    void enqueue(const QByteArray& bytes) { m_answers << bytes; }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    [[nodiscard]] int requestCount() const { return int(m_requests.size()); }
    [[nodiscard]] const QByteArray& request(int i) const { return m_requests[i].text; }
    [[nodiscard]] qint64 requestMs(int i) const { return m_requests[i].atMs; }

private:
    struct Request
    {
        QByteArray text;
        qint64 atMs = 0; // UTC
    };

    void accept()
    {
        QTcpSocket* socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            const QByteArray text = socket->readAll();
            const qsizetype index = std::min<qsizetype>(m_requests.size(), m_answers.size() - 1);
            m_requests << Request{text, QDateTime::currentMSecsSinceEpoch()};
            if (m_answers[index].isEmpty())
                return;
            socket->write(m_answers[index]);
            socket->disconnectFromHost();
        });
    }

    QTcpServer m_server;
    QList<QByteArray> m_answers;
    QList<Request> m_requests;
};

} // namespace obm::test
