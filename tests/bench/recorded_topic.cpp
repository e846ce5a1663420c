#include "bench/recorded_topic.h"

#include "kafka/kafka_conf.h"
#include "kafka/topic_calls.h"

#include <librdkafka/rdkafka.h>

#include <QEventLoop>

#include <limits>

namespace obm::bench {

namespace {

constexpr double atOnce = 1e9; // times the recorded speed
constexpr int deadlineMs = 60'000;
constexpr const char* transactionLimitMs = "900000"; // the most that a broker allows by default

std::expected<ClientHandle, std::string> openProducer(const KafkaConfig& config, const std::string& transaction)
{
    auto conf = makeConf(config, ClientRole::Producer);
    if (!conf)
        return std::unexpected(conf.error().text);
    if (!transaction.empty()) {
        rd_kafka_conf_set(conf->get(), "transactional.id", transaction.c_str(), nullptr, 0);
        rd_kafka_conf_set(conf->get(), "transaction.timeout.ms", transactionLimitMs, nullptr, 0);
    }
    auto client = makeClient(std::move(*conf), ClientRole::Producer, config);
    if (!client)
        return std::unexpected(client.error().text);
    if (transaction.empty())
        return std::move(*client);
    for (const auto step : {+[](rd_kafka_t* producer) { return rd_kafka_init_transactions(producer, deadlineMs); },
                            +[](rd_kafka_t* producer) { return rd_kafka_begin_transaction(producer); }})
        if (const ErrorHandle error(step(client->get())); error)
            return std::unexpected(kafkaError(*error).text);
    return std::move(*client);
}

} // namespace

std::expected<std::unique_ptr<RecordedTopic>, std::string> RecordedTopic::create(const KafkaConfig& config,
                                                                                 localexchange::Recording recording)
{
    auto calls = TopicCalls::connect(config);
    if (!calls)
        return std::unexpected(calls.error().text);
    if (const auto made = calls->create({}); !made)
        return std::unexpected(made.error().text);
    auto head = openProducer(config, {});
    auto rest = openProducer(config, config.topic);
    if (!head || !rest)
        return std::unexpected((head ? rest : head).error());
    std::unique_ptr<RecordedTopic> topic(new RecordedTopic(config, std::move(recording)));
    topic->m_head = std::move(*head);
    topic->m_rest = std::move(*rest);
    return topic;
}

RecordedTopic::RecordedTopic(const KafkaConfig& config, localexchange::Recording recording)
    : m_config(config)
    , m_market(std::move(recording), atOnce, true)
{
    for (const localexchange::Listing& listing : m_market.listings())
        m_symbols.push_back(listing.symbol);
}

bool RecordedTopic::fill(std::int64_t messages)
{
    QEventLoop loop;
    m_market.onEvent = [this](const localexchange::MarketEvent& event) { produce(event); };
    m_market.isBehind = [&] { // asked after each turn: what holds the play back is that there is enough
        if (m_isWell && m_count < messages)
            return false;
        loop.quit();
        return true;
    };
    m_market.play();
    loop.exec();
    m_isWell = m_isWell && rd_kafka_flush(m_rest.get(), deadlineMs) == RD_KAFKA_RESP_ERR_NO_ERROR;
    return m_isWell;
}

void RecordedTopic::produce(const localexchange::MarketEvent& event)
{
    const std::string& symbol = m_symbols[event.symbol];
    rd_kafka_t* producer = (m_count < headMessages ? m_head : m_rest).get();
    const auto code = rd_kafka_producev(
        producer, RD_KAFKA_V_TOPIC(m_config.topic.c_str()), RD_KAFKA_V_KEY(symbol.data(), symbol.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(event.data.data()), event.data.size()),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK), RD_KAFKA_V_END);
    m_isWell = m_isWell && code == RD_KAFKA_RESP_ERR_NO_ERROR;
    m_bytes += static_cast<std::int64_t>(event.data.size());
    if (++m_count == headMessages) // before the rest in each partition
        m_isWell = m_isWell && rd_kafka_flush(producer, deadlineMs) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool RecordedTopic::reveal()
{
    const ErrorHandle error(rd_kafka_commit_transaction(m_rest.get(), deadlineMs));
    return m_isWell && !error;
}

localexchange::BookText RecordedTopic::lastBook(std::size_t symbol) const
{
    return m_market.book(symbol, std::numeric_limits<std::size_t>::max());
}

} // namespace obm::bench
