#include "pipeline/feed_stage.h"

#include "concurrent/clock.h"

#include <QLoggingCategory>

#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcFeed, "obm.feed")

QStringList toQt(const std::vector<std::string>& symbols)
{
    QStringList list;
    for (const std::string& symbol : symbols)
        list << QString::fromStdString(symbol);
    return list;
}

} // namespace

FeedStage::FeedStage(const Config& config, LatestValue<FeedStatus>& status, std::function<void(const QString&)> onFatal)
    : m_statusOut(status)
    , m_stream(config.exchange, [this](const StreamMessage& message) { produce(message); })
{
    auto producer = Producer::create(config.kafka);
    if (!producer) {
        onFatal(QString::fromStdString(producer.error().text));
        return;
    }
    m_producer = std::move(*producer);
    if (config.pipeline.role == Role::Producer) {
        m_rest = std::make_unique<RestClient>(config.exchange);
        m_directory = std::make_unique<SymbolDirectory>(
            config.exchange, *m_rest, [this](const SymbolSelection& selection) { setSymbols(selection.streamed()); });
        m_directory->start();
    }
    connect(&m_statusTimer, &QTimer::timeout, this, &FeedStage::publishStatus);
    m_statusTimer.start(statusIntervalMs);
    publishStatus();
}

void FeedStage::setSymbols(const std::vector<std::string>& symbols)
{
    if (!m_producer)
        return;
    if (std::exchange(m_streaming, true))
        m_stream.setSymbols(toQt(symbols));
    else
        m_stream.start(toQt(symbols));
}

void FeedStage::produce(const StreamMessage& message)
{
    const ProduceResult result =
        m_producer->produce(message.symbol, message.data, message.receivedMs, message.followsGap);
    if (result != ProduceResult::Queued && m_dropLines.allow(steadyMs()))
        qCWarning(lcFeed).noquote() << "an event of"
                                    << QByteArray(message.symbol.data(), qsizetype(message.symbol.size()))
                                    << "is lost: Kafka's local queue"
                                    << (result == ProduceResult::QueueFull ? "is full" : "refused it")
                                    << m_dropLines.suppressedNote().c_str();
}

void FeedStage::finish()
{
    m_stream.stop();
    if (m_producer && !m_producer->flush(flushDeadlineMs))
        qCWarning(lcFeed) << m_producer->status().inFlight << "messages were not acknowledged by Kafka in time";
    publishStatus();
}

void FeedStage::publishStatus()
{
    if (m_producer)
        m_statusOut.publish(FeedStatus{steadyMs(), m_stream.status(), m_producer->status()});
}

} // namespace obm
