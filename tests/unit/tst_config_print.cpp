// What --print-config and --check-config say, and the default configuration that is installed.
#include "config/config_key.h"
#include "config/config_print.h"
#include "config/config_text.h"
#include "support/std_string.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;

namespace {

void compareConfigs(const Config& actual, const Config& expected)
{
    for (const ConfigKey& key : configKeys())
        QVERIFY2(key.read(actual) == key.read(expected), key.name.c_str());
    QVERIFY(actual.kafka.properties == expected.kafka.properties);
}

} // namespace

class tst_ConfigPrint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeLoadedAgain();
    void masksSecrets();
    void saysWhereFrom();
    void theInstalledFileHoldsTheDefaults();
    void saysThatItIsValid();

private:
    ConfigSources withFile(const std::string& text);

    QTemporaryDir m_folder;
};

ConfigSources tst_ConfigPrint::withFile(const std::string& text)
{
    QFile file(m_folder.filePath(QStringLiteral("p.toml")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the private folder cannot be written to");
    file.write(QByteArray::fromStdString(text));
    ConfigSources sources;
    sources.file = file.fileName().toStdString();
    return sources;
}

void tst_ConfigPrint::canBeLoadedAgain()
{
    ConfigSources sources;
    sources.systemFile.clear();
    sources.demo = true;
    sources.sets = {"exchange.symbols=btcusdt,1000SATSUSDT,币安USDT", "kafka.group_id=a \"b\" \\ 'c'",
                    "kafka.properties.client.rack=x#y", "redis.live_levels=7", "log.format=json"};
    const auto first = loadConfig(sources);
    QVERIFY2(first.has_value(), first ? "" : first.error().line().c_str());
    const auto second = loadConfig(withFile(toToml(*first)));
    QVERIFY2(second.has_value(), second ? "" : second.error().line().c_str());
    compareConfigs(second->config, first->config);
}

void tst_ConfigPrint::masksSecrets()
{
    ConfigSources sources =
        withFile("[redis]\npassword = 'swordfish'\n[kafka.properties]\nsasl.password = 'swordfish'\nssl.key.pem = "
                 "'swordfish'\nssl.key.location = '/key'\n");
    const auto loaded = loadConfig(sources);
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->config.redis.password, std::string("swordfish"));
    const std::string toml = toToml(*loaded);
    QVERIFY(!toml.contains("swordfish"));
    QVERIFY(toml.contains("\npassword = \"********\" # from "));
    QVERIFY(toml.contains("\n\"sasl.password\" = \"********\" # from "));
    QVERIFY(toml.contains("\n\"ssl.key.location\" = \"/key\" # from "));
    QVERIFY(toToml(LoadedConfig()).contains("\npassword = \"\"\n"));
}

void tst_ConfigPrint::saysWhereFrom()
{
    ConfigSources sources;
    sources.systemFile.clear();
    sources.environment = {{"OBMONITOR_KAFKA_TOPIC", "t"}};
    const std::string toml = toToml(loadConfig(sources).value());
    QVERIFY(toml.contains("\ntopic = \"t\" # from \"OBMONITOR_KAFKA_TOPIC\"\n"));
    QVERIFY(toml.contains("\npartitions = 6\n"));
}

void tst_ConfigPrint::theInstalledFileHoldsTheDefaults()
{
    ConfigSources sources;
    sources.file = OBM_DEFAULT_CONFIG;
    const auto loaded = loadConfig(sources);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().line().c_str());
    compareConfigs(loaded->config, Config());
    for (const ConfigKey& key : configKeys())
        QVERIFY2(loaded->origins.contains(key.name), key.name.c_str());
}

void tst_ConfigPrint::saysThatItIsValid()
{
    LoadedConfig loaded;
    QCOMPARE(validLine(loaded), std::string("configuration is valid (no file)"));
    loaded.files = {"/etc/obmonitor/obmonitor.toml"};
    QCOMPARE(validLine(loaded), std::string("configuration is valid (/etc/obmonitor/obmonitor.toml)"));
}

QTEST_GUILESS_MAIN(tst_ConfigPrint)
#include "tst_config_print.moc"
