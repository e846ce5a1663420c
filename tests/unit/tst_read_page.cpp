#include "app/read_page.h"

#include <QTest>

using namespace obm;

namespace {

const std::string live =
    R"({"s":"BTCUSDT","b":[["63947.30","0.113"],["63947.20","12.000"]],"a":[["63947.40","2.5"]],"u":4984028370730})";
const std::string status = R"({"state":"live","u":4984028370730,"ageMs":120,"gaps":2,"resyncs":3,)"
                           R"("owner":"host:77:5","updatedAt":"2026-11-22T13:15:02.123Z"})";
constexpr std::int64_t updatedAtMs = 1'795'353'302'123;

} // namespace

class tst_ReadPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsABook();
    void showsWhatIsMissing_data();
    void showsWhatIsMissing();
    void subtractsExactly_data();
    void subtractsExactly();
};

void tst_ReadPage::showsABook()
{
    const QString page = readPage("BTCUSDT", {.live = live, .status = status}, false, updatedAtMs + 80);
    QCOMPARE(page, QStringLiteral("BTCUSDT\n"
                                  "live, last event 200 ms ago, gaps 2, resyncs 3, owner host:77:5\n"
                                  "quantity       bid  |       ask  quantity\n"
                                  "   0.113  63947.30  |  63947.40       2.5\n"
                                  "  12.000  63947.20  |                    \n"
                                  "u 4984028370730, spread 0.10\n"));
}

void tst_ReadPage::showsWhatIsMissing_data()
{
    QTest::addColumn<QString>("liveText");
    QTest::addColumn<QString>("statusText");
    QTest::addColumn<bool>("isSimulated");
    QTest::addColumn<QString>("says");
    const QString book = QString::fromStdString(live);
    const QString kept = QString::fromStdString(status);
    QTest::newRow("demo") << book << kept << true << "SIMULATED";
    QTest::newRow("status expired") << book << QString() << false << "nobody keeps this book";
    QTest::newRow("expired, book shown") << book << QString() << false << "63947.30";
    QTest::newRow("not yet") << QString() << R"({"state":"buffering"})" << false << "buffering";
    QTest::newRow("no book") << QString() << R"({"state":"buffering"})" << false << "no book in Redis";
    QTest::newRow("empty side") << R"({"s":"X","b":[["1.0","2"]],"a":[],"u":7})" << kept << false << "u 7\n";
    QTest::newRow("not a book") << "something else" << kept << false << "something else\n";
    QTest::newRow("escapes") << "a\x1b[2Jb" << kept << false << QStringLiteral("a\uFFFD[2Jb\n");
    QTest::newRow("status of somebody else") << book << "up" << false << "last event 0 ms ago";
    QTest::newRow("clock behind") << book << R"({"ageMs":5,"updatedAt":"2099-01-01T00:00:00.000Z"})" << false
                                  << "last event 5 ms ago";
}

void tst_ReadPage::showsWhatIsMissing()
{
    QFETCH(QString, liveText);
    QFETCH(QString, statusText);
    QFETCH(bool, isSimulated);
    QFETCH(QString, says);
    BookReading reading;
    if (!liveText.isNull())
        reading.live = liveText.toStdString();
    if (!statusText.isNull())
        reading.status = statusText.toStdString();
    const QString page = readPage("BTCUSDT", reading, isSimulated, updatedAtMs);
    QVERIFY2(page.contains(says), qPrintable(page));
    QVERIFY(page.endsWith('\n'));
}

void tst_ReadPage::subtractsExactly_data()
{
    QTest::addColumn<QString>("bid");
    QTest::addColumn<QString>("ask");
    QTest::addColumn<QString>("spread");
    QTest::newRow("plain") << "63947.30" << "63947.40" << "0.10";
    QTest::newRow("no floating point") << "0.1" << "0.3" << "0.2";
    QTest::newRow("other digits") << "1" << "1.00000001" << "0.00000001";
    QTest::newRow("crossed") << "2.5" << "2.25" << "-0.25";
    QTest::newRow("locked") << "2.50" << "2.5" << "0.00";
    QTest::newRow("no price") << "x" << "2.5" << "";
}

void tst_ReadPage::subtractsExactly()
{
    QFETCH(QString, bid);
    QFETCH(QString, ask);
    QTEST(spreadText(bid, ask), "spread");
}

QTEST_APPLESS_MAIN(tst_ReadPage)
#include "tst_read_page.moc"
