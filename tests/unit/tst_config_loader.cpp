// Which source wins, what belongs together, and what a mistake looks like.
#include "config/config_loader.h"
#include "config/nearest_name.h"
#include "support/std_string.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;

namespace {

using Sources = std::function<void(ConfigSources&)>;
using Properties = std::map<std::string, std::string>;

} // namespace

Q_DECLARE_METATYPE(Sources)
Q_DECLARE_METATYPE(Properties)

class tst_ConfigLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void laterSourcesWin();
    void shorthandsLoseAgainstSet();
    void demoIsAllOnThisMachine();
    void simulatedSaysWhatIsTrue();
    void findsTheUsualFiles();
    void theLastSetWins();
    void readsProperties_data();
    void readsProperties();
    void readsAllSymbols_data();
    void readsAllSymbols();
    void refuses_data();
    void refuses();
    void refusesAFile_data();
    void refusesAFile();
    void refusesAFileTooLong();
    void measuresTypos_data();
    void measuresTypos();

private:
    std::string write(const QString& name, const QByteArray& text);
    ConfigSources sources() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_ConfigLoader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

std::string tst_ConfigLoader::write(const QString& name, const QByteArray& text)
{
    const QString path = m_folder->filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the private folder cannot be written to");
    return path.toStdString();
}

ConfigSources tst_ConfigLoader::sources() const
{
    ConfigSources none;
    none.systemFile = m_folder->filePath(QStringLiteral("none.toml")).toStdString();
    return none;
}

void tst_ConfigLoader::laterSourcesWin()
{
    ConfigSources from = sources();
    from.file = write(QStringLiteral("a.toml"), "[kafka]\ntopic = 'file'\ngroup_id = 'file'\npartitions = 2\n"
                                                "[pipeline]\nrole = 'handler'\n");
    from.environment = {{"OBMONITOR_KAFKA_TOPIC", "env"}, {"OBMONITOR_KAFKA_GROUP_ID", "env"}, {"PATH", "/bin"}};
    from.role = "producer";
    from.sets = {"kafka.topic=set"};
    const auto loaded = loadConfig(from);
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->config.kafka.topic, std::string("set"));
    QCOMPARE(loaded->config.kafka.groupId, std::string("env"));
    QCOMPARE(loaded->config.kafka.partitions, 2);
    QCOMPARE(loaded->config.kafka.lingerMs, 10);
    QVERIFY(loaded->config.pipeline.role == Role::Producer);
    QCOMPARE(loaded->origins.at("pipeline.role"), std::string("--role"));
    QCOMPARE(loaded->files, std::vector{*from.file});
    QVERIFY(!loaded->origins.contains("kafka.linger_ms"));
}

void tst_ConfigLoader::shorthandsLoseAgainstSet()
{
    ConfigSources from = sources();
    from.demo = true;
    from.symbols = "BTCUSDT,ETHUSDT";
    from.sets = {"exchange.symbols=SOLUSDT", "redis.url=redis://cache/1"};
    const auto loaded = loadConfig(from);
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->config.exchange.symbols, std::vector<std::string>{"SOLUSDT"});
    QCOMPARE(loaded->config.redis.url, std::string("redis://cache/1"));
    QVERIFY(loaded->config.kafka.isEmbedded());
}

void tst_ConfigLoader::demoIsAllOnThisMachine()
{
    ConfigSources from = sources();
    from.demo = true;
    const auto demo = loadConfig(from);
    QVERIFY(demo.has_value());
    QCOMPARE(demo->config.exchange.wsUrl, std::string("local"));
    QCOMPARE(demo->config.exchange.restUrl, std::string("local"));
    QVERIFY(demo->config.kafka.isEmbedded() && demo->config.redis.isEmbedded());
    QCOMPARE(demo->config.metrics.listen, std::string("127.0.0.1:0"));

    from = sources();
    from.embedded = true;
    const auto embedded = loadConfig(from);
    QVERIFY(embedded.has_value());
    QCOMPARE(embedded->config.exchange.restUrl, ExchangeConfig().restUrl);
    QVERIFY(embedded->config.kafka.isEmbedded() && embedded->config.redis.isEmbedded());
    QCOMPARE(embedded->config.metrics.listen, MetricsConfig().listen);
}

void tst_ConfigLoader::simulatedSaysWhatIsTrue()
{
    ConfigSources from = sources();
    QVERIFY(!loadConfig(from)->config.simulated);
    from.sets = {"exchange.ws_url=local", "exchange.rest_url=local"};
    QVERIFY(loadConfig(from)->config.simulated);
    from.demo = true;
    from.sets = {"exchange.ws_url=wss://a.b/public/stream", "exchange.rest_url=https://a.b"};
    QVERIFY(!loadConfig(from)->config.simulated);
}

