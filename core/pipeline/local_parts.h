// What a configuration asks to run inside this process: the local exchange, librdkafka's broker, a private
// redis-server. They are started before the stages, and the configuration that the stages get names their real
// addresses. Thread: made and destroyed in the main thread (the redis-server ends with the thread that started it); the
// local exchange has a thread of its own.
#pragma once

#include "config/config.h"
#include "kafka/embedded_broker.h"
#include "localexchange/local_exchange.h"
#include "pipeline/stage_thread.h"
#include "redis/embedded_server.h"

#include <QString>

#include <expected>
#include <memory>

namespace obm {

class LocalParts
{
public:
    static constexpr int exchangeStartMs = 5'000;

    LocalParts();
    ~LocalParts();

    // The configuration with "local" and "embedded" replaced by addresses; the error is one line.
    [[nodiscard]] std::expected<Config, QString> start(const Config& config);
    // Beside an embedded redis-server, so that a viewer finds it.
    void announcePeers(const std::string& kafka, const std::string& metrics);
    // For tests and for `--demo`'s operator: breaks something at the local exchange, if there is one.
    void inject(const Fault& fault);

private:
    [[nodiscard]] std::expected<void, QString> startExchange(Config& config);

    StageThread<LocalExchange> m_exchange{QStringLiteral("obm-exchange")};
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<EmbeddedServer> m_redis;
};

} // namespace obm
