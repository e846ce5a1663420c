#include "kafka/kafka_conf.h"

#include "config/reserved_kafka_properties.h"
#include "config/secret_text.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <utility>

namespace obm {
namespace {

struct Setting
{
    std::string name;
    std::string value;
    std::string configKey; // where the value comes from the configuration
};
using Settings = std::vector<Setting>;

constexpr std::size_t errorTextMax = 512;

Settings commonSettings(const KafkaConfig& config)
{
    return {
        {"bootstrap.servers", config.bootstrapServers, "kafka.bootstrap_servers"},
        {"client.id", "obmonitor", {}},
        {"socket.nagle.disable", "true", {}}, // librdkafka leaves Nagle on: up to 40 ms with delayed acknowledgement
        {"socket.keepalive.enable", "true", {}},
        {"reconnect.backoff.max.ms", "2000", {}}, // 10 s by default: too long to be away after a restart
        {"log.queue", "true", {}},                // log lines come in the owner's thread
    };
}

Settings producerSettings(const KafkaConfig& config)
{
    return {
        {"linger.ms", std::to_string(config.lingerMs), "kafka.linger_ms"},
        {"compression.codec", config.compression, "kafka.compression"},
        {"enable.idempotence", "true", {}},
        {"partitioner", "murmur2_random", {}},
        {"message.timeout.ms", std::to_string(Producer::messageTimeoutMs), {}},
        {"queue.buffering.max.messages", std::to_string(Producer::queueMessagesMax), {}},
        {"queue.buffering.max.kbytes", std::to_string(Producer::queueKbytesMax), {}},
        {"statistics.interval.ms", std::to_string(Producer::statisticsIntervalMs), {}},
    };
}

Settings consumerSettings(const KafkaConfig& config)
{
    Settings settings = {
        {"group.id", config.groupId, "kafka.group_id"},
        {"auto.offset.reset", config.autoOffsetReset, "kafka.auto_offset_reset"},
        {"session.timeout.ms", "6000", {}},
        {"heartbeat.interval.ms", "1000", {}},
        // Statistics wake the thread each second, so only a thread that hangs gets this far.
        {"max.poll.interval.ms", "30000", {}},
        {"partition.assignment.strategy", "range,roundrobin", {}}, // eager: see consumer.h
        {"enable.auto.commit", "true", {}},
        {"auto.commit.interval.ms", "1000", {}},
        {"enable.auto.offset.store", "false", {}}, // what is applied is committed, not what is fetched
        {"enable.partition.eof", "false", {}},
        // The embedded broker holds an empty fetch this long even if messages come; a real one answers at the first
        // byte, and an idle group costs it 50 small requests a second.
        {"fetch.wait.max.ms", "20", {}},
        {"queued.max.messages.kbytes", std::to_string(Consumer::queueKbytesMax), {}},
        {"topic.metadata.refresh.interval.ms", "5000", {}}, // how soon a topic made later is seen; 5 min by default
        {"statistics.interval.ms", std::to_string(Consumer::statisticsIntervalMs), {}},
    };
    if (!config.instanceId.empty())
        settings.push_back({"group.instance.id", config.instanceId, "kafka.instance_id"});
    return settings;
}

Settings ownSettings(const KafkaConfig& config, ClientRole role)
{
    Settings settings = commonSettings(config);
    Settings more;
    if (role == ClientRole::Producer)
        more = producerSettings(config);
    else if (role == ClientRole::Consumer)
        more = consumerSettings(config);
    settings.insert(settings.end(), more.begin(), more.end());
    // Only this program makes the topic, with its partitions; a broker that makes it by itself would win the race.
    settings.push_back({"allow.auto.create.topics", "false", {}});
    return settings;
}

// One line, whatever librdkafka ends its sentence with.
KafkaError settingError(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    text.erase(text.find_last_not_of(' ') + 1);
    return kafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, std::move(text));
}

// Only newer versions know it: without it a full local queue pauses fetching for a second.
void setWhereKnown(rd_kafka_conf_t& conf, const char* name, const char* value)
{
    std::array<char, errorTextMax> text{};
    rd_kafka_conf_set(&conf, name, value, text.data(), text.size());
}

std::expected<void, KafkaError> applyOwn(rd_kafka_conf_t& conf, const Setting& setting)
{
    std::array<char, errorTextMax> text{};
    if (rd_kafka_conf_set(&conf, setting.name.c_str(), setting.value.c_str(), text.data(), text.size()) ==
        RD_KAFKA_CONF_OK)
        return {};
    const std::string& key = setting.configKey.empty() ? setting.name : setting.configKey;
    return std::unexpected(settingError(key + ": " + text.data()));
}

std::expected<void, KafkaError> applyProperty(rd_kafka_conf_t& conf, const std::string& name, const std::string& value)
{
    const std::string key = "kafka.properties." + name;
    if (reservedKafkaProperties().contains(name))
        return std::unexpected(settingError(key + ": is set by obmonitor itself"));
    std::array<char, errorTextMax> text{};
    switch (rd_kafka_conf_set(&conf, name.c_str(), value.c_str(), text.data(), text.size())) {
    case RD_KAFKA_CONF_OK:
        return {};
    case RD_KAFKA_CONF_UNKNOWN:
        return std::unexpected(settingError(key + ": librdkafka " + rd_kafka_version_str() + " has no such property"));
    case RD_KAFKA_CONF_INVALID:
        break;
    }
    if (isSecretKafkaProperty(name))
        return std::unexpected(settingError(key + ": the value is not accepted"));
    return std::unexpected(settingError(key + ": " + text.data()));
}

} // namespace

std::string withoutSecrets(std::string text, const KafkaConfig& config)
{
    for (const auto& [name, value] : config.properties) {
        if (!isSecretKafkaProperty(name))
            continue;
        text = withoutSecret(std::move(text), value);
        if (const std::size_t at = text.find(name); at != std::string::npos)
            text.resize(at + name.size()); // "Unrecognized ... beginning at:" and then a part of it
    }
    return text;
}

std::vector<std::string> ownProperties(const KafkaConfig& config, ClientRole role)
{
    std::vector<std::string> names;
    for (const Setting& setting : ownSettings(config, role))
        names.push_back(setting.name);
    return names;
}

std::expected<ConfHandle, KafkaError> makeConf(const KafkaConfig& config, ClientRole role)
{
    ConfHandle conf(rd_kafka_conf_new());
    for (const Setting& setting : ownSettings(config, role)) {
        if (auto set = applyOwn(*conf, setting); !set)
            return std::unexpected(std::move(set.error()));
    }
    if (role == ClientRole::Consumer)
        setWhereKnown(*conf, "fetch.queue.backoff.ms", "20");
    for (const auto& [name, value] : config.properties) {
        if (auto set = applyProperty(*conf, name, value); !set)
            return std::unexpected(std::move(set.error()));
    }
    return conf;
}

std::expected<ClientHandle, KafkaError> makeClient(ConfHandle conf, ClientRole role, const KafkaConfig& config)
{
    std::array<char, errorTextMax> text{};
    const auto type = role == ClientRole::Consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
    ClientHandle client(rd_kafka_new(type, conf.get(), text.data(), text.size()));
    if (!client)
        return std::unexpected(settingError("kafka: " + withoutSecrets(text.data(), config)));
    [[maybe_unused]] const auto* nowOwnedByTheClient = conf.release();
    return client;
}

} // namespace obm
