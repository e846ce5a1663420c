// The table. Defaults are those of the structs in config.h; the limits of numbers are here, those of texts in
// config_rules.h.
#include "config/config_key.h"
#include "config/config_rules.h"
#include "config/key_rows.h"
#include "config/redis_url.h"
#include "config/reserved_kafka_properties.h"

#include <set>

namespace obm {

namespace {

using key_rows::Field;
using key_rows::number;
using key_rows::oneNumberOf;
using key_rows::oneWordOf;
using key_rows::range;
using key_rows::text;

constexpr int weightLeast = 2; // the cheapest snapshot
constexpr int weightMost = 1'000'000;
constexpr int partitionsMost = 10'000;
constexpr int replicasMost = 1'000;
constexpr int retentionMinutesMost = 366 * 24 * 60;
constexpr int lingerMsMost = 10'000;
constexpr int liveLevelsMost = 1'000; // a snapshot has no more
constexpr int liveIntervalMsMost = 60'000;
constexpr int fullIntervalMsMost = 3'600'000;

constexpr std::string_view everySymbol = "all";

ConfigKey secret(ConfigKey key)
{
    key.secret = true;
    return key;
}

std::vector<ConfigKey> pipelineKeys()
{
    return {
        oneWordOf<PipelineConfig, Role>(
            "pipeline.role", {&Config::pipeline, &PipelineConfig::role},
            {{"all", Role::All}, {"producer", Role::Producer}, {"handler", Role::Handler}, {"viewer", Role::Viewer}}),
    };
}

// "btcusdt" is BTCUSDT; one that is named twice counts once, in the place of the first.
std::vector<std::string> tidySymbols(const std::vector<std::string>& given)
{
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    std::vector<std::string> symbols;
    std::set<std::string> seen;
    for (std::string symbol : given) {
        std::ranges::transform(symbol, symbol.begin(), upper);
        if (seen.insert(symbol).second)
            symbols.push_back(std::move(symbol));
    }
    return symbols;
}

bool isSymbols(const ConfigValue& value)
{
    if (const auto* word = std::get_if<std::string>(&value))
        return *word == everySymbol;
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    return list != nullptr && !list->empty() && list->size() <= symbolsMax && std::ranges::all_of(*list, isSymbol);
}

ConfigKey symbolsKey()
{
    ConfigKey key;
    key.name = "exchange.symbols";
    key.type = ConfigType::TextOrList;
    key.expected = fmt::format("\"all\" or a list of 1 to {} symbols", symbolsMax);
    key.problem = [expected = key.expected](const ConfigValue& value) -> std::optional<std::string> {
        return isSymbols(value) ? std::nullopt : std::optional("expected " + expected);
    };
    key.read = [](const Config& config) {
        return config.exchange.allSymbols ? ConfigValue(std::string(everySymbol))
                                          : ConfigValue(config.exchange.symbols);
    };
    key.write = [](Config& config, const ConfigValue& value) {
        const auto* list = std::get_if<std::vector<std::string>>(&value);
        config.exchange.allSymbols = list == nullptr;
        config.exchange.symbols = list == nullptr ? std::vector<std::string>() : tidySymbols(*list);
    };
    return key;
}

std::vector<ConfigKey> exchangeKeys()
{
    using E = ExchangeConfig;
    constexpr auto section = &Config::exchange;
    const auto isWsUrl = [](std::string_view url) { return url == "local" || isUrl(url, {"ws", "wss"}); };
    const auto isRestUrl = [](std::string_view url) { return url == "local" || isUrl(url, {"http", "https"}); };
    return {
        text<E>("exchange.ws_url", {section, &E::wsUrl}, "a ws:// or wss:// URL, or \"local\"", isWsUrl),
        text<E>("exchange.rest_url", {section, &E::restUrl}, "an http:// or https:// URL, or \"local\"", isRestUrl),
        symbolsKey(),
        oneWordOf<E, DepthSpeed>(
            "exchange.depth_speed", {section, &E::depthSpeed},
            {{"100ms", DepthSpeed::Ms100}, {"250ms", DepthSpeed::Ms250}, {"500ms", DepthSpeed::Ms500}}),
        oneNumberOf<E>("exchange.snapshot_limit", {section, &E::snapshotLimit}, {5, 10, 20, 50, 100, 500, 1000}),
        range<E>("exchange.weight_per_minute", {section, &E::weightPerMinute}, weightLeast, weightMost),
    };
}

std::vector<ConfigKey> kafkaKeys()
{
    using K = KafkaConfig;
    constexpr auto section = &Config::kafka;
    const std::string kafkaName = fmt::format("1 to {} letters, digits, '.', '_' or '-'", kafkaNameBytesMax);
    const auto isGroup = [](std::string_view name) { return !name.empty() && isPlainText(name); };
    const auto isInstance = [](std::string_view name) { return name.empty() || isKafkaName(name); };
    const auto isReplication = [](std::int64_t factor) {
        return factor == -1 || (factor >= 1 && factor <= replicasMost);
    };
    return {
        text<K>("kafka.bootstrap_servers", {section, &K::bootstrapServers}, "host:port,host:port or \"embedded\"",
                isServerList),
        text<K>("kafka.topic", {section, &K::topic}, kafkaName, isKafkaName),
        range<K>("kafka.partitions", {section, &K::partitions}, 1, partitionsMost),
        number<K>("kafka.replication_factor", {section, &K::replicationFactor},
                  fmt::format("-1 (the broker's default) or a whole number from 1 to {}", replicasMost), isReplication),
        range<K>("kafka.retention_minutes", {section, &K::retentionMinutes}, 1, retentionMinutesMost),
        text<K>("kafka.group_id", {section, &K::groupId}, "text that is not empty", isGroup),
        text<K>("kafka.instance_id", {section, &K::instanceId}, "nothing, or " + kafkaName, isInstance),
        oneWordOf<K>("kafka.auto_offset_reset", {section, &K::autoOffsetReset}, {"latest", "earliest"}),
        range<K>("kafka.linger_ms", {section, &K::lingerMs}, 0, lingerMsMost),
        oneWordOf<K>("kafka.compression", {section, &K::compression}, {"none", "gzip", "snappy", "lz4", "zstd"}),
    };
}

ConfigKey redisUrlKey()
{
    constexpr auto isAnyText = [](std::string_view) { return true; };
    ConfigKey key = text<RedisConfig>("redis.url", {&Config::redis, &RedisConfig::url},
                                      "redis://user@host:port/db, unix:///path?db=N or \"embedded\"", isAnyText);
    key.problem = [](const ConfigValue& value) -> std::optional<std::string> {
        const auto url = parseRedisUrl(std::get<std::string>(value));
        return url ? std::nullopt : std::optional(url.error());
    };
    return key;
}

std::vector<ConfigKey> redisKeys()
{
    using R = RedisConfig;
    constexpr auto section = &Config::redis;
    const std::string plain = fmt::format("at most {} bytes of UTF-8 without control characters", plainTextBytesMax);
    return {
        redisUrlKey(),
        text<R>("redis.username", {section, &R::username}, plain, isPlainText),
        secret(text<R>("redis.password", {section, &R::password}, plain, isPlainText)),
        text<R>("redis.live_key", {section, &R::liveKey},
                "the name of a key, without {symbol}, not under obmonitor:", isLiveKey),
        range<R>("redis.live_levels", {section, &R::liveLevels}, 1, liveLevelsMost),
        range<R>("redis.live_interval_ms", {section, &R::liveIntervalMs}, 1, liveIntervalMsMost),
        text<R>(
            "redis.full_key", {section, &R::fullKey},
            "the name of a key with {symbol} in it once, not that of the status and not under obmonitor:", isFullKey),
        range<R>("redis.full_interval_ms", {section, &R::fullIntervalMs}, 0, fullIntervalMsMost),
    };
}

std::vector<ConfigKey> outputKeys()
{
    const auto isListen = [](std::string_view address) { return address.empty() || isListenAddress(address); };
    const auto isMetricsUrl = [](std::string_view url) { return url.empty() || isUrl(url, {"http"}); };
    return {
        text<MetricsConfig>("metrics.listen", {&Config::metrics, &MetricsConfig::listen},
                            "host:port, [ipv6]:port, or nothing to turn it off", isListen),
        text<ViewerConfig>("viewer.metrics_url", {&Config::viewer, &ViewerConfig::metricsUrl},
                           "an http:// URL, or nothing", isMetricsUrl),
        oneWordOf<LogConfig, LogLevel>("log.level", {&Config::log, &LogConfig::level},
                                       {{"debug", LogLevel::Debug},
                                        {"info", LogLevel::Info},
                                        {"warning", LogLevel::Warning},
                                        {"error", LogLevel::Error}}),
        oneWordOf<LogConfig, LogFormat>("log.format", {&Config::log, &LogConfig::format},
                                        {{"text", LogFormat::Text}, {"json", LogFormat::Json}}),
    };
}

} // namespace

const std::vector<ConfigKey>& configKeys()
{
    static const std::vector<ConfigKey> keys = [] {
        std::vector<ConfigKey> all;
        for (const auto& part : {pipelineKeys(), exchangeKeys(), kafkaKeys(), redisKeys(), outputKeys()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return keys;
}

ConfigKey propertyKey(const std::string& property)
{
    ConfigKey key;
    key.name = std::string(propertySection) + "." + property;
    key.type = ConfigType::Property;
    key.expected = "text, a whole number or true/false";
    key.secret = isSecretKafkaProperty(property);
    key.problem = [property](const ConfigValue& value) -> std::optional<std::string> {
        if (!isPropertyName(property))
            return "expected the name of a property of librdkafka";
        if (reservedKafkaProperties().contains(property))
            return "expected a property that obmonitor does not set itself";
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || !isPropertyValue(*text))
            return "expected UTF-8 without NUL";
        return std::nullopt;
    };
    key.read = [property](const Config& config) {
        const auto found = config.kafka.properties.find(property);
        return ConfigValue(found == config.kafka.properties.end() ? std::string() : found->second);
    };
    key.write = [property](Config& config, const ConfigValue& value) {
        config.kafka.properties[property] = std::get<std::string>(value);
    };
    return key;
}

} // namespace obm
