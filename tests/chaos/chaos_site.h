// The whole of a site with several handlers, each part of which a test may kill, freeze and bring back: one exchange,
// one producer, two handlers, a real Kafka, one Redis. A watch looks at the books all the time. Thread: that of the
// test.
#pragma once

#include "support/kafka_process.h"
#include "support/site.h"

#include <QElapsedTimer>

#include <cstdint>
#include <memory>
#include <optional>

namespace obm::test {

enum class Part { Exchange, Producer, Handler, OtherHandler, Kafka, Redis };

class ChaosSite
{
public:
    static constexpr int limitMs = 90'000; // beyond every promise: what takes longer is broken for good

    // kafka: outlives the site.
    ChaosSite(std::shared_ptr<KafkaProcess> kafka, std::uint64_t seed, const Program::Variables& variables = {});

    void kill(Part part); // -9
    void start(Part part);
    void freeze(Part part);
    void thaw(Part part);
    // A new one: a connection that was cut within a minute waits up to 30 s for the next, and this one's was never cut.
    [[nodiscard]] bool renewProducer();
    // The handlers' wall clock is, by what they say in Redis.
    [[nodiscard]] bool isClockOff();
    // A second producer on the topic.
    void startRival();
    void killRival();

    // Time passes, events are handled.
    static void pass(int ms);
    // The faults before have left weight in this minute, or the next one begins: a promise holds while there is some.
    [[nodiscard]] bool awaitWeight();
    // Every book is live and farther than the exchange was at the call. The time it took; none: it did not.
    [[nodiscard]] std::optional<qint64> awaitRight();
    [[nodiscard]] QString fault() { return m_site.fault(); }

    [[nodiscard]] ExchangeProcess& exchange() { return m_site.exchange; }
    [[nodiscard]] RedisProcess& redis() { return m_site.redis; }
    [[nodiscard]] BookWatch& watch() { return m_site.watch; }
    [[nodiscard]] Site& site() { return m_site; }
    void showOutputOnFailure() const { m_site.showOutputOnFailure(); }

private:
    void run(const QString& name, const QString& role);
    void signal(Part part, int number);
    [[nodiscard]] static QString nameOf(Part part);
    [[nodiscard]] bool hasNewsSince(const TruthReader& truth);

    Site m_site;
    std::shared_ptr<KafkaProcess> m_kafka;
    Program::Variables m_variables;
    std::optional<TruthReader> m_truthOfTheOld; // that was killed
};

} // namespace obm::test
