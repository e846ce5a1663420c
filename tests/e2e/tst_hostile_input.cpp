// Whatever comes in, by the topic, the exchange or the configuration: counted by kind, said a few times, nothing of it
// in Redis; the symbol that can be told synchronises again, no other one does, and the program goes on.
#include "bench/process_cost.h"
#include "support/await.h"
#include "support/foreign_producer.h"
#include "support/sanitized.h"
#include "support/seed.h"
#include "support/site.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QTest>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT"),
                          QStringLiteral("DOGEUSDT")};
// Nothing ever names these two.
const QStringList bystanders = symbols.mid(5);

// An event of "SYM" at time "NOW" with one thing changed.
QByteArray changed(const char* from = "", const QByteArray& to = {})
{
    QByteArray event = R"({"e":"depthUpdate","E":NOW,"T":NOW,"s":"SYM","U":11,"u":20,"pu":9,)"
                       R"("b":[["666.1","666"]],"a":[["0.666","666"]]})";
    return *from ? event.replace(from, to) : event;
}

QByteArray withLevels(int count)
{
    QByteArray levels;
    for (int i = 0; i < count; ++i)
        levels += "[\"" + QByteArray::number(i + 1) + "\",\"1\"],";
    levels.chop(1);
    return changed(R"([["666.1","666"]])", '[' + levels + ']');
}

const char* const malformedMetric = "obmonitor_book_malformed_total";

} // namespace

class tst_HostileInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void survivesTheTopic_data();
    void survivesTheTopic();
    void logsAFewLinesOfAFlood();
    void getsOverIdsFromNowhere();
    void survivesBadFrames_data();
    void survivesBadFrames();
    void survivesBadSnapshots();
    void boundsItsMemory();
    void refusesConfiguration_data();
    void refusesConfiguration();

private:
    void verifyUnharmed();
    [[nodiscard]] bool awaitLive(const QString& symbol = {}); // or all of them
    [[nodiscard]] double kind(const char* name) { return m_site->metric(malformedMetric, label("kind", name)); }
    [[nodiscard]] double resyncsFor(const char* reason)
    {
        return m_site->metric(QStringLiteral("obmonitor_book_resyncs_total"), label("reason", reason));
    }
    static QString label(const char* name, const QString& value)
    {
        return QStringLiteral("%1=\"%2\"").arg(QLatin1String(name), value);
    }
    static QString label(const char* name, const char* value) { return label(name, QString::fromLatin1(value)); }

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
    std::unique_ptr<ForeignProducer> m_producer;
    qint64 m_peakKbAtStart = 0;
};

// One program lives through all of it.
void tst_HostileInput::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed),
                                                         QStringLiteral("--weight-limit"), QStringLiteral("1000000")});
    Program& program = m_site->runAll({QStringLiteral("--set"), QStringLiteral("exchange.depth_speed=100ms"),
                                       QStringLiteral("--set"), QStringLiteral("exchange.weight_per_minute=1000000")});
    QVERIFY(m_site->awaitAllLive());
    m_producer = std::make_unique<ForeignProducer>(m_site->kafkaServers(), partitions, m_site->kafka.topic());
    m_peakKbAtStart = obm::bench::peakRssKb(program.processId());
    QVERIFY(m_peakKbAtStart > 0);
}

