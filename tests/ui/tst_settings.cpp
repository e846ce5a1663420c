// The settings dialog on a file of its own: the file's words beside a wrong value, what is written and what stays, who
// overrides, what waits for a restart; and the window's own choices.
#include "support/scripted_link.h"
#include "ui/main_window.h"
#include "ui/settings/kept_limits.h"
#include "ui/settings/settings_dialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

const QByteArray before = "# mine\n[redis]\nlive_levels = 10 # deep\n\n[log]\nlevel = \"info\"\n";

// A file in a folder, and the dialog over it.
struct Desk
{
    QTemporaryDir folder;
    StartUp startUp;
    std::unique_ptr<SettingsDialog> dialog;

    Desk()
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(before) != before.size())
            qFatal("the private folder cannot be written to");
        startUp.sources.file = path().toStdString();
    }
    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("a.toml")); }
    [[nodiscard]] QByteArray text() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void open(const WindowChoices& choices = {})
    {
        dialog = std::make_unique<SettingsDialog>(startUp, choices, makeTheme(true, false));
        dialog->show();
    }
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        return dialog->findChild<Widget*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString note(const char* key) const
    {
        return find<QLabel>((QByteArray(key) + ".note").constData())->text();
    }
    void type(const char* key, const char* text) const
    {
        auto* line = find<QLineEdit>(key);
        line->selectAll();
        QTest::keyClicks(line, QString::fromLatin1(text));
    }
    void save() const { QTest::mouseClick(find<QPushButton>("saveSettings"), Qt::LeftButton); }
};

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheFile();
    void saysTheFilesWords_data();
    void saysTheFilesWords();
    void writesWhatWasChanged();
    void writesNothingUnchanged();
    void saysWhatWaitsForARestart();
    void saysWhoOverrides();
    void saysThatAFileCannotBeWritten();
    void saysThatAFileCannotBeRead();
    void showsNoSecret();
    void givesTheWindowsChoices();
    void keepsLimits();
    void isInTheMenu();

private:
    std::unique_ptr<QTemporaryDir> m_settings;
};

void TestSettings::init()
{
    m_settings = std::make_unique<QTemporaryDir>();
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
}

void TestSettings::showsTheFile()
{
    Desk desk;
    desk.open();
    QCOMPARE(desk.find<QLineEdit>("redis.live_levels")->text(), QStringLiteral("10"));
    QCOMPARE(desk.find<QComboBox>("log.level")->currentText(), QStringLiteral("info"));
    QCOMPARE(desk.find<QLineEdit>("exchange.symbols")->text(),
             QStringLiteral("BTCUSDT, ETHUSDT, BNBUSDT, SOLUSDT, ADAUSDT, XRPUSDT"));
    QVERIFY(!desk.find<QLabel>("configProblem")->isVisible());
    for (const QLabel* label : desk.dialog->findChildren<QLabel*>()) {
        if (label->objectName().endsWith(QStringLiteral(".note")))
            QCOMPARE(label->text(), QString());
    }
}

void TestSettings::saysTheFilesWords_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("number") << QByteArray("redis.live_levels") << QByteArray("0")
                            << QByteArray("expected a whole number from 1 to 1000, got 0");
    QTest::newRow("no number") << QByteArray("exchange.weight_per_minute") << QByteArray("many")
                               << QByteArray("expected a whole number from 2 to 1000000, got \"many\"");
    QTest::newRow("symbols") << QByteArray("exchange.symbols") << QByteArray("BTC/USDT")
                             << QByteArray("expected \"all\" or a list of 1 to 2000 symbols, got [\"BTC/USDT\"]");
    QTest::newRow("address") << QByteArray("metrics.listen") << QByteArray("9464")
                             << QByteArray("expected host:port, [ipv6]:port, or nothing to turn it off, got \"9464\"");
}

void TestSettings::saysTheFilesWords()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    Desk desk;
    desk.open();
    desk.find<QTabWidget>("settingsPages")->setCurrentIndex(0);
    desk.type(key.constData(), text.constData());
    QVERIFY2(desk.note(key.constData()).contains(QString::fromLatin1(words)), qPrintable(desk.note(key.constData())));
    desk.find<QTabWidget>("settingsPages")->setCurrentIndex(1);
    desk.save();
    QVERIFY(desk.dialog->isVisible()); // on the page of the mistake
    QCOMPARE(desk.find<QTabWidget>("settingsPages")->currentIndex(), 0);
    QCOMPARE(desk.text(), before);
}

void TestSettings::writesWhatWasChanged()
{
    Desk desk;
    desk.open();
    const QSignalSpy written(desk.dialog.get(), &SettingsDialog::written);
    desk.type("redis.live_levels", "20");
    desk.find<QComboBox>("log.level")->setCurrentText(QStringLiteral("debug"));
    desk.type("exchange.symbols", "btcusdt,ETHUSDT");
    desk.save();
    QVERIFY(!desk.dialog->isVisible());
    QCOMPARE(written.size(), 1);
    QCOMPARE(desk.text(), QByteArray("# mine\n[redis]\nlive_levels = 20 # deep\n\n[log]\nlevel = \"debug\"\n\n"
                                     "[exchange]\nsymbols = [\"btcusdt\", \"ETHUSDT\"]\n"));
}

void TestSettings::writesNothingUnchanged()
{
    Desk desk;
    desk.open();
    const QSignalSpy written(desk.dialog.get(), &SettingsDialog::written);
    desk.type("redis.live_levels", "010");
    desk.save();
    QVERIFY(!desk.dialog->isVisible());
    QCOMPARE(written.size(), 0);
    QCOMPARE(desk.text(), before);
}

