// Every key of the configuration from every source: one table, held against the table of the program.
#include "config/config_key.h"
#include "config/config_loader.h"
#include "config/config_text.h"
#include "support/std_string.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;

namespace {

struct KeyCase
{
    const char* name;
    const char* defaultToml;
    const char* goodToml;
    const char* goodBare;
    const char* wrongType;    // TOML
    const char* outOfRange;   // TOML
    const char* outBare;      // the same, or another, as bare text
    const char* expectedWord; // in the message
};

// Defaults as in the promise to the outside, not as in the program.
const KeyCase keyCases[] = {
    {"pipeline.role", R"("all")", R"("producer")", "producer", "1", R"("boss")", "", "handler"},
    {"exchange.ws_url", R"("wss://fstream.binance.com/public/stream")", R"("ws://127.0.0.1:80/public/stream")",
     "ws://127.0.0.1:80/public/stream", "true", R"("https://a.b")", "ws://", "wss://"},
    {"exchange.rest_url", R"("https://fapi.binance.com")", R"("http://[::1]:80")", "http://[::1]:80", "5",
     R"("ws://a.b")", "http://u:p@h", "https://"},
    {"exchange.symbols", R"(["BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "XRPUSDT"])",
     R"(["BTCUSDT", "ETHUSDT"])", "btcusdt, ETHUSDT,BTCUSDT", "[1]", "[]", "BTC USDT", "symbols"},
    {"exchange.depth_speed", R"("250ms")", R"("100ms")", "100ms", "100", R"("200ms")", "250", "500ms"},
    {"exchange.snapshot_limit", "1000", "5", "5", R"("5")", "6", "x", "5, 10, 20, 50, 100, 500, 1000"},
    {"exchange.weight_per_minute", "1200", "2", "2", "2.0", "1", "1000001", "from 2 to 1000000"},
    {"kafka.bootstrap_servers", R"("localhost:9092")", R"("a:1,b.c:2")", "a:1,b.c:2", "[]", R"("a:1,,b")", "a:66000",
     "embedded"},
    {"kafka.topic", R"("orderbook_update")", R"("books.v2-a")", "books.v2-a", "1", R"("a b")", "", "letters"},
    {"kafka.partitions", "6", "1", "1", R"("6")", "0", "6x", "from 1 to"},
    {"kafka.replication_factor", "-1", "3", "3", "true", "0", "-2", "-1"},
    {"kafka.retention_minutes", "60", "1440", "1440", "1.5", "0", "1e3", "from 1 to"},
    {"kafka.group_id", R"("ob_consumers")", R"("my group")", "my group", "1", R"("")", "", "not empty"},
    {"kafka.instance_id", R"("")", R"("handler-1")", "handler-1", "1", R"("a b")", "a/b", "letters"},
    {"kafka.auto_offset_reset", R"("latest")", R"("earliest")", "earliest", "1", R"("none")", "", "earliest"},
    {"kafka.linger_ms", "10", "0", "0", R"("10")", "-1", "10001", "from 0 to"},
    {"kafka.compression", R"("lz4")", R"("zstd")", "zstd", "4", R"("lz5")", "LZ4", "snappy"},
    {"redis.url", R"("redis://localhost:6379/0")", R"("unix:///run/r.sock?db=2")", "unix:///run/r.sock?db=2", "6379",
     R"("http://a")", "localhost", "expected"},
    {"redis.username", R"("")", R"("obmonitor")", "obmonitor", "1", R"("a\nb")", "a\x01", "control"},
    {"redis.password", R"("")", R"("swordfish")", "swordfish", "1234", R"("sword\nfish")", "fish\x01", "control"},
    {"redis.live_key", R"("LIVE_ORDERBOOK")", R"("BOOKS")", "BOOKS", "1", R"("a{symbol}")", "obmonitor:epoch", "key"},
    {"redis.live_levels", "10", "1000", "1000", R"("10")", "0", "1001", "from 1 to 1000"},
    {"redis.live_interval_ms", "100", "1", "1", "0.5", "0", "60001", "from 1 to"},
    {"redis.full_key", R"("orderbook:{symbol}:latest")", R"("book/{symbol}")", "book/{symbol}", "1", R"("book")",
     "orderbook:{symbol}:status", "{symbol}"},
    {"redis.full_interval_ms", "1000", "0", "0", "false", "-1", "3600001", "from 0 to"},
    {"metrics.listen", R"("127.0.0.1:9464")", R"("[::1]:0")", "[::1]:0", "9464", R"("9464")", "a:b", "host:port"},
    {"viewer.metrics_url", R"("")", R"("http://a:1/metrics")", "http://a:1/metrics", "1", R"("https://a/metrics")",
     "http://", "http://"},
    {"log.level", R"("info")", R"("debug")", "debug", "1", R"("loud")", "", "warning"},
    {"log.format", R"("text")", R"("json")", "json", "1", R"("xml")", "", "json"},
};

const KeyCase& currentCase()
{
    QFETCH_GLOBAL(int, index);
    return keyCases[index];
}

ConfigKey rowOf(const KeyCase& keyCase)
{
    return findConfigKey(keyCase.name).value();
}

} // namespace

class tst_ConfigKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void isInTheTable();
    void hasItsDefault();
    void readsTheFile();
    void readsTheEnvironment();
    void readsSet();
    void refusesAnotherType();
    void refusesAnotherTypeAsBareText();
    void refusesWhatIsOutOfRange();
    void refusesAMisspeltName();

private:
    static ConfigSources withVariable(const std::string& variable, const std::string& bare);
    static ConfigSources withSet(const std::string& name, const std::string& bare);
    ConfigSources withFile(const std::string& toml) { return withLine(rowOf(currentCase()).bareName(), toml); }
    ConfigSources withLine(const std::string& bareName, const std::string& toml);
    void expectRefusal(const ConfigSources& sources, const std::string& place);

