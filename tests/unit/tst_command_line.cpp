#include "app/command_line.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;

namespace {

using Arguments = std::vector<std::string>;

std::expected<CommandLine, UsageError> parse(const Arguments& arguments)
{
    std::vector<const char*> argv = {"obmonitor"};
    for (const std::string& argument : arguments)
        argv.push_back(argument.c_str());
    return parseCommandLine(static_cast<int>(argv.size()), argv.data(), {{"OBMONITOR_LOG_LEVEL", "debug"}});
}

template <class Command>
Command parsedAs(const Arguments& arguments)
{
    const auto parsed = parse(arguments);
    if (!parsed || !std::holds_alternative<Command>(*parsed))
        qFatal("%s", parsed ? "another command" : parsed.error().line.c_str());
    return std::get<Command>(*parsed);
}

} // namespace

Q_DECLARE_METATYPE(Arguments)

class tst_CommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsWithoutArguments();
    void readsRunOptions();
    void readsReadOptions();
    void readsExchangeOptions();
    void helps_data();
    void helps();
    void tellsItsVersion();
    void refuses_data();
    void refuses();
};

void tst_CommandLine::runsWithoutArguments()
{
    const auto run = parsedAs<RunCommand>({});
    QVERIFY(!run.headless && !run.checkConfig && !run.printConfig && !run.takeOver);
    QVERIFY(!run.config.demo && !run.config.embedded && !run.config.headless);
    QVERIFY(!run.config.file && !run.config.role && !run.config.symbols && run.config.sets.empty());
    QCOMPARE(run.config.environment.at("OBMONITOR_LOG_LEVEL"), std::string("debug"));
}

void tst_CommandLine::readsRunOptions()
{
    const auto run = parsedAs<RunCommand>({"--headless", "--demo", "--embedded", "--take-over", "--config", "/a/b.toml",
                                           "--set", "kafka.topic=a,b", "--set", "kafka.replication_factor=-1",
                                           "--set=redis.url=unix:///p?db=1", "--symbols", "BTCUSDT,ETHUSDT", "--role",
                                           "handler", "--check-config"});
    QVERIFY(run.headless && run.config.headless && run.takeOver && run.checkConfig && !run.printConfig);
    QVERIFY(run.config.demo && run.config.embedded);
    QCOMPARE(*run.config.file, std::string("/a/b.toml"));
    QCOMPARE(*run.config.symbols, std::string("BTCUSDT,ETHUSDT"));
    QCOMPARE(*run.config.role, std::string("handler"));
    const Arguments sets = {"kafka.topic=a,b", "kafka.replication_factor=-1", "redis.url=unix:///p?db=1"};
    QVERIFY(run.config.sets == sets);
    QVERIFY(parsedAs<RunCommand>({"--print-config"}).printConfig);
}