void tst_ConfigLoader::findsTheUsualFiles()
{
    ConfigSources from = sources();
    from.environment = {{"HOME", m_folder->path().toStdString()}};
    QVERIFY(loadConfig(from)->files.empty());

    from.systemFile = write(QStringLiteral("etc/obmonitor.toml"), "[kafka]\ntopic = 'system'\n");
    QCOMPARE(loadConfig(from)->config.kafka.topic, std::string("system"));

    write(QStringLiteral(".config/obmonitor/obmonitor.toml"), "[kafka]\ntopic = 'home'\n");
    QCOMPARE(loadConfig(from)->config.kafka.topic, std::string("home"));

    write(QStringLiteral("xdg/obmonitor/obmonitor.toml"), "[kafka]\ntopic = 'xdg'\n");
    from.environment["XDG_CONFIG_HOME"] = m_folder->filePath(QStringLiteral("xdg")).toStdString();
    QCOMPARE(loadConfig(from)->config.kafka.topic, std::string("xdg"));
    QCOMPARE(loadConfig(from)->files.size(), std::size_t{1});

    from.file = write(QStringLiteral("named.toml"), "");
    QCOMPARE(loadConfig(from)->config.kafka.topic, std::string("orderbook_update"));
}

void tst_ConfigLoader::theLastSetWins()
{
    ConfigSources from = sources();
    from.sets = {"kafka.topic=one", "kafka.topic=two", "kafka.group_id=a=b"};
    QCOMPARE(loadConfig(from)->config.kafka.topic, std::string("two"));
    QCOMPARE(loadConfig(from)->config.kafka.groupId, std::string("a=b"));
}

void tst_ConfigLoader::readsProperties_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<Sources>("others");
    QTest::addColumn<Properties>("expected");
    const Sources none = [](ConfigSources&) {};
    QTest::newRow("quoted") << QByteArray("[kafka.properties]\n\"sasl.username\" = \"me\"") << none
                            << Properties{{"sasl.username", "me"}};
    QTest::newRow("dotted") << QByteArray("[kafka.properties]\nsasl.username = \"me\"\nsasl.mechanism = \"PLAIN\"")
                            << none << Properties{{"sasl.username", "me"}, {"sasl.mechanism", "PLAIN"}};
    QTest::newRow("tables") << QByteArray("[kafka.properties.ssl]\nca.location = \"/ca\"\n[kafka.properties.ssl.key]\n"
                                          "location = \"/key\"")
                            << none << Properties{{"ssl.ca.location", "/ca"}, {"ssl.key.location", "/key"}};
    QTest::newRow("numbers and booleans")
        << QByteArray("[kafka.properties]\nsocket.timeout.ms = 5000\nenable.ssl.certificate.verification = false")
        << none << Properties{{"socket.timeout.ms", "5000"}, {"enable.ssl.certificate.verification", "false"}};
    QTest::newRow("environment") << QByteArray() << Sources([](ConfigSources& from) {
        from.environment = {{"OBMONITOR_KAFKA_PROPERTIES_SASL_PASSWORD", "p,w"}};
    }) << Properties{{"sasl.password", "p,w"}};
    QTest::newRow("set over environment over file")
        << QByteArray("[kafka.properties]\nclient.rack = \"a\"\ndebug = \"all\"") << Sources([](ConfigSources& from) {
               from.environment = {{"OBMONITOR_KAFKA_PROPERTIES_CLIENT_RACK", "b"}};
               from.sets = {"kafka.properties.client.rack=c"};
           })
        << Properties{{"client.rack", "c"}, {"debug", "all"}};
}

void tst_ConfigLoader::readsProperties()
{
    QFETCH(QByteArray, toml);
    QFETCH(Sources, others);
    QFETCH(Properties, expected);
    ConfigSources from = sources();
    from.file = write(QStringLiteral("p.toml"), toml);
    others(from);
    const auto loaded = loadConfig(from);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().line().c_str());
    QVERIFY(loaded->config.kafka.properties == expected);
}

