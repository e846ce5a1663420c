// What reaches the file descriptor: a pipe's other end, and a pseudo terminal's.
#include "log/log_format.h"
#include "log/log_output.h"
#include "support/std_string.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

#include <poll.h>
#include <pty.h>
#include <thread>
#include <unistd.h>

using namespace obm;

Q_LOGGING_CATEGORY(lcTest, "obm.test")

namespace {

constexpr std::int64_t someTimeMs = 1'795'353'302'123; // 2026-11-22T13:15:02.123Z

LogLine lineOf(std::string_view text)
{
    return {someTimeMs, LogLevel::Warning, "obm.kafka", text};
}

constexpr int patienceMs = 5'000;

// A terminal of so many columns; what is written to its end is read here.
class Terminal
{
public:
    explicit Terminal(unsigned short columns)
    {
        const winsize size{24, columns, 0, 0};
        if (openpty(&m_reader, &m_writer, nullptr, nullptr, &size) != 0)
            qFatal("no pseudo terminal");
    }
    ~Terminal()
    {
        close(m_reader);
        close(m_writer);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] int fd() const { return m_writer; }
    // What came, once it ends so; or whatever came in patienceMs.
    [[nodiscard]] QByteArray readUntil(const QByteArray& end) const
    {
        QByteArray all;
        pollfd polled{m_reader, POLLIN, 0};
        while (!all.endsWith(end) && poll(&polled, 1, patienceMs) == 1) {
            char bytes[4096];
            const ssize_t count = ::read(m_reader, bytes, sizeof bytes);
            all.append(bytes, static_cast<int>(count)).replace("\r\n", "\n"); // the terminal's own line ends
        }
        return all;
    }

private:
    int m_reader = -1;
    int m_writer = -1;
};

} // namespace

class tst_LogOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesText();
    void writesJson();
    void keepsALineALine_data();
    void keepsALineALine();
    void cutsLongText();
    void filtersByLevel_data();
    void filtersByLevel();
    void takesQtsOwnWarnings();
    void keepsLinesWholeAcrossThreads();
    void givesTheHandlerBack();
    void drawsTheStatusLineBelow();
    void drawsNoStatusLineIntoAFile();

private:
    QList<QByteArray> written();

    std::unique_ptr<QTemporaryFile> m_file;
};

void tst_LogOutput::init()
{
    m_file = std::make_unique<QTemporaryFile>();
    QVERIFY(m_file->open());
}

QList<QByteArray> tst_LogOutput::written()
{
    QFile file(m_file->fileName());
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the log file cannot be read");
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast(); // behind the last line end
    return lines;
}

