// Alerts before a person: listed, muted by kind and kept so, told on the desktop and by a beep.
#include "support/make_status.h"
#include "ui/alerts/alert_model.h"
#include "ui/alerts/alert_text.h"
#include "ui/alerts/alerts_popup.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

Alert alert(AlertKind kind, const std::string& symbol, const std::string& text, std::int64_t raisedMs = takenMs)
{
    return {.kind = kind, .symbol = symbol, .text = text, .raisedMs = raisedMs};
}

// ETHUSDT and XRPUSDT are not live, and Redis is away.
Alerts raisedAlerts()
{
    Alerts alerts(AlertLimits{.notLiveMs = 0, .raiseAfterMs = 0});
    StageStatuses statuses;
    statuses.book.set.books = {bookRow("ETHUSDT", SyncState::Buffering), bookRow("XRPUSDT", SyncState::Buffering)};
    statuses.store.redis.connected = false;
    alerts.update(statuses.all(), takenMs);
    return alerts;
}

// How a person is told, written down.
struct Told
{
    QStringList notes;
    int beeps = 0;
    AlertVoice voice{{[this](const QString& text) { notes << text; }, [this] { ++beeps; }}};
};

struct ShownPopup
{
    Alerts alerts = raisedAlerts();
    Told told;
    QWidget window;
    AlertsPopup popup{alerts, told.voice, true, &window};

    ShownPopup()
    {
        window.resize(900, 600);
        window.show();
        popup.setTheme(makeTheme(true, false));
        popup.openAbove(window);
        popup.refresh(takenMs + 65'000);
    }
    [[nodiscard]] QTableView* table() const { return popup.findChild<QTableView*>(QStringLiteral("alertsTable")); }
    [[nodiscard]] QCheckBox* choice(const QString& name) const { return popup.findChild<QCheckBox*>(name); }
    [[nodiscard]] QCheckBox* choice(AlertKind kind) const
    {
        return choice(QStringLiteral("alertKind%1").arg(static_cast<int>(kind)));
    }
    [[nodiscard]] QString cell(int row, AlertColumn column) const
    {
        return table()->model()->index(row, static_cast<int>(column)).data().toString();
    }
};

} // namespace

class TestAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsRowsInTheirPlace();
    void listsWhatIsWrong();
    void mutesAKind();
    void keepsItsChoices();
    void leadsToTheSymbol();
    void tellsManyTogether();
    void tellsAsChosen();

private:
    std::unique_ptr<QTemporaryDir> m_settings;
};

void TestAlerts::init()
{
    m_settings = std::make_unique<QTemporaryDir>();
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
}

void TestAlerts::keepsRowsInTheirPlace()
{
    AlertModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Alert ada = alert(AlertKind::SymbolNotLive, "ADAUSDT", "ADAUSDT is not live");
    const Alert xrp = alert(AlertKind::SymbolNotLive, "XRPUSDT", "XRPUSDT is not live");
    const Alert lag = alert(AlertKind::Lag, "", "the books are 6 s behind the topic");
    model.update({ada, xrp}, takenMs);
    const QPersistentModelIndex keptRow = model.index(1, 0);
    model.update({xrp, lag}, takenMs);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(keptRow.row(), 0);
    QCOMPARE(model.alert(1).text, lag.text);
    model.update({ada, xrp, lag}, takenMs);
    QCOMPARE(keptRow.row(), 1);
    model.update({}, takenMs);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!keptRow.isValid());
}

void TestAlerts::listsWhatIsWrong()
{
    ShownPopup shown;
    QCOMPARE(shown.table()->model()->rowCount(), 3);
    QCOMPARE(shown.popup.findChild<QLabel*>(QStringLiteral("alertsTitle"))->text(), QStringLiteral("3 alerts"));
    QCOMPARE(shown.cell(0, AlertColumn::Kind), QStringLiteral("symbol not live"));
    QVERIFY2(shown.cell(0, AlertColumn::Text).startsWith(QStringLiteral("ETHUSDT is not live (buffering: ")),
             qPrintable(shown.cell(0, AlertColumn::Text)));
    QCOMPARE(shown.cell(2, AlertColumn::Text), QStringLiteral("Redis is not connected"));
    QCOMPARE(shown.cell(2, AlertColumn::Since), QStringLiteral("1 min 5 s"));
}

