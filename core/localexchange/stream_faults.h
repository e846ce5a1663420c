// Stands between the market and the streams, and does to messages and connections what the fault plan says.
// Thread: the local exchange's.
#pragma once

#include "localexchange/fault_plan.h"
#include "localexchange/market.h"
#include "localexchange/stream_hub.h"

#include <QElapsedTimer>
#include <QObject>

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace obm::localexchange {

class StreamFaults : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t delayedMax = 10'000; // messages of one stream; the oldest go out when there are more

    StreamFaults(FaultPlan& plan, StreamHub& hub, QStringList symbols);

    void pass(const MarketEvent& event);
    // A connection fault needs no message to strike where there are connections already.
    void onGiven(const Fault& fault);
    StreamSession::Reply replyTo(const QString& method, const QStringList& streams);
    [[nodiscard]] qint64 nowMs() const { return m_clock.elapsed(); }

private:
    struct Delayed
    {
        std::string data;
        qint64 dueMs;
    };

    // One stream: what it has not sent yet.
    struct Lane
    {
        std::size_t symbol = 0;
        SpeedSet speeds;
        std::optional<std::string> held; // goes out after the next message
        std::deque<Delayed> delayed;
    };

    void passThroughFaults(const MarketEvent& event);
    void strikeConnections(std::optional<std::size_t> symbol);
    void strike(FaultKind kind, std::optional<std::size_t> symbol);
    static void shutDown(StreamSession& connection, int afterMs);
    void sendMaybeLate(Lane& lane, std::string_view data);
    void delay(Lane& lane, std::string_view data, int ms);
    void sendDue(Lane& lane);
    [[nodiscard]] bool hit(FaultKind kind, std::size_t symbol);
    [[nodiscard]] Lane& laneOf(const MarketEvent& event);
    [[nodiscard]] std::string malformed(const MarketEvent& event);
    bool passSpoiled(const MarketEvent& event);

    FaultPlan& m_plan;
    StreamHub& m_hub;
    QStringList m_symbols;
    QElapsedTimer m_clock;
    std::map<std::pair<std::size_t, std::uint8_t>, Lane> m_lanes;
    int m_malformedCount = 0;
};

} // namespace obm::localexchange