void tst_ConfigLoader::readsAllSymbols_data()
{
    QTest::addColumn<Sources>("given");
    QTest::newRow("file") << Sources([this](ConfigSources& from) {
        from.file = write(QStringLiteral("s.toml"), "[exchange]\nsymbols = \"all\"\n");
    });
    QTest::newRow("environment") << Sources(
        [](ConfigSources& from) { from.environment = {{"OBMONITOR_EXCHANGE_SYMBOLS", "all"}}; });
    QTest::newRow("shorthand") << Sources([](ConfigSources& from) { from.symbols = "all"; });
    QTest::newRow("set") << Sources([](ConfigSources& from) { from.sets = {"exchange.symbols=all"}; });
}

void tst_ConfigLoader::readsAllSymbols()
{
    QFETCH(Sources, given);
    ConfigSources from = sources();
    given(from);
    const auto loaded = loadConfig(from);
    QVERIFY(loaded.has_value());
    QVERIFY(loaded->config.exchange.allSymbols && loaded->config.exchange.symbols.empty());
}

void tst_ConfigLoader::refuses_data()
{
    QTest::addColumn<Sources>("given");
    QTest::addColumn<QString>("line");
    const auto set = [](std::vector<std::string> sets) {
        return Sources([sets](ConfigSources& from) { from.sets = sets; });
    };
    QTest::newRow("ws_url alone local") << set({"exchange.ws_url=local"})
                                        << "--set: exchange.ws_url: expected exchange.rest_url to be \"local\" as well";
    QTest::newRow("rest_url alone local")
        << set({"exchange.rest_url=local"})
        << "--set: exchange.rest_url: expected exchange.ws_url to be \"local\" as well";
    const QString needsProducer = QStringLiteral("--embedded: kafka.bootstrap_servers: expected a server: "
                                                 "\"embedded\" needs pipeline.role all or producer in this process");
    QTest::newRow("embedded Kafka, handler") << Sources([](ConfigSources& from) {
        from.embedded = true;
        from.role = "handler";
    }) << needsProducer;
    QTest::newRow("embedded Kafka, viewer of a Redis elsewhere")
        << Sources([](ConfigSources& from) {
               from.embedded = true;
               from.role = "viewer";
               from.sets = {"redis.url=redis://a:1/0"};
           })
        << "--embedded: kafka.bootstrap_servers: expected a server: a viewer finds an embedded Kafka by redis.url "
           "\"embedded\" only";
    QTest::newRow("viewer without a display") << Sources([](ConfigSources& from) {
        from.headless = true;
        from.role = "viewer";
    }) << "--role: pipeline.role: expected all, producer or handler with --headless: a viewer needs a display";
    QTest::newRow("no value") << set({"kafka.topic"}) << "--set: expected section.key=value";
    QTest::newRow("typo") << set({"redis.live_level=3"})
                          << "--set: redis.live_level: expected a known key; the nearest is redis.live_levels";
    QTest::newRow("nothing like it") << set({"a.b=3"}) << "--set: a.b: expected a known key";
    QTest::newRow("reserved property")
        << set({"kafka.properties.enable.idempotence=false"})
        << "--set: kafka.properties.enable.idempotence: expected a property that obmonitor does not set itself, "
           "got \"false\"";
    QTest::newRow("secret property") << set({"kafka.properties.sasl.password=swordfish"})
                                     << "--set: kafka.properties.sasl.password: expected in the file or as "
                                        "OBMONITOR_KAFKA_PROPERTIES_SASL_PASSWORD: it is a secret";
    QTest::newRow("property without a name")
        << Sources([](ConfigSources& from) { from.environment = {{"OBMONITOR_KAFKA_PROPERTIES_", "x"}}; })
        << "OBMONITOR_KAFKA_PROPERTIES_: expected a known variable; the nearest is OBMONITOR_KAFKA_TOPIC";
    QTest::newRow("a line break") << set({"kafka.topic=a\nb"})
                                  << "--set: kafka.topic: expected 1 to 249 letters, digits, '.', '_' or '-', "
                                     "got \"a\\nb\"";
}

void tst_ConfigLoader::refuses()
{
    QFETCH(Sources, given);
    QFETCH(QString, line);
    ConfigSources from = sources();
    given(from);
    const auto loaded = loadConfig(from);
    QVERIFY(!loaded.has_value());
    QCOMPARE(QString::fromStdString(loaded.error().line()), line);
}

