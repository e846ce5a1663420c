// One symbol looked into, on a scripted pipeline: grouping and units by keyboard, what stays still, the reasons of
// blanks, rows of Redis that differ, history, latencies, and the press that asks for a new synchronisation.
#include "support/made_book.h"
#include "support/scripted_link.h"
#include "ui/inspector/depth_chart.h"
#include "ui/inspector/depth_inspector.h"
#include "ui/inspector/redis_panel.h"
#include "ui/inspector/sync_history_model.h"
#include "ui/ladder/long_ladder.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QEnterEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

const QString btc = QStringLiteral("BTCUSDT");

// An inspector in a window, with its pipeline.
struct Site
{
    explicit Site(bool isSimulated = false, bool isKeptHere = true)
    {
        link.configuration.simulated = isSimulated;
        link.isResyncPossible = isKeptHere;
        link.reason = isKeptHere ? "" : "kept elsewhere";
        inspector = std::make_unique<DepthInspector>(link, demand, btc, makeTheme(true, false));
        row.symbol = "BTCUSDT";
        row.state = SyncState::Live;
        row.words = "live";
    }

    void show(const std::shared_ptr<const BookView>& book)
    {
        link.books["BTCUSDT"] = book;
        inspector->refresh();
        inspector->refreshStates({row});
    }

    bool open()
    {
        inspector->resize(inspector->sizeHint());
        inspector->show();
        inspector->activateWindow();
        return QTest::qWaitForWindowActive(inspector.get());
    }

    template <typename Part>
    [[nodiscard]] Part* part(const char* name = "") const
    {
        return inspector->findChild<Part*>(QString::fromLatin1(name));
    }
    [[nodiscard]] LongLadder* ladder() const { return part<LongLadder>("longLadder"); }
    [[nodiscard]] const LadderFrame& frame() const { return ladder()->ladder().frame(); }
    [[nodiscard]] QString said(const char* label) const { return part<QLabel>(label)->text(); }

    ScriptedLink link;
    BookDemand demand{link};
    std::unique_ptr<DepthInspector> inspector;
    SymbolRow row;
};

RedisBook redisOf(const BookView& book)
{
    RedisBook redis;
    redis.symbol = book.symbol;
    redis.lastId = book.lastId;
    redis.state = "live";
    redis.owner = "host-a:4711:12";
    redis.ageMs = 140;
    redis.isCompared = true;
    for (std::size_t i = 0; i < 10; ++i) {
        redis.bids.push_back({book.bids[i].price.toString(), book.bids[i].quantity.toString()});
        redis.asks.push_back({book.asks[i].price.toString(), book.asks[i].quantity.toString()});
    }
    return redis;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class DepthInspectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void titleSaysSymbolAndSimulated();
    void asksForTheWholeBookWhileSeen();
    void restsBehindAnotherTab();
    void groupsByKeyboard();
    void switchesUnitsByKeyboard();
    void scrollingEndsTheCentreLock();
    void staysStillUnderThePointer();
    void saysWhyTheBookIsBlank();
    void showsRowsThatDiffer();
    void syncsAgainNotTooOften();
    void saysWhatIsNotKnownOfABookElsewhere();
    void tellsTheHistory();
    void tellsHops();
    void paintsInBothThemes();
};

void DepthInspectorTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter|QFont|QRawFont|QWidget|QObject|Ambiguous")));
}

void DepthInspectorTest::titleSaysSymbolAndSimulated()
{
    const Site real;
    QCOMPARE(real.inspector->windowTitle(), QStringLiteral("BTCUSDT – depth"));
    const Site simulated(true);
    QCOMPARE(simulated.inspector->windowTitle(), QStringLiteral("BTCUSDT – depth – SIMULATED"));
    QVERIFY(!simulated.part<QLabel>("inspectorSimulated")->isHidden());
}