void TestSettings::saysWhatWaitsForARestart()
{
    Desk desk;
    desk.startUp.config.redis.liveIntervalMs = 50; // the file was changed since the start
    desk.open();
    QCOMPARE(desk.note("redis.live_interval_ms"), QStringLiteral("▲ after a restart; until then 50"));
    desk.type("redis.live_levels", "20");
    QCOMPARE(desk.note("redis.live_levels"), QStringLiteral("▲ after a restart; until then 10"));
    desk.type("redis.live_levels", "10");
    QCOMPARE(desk.note("redis.live_levels"), QString());
}

void TestSettings::saysWhoOverrides()
{
    Desk desk;
    desk.startUp.sources.environment = {{"OBMONITOR_REDIS_LIVE_LEVELS", "7"}};
    desk.startUp.sources.demo = true;
    desk.open();
    QVERIFY(!desk.find<QLineEdit>("redis.live_levels")->isEnabled());
    QCOMPARE(desk.find<QLineEdit>("redis.live_levels")->text(), QStringLiteral("7"));
    QVERIFY(desk.note("redis.live_levels").contains(QStringLiteral("OBMONITOR_REDIS_LIVE_LEVELS")));
    QVERIFY(!desk.find<QLineEdit>("metrics.listen")->isEnabled());
    QVERIFY(desk.note("metrics.listen").contains(QStringLiteral("--demo")));
    QVERIFY(desk.find<QComboBox>("log.level")->isEnabled());
}

void TestSettings::saysThatAFileCannotBeWritten()
{
    Desk desk;
    desk.startUp.sources.file.reset();
    desk.startUp.sources.systemFile.clear();
    desk.startUp.sources.environment = {{"HOME", desk.path().toStdString()}}; // a file is no folder
    desk.open();
    const QSignalSpy chosen(desk.dialog.get(), &SettingsDialog::chosen);
    desk.type("redis.live_levels", "20");
    desk.save();
    QVERIFY(desk.dialog->isVisible());
    QCOMPARE(chosen.size(), 0);
    const QString problem = desk.find<QLabel>("configProblem")->text();
    QVERIFY2(problem.contains(QStringLiteral("expected a file that can be")), qPrintable(problem));
}

void TestSettings::saysThatAFileCannotBeRead()
{
    Desk desk;
    QFile file(desk.path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[redis\n") > 0);
    file.close();
    desk.open();
    QVERIFY(desk.find<QLabel>("configProblem")->isVisible());
    QVERIFY(desk.find<QLabel>("configProblem")->text().contains(QStringLiteral("expected TOML")));
    QVERIFY(!desk.find<QLineEdit>("redis.live_levels")->isEnabled());
}

void TestSettings::showsNoSecret()
{
    Desk desk;
    QFile file(desk.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[redis]\npassword = 'swordfish'\n[kafka.properties]\nsasl.password = 'swordfish'\n");
    file.close();
    desk.startUp.sources.environment["OBMONITOR_REDIS_PASSWORD"] = "swordfish";
    desk.open();
    for (const QObject* part : desk.dialog->findChildren<QObject*>())
        for (const char* property : {"text", "plainText", "currentText", "toolTip", "accessibleDescription"})
            QVERIFY(!part->property(property).toString().contains(QStringLiteral("swordfish")));
}

void TestSettings::givesTheWindowsChoices()
{
    Desk desk;
    desk.open({ThemeMode::Light, false, true, Language::English, {}});
    QCOMPARE(desk.find<QComboBox>("theme")->currentText(), QStringLiteral("light"));
    QCOMPARE(desk.find<QComboBox>("language")->currentText(), QStringLiteral("English"));
    WindowChoices given;
    connect(desk.dialog.get(), &SettingsDialog::chosen, this, [&](const WindowChoices& choices) { given = choices; });
    desk.find<QTabWidget>("settingsPages")->setCurrentIndex(1);
    desk.find<QComboBox>("theme")->setCurrentText(QStringLiteral("dark"));
    QTest::mouseClick(desk.find<QCheckBox>("colourBlind"), Qt::LeftButton, {}, QPoint(8, 8));
    desk.find<QSpinBox>("silent")->setValue(90);
    desk.save();
    QCOMPARE(given.theme, ThemeMode::Dark);
    QVERIFY(given.colourBlind && given.fastFrames);
    QCOMPARE(given.language, Language::English);
    QCOMPARE(given.alerts.silentMs, std::int64_t{90'000});
    QCOMPARE(given.alerts.lagMs, AlertLimits().lagMs);
}

void TestSettings::keepsLimits()
{
    QCOMPARE(keptLimits().silentMs, AlertLimits().silentMs);
    AlertLimits limits;
    limits.silentMs = 90'000;
    limits.weightPercent = 50;
    keepLimits(limits);
    QCOMPARE(keptLimits().silentMs, std::int64_t{90'000});
    QCOMPARE(keptLimits().weightPercent, 50);
    QSettings().setValue(QStringLiteral("alerts/silent_ms"), QStringLiteral("soon"));
    QCOMPARE(keptLimits().silentMs, AlertLimits().silentMs);
}

void TestSettings::isInTheMenu()
{
    Desk desk;
    ScriptedLink link;
    Monitor monitor(link.configuration);
    MainWindow window(link, monitor, desk.startUp);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
    auto* dialog = window.findChild<SettingsDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    dialog->findChild<QComboBox*>(QStringLiteral("theme"))->setCurrentIndex(2);
    dialog->findChild<QCheckBox*>(QStringLiteral("colourBlind"))->setChecked(true);
    dialog->accept();
    QCOMPARE(QApplication::palette().color(QPalette::Window), makeTheme(true, true).window);
    QVERIFY(window.findChild<QAction*>(QStringLiteral("theme_dark"))->isChecked());
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
