// The [kafka] section becomes librdkafka settings; what cannot be used is refused with the key, and never with a
// secret.
#include "config/reserved_kafka_properties.h"
#include "kafka/kafka_conf.h"
#include "kafka/kafka_settings.h"

#include <librdkafka/rdkafka.h>

#include <QtTest/QtTest>

#include <array>
#include <map>

using obm::ClientRole;
using obm::KafkaConfig;

namespace {

std::string valueIn(const rd_kafka_conf_s& conf, const char* name)
{
    std::array<char, 512> value{};
    std::size_t size = value.size();
    if (rd_kafka_conf_get(&conf, name, value.data(), &size) != RD_KAFKA_CONF_OK)
        return "(unknown)";
    return value.data();
}

} // namespace

class TestKafkaSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreAccepted();
    void setsWhatTheContractSays_data();
    void setsWhatTheContractSays();
    void everythingItSetsIsReserved();
    void everythingReservedIsRefused();
    void passesOtherPropertiesOn();
    void refusesBadValues_data();
    void refusesBadValues();
    void knowsSecrets_data();
    void knowsSecrets();
    void takesSecretsOutOfSentences();
};

void TestKafkaSettings::defaultsAreAccepted()
{
    const auto checked = obm::checkKafkaSettings(KafkaConfig());
    QVERIFY2(checked, checked ? "" : checked.error().text.c_str());
}

void TestKafkaSettings::setsWhatTheContractSays_data()
{
    QTest::addColumn<bool>("isProducer");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");

    const auto row = [](bool isProducer, const char* name, const char* value) {
        QTest::newRow(name) << isProducer << QByteArray(name) << QByteArray(value);
    };
    row(true, "compression.codec", "lz4");
    row(true, "linger.ms", "10");
    row(true, "enable.idempotence", "true");
    row(true, "partitioner", "murmur2_random");
    row(true, "message.timeout.ms", "30000");
    row(true, "socket.nagle.disable", "true");
    row(false, "group.id", "ob_consumers");
    row(false, "session.timeout.ms", "6000");
    row(false, "heartbeat.interval.ms", "1000");
    row(false, "auto.commit.interval.ms", "1000");
    row(false, "enable.auto.offset.store", "false");
    row(false, "auto.offset.reset", "largest"); // librdkafka's name of "latest"
    row(false, "partition.assignment.strategy", "range,roundrobin");
}

void TestKafkaSettings::setsWhatTheContractSays()
{
    QFETCH(bool, isProducer);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const auto conf = obm::makeConf(KafkaConfig(), isProducer ? ClientRole::Producer : ClientRole::Consumer);
    QVERIFY(conf);
    QCOMPARE(QByteArray::fromStdString(valueIn(**conf, name)), value);
}

void TestKafkaSettings::everythingItSetsIsReserved()
{
    KafkaConfig config;
    config.instanceId = "handler-1";
    for (const ClientRole role : {ClientRole::Producer, ClientRole::Consumer, ClientRole::Admin}) {
        for (const std::string& name : obm::ownProperties(config, role))
            QVERIFY2(obm::reservedKafkaProperties().contains(name), name.c_str());
    }
}

void TestKafkaSettings::everythingReservedIsRefused()
{
    for (const std::string& name : obm::reservedKafkaProperties()) {
        KafkaConfig config;
        config.properties[name] = "1";
        const auto checked = obm::checkKafkaSettings(config);
        QVERIFY2(!checked, name.c_str());
        QCOMPARE(checked.error().text, "kafka.properties." + name + ": is set by obmonitor itself");
    }
}

void TestKafkaSettings::passesOtherPropertiesOn()
{
    KafkaConfig config;
    config.properties = {{"message.max.bytes", "2000000"}, {"client.rack", "a"}, {"request.required.acks", "-1"}};
    for (const ClientRole role : {ClientRole::Producer, ClientRole::Consumer, ClientRole::Admin}) {
        const auto conf = obm::makeConf(config, role);
        QVERIFY(conf);
        QCOMPARE(valueIn(**conf, "message.max.bytes"), std::string("2000000"));
        QCOMPARE(valueIn(**conf, "client.rack"), std::string("a"));
    }
    QVERIFY(obm::checkKafkaSettings(config));
}

