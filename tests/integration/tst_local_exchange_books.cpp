// The local exchange's books: snapshot + events, kept by a plain oracle, are its truth at every u; for synthetic
// markets, for the recordings, and over the seam of a loop.
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/exchange_client.h"
#include "support/replayed_book.h"
#include "support/sanitized.h"
#include "support/truth.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 60'000;
const QStringList recordingNames{QStringLiteral("usdm-20240718"), QStringLiteral("usdm-20210405")};

QString recordingDir(const QString& name)
{
    return qEnvironmentVariable("OBM_RECORDINGS") + QLatin1Char('/') + name;
}

QUrl streamsUrl(const LocalExchange& exchange, const QString& suffix)
{
    QStringList names;
    for (const QString& symbol : exchange.symbols())
        names << symbol.toLower() + suffix;
    QUrl url = exchange.wsUrl();
    url.setQuery(QStringLiteral("streams=") + names.join(QLatin1Char('/')));
    return url;
}

// Applies every event from the snapshots on, and compares the top at each u with the truth.
// Empty: all agree; otherwise what does not. `compared` counts the tops.
QString compareWithTruth(const QList<ClientEvent>& events, const std::map<QString, QJsonObject>& snapshots,
                         const TruthReader& truth, int& compared)
{
    std::map<QString, ReplayedBook> books;
    for (const auto& [symbol, snapshot] : snapshots)
        books[symbol].load(snapshot);
    for (const ClientEvent& event : events) {
        ReplayedBook& book = books[event.symbol];
        const QString place = QStringLiteral("%1 u=%2").arg(event.symbol).arg(event.lastId);
        const ReplayedBook::Verdict verdict = book.take(event);
        if (verdict == ReplayedBook::Verdict::Gap)
            return place + QStringLiteral(": gap");
        if (verdict == ReplayedBook::Verdict::Old)
            continue;
        const auto top = truth.topAt(event.symbol, event.lastId);
        if (!top)
            return place + QStringLiteral(": no truth");
        if (book.top() != *top)
            return place + QStringLiteral(": another top");
        ++compared;
    }
    return {};
}

} // namespace

class TestLocalExchangeBooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void syntheticAgreesWithTruth_data();
    void syntheticAgreesWithTruth();
    void recordingAgreesWithTruth_data();
    void recordingAgreesWithTruth();
    void recordingSendsItsBytes_data();
    void recordingSendsItsBytes();
    void servesAnyMomentOfARecording();
    void loopKeepsChainAndBooks_data();
    void loopKeepsChainAndBooks();
    void refusesAFolderWithoutRecording();

private:
    void start(LocalExchangeOptions options);
    std::map<QString, QJsonObject> snapshots(int limit = 1000);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_truthFile;
    std::unique_ptr<LocalExchange> m_exchange;
};

void TestLocalExchangeBooks::init()
{
    m_exchange.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_truthFile = m_folder->filePath(QStringLiteral("truth.ndjson"));
    if (QTest::currentDataTag() && recordingNames.contains(QString::fromLatin1(QTest::currentDataTag())) &&
        !QFile::exists(recordingDir(QString::fromLatin1(QTest::currentDataTag()))))
        QSKIP("OBM_RECORDINGS has no such recording");
}

void TestLocalExchangeBooks::start(LocalExchangeOptions options)
{
    options.truthFile = m_truthFile;
    options.weightLimit = 1'000'000;
    m_exchange = std::make_unique<LocalExchange>(options);
    const auto started = m_exchange->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error()));
}

std::map<QString, QJsonObject> TestLocalExchangeBooks::snapshots(int limit)
{
    RestClient rest(m_exchange->restUrl());
    std::map<QString, QJsonObject> answers;
    for (const QString& symbol : m_exchange->symbols())
        answers[symbol] = rest.depth(symbol, limit).json();
    return answers;
}

void TestLocalExchangeBooks::syntheticAgreesWithTruth_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<QString>("suffix");
    QTest::newRow("seed 1, 100 ms") << quint64{1} << QStringLiteral("@depth@100ms");
    QTest::newRow("seed 2, 250 ms") << quint64{2} << QStringLiteral("@depth");
    QTest::newRow("seed 3, 500 ms") << quint64{3} << QStringLiteral("@depth@500ms");
}

// The snapshots come while the streams run, as a client fetches them.
void TestLocalExchangeBooks::syntheticAgreesWithTruth()
{
    QFETCH(quint64, seed);
    QFETCH(QString, suffix);
    LocalExchangeOptions options;
    options.symbols = syntheticSymbols(9);
    options.seed = seed;
    start(options);
    StreamClient client(streamsUrl(*m_exchange, suffix));
    AWAIT_WITHIN(client.events().size() > 8, waitMs);
    const auto books = snapshots();
    const qsizetype before = client.events().size();
    AWAIT_WITHIN(client.events().size() > before + 40, waitMs);

    m_exchange->flushTruth();
    TruthReader truth;
    QVERIFY(truth.load(m_truthFile));
    int compared = 0;
    const QString difference = compareWithTruth(client.events(), books, truth, compared);
    QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(difference)));
    QVERIFY(compared > 30);
}

