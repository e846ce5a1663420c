// What the About dialog tells, and that all of it can be copied.
#include "support/scripted_link.h"
#include "ui/about/about_dialog.h"
#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;
using namespace obm::test;

class TestAbout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsWhatRuns();
    void keepsAProducersRedisOut();
    void isInTheMenu();
    void hasAnIcon();

private:
    QTemporaryDir m_settings;
};

namespace {

StartUp startUp()
{
    StartUp made;
    made.sources.file = "/nowhere/a.toml";
    made.versions = QStringLiteral("obmonitor 1.2.3\nQt 6, librdkafka 2, hiredis 1, simdjson 3\n");
    return made;
}

QString textOf(const std::vector<AboutRow>& rows)
{
    QString text;
    for (const AboutRow& row : rows)
        text += row.name + QStringLiteral(": ") + row.text + QLatin1Char('\n');
    return text;
}

} // namespace

void TestAbout::initTestCase()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
}

void TestAbout::tellsWhatRuns()
{
    Config config;
    config.redis.url = "redis://box:6379/1";
    config.redis.password = "secret";
    config.kafka.topic = "a_topic";
    const QString text = textOf(aboutRows(startUp(), config));
    for (const char* part : {"obmonitor 1.2.3", "librdkafka 2", "GNU General Public License, version 3",
                             "/nowhere/a.toml (not there yet)", "redis://box:6379/1", "a_topic"})
        QVERIFY2(text.contains(QString::fromLatin1(part)), part);
    QVERIFY(text.contains(QSettings().fileName()));
    QVERIFY(!text.contains(QStringLiteral("secret")));
}

void TestAbout::keepsAProducersRedisOut()
{
    Config config;
    config.pipeline.role = Role::Producer;
    QVERIFY(textOf(aboutRows(startUp(), config)).contains(QStringLiteral("not used by a producer")));
}

void TestAbout::isInTheMenu()
{
    ScriptedLink link;
    Monitor monitor(link.configuration);
    MainWindow window(link, monitor, startUp());
    window.show();
    window.findChild<QAction*>(QStringLiteral("aboutAction"))->trigger();
    auto* dialog = window.findChild<AboutDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("copyAbout")), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Versions: obmonitor 1.2.3")));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestAbout::hasAnIcon()
{
    for (const char* name : {":/icons/obmonitor-64.png", ":/icons/obmonitor-256.png"})
        QVERIFY2(!QImage(QString::fromLatin1(name)).isNull(), name);
}

QTEST_MAIN(TestAbout)
#include "tst_about.moc"
