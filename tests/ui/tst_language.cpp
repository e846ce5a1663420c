// Languages: which one is taken, that the translation is whole and says the same placeholders, and that the window and
// the words of the monitor are in it.
#include "monitor/symbol_words.h"
#include "monitor/words.h"
#include "support/make_status.h"
#include "support/scripted_link.h"
#include "support/std_string.h"
#include "ui/language/language.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QFile>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <string>
#include <vector>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int lupdateMs = 60'000;
constexpr int percentMissingMax = 5; // a text that is newer than its translation is shown in English

struct Message
{
    QString source;
    QString translation;
    bool isFinished = false;
};

QList<Message> messagesOf(const QString& path)
{
    QFile file(path);
    QList<Message> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    for (QXmlStreamReader xml(&file); !xml.atEnd();) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("message"))
            messages << Message();
        else if (xml.name() == QLatin1String("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            messages.last().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            messages.last().translation = xml.readElementText();
        }
    }
    return messages;
}

QStringList placeholdersOf(const QString& text)
{
    static const QRegularExpression placeholder(QStringLiteral("%[0-9Ln]+|\\{[^}]*\\}"));
    QStringList found;
    for (auto matches = placeholder.globalMatch(text); matches.hasNext();)
        found << matches.next().captured();
    found.sort();
    return found;
}

bool isBuilt()
{
    return QFile::exists(QStringLiteral(":/translations/obmonitor_vi.qm"));
}

} // namespace

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takesTheFirstItKnows_data();
    void takesTheFirstItKnows();
    void keepsTheChoice();
    void isWhole();
    void knowsTheSources();
    void isSpokenByTheWindow();
    void isSpokenByTheMonitor();
    void hasEveryReason();

private:
    QTemporaryDir m_settings;
    const QString m_file = QStringLiteral(OBM_SOURCE_DIR "/resources/translations/obmonitor_vi.ts");
};

void TestLanguage::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
}

void TestLanguage::takesTheFirstItKnows_data()
{
    QTest::addColumn<QStringList>("languages");
    QTest::addColumn<QString>("translation");
    const QString vi = QStringLiteral("vi");
    QTest::newRow("Vietnamese") << QStringList{QStringLiteral("vi-VN"), vi} << vi;
    QTest::newRow("with an underscore") << QStringList{QStringLiteral("vi_VN")} << vi;
    QTest::newRow("English first") << QStringList{QStringLiteral("en-GB"), vi} << QString();
    QTest::newRow("one that is not there") << QStringList{QStringLiteral("de-DE"), vi} << vi;
    QTest::newRow("none of them") << QStringList{QStringLiteral("de"), QStringLiteral("C")} << QString();
    QTest::newRow("a longer name") << QStringList{QStringLiteral("vie")} << QString();
}

void TestLanguage::takesTheFirstItKnows()
{
    QFETCH(QStringList, languages);
    QTEST(translationFor(languages), "translation");
}

void TestLanguage::keepsTheChoice()
{
    QCOMPARE(keptLanguage(), Language::System);
    for (const Language language : {Language::Vietnamese, Language::English, Language::System}) {
        keepLanguage(language);
        QCOMPARE(keptLanguage(), language);
    }
}

void TestLanguage::isWhole()
{
    const QList<Message> messages = messagesOf(m_file);
    QVERIFY(messages.size() > 200);
    for (const Message& message : messages) {
        QVERIFY2(message.isFinished && !message.translation.isEmpty(), qPrintable(message.source));
        QVERIFY2(placeholdersOf(message.translation) == placeholdersOf(message.source), qPrintable(message.source));
        QVERIFY2(message.translation.endsWith(u'…') == message.source.endsWith(u'…'), qPrintable(message.source));
    }
}

void TestLanguage::knowsTheSources()
{
    const QString lupdate = QStringLiteral(OBM_LUPDATE);
    if (!QFile::exists(lupdate))
        QSKIP("lupdate is not installed");
    const QString copy = m_settings.filePath(QStringLiteral("obmonitor_vi.ts"));
    QVERIFY(QFile::copy(m_file, copy));
    QProcess update;
    const QString root = QStringLiteral(OBM_SOURCE_DIR);
    update.setWorkingDirectory(root);
    update.start(lupdate, {QStringLiteral("-I"), root, QStringLiteral("-I"), root + QStringLiteral("/core"),
                           QStringLiteral("ui"), QStringLiteral("core"), QStringLiteral("-tr-function-alias"),
                           QStringLiteral("tr+=words"), QStringLiteral("-no-obsolete"), QStringLiteral("-locations"),
                           QStringLiteral("none"), QStringLiteral("-ts"), copy}); // as scripts/translations
    QVERIFY2(update.waitForFinished(lupdateMs) && update.exitCode() == 0, update.readAllStandardError().constData());
    const QList<Message> messages = messagesOf(copy);
    QStringList missing;
    for (const Message& message : messages) {
        if (!message.isFinished)
            missing << message.source;
    }
    QVERIFY2(missing.size() * 100 <= messages.size() * percentMissingMax,
             qPrintable(missing.join(QStringLiteral(" | "))));
}

void TestLanguage::isSpokenByTheWindow()
{
    if (!isBuilt())
        QSKIP("built without Qt's linguist tools");
    installLanguage(Language::Vietnamese);
    ScriptedLink link;
    Monitor monitor(link.configuration);
    const MainWindow window(link, monitor);
    QCOMPARE(window.menuBar()->actions().first()->text(), QStringLiteral("&Tệp"));
}

void TestLanguage::isSpokenByTheMonitor()
{
    if (!isBuilt())
        QSKIP("built without Qt's linguist tools");
    installLanguage(Language::Vietnamese);
    Config config;
    config.exchange.symbols = {"BTCUSDT"};
    Monitor monitor(config);
    StageStatuses statuses;
    monitor.update(statuses.all(), takenMs, 0);
    BookRow& book = statuses.book.set.books[0];
    book = bookRow("BTCUSDT", SyncState::Buffering);
    book.counters.resyncs = 1;
    book.counters.resyncsByReason[static_cast<std::size_t>(SyncReason::Gap)] = 1;
    statuses.book.snapshotPlaces["BTCUSDT"] = {.ahead = 12, .inFlight = false, .secondsToGo = 34};
    monitor.update(statuses.all(), takenMs, 0);
    QCOMPARE(monitor.symbols()[0].words, std::string("đứt đoạn; đang chờ ảnh chụp: còn 12 phía trước, khoảng 34 giây"));
    QCOMPARE(monitor.journal().entries().back().text, std::string("đồng bộ lại: đứt đoạn"));
    QCOMPARE(monitor.stages()[static_cast<std::size_t>(Stage::KafkaOut)].words,
             std::string("được giao 1 phân vùng, chưa có thông điệp"));
}

void TestLanguage::hasEveryReason()
{
    if (!isBuilt())
        QSKIP("built without Qt's linguist tools");
    std::vector<std::string> english;
    setWordsTranslation(nullptr);
    for (std::size_t reason = 0; reason < syncReasonCount; ++reason)
        english.push_back(reasonText(static_cast<SyncReason>(reason)));
    installLanguage(Language::Vietnamese);
    for (std::size_t reason = 0; reason < syncReasonCount; ++reason)
        QVERIFY2(reasonText(static_cast<SyncReason>(reason)) != english[reason], english[reason].c_str());
    for (std::size_t origin = 0; origin < gapOriginCount; ++origin)
        QVERIFY(term(toWords(static_cast<GapOrigin>(origin))) != toWords(static_cast<GapOrigin>(origin)));
}

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
