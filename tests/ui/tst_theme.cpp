// Every palette can be read: WCAG's contrast for text, and bid and ask told apart; the choice is kept and followed.
#include "ui/theme/theme_choice.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace obm;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeRead_data();
    void canBeRead();
    void everySignIsDifferent();
    void measuresContrast();
    void followsTheChoice();
    void keepsTheMode();
};

void TestTheme::canBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("colourBlind");
    QTest::newRow("light") << false << false;
    QTest::newRow("dark") << true << false;
    QTest::newRow("light, colour-blind") << false << true;
    QTest::newRow("dark, colour-blind") << true << true;
}

void TestTheme::canBeRead()
{
    QFETCH(bool, dark);
    QFETCH(bool, colourBlind);
    const Theme theme = makeTheme(dark, colourBlind);
    constexpr double textLeast = 4.5;
    QList<QColor> texts = {theme.text, theme.faintText, theme.bid, theme.ask, theme.spread};
    for (const QColor& color : theme.conditions)
        texts << color;
    for (const QColor& color : texts) {
        for (const QColor& behind : {theme.panel, theme.stripe, theme.raised, theme.window}) {
            QVERIFY2(contrast(color, behind) >= textLeast,
                     qPrintable(
                         QStringLiteral("%1 on %2: %3").arg(color.name(), behind.name()).arg(contrast(color, behind))));
        }
    }
    for (const QColor& behind : {theme.bidBar, theme.askBar, theme.flash})
        QVERIFY(contrast(theme.text, behind) >= textLeast);
    QVERIFY(contrast(theme.accentText, theme.accent) >= textLeast);
    QVERIFY(contrast(theme.simulatedText, theme.simulated) >= textLeast);
    QCOMPARE(theme.isDark, dark);
}

void TestTheme::everySignIsDifferent()
{
    QSet<QString> signs;
    for (int i = 0; i < conditionCount; ++i)
        signs << QString::fromUtf8(symbolOf(static_cast<Condition>(i)));
    QCOMPARE(signs.size(), conditionCount);
    signs.clear();
    for (std::size_t i = 0; i < syncStateCount; ++i)
        signs << QString::fromUtf8(symbolOf(static_cast<SyncState>(i)));
    QCOMPARE(signs.size(), static_cast<qsizetype>(syncStateCount));
}

void TestTheme::measuresContrast()
{
    QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    QCOMPARE(mixed(Qt::black, Qt::white, 0.5), QColor(128, 128, 128));
}

void TestTheme::followsTheChoice()
{
    ThemeChoice choice;
    choice.setMode(ThemeMode::Light);
    QSignalSpy changed(&choice, &ThemeChoice::changed);
    choice.setMode(ThemeMode::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(choice.theme().isDark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), choice.theme().window);
    choice.setMode(ThemeMode::Dark);
    QCOMPARE(changed.count(), 1);
    choice.setColourBlind(true);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(choice.theme(), makeTheme(true, true));
    choice.setMode(ThemeMode::System); // the offscreen platform is light
    QVERIFY(!choice.theme().isDark);
}

void TestTheme::keepsTheMode()
{
    for (const ThemeMode mode : {ThemeMode::System, ThemeMode::Light, ThemeMode::Dark})
        QCOMPARE(themeModeOf(toText(mode)), mode);
    QCOMPARE(themeModeOf(QStringLiteral("nonsense")), ThemeMode::System);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