void tst_HostileInput::cleanup()
{
    if (m_site && !QTest::currentTestFailed())
        verifyUnharmed();
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

// The program, its books and those whom nothing named.
void tst_HostileInput::verifyUnharmed()
{
    QVERIFY(m_site->program(QStringLiteral("all")).isRunning());
    QCOMPARE(m_site->fault(), QString());
    const auto statuses = m_site->watch.statuses();
    for (const QString& symbol : bystanders) {
        QCOMPARE(statuses[symbol].value(QLatin1String("gaps")).toInteger(-1), 0);
        QCOMPARE(statuses[symbol].value(QLatin1String("resyncs")).toInteger(-1), 0);
    }
    for (const QString& line : m_site->program(QStringLiteral("all")).err().split(QLatin1Char('\n'))) {
        QVERIFY2(line.size() < 1'000, qPrintable(line.left(200)));
        for (const QChar c : line)
            QVERIFY2(c.unicode() >= 0x20 && c.unicode() != 0x7f, qPrintable(line));
    }
}

bool tst_HostileInput::awaitLive(const QString& symbol)
{
    const QString live = label("state", "live");
    const QString which = symbol.isEmpty() ? live : label("symbol", symbol) + QLatin1Char(',') + live;
    const auto count = symbol.isEmpty() ? double(symbols.size()) : 1;
    return QTest::qWaitFor([&] { return m_site->metric(QStringLiteral("obmonitor_book_state"), which) == count; },
                           Site::limitMs);
}

// KEY and SYM stand for a symbol that differs from row to row.
void tst_HostileInput::survivesTheTopic_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isHarmed");
    const QByteArray symbol = "SYM";
    const auto row = [](const char* name, const QByteArray& key, const QByteArray& value, const char* fault,
                        bool isHarmed = true) {
        QTest::newRow(name) << key << value << QString::fromLatin1(malformedMetric) << label("kind", fault) << isHarmed;
    };
    row("not JSON", symbol, "hello", "bad_json");
    row("HTML", symbol, "<html><body>502 Bad Gateway</body></html>", "bad_json");
    row("truncated", symbol, changed().left(100), "bad_json");
    row("empty", symbol, "", "bad_json");
    row("null", symbol, QByteArray(), "bad_json");
    row("a NUL byte", symbol, changed("666.1", QByteArray("6\0006", 3)), "bad_json");
    row("NUL bytes only", symbol, QByteArray(1000, '\0'), "bad_json");
    row("not UTF-8", symbol, changed("\"T\"", "\"\xff\xfe\""), "bad_json");
    row("control characters", symbol, changed("\"T\":NOW", R"("\u001b[31m\u0000\n":{"b":nope})"), "bad_json");
    row("a list", symbol, "[1,2,3]", "wrong_type");
    row("b as object", symbol, changed(R"([["666.1","666"]])", "{}"), "wrong_type");
    row("U as text", symbol, changed("11", "\"11\""), "wrong_type");
    row("price as number", symbol, changed("\"666.1\"", "666.1"), "wrong_type");
    row("u null", symbol, changed("20", "null"), "wrong_type");
    row("no pu", symbol, changed(R"("pu":9,)", ""), "missing_field");
    row("empty object", symbol, "{}", "missing_field");
    row("NaN", symbol, changed("666.1", "NaN"), "bad_number");
    row("1e400", symbol, changed("666.1", "1e400"), "bad_number");
    row("-1", symbol, changed("\"666\"", "\"-1\""), "bad_number");
    row("40 digits", symbol, changed("666.1", QByteArray(40, '9')), "bad_number");
    row("id beyond int64", symbol, changed("20", "9223372036854775808"), "bad_number");
    row("U > u", symbol, changed("11", "21"), "bad_sequence");
    row("u from nowhere", symbol, changed("20", "9223372036854775807"), "bad_sequence");
    row("100,000 levels", symbol, withLevels(100'000), "too_many_levels");
    row("nested 100,000 deep", symbol, changed("9,", "9,\"x\":" + QByteArray(100'000, '[') + ","), "too_deep");
    row("1 MiB of rubbish", symbol, QByteArray(1024 * 1024, 'x'), "bad_json");
    row("another stream", symbol, changed("depthUpdate", "aggTrade"), "wrong_stream");
    row("only the text tells it", QByteArray(), changed("11", "21"), "bad_sequence");
    row("nobody tells it", QByteArray(), "hello", "bad_json", false);
    row("key and text differ", symbol, changed("11", "21").replace("SYM", "BTCUSDT_X"), "bad_sequence", false);
    row("unreadable, of nobody", "NOBODYUSDT", "hello", "bad_json", false);

    QTest::newRow("key of another symbol")
        << symbol << changed("SYM", "NOBODYUSDT") << QStringLiteral("obmonitor_book_key_mismatches_total") << QString()
        << false;
    QTest::newRow("unknown symbol") << QByteArray("NOBODYUSDT") << changed("SYM", "NOBODYUSDT")
                                    << QStringLiteral("obmonitor_book_unknown_symbols_total") << QString() << false;
    QTest::newRow("ids that go back") << symbol << changed() << QStringLiteral("obmonitor_book_duplicates_total")
                                      << label("symbol", "SYM") << false;
}

void tst_HostileInput::survivesTheTopic()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, metric);
    QFETCH(QString, kind);
    QFETCH(bool, isHarmed);
    static int row = 0;
    const QByteArray symbol = symbols[row++ % 5].toUtf8();
    const QByteArray now = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
    key.replace("SYM", symbol);
    if (!value.isNull())
        value.replace("SYM", symbol).replace("NOW", now);
    kind.replace(QLatin1String("SYM"), QString::fromUtf8(symbol));

    QVERIFY(awaitLive(QString::fromUtf8(symbol)));
    const double before = m_site->metric(metric, kind);
    const double resyncs = m_site->metric(QStringLiteral("obmonitor_book_resyncs_total"));
    const double malformed = resyncsFor("malformed");
    m_producer->send(key, value, key.isNull() ? std::optional(0) : std::nullopt);
    QVERIFY(m_producer->flush());
    AWAIT_EQUAL_WITHIN(m_site->metric(metric, kind), before + 1, Site::limitMs);
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total")), resyncs + isHarmed);
    QCOMPARE(resyncsFor("malformed"), malformed + isHarmed);
}

// One symbol's, none's, unknown ones': each with another text in it, and some longer than any line may be. All of it
// together is less than the embedded broker keeps of a partition.
void tst_HostileInput::logsAFewLinesOfAFlood()
{
    constexpr int messages = 5'000;
    constexpr int linesMax = 40;
    const auto lines = [&] { return m_site->program(QStringLiteral("all")).err().count(QLatin1Char('\n')); };
    QVERIFY(awaitLive());
    const double unusable = m_site->metric(QLatin1String(malformedMetric));
    const double unknown = m_site->metric(QStringLiteral("obmonitor_book_unknown_symbols_total"));
    const qsizetype linesBefore = lines();
    for (int i = 0; i < messages; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray text(i % 10 ? 10 : 4096, 'y');
        m_producer->send("X" + number, changed("SYM", "X" + number).replace("NOW", "1"));
        m_producer->send(i % 2 ? "BTCUSDT" : "\n\x1b[31m" + text, "{\"" + number + text + "\":\"\x1b[31m\",\"U\":-1}");
    }
    QVERIFY(m_producer->flush());
    AWAIT_EQUAL_WITHIN(m_site->metric(QLatin1String(malformedMetric)), unusable + messages, Site::limitMs);
    AWAIT_EQUAL_WITHIN(m_site->metric(QStringLiteral("obmonitor_book_unknown_symbols_total")), unknown + messages,
                       Site::limitMs);
    QVERIFY(awaitLive());
    QVERIFY2(lines() - linesBefore < linesMax, qPrintable(QString::number(lines() - linesBefore)));
    const QString said = m_site->program(QStringLiteral("all")).err();
    QVERIFY(said.contains(QLatin1String("messages of the topic cannot be used")));
    QVERIFY(said.contains(QLatin1String("of symbols that are not kept here")));
}

// Well-formed, and ahead of everything: the exchange's own events are what disproves it.
void tst_HostileInput::getsOverIdsFromNowhere()
{
    const QByteArray far = QByteArray::number(1LL << 61);
    const QByteArray event = changed("20", far).replace("11", far).replace("\"pu\":9", "\"pu\":" + far);
    const QByteArray now = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
    const double before = resyncsFor("ids_went_back");
    m_producer->send("ETHUSDT", QByteArray(event).replace("SYM", "ETHUSDT").replace("NOW", now));
    QVERIFY(m_producer->flush());
    AWAIT_EQUAL_WITHIN(resyncsFor("ids_went_back"), before + 1, Site::limitMs);
    QVERIFY(awaitLive());
}

void tst_HostileInput::survivesBadFrames_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("kind");
    QTest::newRow("half a frame") << "garbled" << "obmonitor_exchange_malformed_total" << label("kind", "bad_json");
    QTest::newRow("binary") << "binary" << "obmonitor_exchange_binary_messages_total" << QString();
}

void tst_HostileInput::survivesBadFrames()
{
    QFETCH(QString, fault);
    QFETCH(QString, metric);
    QFETCH(QString, kind);
    QVERIFY(awaitLive());
    const double before = m_site->metric(metric, kind);
    const double gaps = resyncsFor("gap");
    m_site->exchange.inject(fault + QStringLiteral(":symbol=SOLUSDT"));
    AWAIT_EQUAL_WITHIN(m_site->metric(metric, kind), before + 1, Site::limitMs);
    AWAIT_EQUAL_WITHIN(resyncsFor("gap"), gaps + 1, Site::limitMs); // with the next event of the stream
    QVERIFY(awaitLive());
}

// All at once, each of another symbol: none of them is taken, and each is asked for again.
void tst_HostileInput::survivesBadSnapshots()
{
    const QStringList kinds{QStringLiteral("wrong-symbol"), QStringLiteral("one-sided"), QStringLiteral("crossed"),
                            QStringLiteral("unsorted"), QStringLiteral("ahead")};
    QVERIFY(awaitLive());
    const double before = resyncsFor("bad_snapshot");
    const int hits = m_site->exchange.faultHits();
    for (int i = 0; i < kinds.size(); ++i) {
        m_site->exchange.inject(QStringLiteral("snapshot-%1:symbol=%2").arg(kinds[i], symbols[i]));
        m_site->exchange.inject(QStringLiteral("drop:symbol=") + symbols[i]);
    }
    AWAIT_EQUAL_WITHIN(m_site->exchange.faultHits(), hits + 2 * int(kinds.size()), Site::limitMs);
    AWAIT_EQUAL_WITHIN(resyncsFor("bad_snapshot"), before + double(kinds.size()), Site::limitMs);
    QVERIFY(awaitLive());

    const QString failed = QStringLiteral("obmonitor_rest_snapshots_failed_total");
    const double malformed = m_site->metric(failed, label("kind", "malformed"));
    m_site->exchange.inject(QStringLiteral("snapshot-malformed:count=3"));
    for (int i = 0; i < 3; ++i)
        m_site->exchange.inject(QStringLiteral("drop:symbol=") + symbols[i]);
    AWAIT_EQUAL_WITHIN(m_site->metric(failed, label("kind", "malformed")), malformed + 3, Site::limitMs);
    QVERIFY(awaitLive());
}

// The last but one: everybody's connection ends, so that nobody is a bystander any more.
void tst_HostileInput::boundsItsMemory()
{
    constexpr qint64 moreKbMax = 150 * 1024;
    verifyUnharmed();
    QVERIFY(m_site->awaitCaughtUp());
    const double reconnects = m_site->metric(QStringLiteral("obmonitor_exchange_reconnects_total"));
    const double oversized = m_site->metric(QStringLiteral("obmonitor_exchange_oversized_total"));
    const double gaps = m_site->metric(QStringLiteral("obmonitor_book_gaps_total"));
    m_site->exchange.inject(QStringLiteral("oversize"));
    AWAIT_EQUAL_WITHIN(m_site->metric(QStringLiteral("obmonitor_exchange_oversized_total")), oversized + 1,
                       Site::limitMs);
    AWAIT_WITHIN(m_site->metric(QStringLiteral("obmonitor_exchange_reconnects_total")) >= reconnects + 1,
                 Site::limitMs);
    AWAIT_WITHIN(m_site->metric(QStringLiteral("obmonitor_book_gaps_total")) >= gaps + double(symbols.size()),
                 Site::limitMs);
    QVERIFY(awaitLive());
    QVERIFY(m_site->awaitCaughtUp());
    QCOMPARE(m_site->fault(), QString());
    m_producer.reset();
    Program& program = m_site->program(QStringLiteral("all"));
    const qint64 moreKb = obm::bench::peakRssKb(program.processId()) - m_peakKbAtStart;
    QVERIFY2(isSanitized || moreKb < moreKbMax, qPrintable(QString::number(moreKb)));
    QCOMPARE(program.stop(), std::optional(0));
    m_site.reset();
}

void tst_HostileInput::refusesConfiguration_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    const QString live = QStringLiteral("live_levels");
    for (const char* source : {"file", "environment", "set"}) {
        QTest::addRow("%s, wrong type", source) << source << "redis" << live << "many" << "from 1 to 1000";
        QTest::addRow("%s, out of range", source) << source << "redis" << live << "1001" << "from 1 to 1000";
        QTest::addRow("%s, unknown", source) << source << "redis" << "live_level" << "10" << "the nearest is";
    }
}

// One line: which key, where, what was expected.
void tst_HostileInput::refusesConfiguration()
{
    QFETCH(QString, source);
    QFETCH(QString, section);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, expected);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("obmonitor.toml"));
    const QString variable = QStringLiteral("OBMONITOR_%1_%2").arg(section, key).toUpper();
    QStringList arguments{QStringLiteral("--headless")};
    Program::Variables variables;
    QString place = QStringLiteral("--set");
    if (source == QLatin1String("file")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString text = value == QLatin1String("many") ? QLatin1Char('"') + value + QLatin1Char('"') : value;
        file.write(QStringLiteral("\n[%1]\n%2 = %3\n").arg(section, key, text).toUtf8());
        arguments << QStringLiteral("--config") << path;
        place = path + QStringLiteral(":3:1");
    } else if (source == QLatin1String("environment")) {
        variables[variable] = value;
        place = variable;
    } else {
        arguments << QStringLiteral("--set") << QStringLiteral("%1.%2=%3").arg(section, key, value);
    }
    Program program(QStringLiteral("refused"), arguments, variables);
    QCOMPARE(program.awaitExit(), std::optional(2));
    const QString said = program.err();
    QCOMPARE(said.count(QLatin1Char('\n')), 1);
    QVERIFY2(said.contains(place + QLatin1Char(':')) && said.contains(expected), qPrintable(said));
    QVERIFY2(said.contains(section + QLatin1Char('.') + key) || said.contains(variable), qPrintable(said));
}

QTEST_GUILESS_MAIN(tst_HostileInput)
#include "tst_hostile_input.moc"
