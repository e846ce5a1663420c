// Real HTTP over real sockets, polite and rude.
#include "metrics/metric_family.h"
#include "metrics/metrics_server.h"
#include "support/std_string.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

using namespace obm;

namespace {

constexpr int patienceMs = 20'000;

struct Answer
{
    int status = 0;
    QByteArray head;
    QByteArray body;
};

Answer parseAnswer(const QByteArray& bytes)
{
    const auto headEnd = bytes.indexOf("\r\n\r\n");
    return {bytes.mid(9, 3).toInt(), bytes.left(headEnd), headEnd < 0 ? QByteArray() : bytes.mid(headEnd + 4)};
}

std::unique_ptr<QTcpSocket> connectTo(const MetricsServer& server)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QStringLiteral("127.0.0.1"), server.port());
    if (!socket->waitForConnected(patienceMs))
        qWarning("not connected");
    return socket;
}

QByteArray readToEnd(QTcpSocket& socket)
{
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(patienceMs)) {
    }
    return socket.readAll();
}

Answer send(const MetricsServer& server, const QByteArray& request)
{
    const auto socket = connectTo(server);
    socket->write(request);
    return parseAnswer(readToEnd(*socket));
}

Answer get(const MetricsServer& server, const QByteArray& path)
{
    return send(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

std::vector<prometheus::MetricFamily> someMetrics()
{
    auto gaps = counterFamily("obmonitor_book_gaps_total", "Breaks of the id chain");
    add(gaps, {{"symbol", "BTCUSDT"}}, 3);
    return {gaps};
}

} // namespace

class tst_MetricsServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void servesMetrics();
    void tellsHealth();
    void leavesTheBodyOutForHead();
    void refuses_data();
    void refuses();
    void reassemblesARequestInPieces();
    void servesALargeAnswer();
    void isNotHeldUpBySlowPeers();
    void letsGoOfASlowPeer();
    void survivesManyConnections();
    void survivesAThrowingCallback();
    void stopsAtOnce();
    void namesAPortThatIsTaken();
    void refusesAnAddress_data();
    void refusesAnAddress();
    void listensOnIpv6();

private:
    MetricsSource m_source;
    std::atomic<bool> m_ready = true;
    std::unique_ptr<MetricsServer> m_server;
};

void tst_MetricsServer::init()
{
    m_ready = true;
    m_source.metrics = someMetrics;
    m_source.health = [] { return HealthAnswer{.ok = true, .body = "ok\n"}; };
    m_source.readiness = [this] {
        return HealthAnswer{m_ready, m_ready ? R"({"ready":true})" : R"({"ready":false})", "application/json"};
    };
    auto started = MetricsServer::start("127.0.0.1:0", m_source);
    QVERIFY2(started.has_value(), started ? "" : started.error().line().c_str());
    m_server = std::move(*started);
}

void tst_MetricsServer::cleanup()
{
    m_server.reset();
}

void tst_MetricsServer::servesMetrics()
{
    QVERIFY(m_server->port() > 0);
    QCOMPARE(m_server->url(), "http://127.0.0.1:" + std::to_string(m_server->port()));
    const Answer answer = get(*m_server, "/metrics?name=x");
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.head.contains("Content-Type: text/plain; version=0.0.4"), answer.head);
    QVERIFY2(answer.body.contains("obmonitor_book_gaps_total{symbol=\"BTCUSDT\"} 3\n"), answer.body);
}

void tst_MetricsServer::tellsHealth()
{
    QCOMPARE(get(*m_server, "/healthz").status, 200);
    QCOMPARE(get(*m_server, "/healthz").body, QByteArray("ok\n"));
    QCOMPARE(get(*m_server, "/readyz").status, 200);
    m_ready = false;
    const Answer answer = get(*m_server, "/readyz");
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, QByteArray(R"({"ready":false})"));
    QVERIFY2(answer.head.contains("Content-Type: application/json"), answer.head);
}

void tst_MetricsServer::leavesTheBodyOutForHead()
{
    const Answer answer = send(*m_server, "HEAD /healthz HTTP/1.1\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.head.contains("Content-Length: 3"), answer.head);
    QCOMPARE(answer.body, QByteArray());
}

void tst_MetricsServer::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("another path") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("a path below") << QByteArray("GET /metrics/x HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("POST") << QByteArray("POST /metrics HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello") << 405;
    QTest::newRow("DELETE") << QByteArray("DELETE /readyz HTTP/1.1\r\n\r\n") << 405;
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("TLS") << QByteArray::fromHex("160301020001000000").append("\r\n\r\n") << 400;
    QTest::newRow("empty line") << QByteArray("\r\n\r\n") << 400;
    QTest::newRow("oversized header") << "GET /metrics HTTP/1.1\r\nX: " + QByteArray(1'000'000, 'x') + "\r\n\r\n"
                                      << 431;
    QTest::newRow("oversized without end") << QByteArray(9'000, 'x') << 431;
}

void tst_MetricsServer::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const Answer answer = send(*m_server, request);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.head.contains("Allow: GET, HEAD"), status == 405);
}

