#include "chaos/chaos_site.h"

#include <QDateTime>
#include <QTest>

#include <csignal>

namespace obm::test {

namespace {

const QStringList symbols{QStringLiteral("BTCUSDT"),  QStringLiteral("ETHUSDT"),     QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"),  QStringLiteral("ADAUSDT"),     QStringLiteral("XRPUSDT"),
                          QStringLiteral("DOGEUSDT"), QStringLiteral("1000SATSUSDT")};

} // namespace

ChaosSite::ChaosSite(std::shared_ptr<KafkaProcess> kafka, std::uint64_t seed, const Program::Variables& variables)
    : m_site(symbols, {QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')), QStringLiteral("--seed"),
                       QString::number(seed)})
    , m_kafka(std::move(kafka))
    , m_variables(variables)
{
    m_site.kafka.use(m_kafka);
    for (const Part part : {Part::Producer, Part::Handler, Part::OtherHandler})
        start(part);
}

QString ChaosSite::nameOf(Part part)
{
    return part == Part::Producer  ? QStringLiteral("producer")
           : part == Part::Handler ? QStringLiteral("handler")
                                   : QStringLiteral("other-handler");
}

void ChaosSite::run(const QString& name, const QString& role)
{
    m_site.run(name, QStringList{QStringLiteral("--role"), role} + m_site.kafka.arguments(), m_variables);
}

void ChaosSite::kill(Part part)
{
    switch (part) {
    case Part::Exchange:
        m_truthOfTheOld = m_site.killExchange();
        return;
    case Part::Kafka:
        return m_kafka->kill();
    case Part::Redis:
        m_site.redis.stop();
        return m_site.watch.onRedisEmptied();
    default:
        return m_site.program(nameOf(part)).kill();
    }
}

void ChaosSite::start(Part part)
{
    switch (part) {
    case Part::Exchange:
        return m_site.exchange.restart();
    case Part::Kafka:
        if (!m_kafka->start())
            qFatal("Kafka does not come back");
        return;
    case Part::Redis:
        return m_site.redis.start();
    default:
        return run(nameOf(part), part == Part::Producer ? QStringLiteral("producer") : QStringLiteral("handler"));
    }
}

void ChaosSite::signal(Part part, int number)
{
    switch (part) {
    case Part::Exchange:
        return m_site.exchange.signal(number);
    case Part::Kafka:
        ::kill(m_kafka->processId(), number);
        return;
    case Part::Redis:
        return number == SIGSTOP ? m_site.redis.freeze() : m_site.redis.thaw();
    default:
        return m_site.program(nameOf(part)).signal(number);
    }
}

void ChaosSite::freeze(Part part)
{
    if (part == Part::Redis)
        m_site.watch.pause(); // each of its looks would wait as well
    signal(part, SIGSTOP);
}

void ChaosSite::thaw(Part part)
{
    signal(part, SIGCONT);
    if (part == Part::Redis)
        m_site.watch.resume();
}

bool ChaosSite::renewProducer()
{
    kill(Part::Producer);
    start(Part::Producer);
    return awaitRight().has_value();
}

bool ChaosSite::isClockOff()
{
    constexpr qint64 offSeconds = 1'800;
    const auto statuses = m_site.watch.statuses();
    return !statuses.isEmpty() && std::ranges::all_of(statuses, [](const QJsonObject& status) {
        const QString text = status.value(QLatin1String("updatedAt")).toString();
        const auto updatedAt = QDateTime::fromString(text, Qt::ISODateWithMs);
        return std::abs(updatedAt.secsTo(QDateTime::currentDateTimeUtc())) > offSeconds;
    });
}

void ChaosSite::startRival()
{
    run(QStringLiteral("rival"), QStringLiteral("producer"));
}

void ChaosSite::killRival()
{
    m_site.program(QStringLiteral("rival")).kill();
}

void ChaosSite::pass(int ms)
{
    QElapsedTimer clock;
    clock.start();
    (void)QTest::qWaitFor([&] { return clock.elapsed() >= ms; }, ms + 1'000);
}

bool ChaosSite::awaitWeight()
{
    constexpr int minuteMs = 60'000;
    constexpr double usedMax = 600; // by both together; each may use 1,200
    const auto isLeft = [&](Part handler) {
        return m_site.metric(QStringLiteral("obmonitor_rest_used_weight"), {}, nameOf(handler)) <= usedMax;
    };
    return QTest::qWaitFor([&] { return isLeft(Part::Handler) && isLeft(Part::OtherHandler); }, minuteMs + 5'000);
}

// News, for what was right before may just stand still.
bool ChaosSite::hasNewsSince(const TruthReader& truth)
{
    const auto ids = m_site.watch.lastIds();
    return std::ranges::all_of(
        symbols, [&](const QString& symbol) { return ids.value(symbol) > truth.lastId(symbol).value_or(0); });
}

std::optional<qint64> ChaosSite::awaitRight()
{
    QElapsedTimer clock;
    clock.start();
    if (m_truthOfTheOld) {
        if (!QTest::qWaitFor([this] { return m_site.hasOnlyBooksSince(*m_truthOfTheOld); }, limitMs))
            return std::nullopt;
        m_truthOfTheOld.reset();
        m_site.watch.resume();
    }
    const TruthReader truth = m_site.exchange.truth();
    if (!QTest::qWaitFor([&] { return hasNewsSince(truth) && m_site.allLive(); }, limitMs))
        return std::nullopt;
    return clock.elapsed();
}

} // namespace obm::test