void tst_ConfigLoader::refusesAFile_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("line"); // behind the path
    QTest::newRow("no TOML") << QByteArray("[redis]\npassword = swordfish\n") << ":2:12: expected TOML: ";
    QTest::newRow("not UTF-8") << QByteArray("a = '\xff'") << ":1:5: expected TOML: ";
    QTest::newRow("unknown section") << QByteArray("\n[reddis]\nurl = 'x'")
                                     << ":3:1: reddis.url: expected a known key; "
                                        "the nearest is redis.url";
    QTest::newRow("empty unknown section") << QByteArray("[reddis]\n") << ":1:2: reddis: expected a known key";
    QTest::newRow("no table") << QByteArray("kafka = 5") << ":1:1: kafka: expected a known key";
    QTest::newRow("a table for a value") << QByteArray("[kafka.topic]\n")
                                         << ":1:8: kafka.topic: expected 1 to 249 letters, digits, '.', '_' or '-', "
                                            "got a table";
    QTest::newRow("a date") << QByteArray("[kafka]\ntopic = 2026-01-01")
                            << ":2:1: kafka.topic: expected 1 to 249 letters, digits, '.', '_' or '-', got a date or "
                               "time";
    QTest::newRow("mixed list") << QByteArray("[exchange]\nsymbols = ['A', 1]")
                                << ":2:1: exchange.symbols: expected \"all\" or a list of 1 to 2000 symbols, got a "
                                   "list with something else than text";
    QTest::newRow("twice") << QByteArray("[kafka.properties]\n'a.b' = '1'\na.b = '2'")
                           << ":2:1: kafka.properties.a.b: expected once, but it is given twice";
    QTest::newRow("a fraction as property")
        << QByteArray("[kafka.properties]\na.b = 1.5")
        << ":2:3: kafka.properties.a.b: expected text, a whole number or true/false, got a number with a fraction";
    QTest::newRow("a number that may be a secret")
        << QByteArray("[redis]\npassword = 31337313373133731337")
        << ":2:32: expected TOML: Error while parsing decimal integer: '...' is not representable in 64 bits";
    QTest::newRow("a URL without scheme, with a password")
        << QByteArray("redis.url = 'ann:swordfish@host'")
        << ":1:7: redis.url: expected redis://, rediss://, unix:// or \"embedded\", got \"...@host\"";
    QTest::newRow("a secret of a wrong type") << QByteArray("[redis]\npassword = 12345")
                                              << ":2:1: redis.password: expected at most 1024 bytes of UTF-8 without "
                                                 "control characters";
    QTest::newRow("a password in the URL")
        << QByteArray("[redis]\nurl = 'redis://me:swordfish@h'") << ":2:1: redis.url: ";
}

void tst_ConfigLoader::refusesAFile()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, line);
    ConfigSources from = sources();
    from.file = write(QStringLiteral("bad.toml"), toml);
    const auto loaded = loadConfig(from);
    QVERIFY(!loaded.has_value());
    const QString actual = QString::fromStdString(loaded.error().line());
    const QString path = QString::fromStdString(*from.file);
    QVERIFY2(actual.startsWith(path + line), qPrintable(actual));
    QVERIFY2(!actual.contains(QLatin1Char('\n')) && !actual.contains(QLatin1String("swordfish")), qPrintable(actual));
}

void tst_ConfigLoader::refusesAFileTooLong()
{
    ConfigSources from = sources();
    from.file = write(QStringLiteral("long.toml"), QByteArray(2 * 1024 * 1024, '\n'));
    QCOMPARE(loadConfig(from).error().line(), *from.file + ": expected at most 1048576 bytes");
    from.file = m_folder->filePath(QStringLiteral("absent.toml")).toStdString();
    QCOMPARE(loadConfig(from).error().line(),
             *from.file + ": expected a file that can be read: No such file or directory");
    from.file = m_folder->path().toStdString();
    QCOMPARE(loadConfig(from).error().line(), *from.file + ": expected a file that can be read: Is a directory");
}

void tst_ConfigLoader::measuresTypos_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<int>("distance");
    QTest::newRow("equal") << "redis" << "redis" << 0;
    QTest::newRow("empty") << "" << "abc" << 3;
    QTest::newRow("replaced") << "kafka" << "kavka" << 1;
    QTest::newRow("left out") << "redis" << "reds" << 1;
    QTest::newRow("put in") << "log" << "loog" << 1;
    QTest::newRow("several") << "kitten" << "sitting" << 3;
}

void tst_ConfigLoader::measuresTypos()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(int, distance);
    QCOMPARE(editDistance(left.toStdString(), right.toStdString()), static_cast<std::size_t>(distance));
    QCOMPARE(editDistance(right.toStdString(), left.toStdString()), static_cast<std::size_t>(distance));
}

QTEST_GUILESS_MAIN(tst_ConfigLoader)
#include "tst_config_loader.moc"
