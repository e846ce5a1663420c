// What every librdkafka client tells besides its data: log lines, errors, statistics. Kept as status, said in the log
// once or at a limited rate; without the configuration's secrets.
// Thread: that of the client's owner: all of it comes through the client's main queue, from within rd_kafka_poll or
// rd_kafka_consumer_poll. Must outlive the client.
#pragma once

#include "config/config.h"
#include "kafka/broker_link.h"
#include "kafka/client_stats.h"
#include "kafka/kafka_error.h"
#include "log/rate_limit.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

struct rd_kafka_conf_s;
struct rd_kafka_s;

namespace obm {

class ClientEvents
{
public:
    // `name` begins each line: "producer". `owner` is for the callbacks that only one kind of client has.
    ClientEvents(std::string name, KafkaConfig config, void* owner);

    void install(rd_kafka_conf_s& conf);
    // An error that came with data or with a call; said like the others.
    void noteError(KafkaError error);
    // The client says that it is finished.
    void noteFatal(rd_kafka_s& client);
    // A message has arrived or was acknowledged: the proof does not have to wait for the statistics.
    void noteTraffic();
    [[nodiscard]] void* owner() const { return m_owner; }

    [[nodiscard]] const BrokerLinkStatus& broker() const { return m_link.status(); }
    [[nodiscard]] const ClientStats& stats() const { return m_stats; }
    [[nodiscard]] const std::optional<KafkaError>& lastError() const { return m_lastError; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& errors() const { return m_errors; }
    // Once there, the client is of no more use.
    [[nodiscard]] const std::optional<KafkaError>& fatalError() const { return m_fatalError; }

private:
    static constexpr std::size_t logKindsMax = 64;
    static constexpr int errorLinesMax = 1; // of a kind, in RateLimit's window

    struct Callbacks;
    void onLog(int level, const char* kind, const char* text);
    void onError(rd_kafka_s* client, int code, const char* reason);
    void onStats(const char* json, std::size_t size);
    void sayUp(const BrokerLinkStatus& before);
    void sayAway(const std::string& reason);
    [[nodiscard]] RateLimit& limitOf(const std::string& kind, int linesMax);

    std::string m_name;
    KafkaConfig m_config;
    void* m_owner;
    BrokerLink m_link;
    ClientStats m_stats;
    std::optional<KafkaError> m_lastError;
    bool m_isLastErrorSaid = false;
    std::optional<KafkaError> m_fatalError;
    std::map<std::string, std::uint64_t> m_errors;
    std::map<std::string, RateLimit> m_limits; // by kind of line
};

} // namespace obm