void tst_LogOutput::writesText()
{
    QCOMPARE(toText(lineOf("offset \"5\" \\")),
             std::string("2026-11-22T13:15:02.123Z WARN  obm.kafka  offset \"5\" \\\n"));
    {
        const LogOutput output({LogLevel::Info, LogFormat::Text}, m_file->handle());
        qCInfo(lcTest) << "hello" << 5;
    }
    const QRegularExpression pattern(
        QStringLiteral(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO  obm\.test  hello 5$)"));
    QCOMPARE(written().size(), 1);
    QVERIFY2(pattern.match(QString::fromUtf8(written().first())).hasMatch(), written().first());
}

void tst_LogOutput::writesJson()
{
    {
        const LogOutput output({LogLevel::Info, LogFormat::Json}, m_file->handle());
        qCCritical(lcTest).noquote() << "a \"b\" \\ \n\t 币\x01";
    }
    QJsonParseError error{};
    const QJsonObject object = QJsonDocument::fromJson(written().first(), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(object.keys(), QStringList({QStringLiteral("level"), QStringLiteral("part"), QStringLiteral("text"),
                                         QStringLiteral("time")}));
    QCOMPARE(object[QStringLiteral("level")].toString(), QStringLiteral("error"));
    QCOMPARE(object[QStringLiteral("part")].toString(), QStringLiteral("obm.test"));
    QCOMPARE(object[QStringLiteral("text")].toString(), QString::fromUtf8("a \"b\" \\ \n\t 币\x01"));
}

void tst_LogOutput::keepsALineALine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("line break") << QByteArray("a\nb") << QByteArray("a\\nb");
    QTest::newRow("return") << QByteArray("a\rb") << QByteArray("a\\u000db");
    QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\\u001b[31mred");
    QTest::newRow("eight-bit escape") << QByteArray("\xc2\x9b"
                                                    "31m")
                                      << QByteArray("\\u009b31m");
    QTest::newRow("no escape") << QByteArray("\xc2\xa0\xc3\x9b\xe5\xb8\x81")
                               << QByteArray("\xc2\xa0\xc3\x9b\xe5\xb8\x81");
    QTest::newRow("nul") << QByteArray("a\0b", 3) << QByteArray("a\\u0000b");
}

void tst_LogOutput::keepsALineALine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    const std::string plain = text.toStdString();
    QVERIFY(toText(lineOf(plain)).ends_with("  " + shown.toStdString() + "\n"));
    const std::string json = toJson(lineOf(plain));
    QVERIFY(json.find('\n') == json.size() - 1);
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    QCOMPARE(object[QStringLiteral("text")].toString(), QString::fromUtf8(text));
}

void tst_LogOutput::cutsLongText()
{
    QCOMPARE(cutText("abcdef", 6), std::string("abcdef"));
    QCOMPARE(cutText("abcdefg", 6), std::string("abc..."));
    QCOMPARE(cutText("aa币bbbb", 7), std::string("aa...")); // never half a character
    QCOMPARE(cutToColumns("a币c", 2), std::string("a币"));
    QCOMPARE(cutToColumns("abc", 5), std::string("abc"));
    const std::string longText(100'000, 'x');
    QVERIFY(toText(lineOf(longText)).size() < logTextBytesMax + 100);
}

void tst_LogOutput::filtersByLevel_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<int>("lines");
    QTest::newRow("debug") << static_cast<int>(LogLevel::Debug) << 4;
    QTest::newRow("info") << static_cast<int>(LogLevel::Info) << 3;
    QTest::newRow("warning") << static_cast<int>(LogLevel::Warning) << 2;
    QTest::newRow("error") << static_cast<int>(LogLevel::Error) << 1;
}

void tst_LogOutput::filtersByLevel()
{
    QFETCH(int, level);
    QFETCH(int, lines);
    {
        const LogOutput output({static_cast<LogLevel>(level), LogFormat::Text}, m_file->handle());
        qCDebug(lcTest) << "d";
        qCInfo(lcTest) << "i";
        qCWarning(lcTest) << "w";
        qCCritical(lcTest) << "c";
        QCOMPARE(lcTest().isDebugEnabled(), lines == 4);
    }
    QCOMPARE(written().size(), lines);
    QVERIFY(written().last().endsWith("  c"));
}

void tst_LogOutput::takesQtsOwnWarnings()
{
    {
        const LogOutput output({LogLevel::Info, LogFormat::Text}, m_file->handle());
        QObject::connect(nullptr, nullptr, nullptr, nullptr);
    }
    QCOMPARE(written().size(), 1);
    QVERIFY2(written().first().contains(" WARN  ") && written().first().contains("QObject::connect"),
             written().first());
}

void tst_LogOutput::keepsLinesWholeAcrossThreads()
{
    constexpr int threadCount = 4;
    constexpr int linesEach = 500;
    {
        const LogOutput output({LogLevel::Info, LogFormat::Text}, m_file->handle());
        std::vector<std::jthread> threads;
        for (int i = 0; i < threadCount; ++i) {
            threads.emplace_back([] {
                for (int line = 0; line < linesEach; ++line)
                    qCInfo(lcTest).noquote() << QString(200, QLatin1Char('x'));
            });
        }
    }
    QCOMPARE(written().size(), threadCount * linesEach);
    for (const QByteArray& line : written())
        QVERIFY2(line.endsWith("  " + QByteArray(200, 'x')) && line.count("obm.test") == 1, line);
}

void tst_LogOutput::givesTheHandlerBack()
{
    const QtMessageHandler before = qInstallMessageHandler(nullptr);
    qInstallMessageHandler(before);
    {
        const LogOutput output({LogLevel::Error, LogFormat::Text}, m_file->handle());
    }
    const QtMessageHandler after = qInstallMessageHandler(before);
    QVERIFY(after == before);
    QVERIFY(lcTest().isWarningEnabled());
}

void tst_LogOutput::drawsTheStatusLineBelow()
{
    const Terminal terminal(11);
    LogOutput output({LogLevel::Info, LogFormat::Text}, terminal.fd());
    output.setStatusLine("6 live, 0 gaps");
    QCOMPARE(terminal.readUntil("0 "), QByteArray("\r\x1b[K6 live, 0 "));
    qCInfo(lcTest) << "hello";
    const QByteArray drawn = terminal.readUntil("6 live, 0 ");
    QVERIFY2(drawn.startsWith("\r\x1b[K2") && drawn.endsWith("  hello\n6 live, 0 "), drawn);
    output.clearStatusLine();
    QCOMPARE(terminal.readUntil("K"), QByteArray("\r\x1b[K"));
    qCInfo(lcTest) << "bye";
    const QByteArray plain = terminal.readUntil("\n");
    QVERIFY2(plain.startsWith("2") && plain.endsWith("  bye\n"), plain);
}

void tst_LogOutput::drawsNoStatusLineIntoAFile()
{
    LogOutput output({LogLevel::Info, LogFormat::Text}, m_file->handle());
    output.setStatusLine("6 live");
    qCInfo(lcTest) << "hello";
    output.clearStatusLine();
    QCOMPARE(written().size(), 1);
    QVERIFY(written().first().endsWith("  hello"));
}

QTEST_GUILESS_MAIN(tst_LogOutput)
#include "tst_log_output.moc"
