// The effective configuration: one plain struct per section of the TOML file, defaults included.
// Why: every part of the pipeline takes its own section by value and knows neither files nor the environment.
// Thread: immutable after loading; copy freely.
#pragma once

#include "market/depth_speed.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace obm {

enum class Role { All, Producer, Handler, Viewer };
enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

struct PipelineConfig
{
    Role role = Role::All;
};

struct ExchangeConfig
{
    std::string wsUrl = "wss://fstream.binance.com/public/stream"; // "local": the built-in exchange
    std::string restUrl = "https://fapi.binance.com";              // "local" in both or in neither
    std::vector<std::string> symbols = {"BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "XRPUSDT"};
    bool allSymbols = false; // symbols = "all": every TRADING perpetual; `symbols` is then empty
    DepthSpeed depthSpeed = DepthSpeed::Ms250;
    int snapshotLimit = 1000;
    int weightPerMinute = 1200; // what this process may use in a UTC minute

    [[nodiscard]] bool isLocal() const { return restUrl == "local"; }
};

struct KafkaConfig
{
    std::string bootstrapServers = "localhost:9092"; // "embedded": librdkafka's broker inside the process
    std::string topic = "orderbook_update";
    int partitions = 6;
    int replicationFactor = -1; // the broker's default
    int retentionMinutes = 60;
    std::string groupId = "ob_consumers";
    std::string instanceId; // group.instance.id
    std::string autoOffsetReset = "latest";
    int lingerMs = 10;
    std::string compression = "lz4";
    std::map<std::string, std::string> properties; // handed to librdkafka as they are

    [[nodiscard]] bool isEmbedded() const { return bootstrapServers == "embedded"; }
};

struct RedisConfig
{
    std::string url = "redis://localhost:6379/0"; // "embedded": a private redis-server child
    std::string username;
    std::string password;
    std::string liveKey = "LIVE_ORDERBOOK";
    int liveLevels = 10;
    int liveIntervalMs = 100;
    std::string fullKey = "orderbook:{symbol}:latest";
    int fullIntervalMs = 1000; // 0 turns the full book off

    [[nodiscard]] bool isEmbedded() const { return url == "embedded"; }
};

struct MetricsConfig
{
    std::string listen = "127.0.0.1:9464"; // "" turns it off
};

struct ViewerConfig
{
    std::string metricsUrl; // of the process looked at: http://host:port/metrics; "": its metrics are not read
};

struct LogConfig
{
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text;
};

struct Config
{
    PipelineConfig pipeline;
    ExchangeConfig exchange;
    KafkaConfig kafka;
    RedisConfig redis;
    MetricsConfig metrics;
    ViewerConfig viewer;
    LogConfig log;
    bool simulated = false; // the built-in exchange: say SIMULATED wherever data shows
};

} // namespace obm
