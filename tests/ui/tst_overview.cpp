// The row of stages: each condition in words and by a sign, every blank with its reason, and the same as text.
#include "support/make_rows.h"
#include "ui/overview/elided_label.h"
#include "ui/overview/overview_panel.h"
#include "ui/overview/overview_text.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace obm;
using namespace obm::test;

class TestOverview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysAllOfAStage();
    void saysWhyAValueIsMissing();
    void showsAConditionInWords();
    void keepsTheWholeTextOfWhatIsCut();
    void isClickedAndReachedByKeys();
    void hasItsTextWhileHidden();

private:
    static QString labelText(const QWidget& tile, const char* name)
    {
        return tile.findChild<QLabel*>(QString::fromLatin1(name))->text();
    }
};

void TestOverview::saysAllOfAStage()
{
    qputenv("TZ", "UTC");
    StageRow row = stageRows()[2];
    QCOMPARE(stageText(row, rowsNowMs),
             QStringLiteral("Kafka out: good; all is well; 6,120/s; p50 1.2 ms, p99 34 ms; lag 12 (340 ms); "
                            "since 13:09:52 (5 min 10 s)"));
    QCOMPARE(overviewText(stageRows(), rowsNowMs).count(QLatin1Char('\n')), static_cast<qsizetype>(stageCount) - 1);
}

void TestOverview::saysWhyAValueIsMissing()
{
    StageRow row;
    row.stage = Stage::Redis;
    row.condition = Condition::Starting;
    row.words = "connecting";
    row.blank = "nothing was written yet";
    QCOMPARE(stageText(row, rowsNowMs), QStringLiteral("Redis: starting; connecting; nothing was written yet"));
    StageTile tile(Stage::Redis);
    tile.refresh(row, rowsNowMs);
    QCOMPARE(labelText(tile, "rate"), QStringLiteral("–"));
    QCOMPARE(tile.findChild<ElidedLabel*>(QStringLiteral("foot"))->text(), QStringLiteral("nothing was written yet"));
}

void TestOverview::showsAConditionInWords()
{
    const Theme theme = makeTheme(true, false);
    StageTile tile(Stage::Redis);
    tile.setTheme(theme);
    StageRow row = stageRows()[4];
    for (int i = 0; i < conditionCount; ++i) {
        row.condition = static_cast<Condition>(i);
        tile.refresh(row, rowsNowMs);
        const auto* badge = tile.findChild<QLabel*>(QStringLiteral("condition"));
        QCOMPARE(badge->text(), QStringLiteral("%1 %2").arg(QString::fromUtf8(symbolOf(row.condition)),
                                                            QString::fromLatin1(toText(row.condition))));
        QCOMPARE(badge->palette().color(QPalette::WindowText), theme.of(row.condition));
        QCOMPARE(tile.accessibleName(), stageText(row, rowsNowMs));
    }
}

void TestOverview::keepsTheWholeTextOfWhatIsCut()
{
    ElidedLabel label(2);
    label.resize(120, label.sizeHint().height());
    const QString text = QStringLiteral("540 of 600 live, ").repeated(10);
    label.setText(text);
    label.grab();
    QVERIFY(label.isElided());
    QCOMPARE(label.toolTip(), text);
    label.setText(QStringLiteral("short"));
    label.grab();
    QVERIFY(!label.isElided());
}

void TestOverview::isClickedAndReachedByKeys()
{
    OverviewPanel panel;
    panel.resize(1'200, 120);
    panel.show();
    QSignalSpy activated(&panel, &OverviewPanel::stageActivated);
    auto* tile = panel.findChild<StageTile*>(QStringLiteral("stageTile3"));
    QTest::mouseClick(tile, Qt::LeftButton);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.takeFirst().first().value<Stage>(), Stage::Books);
    QTest::keyClick(tile, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
}

void TestOverview::hasItsTextWhileHidden()
{
    OverviewPanel panel;
    panel.refresh(stageRows(), rowsNowMs);
    QVERIFY(panel.text().startsWith(QStringLiteral("Exchange: good; ")));
}

QTEST_MAIN(TestOverview)
#include "tst_overview.moc"