void tst_MetricsServer::reassemblesARequestInPieces()
{
    const auto socket = connectTo(*m_server);
    for (const char c : QByteArray("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) {
        socket->write(&c, 1);
        QVERIFY(socket->waitForBytesWritten(patienceMs));
    }
    QCOMPARE(parseAnswer(readToEnd(*socket)).status, 200);
}

void tst_MetricsServer::servesALargeAnswer()
{
    m_source.health = [] { return HealthAnswer{.ok = true, .body = std::string(8'000'000, 'x')}; };
    m_server = MetricsServer::start("127.0.0.1:0", m_source).value();
    QCOMPARE(get(*m_server, "/healthz").body.size(), 8'000'000);
}

void tst_MetricsServer::isNotHeldUpBySlowPeers()
{
    // The best of a few: a busy machine may be slow, a server that waits for its peers always is.
    qint64 bestMs = INT64_MAX;
    for (int attempt = 0; attempt < 5 && bestMs >= http::Connection::requestMsMax / 2; ++attempt) {
        std::vector<std::unique_ptr<QTcpSocket>> slow;
        for (std::size_t i = 0; i + 1 < http::Server::connectionsMax; ++i) {
            slow.push_back(connectTo(*m_server));
            slow.back()->write("GET /metrics HT");
            QVERIFY(slow.back()->waitForBytesWritten(patienceMs));
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(get(*m_server, "/healthz").status, 200);
        bestMs = std::min(bestMs, timer.elapsed());
    }
    QVERIFY2(bestMs < http::Connection::requestMsMax / 2, "it waited for the slow ones");
}

void tst_MetricsServer::letsGoOfASlowPeer()
{
    const auto socket = connectTo(*m_server);
    QElapsedTimer timer;
    timer.start();
    // A byte now and then is no sign of life: the deadline is for the whole request.
    while (socket->state() == QAbstractSocket::ConnectedState && timer.elapsed() < patienceMs) {
        socket->write("x");
        if (socket->waitForReadyRead(100))
            break;
    }
    QVERIFY(socket->state() != QAbstractSocket::ConnectedState);
    QVERIFY(timer.elapsed() >= http::Connection::requestMsMax - 500);
}

void tst_MetricsServer::survivesManyConnections()
{
    // More than it takes at a time: the rest waits in the kernel's queue and is served when places are free.
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (std::size_t i = 0; i < http::Server::connectionsMax; ++i)
        idle.push_back(connectTo(*m_server));
    const auto last = connectTo(*m_server);
    last->write("GET /healthz HTTP/1.1\r\n\r\n");
    QVERIFY(last->waitForBytesWritten(patienceMs));
    idle.clear();
    QCOMPARE(parseAnswer(readToEnd(*last)).status, 200);
}

void tst_MetricsServer::survivesAThrowingCallback()
{
    m_source.metrics = []() -> std::vector<prometheus::MetricFamily> { throw std::bad_alloc(); };
    m_server = MetricsServer::start("127.0.0.1:0", m_source).value();
    QCOMPARE(get(*m_server, "/metrics").status, 500);
    QCOMPARE(get(*m_server, "/healthz").status, 200);
}

void tst_MetricsServer::stopsAtOnce()
{
    const auto idle = connectTo(*m_server);
    QElapsedTimer timer;
    timer.start();
    m_server.reset();
    QVERIFY2(timer.elapsed() < http::Connection::requestMsMax, "it waited for a connection");
}

void tst_MetricsServer::namesAPortThatIsTaken()
{
    const std::string taken = "127.0.0.1:" + std::to_string(m_server->port());
    const auto second = MetricsServer::start(taken, m_source);
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().line(), "metrics cannot listen on " + taken + ": Address already in use");
    m_server.reset();
    QVERIFY(MetricsServer::start(taken, m_source).has_value()); // at once after a stop
}

void tst_MetricsServer::refusesAnAddress_data()
{
    QTest::addColumn<QString>("listen");
    QTest::newRow("no port") << "127.0.0.1";
    QTest::newRow("not ours") << "192.0.2.1:0";
    QTest::newRow("no such host") << "no.such.host.invalid:0";
    QTest::newRow("port no number") << "127.0.0.1:http2";
}

void tst_MetricsServer::refusesAnAddress()
{
    QFETCH(QString, listen);
    const auto started = MetricsServer::start(listen.toStdString(), m_source);
    QVERIFY(!started.has_value());
    QVERIFY(started.error().line().starts_with("metrics cannot listen on " + listen.toStdString() + ": "));
}

void tst_MetricsServer::listensOnIpv6()
{
    const auto started = MetricsServer::start("[::1]:0", m_source);
    if (!started)
        QSKIP(started.error().line().c_str());
    QCOMPARE((*started)->url(), "http://[::1]:" + std::to_string((*started)->port()));
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("::1"), (*started)->port());
    QVERIFY(socket.waitForConnected(patienceMs));
    socket.write("GET /healthz HTTP/1.1\r\n\r\n");
    QCOMPARE(parseAnswer(readToEnd(socket)).status, 200);
}

QTEST_GUILESS_MAIN(tst_MetricsServer)
#include "tst_metrics_server.moc"
