// A Kafka topic filled with a recording, played again and again (the seam of the local exchange between the passes), as
// obmonitor's producer would: key = symbol, value = the data object, murmur2_random, lz4. Its head is there for every
// reader at once; the rest lies in one transaction and becomes readable, all of it in the same moment, with reveal():
// a reader that is live on the head then has a backlog of any length.
// Thread: that of the benchmark, with an event loop.
#pragma once

#include "config/config.h"
#include "kafka/handles.h"
#include "localexchange/recorded_market.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace obm::bench {

class RecordedTopic
{
public:
    static constexpr std::int64_t headMessages = 40; // each symbol's bridging event is among them

    // Makes config.topic; the error is one line.
    static std::expected<std::unique_ptr<RecordedTopic>, std::string> create(const KafkaConfig& config,
                                                                             localexchange::Recording recording);

    // Produces the head and, unseen, the rest of at least `messages`; returns false if Kafka refused a message.
    bool fill(std::int64_t messages);
    bool reveal();

    [[nodiscard]] std::int64_t messages() const { return m_count; }
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; } // of all values
    [[nodiscard]] const std::vector<std::string>& symbols() const { return m_symbols; }
    [[nodiscard]] std::int64_t lastId(std::size_t symbol) const { return m_market.book(symbol, 0).lastUpdateId; }
    [[nodiscard]] localexchange::BookText lastBook(std::size_t symbol) const; // all its levels

private:
    RecordedTopic(const KafkaConfig& config, localexchange::Recording recording);

    void produce(const localexchange::MarketEvent& event);

    KafkaConfig m_config;
    std::vector<std::string> m_symbols;
    localexchange::RecordedMarket m_market;
    ClientHandle m_head;
    ClientHandle m_rest;
    std::int64_t m_count = 0;
    std::int64_t m_bytes = 0;
    bool m_isWell = true;
};

} // namespace obm::bench
