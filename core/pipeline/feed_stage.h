// The first stage: the exchange's depth streams into Kafka, byte for byte.
// Thread: made, used and destroyed in obm-feed. A message costs one call, never a wait: what Kafka's local queue cannot
// take is dropped and counted, and the gap heals downstream.
#pragma once

#include "concurrent/latest_value.h"
#include "config/config.h"
#include "exchange/depth_stream.h"
#include "kafka/producer.h"
#include "log/rate_limit.h"
#include "pipeline/status.h"
#include "pipeline/symbol_directory.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace obm {

class FeedStage : public QObject
{
    Q_OBJECT

public:
    static constexpr int flushDeadlineMs = 4'000;

    // onFatal: called at most once, with one line, when the stage cannot work at all. status outlives the stage.
    FeedStage(const Config& config, LatestValue<FeedStatus>& status, std::function<void(const QString&)> onFatal);

    void setSymbols(const std::vector<std::string>& symbols); // of a process whose book stage reads exchangeInfo
    void finish();                                            // ends the streams, then waits for Kafka's answers

private:
    void produce(const StreamMessage& message);
    void publishStatus();

    LatestValue<FeedStatus>& m_statusOut;
    std::unique_ptr<Producer> m_producer;
    DepthStream m_stream;
    bool m_streaming = false;
    std::unique_ptr<RestClient> m_rest; // of a pure producer
    std::unique_ptr<SymbolDirectory> m_directory;
    QTimer m_statusTimer;
    RateLimit m_dropLines;
};

} // namespace obm