void DepthInspectorTest::asksForTheWholeBookWhileSeen()
{
    Site site;
    QVERIFY(site.link.watchedBooks.empty());
    QVERIFY(site.open());
    QCOMPARE(site.link.watchedBooks, (BookDemand::Levels{{"BTCUSDT", DepthInspector::levelsMax}}));
    QCOMPARE(site.link.watchedRedis, std::vector<std::string>{"BTCUSDT"});
    site.inspector->hide();
    QVERIFY(site.link.watchedBooks.empty() && site.link.watchedRedis.empty());
    site.inspector->show();
    QVERIFY(!site.link.watchedBooks.empty());
    site.inspector.reset();
    QVERIFY(site.link.watchedBooks.empty() && site.link.watchedRedis.empty());
}

void DepthInspectorTest::restsBehindAnotherTab()
{
    QWidget window;
    Site site;
    site.inspector->setParent(&window);
    window.resize(site.inspector->sizeHint());
    window.show();
    site.inspector->show();
    MadeBook made({.levels = 500}, 3);
    const auto first = made.view();
    site.show(first);
    QCOMPARE(site.ladder()->ladder().book(), first);
    site.inspector->move(-10'000, 0); // as a window's docks do with those behind another one
    made.step(5);
    const auto next = made.view();
    site.show(next);
    QCOMPARE(site.ladder()->ladder().book(), first);
    QVERIFY(!site.link.watchedBooks.empty()); // its spread is followed
    site.inspector->move(0, 0);
    site.show(next);
    QCOMPARE(site.ladder()->ladder().book(), next);
}

void DepthInspectorTest::groupsByKeyboard()
{
    Site site;
    QVERIFY(site.open());
    site.show(MadeBook({.levels = 500}, 3).view());
    const std::size_t rows = site.ladder()->ladder().bids().rows().size();
    auto* const group = site.part<QComboBox>("inspectorGroup");
    QCOMPARE(group->currentText(), QStringLiteral("0.1 (×1)"));
    QTest::keyClick(group, Qt::Key_Down);
    QCOMPARE(site.ladder()->ladder().group(), 2);
    QTest::keyClick(site.ladder(), Qt::Key_BracketRight);
    QTest::keyClick(site.ladder(), Qt::Key_BracketRight);
    QCOMPARE(group->currentText(), QStringLiteral("1.0 (×10)"));
    QVERIFY(site.ladder()->ladder().bids().rows().size() < rows / 5);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(site.ladder(), Qt::Key_BracketLeft);
    QCOMPARE(site.ladder()->ladder().group(), 1);
}

void DepthInspectorTest::switchesUnitsByKeyboard()
{
    Site site;
    QVERIFY(site.open());
    site.show(MadeBook({.levels = 50}, 3).view());
    QVERIFY(site.ladder()->ladder().units() == LadderUnits::Base);
    QTest::keyClick(site.ladder(), Qt::Key_Q);
    QVERIFY(site.ladder()->ladder().units() == LadderUnits::Quote);
    QVERIFY(site.part<QCheckBox>("inspectorQuote")->isChecked());
    QTest::keyClick(site.ladder(), Qt::Key_L);
    QVERIFY(site.part<DepthChart>("depthChart")->isLogarithmic());
}

void DepthInspectorTest::scrollingEndsTheCentreLock()
{
    Site site;
    QVERIFY(site.open());
    MadeBook made({.levels = 500}, 3);
    site.show(made.view());
    auto* const lock = site.part<QCheckBox>("inspectorCentre");
    QVERIFY(lock->isChecked());
    QTest::keyClick(site.ladder(), Qt::Key_PageDown);
    QVERIFY(!lock->isChecked());
    QVERIFY(site.frame().rows.front().kind == LadderRowKind::Bid || site.frame().rows[1].kind == LadderRowKind::Bid);
    const Decimal middle = site.frame().rows[site.frame().rows.size() / 2].price;
    for (int i = 0; i < 5; ++i) {
        made.step(1);
        site.show(made.view());
    }
    QCOMPARE(site.frame().rows[site.frame().rows.size() / 2].price.units(), middle.units());
    QTest::keyClick(site.ladder(), Qt::Key_Home);
    QVERIFY(lock->isChecked());
    const std::vector<LadderRow>& rows = site.frame().rows;
    QVERIFY(rows[rows.size() / 2].kind == LadderRowKind::Spread);
    QTest::keyClick(site.ladder(), Qt::Key_PageUp);
    QVERIFY(!lock->isChecked());
    QTest::keyClick(site.ladder(), Qt::Key_C);
    QVERIFY(lock->isChecked());
}

void DepthInspectorTest::staysStillUnderThePointer()
{
    Site site;
    QVERIFY(site.open());
    MadeBook made({.levels = 500}, 3);
    site.show(made.view());
    QWidget* const viewport = site.ladder()->viewport();
    const QPointF at = viewport->rect().center();
    QEnterEvent enter(at, at, at);
    QCoreApplication::sendEvent(viewport, &enter);
    const auto before = site.frame().rows;
    for (int i = 0; i < 10; ++i) {
        made.step(5);
        site.show(made.view());
        for (std::size_t row = 0; row < before.size(); ++row)
            QVERIFY(site.frame().rows[row].price == before[row].price);
    }
    QVERIFY(site.frame().isHeld);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(viewport, &leave);
    QVERIFY(!site.frame().isHeld);
}

void DepthInspectorTest::saysWhyTheBookIsBlank()
{
    Site site;
    QVERIFY(site.open());
    site.row.state = SyncState::Buffering;
    site.row.words = "waiting for a snapshot: 12 before it, about 34 s";
    site.show(nullptr);
    QVERIFY(site.said("inspectorState").endsWith(QStringLiteral("waiting for a snapshot: 12 before it, about 34 s")));
    QVERIFY(site.ladder()->ladder().isEmpty());
    QCOMPARE(site.ladder()->accessibleDescription(),
             QStringLiteral("waiting for a snapshot: 12 before it, about 34 s"));
    site.inspector->refreshStates({});
    QCOMPARE(site.ladder()->accessibleDescription(), QStringLiteral("BTCUSDT is not among the symbols kept here"));
    QCOMPARE(site.said("inspectorHops"), QStringLiteral("Last event: none seen since this window opened"));
}

void DepthInspectorTest::showsRowsThatDiffer()
{
    Site site;
    QVERIFY(site.open());
    const auto book = MadeBook({}, 3).view();
    RedisBook redis = redisOf(*book);
    site.link.redisBooks["BTCUSDT"] = std::make_shared<RedisBook>(redis);
    site.show(book);
    QCOMPARE(site.said("redisVerdict"), QStringLiteral("equal to the local book at this u"));
    QCOMPARE(site.said("redisFacts"),
             QStringLiteral("u %1 · changed 140 ms ago · live, kept by host-a:4711:12").arg(book->lastId));
    auto& model = *site.part<QTableView>("redisRows")->model();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(cell(model, 0, RedisRowsModel::BidPrice), QString::fromStdString(redis.bids[0].price));
    QCOMPARE(cell(model, 0, RedisRowsModel::LocalBid), QStringLiteral("= equal"));

    redis.differing = {{true, 2, {redis.bids[2].price, "9.004"}, redis.bids[2]}, {false, 9, {}, redis.asks[9]}};
    site.link.redisBooks["BTCUSDT"] = std::make_shared<RedisBook>(redis);
    site.show(book);
    QCOMPARE(site.said("redisVerdict"), QStringLiteral("2 rows differ from the local book at this u"));
    QCOMPARE(cell(model, 2, RedisRowsModel::LocalBid),
             QStringLiteral("≠ %1 × 9.004").arg(QString::fromStdString(redis.bids[2].price)));
    QVERIFY(model.index(2, RedisRowsModel::BidPrice).data(Qt::BackgroundRole).isValid());
    QCOMPARE(cell(model, 9, RedisRowsModel::LocalAsk), QStringLiteral("≠ no such row"));
    QCOMPARE(cell(model, 9, RedisRowsModel::LocalBid), QStringLiteral("= equal"));
    QVERIFY(!model.index(9, RedisRowsModel::BidPrice).data(Qt::BackgroundRole).isValid());
}

void DepthInspectorTest::syncsAgainNotTooOften()
{
    Site site;
    QVERIFY(site.open());
    auto* const button = site.part<QPushButton>("inspectorResync");
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(site.link.resyncs, std::vector<std::string>{"BTCUSDT"});
    QVERIFY(!button->isEnabled());
}

void DepthInspectorTest::saysWhatIsNotKnownOfABookElsewhere()
{
    Site site(false, false);
    QVERIFY(site.open());
    const auto book = MadeBook({}, 3).view();
    site.link.redisBooks["BTCUSDT"] = std::make_shared<RedisBook>(redisOf(*book));
    site.show(book);
    QVERIFY(!site.part<QPushButton>("inspectorResync")->isEnabled());
    QVERIFY(!site.part<QPushButton>("inspectorResync")->toolTip().isEmpty());
    QVERIFY(site.said("inspectorHops").endsWith(QStringLiteral("not known here, kept elsewhere")));
    QVERIFY(site.said("syncHistoryBlank").contains(QStringLiteral("kept elsewhere")));
    QCOMPARE(site.said("redisVerdict"), QStringLiteral("nothing to compare with: kept elsewhere"));
    QVERIFY(site.part<QTableView>("redisRows")->isColumnHidden(RedisRowsModel::LocalBid));
    QVERIFY(!site.frame().rows.empty());
}

void DepthInspectorTest::tellsTheHistory()
{
    Site site;
    QVERIFY(site.open());
    const auto book = MadeBook({}, 3).view();
    book->history = {{1000, SyncState::Bridging, SyncState::Live, SyncReason::Bridged, 110, 100, 110},
                     {2000, SyncState::Live, SyncState::Buffering, SyncReason::Gap, 110, 120, 130, GapOrigin::Kafka},
                     {3000, SyncState::Buffering, SyncState::Bridging, SyncReason::SnapshotLoaded, 140, 0, 0}};
    site.show(book);
    auto& model = *site.part<QTableView>("syncHistory")->model();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, SyncHistoryModel::Ids), QStringLiteral("book 140"));
    QCOMPARE(cell(model, 1, SyncHistoryModel::Change), QStringLiteral("live → buffering"));
    QCOMPARE(cell(model, 1, SyncHistoryModel::Reason),
             QStringLiteral("gap: at least one event is missing, lost in Kafka"));
    QCOMPARE(cell(model, 1, SyncHistoryModel::Ids), QStringLiteral("book 110, event pu 120 u 130"));
}

void DepthInspectorTest::tellsHops()
{
    Site site;
    QVERIFY(site.open());
    const auto shown = MadeBook({}, 3).view();
    shown->receivedMs = shown->eventTimeMs = 1000;
    shown->appliedMs = 1002;
    site.show(shown);
    QVERIFY(site.said("inspectorHops").startsWith(QStringLiteral("Last event: exchange ")));
    QVERIFY(site.said("inspectorHops").endsWith(QStringLiteral("Redis not written yet")));
}

void DepthInspectorTest::paintsInBothThemes()
{
    Site site(true);
    QVERIFY(site.open());
    MadeBook made({.levels = 5'000}, 3);
    for (const bool dark : {true, false}) {
        const Theme theme = makeTheme(dark, false);
        site.inspector->setTheme(theme);
        made.step(10);
        site.show(made.view());
        const QImage image = site.inspector->grab().toImage();
        QCOMPARE(image.pixelColor(site.ladder()->mapTo(site.inspector.get(), QPoint(3, 40))), theme.panel);
    }
}

QTEST_MAIN(DepthInspectorTest)
#include "tst_depth_inspector.moc"
