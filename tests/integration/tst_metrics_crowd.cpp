// A thousand peers that mean no good, and one scraper that goes on to get its answers.
#include "metrics/metrics_server.h"
#include "support/await.h"
#include "support/hostile_crowd.h"

#include <QElapsedTimer>
#include <QTest>

#include <filesystem>

#include <sys/resource.h>

using namespace obm;
using namespace obm::test;

namespace {

constexpr std::size_t crowdSize = 1'000;
constexpr int patienceMs = 20'000;
constexpr std::size_t answerBytes = 1'000'000; // more than a socket takes at once
const std::string scrape = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::ptrdiff_t openDescriptors()
{
    const std::filesystem::directory_iterator open("/proc/self/fd");
    return std::distance(begin(open), end(open));
}

bool isWhole(const std::optional<std::string>& answer)
{
    return answer && answer->starts_with("HTTP/1.1 200 ") && answer->size() > answerBytes;
}

} // namespace

class tst_MetricsCrowd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void answersAScraper_data();
    void answersAScraper();
    void answersOneRequestAConnection();
    void takesNothingForARequestThatIsNone_data();
    void takesNothingForARequestThatIsNone();

private:
    std::unique_ptr<MetricsServer> m_server;
};

void tst_MetricsCrowd::initTestCase()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 2 * crowdSize)
        QSKIP("too few file descriptors for a crowd");
}

void tst_MetricsCrowd::init()
{
    const auto large = [] { return HealthAnswer{.ok = true, .body = std::string(answerBytes, 'x')}; };
    const auto none = [] { return std::vector<prometheus::MetricFamily>(); };
    auto started = MetricsServer::start("127.0.0.1:0", {.metrics = none, .health = large, .readiness = large});
    QVERIFY2(started.has_value(), started ? "" : started.error().line().c_str());
    m_server = std::move(*started);
}

void tst_MetricsCrowd::answersAScraper_data()
{
    QTest::addColumn<Hostility>("hostility");
    const std::string half = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("silent") << Hostility{};
    QTest::newRow("half a request") << Hostility{.once = half};
    QTest::newRow("a byte and another one") << Hostility{.once = half, .again = "x"};
    QTest::newRow("a flood of fields") << Hostility{.once = half,
                                                    .again = "X-Flood: " + std::string(1'000, 'x') + "\r\n"};
    QTest::newRow("answers left lying") << Hostility{.once = scrape, .readsAnswers = false};
    QTest::newRow("requests without end") << Hostility{.once = scrape, .again = scrape};
    QTest::newRow("come and go") << Hostility{.leaves = true};
}

void tst_MetricsCrowd::answersAScraper()
{
    QFETCH(Hostility, hostility);
    constexpr int scrapes = 2;
    const std::ptrdiff_t before = openDescriptors();
    {
        const HostileCrowd crowd(m_server->port(), crowdSize, hostility);
        AWAIT_WITHIN(crowd.arrivals() >= crowdSize, patienceMs);
        for (int i = 0; i < scrapes; ++i) {
            QElapsedTimer timer;
            timer.start();
            // Again, as a scraper does: one that stood still between two of its steps may lose its place.
            while (!isWhole(exchangeOnce(m_server->port(), scrape)))
                QVERIFY2(timer.elapsed() < patienceMs, "no answer");
            qInfo("answered in %lld ms; %llu arrivals", timer.elapsed(),
                  static_cast<unsigned long long>(crowd.arrivals()));
        }
    }
    AWAIT_EQUAL_WITHIN(openDescriptors(), before, patienceMs); // nothing of it is left
    QVERIFY(isWhole(exchangeOnce(m_server->port(), scrape)));
}

void tst_MetricsCrowd::answersOneRequestAConnection()
{
    const auto answer = exchangeOnce(m_server->port(), "GET /metrics HTTP/1.1\r\n\r\n" + scrape + scrape);
    QVERIFY(answer.has_value());
    QVERIFY(answer->starts_with("HTTP/1.1 200 "));
    QCOMPARE(answer->find("HTTP/1.1", 1), std::string::npos);
    QVERIFY(answer->contains("\r\nConnection: close\r\n"));
}

void tst_MetricsCrowd::takesNothingForARequestThatIsNone_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("half a line") << std::string("GET /metr");
    QTest::newRow("a line") << std::string("GET /metrics HTTP/1.1\r\n");
    QTest::newRow("no last line") << std::string("GET /metrics HTTP/1.1\r\nHost: x\r\n");
    QTest::newRow("line feeds alone") << std::string("GET /metrics HTTP/1.1\n\n");
}

// It waits for the rest, and when no more can come the connection ends without an answer.
void tst_MetricsCrowd::takesNothingForARequestThatIsNone()
{
    QFETCH(std::string, bytes);
    const FileDescriptor fd = connectToLoopback(m_server->port(), Wait::Bounded);
    QCOMPARE(::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    ::shutdown(fd.get(), SHUT_WR);
    QCOMPARE(readToEnd(fd).value_or("an error"), std::string());
}

QTEST_APPLESS_MAIN(tst_MetricsCrowd)
#include "tst_metrics_crowd.moc"
