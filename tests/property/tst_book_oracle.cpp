// The order book against a book kept by other means: random histories, and both recordings from end to end.
#include "book/book_sync.h"
#include "market/depth_parser.h"
#include "support/oracle_book.h"
#include "support/recording.h"
#include "support/seed.h"

#include <QTest>

#include <map>

using namespace obm;

namespace {

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

// Levels near a price that wanders, in every spelling of the same number.
class RandomMarket
{
public:
    explicit RandomMarket(std::uint64_t seed)
        : m_random(seed)
    {}

    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }

    QByteArray snapshot(int levels)
    {
        return R"({"lastUpdateId":1,"bids":[)" + side(levels, m_middle - 1, -1) + R"(],"asks":[)" +
               side(levels, m_middle + 1, 1) + "]}";
    }

    QByteArray update()
    {
        m_middle += below(5) - 2;
        return R"({"e":"depthUpdate","E":1,"s":"A","U":1,"u":1,"pu":0,"b":[)" + changes(-1) + R"(],"a":[)" +
               changes(1) + "]}";
    }

private:
    QByteArray level(int ticks, int quantity)
    {
        QByteArray price = QByteArray::number(ticks / 10) + '.' + QByteArray::number(ticks % 10);
        price += QByteArray(below(3), '0'); // "5.0", "5.00", "5.000": one price
        const QByteArray amount = quantity == 0 && below(2) ? "0.000" : QByteArray::number(quantity);
        return "[\"" + price + "\",\"" + amount + "\"]";
    }

    QByteArray side(int levels, int from, int step)
    {
        QByteArray text;
        for (int i = 0; i < levels; ++i)
            text += (i ? "," : "") + level(from + i * step * 2, 1 + below(99));
        return text;
    }

    QByteArray changes(int step)
    {
        QByteArray text;
        const int count = below(30);
        for (int i = 0; i < count; ++i)
            text += (i ? "," : "") + level(m_middle + step * (1 + below(1 + below(400))), below(3) ? 1 + below(99) : 0);
        return text;
    }

    std::mt19937_64 m_random;
    int m_middle = 5000;
};

struct Replayed
{
    BookSync sync{0};
    test::OracleBook oracle;
    int compared = 0;
};

} // namespace

class TestBookOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesOnRandomHistories();
    void agreesOnRecordings_data();
    void agreesOnRecordings();
};

void TestBookOracle::agreesOnRandomHistories()
{
    const std::uint64_t seed = test::seedOfRun();
    RandomMarket market(seed);
    const auto check = qScopeGuard([seed] { test::tellSeedOnFailure(seed); });
    DepthParser parser;
    DepthUpdate update;
    for (int history = 0; history < 20; ++history) {
        const int levels = 1 + market.below(200);
        const int limit = market.below(2) ? levels : 1000;
        const QByteArray snapshot = market.snapshot(levels);
        OrderBook book;
        test::OracleBook oracle;
        QVERIFY(book.load(parser.parseSnapshot(snapshot.toStdString()).value(), static_cast<std::size_t>(limit)));
        oracle.load(snapshot, limit);
        for (int step = 0; step < 200; ++step) {
            const QByteArray text = market.update();
            QVERIFY(parser.parseUpdate(text.toStdString(), update).has_value());
            book.apply(update);
            oracle.apply(text);
            QCOMPARE(test::textOf(book.bids(), all), oracle.bids.text(all));
            QCOMPARE(test::textOf(book.asks(), all), oracle.asks.text(all));
        }
    }
}

void TestBookOracle::agreesOnRecordings_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("usdm-20210405") << QStringLiteral("usdm-20210405");
    QTest::newRow("usdm-20240718") << QStringLiteral("usdm-20240718");
}

void TestBookOracle::agreesOnRecordings()
{
    QFETCH(QString, folder);
    const auto recording = test::loadRecording(folder.toStdString());
    if (!recording)
        QSKIP("no recordings (OBM_RECORDINGS)");

    constexpr int limit = 1000;
    constexpr std::size_t top = 10;
    constexpr int wholeBookEvery = 200;
    DepthParser parser;
    DepthUpdate update;
    std::map<std::string, Replayed> books;
    for (const test::RecordedSnapshot& snapshot : recording->snapshots)
        books[snapshot.symbol].oracle.load(QByteArray::fromStdString(snapshot.body), limit);
    std::size_t line = 0;
    auto nextSnapshot = recording->snapshots.begin();
    for (const std::string& text : recording->lines) {
        for (; nextSnapshot != recording->snapshots.end() && nextSnapshot->linesBefore == line; ++nextSnapshot) {
            const DepthSnapshot snapshot = parser.parseSnapshot(nextSnapshot->body).value();
            QVERIFY(books[nextSnapshot->symbol].sync.onSnapshot(snapshot, 0) != SyncOutcome::SyncAgain);
        }
        ++line;
        const auto frame = parser.parseFrame(text);
        QVERIFY(frame.has_value());
        const QByteArray data(frame->data.data(), static_cast<qsizetype>(frame->data.size()));
        QVERIFY(parser.parseUpdate(frame->data, update).has_value());
        Replayed& book = books[update.symbol];
        book.sync.onUpdate(update, 0);
        book.oracle.apply(data);
        if (book.sync.state() != SyncState::Live)
            continue;
        const std::size_t levels = book.compared++ % wholeBookEvery == 0 ? all : top;
        QCOMPARE(test::textOf(book.sync.book().bids(), levels), book.oracle.bids.text(levels));
        QCOMPARE(test::textOf(book.sync.book().asks(), levels), book.oracle.asks.text(levels));
    }
    QCOMPARE(books.size(), recording->snapshots.size());
    for (const auto& [symbol, book] : books) {
        QCOMPARE(book.sync.state(), SyncState::Live);
        QCOMPARE(book.sync.counters().resyncs, std::uint64_t(0));
        QVERIFY(book.compared > 100);
        QCOMPARE(test::textOf(book.sync.book().bids(), all), book.oracle.bids.text(all));
        QCOMPARE(test::textOf(book.sync.book().asks(), all), book.oracle.asks.text(all));
    }
}

QTEST_APPLESS_MAIN(TestBookOracle)
#include "tst_book_oracle.moc"