void TestAlerts::mutesAKind()
{
    ShownPopup shown;
    QTest::mouseClick(shown.choice(AlertKind::Redis), Qt::LeftButton, {},
                      QPoint(8, shown.choice(AlertKind::Redis)->height() / 2));
    QVERIFY(shown.alerts.isMuted(AlertKind::Redis));
    StageStatuses statuses;
    statuses.store.redis.connected = false;
    shown.alerts.update(statuses.all(), takenMs + 250);
    shown.popup.refresh(takenMs + 250);
    QCOMPARE(shown.cell(shown.table()->model()->rowCount() - 1, AlertColumn::Kind), QStringLiteral("Redis (muted)"));
}

void TestAlerts::keepsItsChoices()
{
    {
        const ShownPopup shown;
        QVERIFY(shown.told.voice.notifies() && !shown.told.voice.beeps());
        shown.choice(AlertKind::Weight)->click();
        shown.choice(QStringLiteral("alertNotify"))->click();
        shown.choice(QStringLiteral("alertBeep"))->click();
    }
    const ShownPopup again;
    QVERIFY(again.alerts.isMuted(AlertKind::Weight) && !again.alerts.isMuted(AlertKind::Redis));
    QVERIFY(!again.choice(AlertKind::Weight)->isChecked() && again.choice(AlertKind::Redis)->isChecked());
    QVERIFY(!again.told.voice.notifies() && again.told.voice.beeps());
}

void TestAlerts::leadsToTheSymbol()
{
    ShownPopup shown;
    QSignalSpy activated(&shown.popup, &AlertsPopup::symbolActivated);
    const auto click = [&](int row) {
        const QModelIndex index = shown.table()->model()->index(row, 1);
        QTest::mouseClick(shown.table()->viewport(), Qt::LeftButton, {}, shown.table()->visualRect(index).center());
    };
    click(2); // Redis is no symbol
    QCOMPARE(activated.count(), 0);
    click(1);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.front().front().toString(), QStringLiteral("XRPUSDT"));
    QVERIFY(!shown.popup.isVisible());
}

void TestAlerts::tellsManyTogether()
{
    Told told;
    const Alert redis = alert(AlertKind::Redis, "", "Redis is not connected");
    told.voice.tell({}, 0);
    told.voice.tell({redis}, 1'000); // at once
    QCOMPARE(told.notes, QStringList{QStringLiteral("Redis is not connected")});
    for (int i = 0; i < 6; ++i)
        told.voice.tell({alert(AlertKind::SymbolSilent, "S" + std::to_string(i), "had no event")}, 2'000 + i);
    QCOMPARE(told.notes.size(), 1);
    told.voice.tell({}, 1'000 + AlertVoice::quietMs);
    QCOMPARE(told.notes.size(), 2);
    QCOMPARE(told.notes[1].count(QLatin1Char('\n')), 4);
    QVERIFY(told.notes[1].startsWith(QStringLiteral("S0: had no event\n")));
    QVERIFY(told.notes[1].endsWith(QStringLiteral("\nand 2 more")));
    told.voice.tell({}, 1'000 + 3 * AlertVoice::quietMs);
    QCOMPARE(told.notes.size(), 2);
}

void TestAlerts::tellsAsChosen()
{
    Told told;
    const Alert redis = alert(AlertKind::Redis, "", "Redis is not connected");
    told.voice.setNotifies(false);
    told.voice.setBeeps(true);
    told.voice.tell({redis}, 0);
    QCOMPARE(told.notes.size(), 0);
    QCOMPARE(told.beeps, 1);
}

QTEST_MAIN(TestAlerts)
#include "tst_alerts.moc"
