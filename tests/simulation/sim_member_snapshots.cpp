// The part of a simulated member that asks for snapshots, as RestClient, SnapshotClient and BookStage do.
#include "exchange/snapshot_answer.h"
#include "simulation/sim_member.h"

#include <algorithm>
#include <utility>

namespace obm::sim {

void SimMember::pump()
{
    while (const auto symbol = m_schedule.take(utcMs()))
        send(*symbol);
}

void SimMember::send(const std::string& symbol)
{
    const int weight = m_schedule.weight();
    const Flight flight = {++m_requests, m_budget.spend(m_world.defect == Defect::WeightIgnored ? 0 : weight, utcMs())};
    m_flights[symbol] = flight;
    m_world.rest.get({.client = id(),
                      .weightPerMinute = m_setup.weightPerMinute,
                      .weight = weight,
                      .symbol = m_world.exchange.indexOf(symbol),
                      .limit = static_cast<int>(m_setup.books.sync.snapshotLimit)},
                     [this, weak = weak_from_this(), symbol, flight](const RestReply& reply) {
                         if (const auto self = weak.lock())
                             self->run([this, symbol, flight, reply] { onReply(symbol, flight, reply); });
                     });
    m_books.onSnapshotRequested(symbol);
    tell("asks for " + symbol);
}

void SimMember::cancel(const std::string& symbol)
{
    tell("cancels " + symbol);
    if (m_schedule.cancel(symbol))
        m_flights.erase(symbol);
}

void SimMember::onReply(const std::string& symbol, Flight flight, const RestReply& reply)
{
    m_world.rest.onHeard(id(), reply);
    m_budget.onAnswered(flight.spending, utcMs());
    if (reply.usedWeight)
        m_budget.onUsedWeightHeader(*reply.usedWeight, utcMs());
    if (m_world.defect != Defect::RetryAfterIgnored)
        m_budget.onHttpStatus(reply.answer.httpStatus, reply.retryAfterMs, utcMs());
    const auto wanted = m_flights.find(symbol);
    if (wanted == m_flights.end() || wanted->second.request != flight.request)
        return; // cancelled
    m_flights.erase(wanted);
    SnapshotResult result = readSnapshot(reply.answer, m_parser);
    tell("gets " + symbol + ": " + (result ? std::to_string(result->lastUpdateId) : toText(result.error().fault)));
    m_schedule.onResult(symbol, result, utcMs());
    onSnapshot(symbol, std::move(result));
}

// Nothing is refused for good here.
void SimMember::onSnapshot(const std::string& symbol, SnapshotResult result)
{
    if (!result)
        return m_books.onSnapshotFailed(symbol);
    if (m_world.defect == Defect::AgeOfSnapshotHidden)
        result->lastUpdateId = std::max(result->lastUpdateId, m_seenIds[symbol]);
    m_books.onSnapshot(symbol, *result);
    publish();
}

} // namespace obm::sim
