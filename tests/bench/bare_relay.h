// librdkafka alone with obmonitor's own settings: what is sent goes to a topic of its own and comes back. The floor of
// every way through Kafka: the same linger, the same acknowledgement, the same fetch.
// Thread: send() in one; the messages come back in a thread of its own.
#pragma once

#include "bench/sent_log.h"
#include "config/config.h"
#include "kafka/handles.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace obm::bench {

class BareRelay
{
public:
    // Makes config.topic; sent outlives it. The error is one line.
    static std::expected<std::unique_ptr<BareRelay>, std::string> open(const KafkaConfig& config, const SentLog& sent);
    ~BareRelay();

    // data: a depth event of the symbol. It counts when the log knows it.
    void send(const std::string& symbol, std::string_view data);
    // Stops; from then on the times may be read.
    const Latencies& end();

private:
    BareRelay(const KafkaConfig& config, const SentLog& sent, ClientHandle producer, ClientHandle consumer);

    void run(const std::stop_token& stop);

    KafkaConfig m_config;
    const SentLog& m_sent;
    ClientHandle m_producer;
    ClientHandle m_consumer;
    Latencies m_latencies;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace obm::bench
