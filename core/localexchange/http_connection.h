// One HTTP/1.1 connection: bounded requests, one at a time, kept alive; answers may be late or cut short by a fault.
// Thread: the local exchange's.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace obm::localexchange {

struct HttpRequest
{
    QByteArray method;
    QUrl url; // path and query
};

struct HttpAnswer
{
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json;charset=UTF-8";
    QList<QPair<QByteArray, QByteArray>> headers = {};
    int delayMs = 0;
};

class HttpConnection : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype headBytesMax = 16 * 1024;
    static constexpr qsizetype bodyBytesMax = 64 * 1024; // of a request; it is read and ignored
    static constexpr int idleDeadlineMs = 60'000;

    using Answerer = std::function<HttpAnswer(const HttpRequest&)>;

    // Owns the socket and goes with it.
    HttpConnection(QTcpSocket* socket, Answerer answerer, QObject* parent);

private:
    void onData();
    [[nodiscard]] bool takeRequest(HttpRequest& request);
    [[nodiscard]] bool takeHead(qsizetype headEnd, HttpRequest& request);
    void refuse(int status);
    void respond(const HttpAnswer& answer);
    void write(const HttpAnswer& answer);

    QTcpSocket* m_socket;
    Answerer m_answerer;
    QByteArray m_received;
    QTimer m_idleTimer;
    bool m_answering = false;
    bool m_closing = false;
};

} // namespace obm::localexchange
