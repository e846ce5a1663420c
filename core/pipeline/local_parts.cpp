#include "pipeline/local_parts.h"

#include <QStringList>

#include <future>

namespace obm {

LocalParts::LocalParts() = default;
LocalParts::~LocalParts() = default;

std::expected<Config, QString> LocalParts::start(const Config& config)
{
    Config actual = config;
    const Role role = config.pipeline.role;
    if (config.redis.isEmbedded() && role != Role::Producer) {
        auto server = EmbeddedServer::start(config.simulated, config.exchange.symbols);
        if (!server)
            return std::unexpected(QString::fromStdString(server.error().text));
        m_redis = std::move(*server);
        actual.redis.url = m_redis->url();
    }
    if (config.kafka.isEmbedded()) {
        auto broker = EmbeddedBroker::start(config.kafka);
        if (!broker)
            return std::unexpected(QString::fromStdString(broker.error().text));
        m_broker = std::move(*broker);
        actual.kafka.bootstrapServers = m_broker->bootstrapServers();
    }
    if (config.exchange.isLocal())
        if (const auto started = startExchange(actual); !started)
            return std::unexpected(started.error());
    return actual;
}

std::expected<void, QString> LocalParts::startExchange(Config& config)
{
    LocalExchangeOptions options;
    for (const std::string& symbol : config.exchange.symbols)
        options.symbols << QString::fromStdString(symbol);
    struct Addresses
    {
        QString ws;
        QString rest;
        QString error;
    };
    auto ready = std::make_shared<std::promise<Addresses>>();
    m_exchange.start([options, ready] {
        auto exchange = std::make_unique<LocalExchange>(options);
        const auto started = exchange->start();
        ready->set_value(started ? Addresses{exchange->wsUrl().toString(), exchange->restUrl().toString(), {}}
                                 : Addresses{{}, {}, started.error()});
        return exchange;
    });
    auto answer = ready->get_future();
    if (answer.wait_for(std::chrono::milliseconds(exchangeStartMs)) != std::future_status::ready)
        return std::unexpected(
            QStringLiteral("the local exchange did not start within %1 s").arg(exchangeStartMs / 1000));
    const Addresses addresses = answer.get();
    if (!addresses.error.isEmpty())
        return std::unexpected(addresses.error);
    config.exchange.wsUrl = addresses.ws.toStdString();
    config.exchange.restUrl = addresses.rest.toStdString();
    return {};
}

void LocalParts::announcePeers(const std::string& kafka, const std::string& metrics)
{
    if (m_redis)
        m_redis->announcePeers(kafka, metrics);
}

void LocalParts::inject(const Fault& fault)
{
    m_exchange.post([fault](LocalExchange& exchange) { exchange.inject(fault); });
}

} // namespace obm