void tst_CommandLine::readsReadOptions()
{
    const auto plain = parsedAs<ReadCommand>({"read", "btcusdt"});
    QCOMPARE(plain.options.symbol, std::string("btcusdt"));
    QCOMPARE(plain.options.intervalMs, 1'000);
    QVERIFY(!plain.options.count && !plain.options.json && !plain.options.demo);

    const auto read = parsedAs<ReadCommand>({"read", "--demo", "--set", "redis.url=redis://a", "--config", "f",
                                             "BTCUSDT", "--interval", "200", "--count", "3", "--json"});
    QCOMPARE(read.options.symbol, std::string("BTCUSDT"));
    QCOMPARE(read.options.intervalMs, 200);
    QCOMPARE(read.options.count.value(), 3);
    QVERIFY(read.options.json && read.options.demo);
    QCOMPARE(read.config.sets, Arguments{"redis.url=redis://a"});
    QCOMPARE(*read.config.file, std::string("f"));
    QVERIFY(!read.config.demo); // it looks for a running demo and is none
    QVERIFY(read.config.environment.contains("OBMONITOR_LOG_LEVEL"));
}

void tst_CommandLine::readsExchangeOptions()
{
    const auto plain = parsedAs<ExchangeCommand>({"exchange"}).options;
    QCOMPARE(plain.port, 18'080);
    QVERIFY(plain.recordingDir.empty() && plain.faults.empty() && !plain.loop && !plain.busy);

    const auto synthetic = parsedAs<ExchangeCommand>({"exchange", "--port", "0", "--symbols", "A,B", "--seed", "7",
                                                      "--busy", "--weight-limit", "100", "--truth", "t.jsonl",
                                                      "--fault", "drop:symbol=A,p=0.02", "--fault", "cut"})
                               .options;
    QCOMPARE(synthetic.port, 0);
    QCOMPARE(synthetic.symbols, std::string("A,B"));
    QCOMPARE(synthetic.seed, std::uint64_t{7});
    QVERIFY(synthetic.busy);
    QCOMPARE(synthetic.weightLimit, 100);
    QCOMPARE(synthetic.truthFile, std::string("t.jsonl"));
    const Arguments faults = {"drop:symbol=A,p=0.02", "cut"};
    QVERIFY(synthetic.faults == faults);

    const auto recorded =
        parsedAs<ExchangeCommand>({"exchange", "--recording", "d", "--speed", "2.5", "--loop"}).options;
    QCOMPARE(recorded.recordingDir, std::string("d"));
    QCOMPARE(recorded.speed, 2.5);
    QVERIFY(recorded.loop);
}

void tst_CommandLine::helps_data()
{
    QTest::addColumn<Arguments>("arguments");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("run") << Arguments{"--help"} << QStringList{"--demo",   "--embedded", "--print-config",       "read",
                                                               "exchange", "Exit codes", "OBMONITOR_SECTION_KEY"};
    QTest::newRow("short") << Arguments{"-h"} << QStringList{"--demo"};
    QTest::newRow("read") << Arguments{"read", "--help"}
                          << QStringList{"--interval", "--count", "--json", "Exit codes"};
    QTest::newRow("exchange") << Arguments{"exchange", "--help"}
                              << QStringList{"--seed",        "--busy", "--recording", "drop",
                                             "snapshot-late", "for_ms", "Exit codes"};
}

void tst_CommandLine::helps()
{
    QFETCH(Arguments, arguments);
    QFETCH(QStringList, words);
    const std::string text = parsedAs<PrintCommand>(arguments).text;
    for (const QString& word : words)
        QVERIFY2(text.contains(word.toStdString()), qPrintable(word));
}

void tst_CommandLine::tellsItsVersion()
{
    const std::string text = parsedAs<PrintCommand>({"--version"}).text;
    QVERIFY(text.starts_with("obmonitor "));
    for (const std::string library : {"Qt ", "librdkafka ", "hiredis ", "simdjson "}) {
        const std::size_t at = text.find(library);
        QVERIFY2(at != std::string::npos && isdigit(text[at + library.size()]) != 0, library.c_str());
    }
}

void tst_CommandLine::refuses_data()
{
    QTest::addColumn<Arguments>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("typo") << Arguments{"--dmeo"} << "--dmeo: not known, the nearest is --demo";
    QTest::newRow("typo with a value") << Arguments{"--confg=x"} << "the nearest is --config";
    QTest::newRow("unknown sub-command") << Arguments{"reed", "X"} << "reed: not known, the nearest is read";
    QTest::newRow("nothing like it") << Arguments{"--frobnicate"} << "--frobnicate: not known;";
    QTest::newRow("a value missing") << Arguments{"--config"} << "--config";
    QTest::newRow("a flag with a value") << Arguments{"--headless=no"} << "headless";
    QTest::newRow("both ways to look") << Arguments{"--check-config", "--print-config"} << "excludes";
    QTest::newRow("no symbol") << Arguments{"read"} << "symbol is required; see obmonitor read --help";
    QTest::newRow("two symbols") << Arguments{"read", "A", "B"} << "B: not known";
    QTest::newRow("before the sub-command") << Arguments{"--demo", "read", "A"} << "--demo: expected behind";
    QTest::newRow("two sub-commands") << Arguments{"read", "A", "exchange"} << "exchange";
    QTest::newRow("interval too short") << Arguments{"read", "A", "--interval", "1"} << "3600000";
    QTest::newRow("count no number") << Arguments{"read", "A", "--count", "x"} << "--count";
    QTest::newRow("count 0") << Arguments{"read", "A", "--count", "0"} << "--count";
    QTest::newRow("port too high") << Arguments{"exchange", "--port", "65536"} << "65535";
    QTest::newRow("speed without a recording") << Arguments{"exchange", "--speed", "2"} << "--recording";
    QTest::newRow("speed 0") << Arguments{"exchange", "--recording", "d", "--speed", "0"} << "--speed";
    QTest::newRow("recording and seed") << Arguments{"exchange", "--recording", "d", "--seed", "1"} << "--seed";
    QTest::newRow("recording and busy") << Arguments{"exchange", "--recording", "d", "--busy"} << "--busy";
    QTest::newRow("not its option") << Arguments{"exchange", "--demo"} << "--demo: not known";
    QTest::newRow("a line break") << Arguments{"--a\nb"} << "--a b: not known";
}

void tst_CommandLine::refuses()
{
    QFETCH(Arguments, arguments);
    QFETCH(QString, words);
    const auto parsed = parse(arguments);
    QVERIFY(!parsed.has_value());
    const std::string& line = parsed.error().line;
    QVERIFY2(line.starts_with("obmonitor: ") && line.ends_with("--help") && !line.contains('\n'), line.c_str());
    QVERIFY2(line.contains(words.toStdString()), line.c_str());
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_command_line.moc"