void TestKafkaSettings::refusesBadValues_data()
{
    QTest::addColumn<QByteArray>("key"); // of the configuration, or a property
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("saidFirst");

    const auto row = [](const char* name, const char* key, const char* value, const char* saidFirst) {
        QTest::newRow(name) << QByteArray(key) << QByteArray(value) << QByteArray(saidFirst);
    };
    row("no broker", "bootstrap_servers", "", "kafka.bootstrap_servers: ");
    row("no such codec", "compression", "middle-out", "kafka.compression: ");
    row("no such reset", "auto_offset_reset", "yesterday", "kafka.auto_offset_reset: ");
    row("unknown property", "no.such.property", "1", "kafka.properties.no.such.property: librdkafka ");
    row("not a number", "message.max.bytes", "big", "kafka.properties.message.max.bytes: ");
    row("out of range", "message.max.bytes", "1", "kafka.properties.message.max.bytes: ");
    row("not a choice", "security.protocol", "carrier_pigeon", "kafka.properties.security.protocol: ");
    row("a callback", "dr_msg_cb", "x", "kafka.properties.dr_msg_cb: ");
    row("acks against idempotence", "request.required.acks", "0", "kafka: ");
    row("no such mechanism", "sasl.mechanisms", "NONESUCH", "kafka: ");
}

void TestKafkaSettings::refusesBadValues()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, saidFirst);
    KafkaConfig config;
    std::map<QByteArray, std::string*> keys = {{"bootstrap_servers", &config.bootstrapServers},
                                               {"compression", &config.compression},
                                               {"auto_offset_reset", &config.autoOffsetReset}};
    if (const auto found = keys.find(key); found != keys.end())
        *found->second = value.toStdString();
    else
        config.properties[key.toStdString()] = value.toStdString();
    if (key == "sasl.mechanisms")
        config.properties["security.protocol"] = "sasl_plaintext";

    const auto checked = obm::checkKafkaSettings(config);
    QVERIFY(!checked);
    const auto text = QByteArray::fromStdString(checked.error().text);
    QVERIFY2(text.startsWith(saidFirst), text);
    QVERIFY2(text.size() > saidFirst.size(), text);
    QVERIFY2(!text.contains('\n'), text);
}

void TestKafkaSettings::knowsSecrets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isSecret");

    for (const char* name : {"sasl.password", "ssl.key.password", "ssl.keystore.password", "ssl.key.pem",
                             "sasl.oauthbearer.config", "sasl.oauthbearer.client.secret"})
        QTest::newRow(name) << QByteArray(name) << true;
    for (const char* name :
         {"sasl.username", "sasl.mechanisms", "ssl.ca.location", "sasl.oauthbearer.token.endpoint.url"})
        QTest::newRow(name) << QByteArray(name) << false;
}

void TestKafkaSettings::knowsSecrets()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isSecret);
    QCOMPARE(obm::isSecretKafkaProperty(name.toStdString()), isSecret);
    if (!isSecret)
        return;
    KafkaConfig config;
    config.properties[name.toStdString()] = "hunter2";
    if (const auto checked = obm::checkKafkaSettings(config); !checked)
        QVERIFY2(checked.error().text.find("hunter2") == std::string::npos, checked.error().text.c_str());
}

void TestKafkaSettings::takesSecretsOutOfSentences()
{
    KafkaConfig config;
    config.properties = {
        {"sasl.password", "*"}, {"sasl.oauthbearer.config", "hunter2 hunter3"}, {"sasl.username", "ann"}};
    QCOMPARE(obm::withoutSecrets("ann said * twice: *", config), std::string("ann said ******** twice: ********"));
    QCOMPARE(obm::withoutSecrets("Unrecognized sasl.oauthbearer.config beginning at: hunter3", config),
             std::string("Unrecognized sasl.oauthbearer.config"));
}

QTEST_GUILESS_MAIN(TestKafkaSettings)
#include "tst_kafka_settings.moc"