void TestLocalExchangeBooks::recordingAgreesWithTruth_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : recordingNames)
        QTest::newRow(qPrintable(name)) << name;
}

// Snapshots before the first event: those recorded. The whole recording is played.
void TestLocalExchangeBooks::recordingAgreesWithTruth()
{
    QFETCH(QString, name);
    LocalExchangeOptions options;
    options.recordingDir = recordingDir(name);
    options.speed = 1e6;
    start(options);
    const auto books = snapshots();
    QSignalSpy finished(m_exchange.get(), &LocalExchange::finished);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth")));
    AWAIT_EQUAL_WITHIN(finished.count(), 1, waitMs);
    m_exchange->flushTruth();
    TruthReader truth;
    QVERIFY(truth.load(m_truthFile));
    const auto lastCame = [&] {
        return std::ranges::all_of(m_exchange->symbols(), [&](const QString& symbol) {
            const auto events = client.eventsOf(symbol);
            return !events.isEmpty() && events.back().lastId == truth.lastId(symbol);
        });
    };
    AWAIT_WITHIN(lastCame(), waitMs);
    int compared = 0;
    const QString difference = compareWithTruth(client.events(), books, truth, compared);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    QVERIFY2(compared > 4'000, qPrintable(QString::number(compared)));
    QCOMPARE(static_cast<std::size_t>(compared), truth.size());
}

void TestLocalExchangeBooks::recordingSendsItsBytes_data()
{
    recordingAgreesWithTruth_data();
}

void TestLocalExchangeBooks::recordingSendsItsBytes()
{
    QFETCH(QString, name);
    LocalExchangeOptions options;
    options.recordingDir = recordingDir(name);
    options.speed = 50;
    start(options);
    QFile file(options.recordingDir + QStringLiteral("/depth.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@500ms")));
    AWAIT_WITHIN(client.events().size() > 200, waitMs);
    for (const ClientEvent& event : client.events()) {
        const QByteArray line = file.readLine().trimmed();
        QCOMPARE(event.data, line.mid(line.indexOf("\"data\":") + 7).chopped(1));
        QCOMPARE(event.stream, event.symbol.toLower() + QStringLiteral("@depth@500ms"));
    }
}

void TestLocalExchangeBooks::servesAnyMomentOfARecording()
{
    LocalExchangeOptions options;
    options.recordingDir = recordingDir(recordingNames[1]);
    if (!QFile::exists(options.recordingDir))
        QSKIP("OBM_RECORDINGS has no such recording");
    options.speed = isSanitized ? 15 : 60; // each moment has to be taken before the next
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    const qsizetype moments[]{300, 900, 1'500};
    std::vector<std::map<QString, QJsonObject>> taken;
    for (const qsizetype moment : moments) {
        AWAIT_WITHIN(client.events().size() > moment, waitMs);
        taken.push_back(snapshots());
    }
    AWAIT_WITHIN(client.events().size() > 2'000, waitMs);
    m_exchange->flushTruth();
    TruthReader truth;
    QVERIFY(truth.load(m_truthFile));
    for (const auto& books : taken) {
        int compared = 0;
        const QString difference = compareWithTruth(client.events(), books, truth, compared);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
        QVERIFY(compared > 100);
    }
}

void TestLocalExchangeBooks::loopKeepsChainAndBooks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("passes");
    QTest::newRow(qPrintable(recordingNames[0])) << recordingNames[0] << 1.2;
    QTest::newRow(qPrintable(recordingNames[1])) << recordingNames[1] << 3.2;
}

void TestLocalExchangeBooks::loopKeepsChainAndBooks()
{
    QFETCH(QString, name);
    QFETCH(double, passes);
    LocalExchangeOptions options;
    options.recordingDir = recordingDir(name);
    options.speed = 1e6;
    options.loop = true;
    start(options);
    const auto books = snapshots();
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    QFile file(options.recordingDir + QStringLiteral("/depth.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto enough = static_cast<qsizetype>(static_cast<double>(file.readAll().count('\n')) * passes);
    AWAIT_WITHIN(client.events().size() > enough, waitMs);

    m_exchange->flushTruth();
    TruthReader truth;
    QVERIFY(truth.load(m_truthFile));
    int compared = 0;
    const QString difference = compareWithTruth(client.events(), books, truth, compared);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    for (const QString& symbol : m_exchange->symbols()) {
        const auto events = client.eventsOf(symbol);
        for (qsizetype i = 1; i < events.size(); ++i) {
            QVERIFY(events[i].eventTimeMs >= events[i - 1].eventTimeMs);
            QVERIFY(events[i].firstId > events[i].previousLastId);
            QVERIFY(events[i].firstId <= events[i].lastId);
        }
    }
}

void TestLocalExchangeBooks::refusesAFolderWithoutRecording()
{
    LocalExchangeOptions options;
    options.recordingDir = m_folder->path();
    LocalExchange exchange(options);
    const auto started = exchange.start();
    QVERIFY(!started);
    QVERIFY2(started.error().contains(QLatin1String("snapshots.tsv")), qPrintable(started.error()));
}

QTEST_GUILESS_MAIN(TestLocalExchangeBooks)
#include "tst_local_exchange_books.moc"