    QTemporaryDir m_folder;
};

void tst_ConfigKeys::initTestCase_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(keyCases)); ++i)
        QTest::newRow(keyCases[i].name) << i;
}

ConfigSources tst_ConfigKeys::withVariable(const std::string& variable, const std::string& bare)
{
    ConfigSources sources;
    sources.systemFile.clear();
    sources.environment = {{variable, bare}};
    return sources;
}

ConfigSources tst_ConfigKeys::withSet(const std::string& name, const std::string& bare)
{
    ConfigSources sources;
    sources.systemFile.clear();
    sources.sets = {name + "=" + bare};
    return sources;
}

ConfigSources tst_ConfigKeys::withLine(const std::string& bareName, const std::string& toml)
{
    const ConfigKey key = rowOf(currentCase());
    QFile file(m_folder.filePath(QStringLiteral("c.toml")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the private folder cannot be written to");
    file.write(QByteArray::fromStdString("[" + key.section() + "]\n" + bareName + " = " + toml + "\n"));
    ConfigSources sources;
    sources.file = file.fileName().toStdString();
    return sources;
}

void tst_ConfigKeys::expectRefusal(const ConfigSources& sources, const std::string& place)
{
    const KeyCase& keyCase = currentCase();
    const auto loaded = loadConfig(sources);
    QVERIFY(!loaded.has_value());
    const std::string line = loaded.error().line();
    QCOMPARE(loaded.error().key, std::string(keyCase.name));
    QCOMPARE(loaded.error().place, place);
    QVERIFY2(loaded.error().expected.contains(keyCase.expectedWord), line.c_str());
    QVERIFY2(!line.contains('\n') && !line.contains("fish"), line.c_str());
}

void tst_ConfigKeys::isInTheTable()
{
    QSet<QByteArray> tested;
    for (const KeyCase& keyCase : keyCases)
        tested.insert(keyCase.name);
    for (const ConfigKey& key : configKeys())
        QVERIFY2(tested.contains(key.name.c_str()), key.name.c_str());
    QCOMPARE(std::size(keyCases), configKeys().size());
}

void tst_ConfigKeys::hasItsDefault()
{
    QCOMPARE(tomlValue(rowOf(currentCase()).read(Config())), std::string(currentCase().defaultToml));
}

void tst_ConfigKeys::readsTheFile()
{
    const ConfigSources sources = withFile(currentCase().goodToml);
    const auto loaded = loadConfig(sources);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().line().c_str());
    QCOMPARE(tomlValue(rowOf(currentCase()).read(loaded->config)), std::string(currentCase().goodToml));
    QCOMPARE(loaded->origins.at(currentCase().name), *sources.file + ":2:1");
}

void tst_ConfigKeys::readsTheEnvironment()
{
    const ConfigKey key = rowOf(currentCase());
    const auto loaded = loadConfig(withVariable(key.variable(), currentCase().goodBare));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().line().c_str());
    QCOMPARE(tomlValue(key.read(loaded->config)), std::string(currentCase().goodToml));
    QCOMPARE(loaded->origins.at(key.name), key.variable());
}

void tst_ConfigKeys::readsSet()
{
    const ConfigKey key = rowOf(currentCase());
    const auto loaded = loadConfig(withSet(key.name, currentCase().goodBare));
    QCOMPARE(loaded.has_value(), !key.secret);
    if (loaded)
        QCOMPARE(tomlValue(key.read(loaded->config)), std::string(currentCase().goodToml));
    else
        QCOMPARE(loaded.error().line(),
                 "--set: " + key.name + ": expected in the file or as " + key.variable() + ": it is a secret");
}

void tst_ConfigKeys::refusesAnotherType()
{
    const ConfigSources sources = withFile(currentCase().wrongType);
    expectRefusal(sources, *sources.file + ":2:1");
}

// Of bare text only numbers can be of another type.
void tst_ConfigKeys::refusesAnotherTypeAsBareText()
{
    const ConfigKey key = rowOf(currentCase());
    if (key.type != ConfigType::Number)
        return;
    for (const char* bare : {"many", "", "1.5", "1e3", " 5", "0x10", "99999999999999999999"}) {
        expectRefusal(withVariable(key.variable(), bare), key.variable());
        if (!QTest::currentTestFailed())
            expectRefusal(withSet(key.name, bare), "--set");
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_ConfigKeys::refusesWhatIsOutOfRange()
{
    const ConfigSources inFile = withFile(currentCase().outOfRange);
    expectRefusal(inFile, *inFile.file + ":2:1");
    if (QTest::currentTestFailed())
        return;

    const ConfigKey key = rowOf(currentCase());
    expectRefusal(withVariable(key.variable(), currentCase().outBare), key.variable());
    if (QTest::currentTestFailed() || key.secret)
        return;
    expectRefusal(withSet(key.name, currentCase().outBare), "--set");
}

void tst_ConfigKeys::refusesAMisspeltName()
{
    const ConfigKey key = rowOf(currentCase());
    const auto lineOf = [](const ConfigSources& sources) { return loadConfig(sources).error().line(); };
    const std::string nearest = "X: expected a known key; the nearest is " + key.name;
    const ConfigSources inFile = withLine(key.bareName() + "X", currentCase().goodToml);
    QCOMPARE(lineOf(inFile), *inFile.file + ":2:1: " + key.name + nearest);
    QCOMPARE(lineOf(withSet(key.name + "X", currentCase().goodBare)), "--set: " + key.name + nearest);
    QCOMPARE(lineOf(withVariable(key.variable() + "X", currentCase().goodBare)),
             key.variable() + "X: expected a known variable; the nearest is " + key.variable());
}

QTEST_GUILESS_MAIN(tst_ConfigKeys)
#include "tst_config_keys.moc"
