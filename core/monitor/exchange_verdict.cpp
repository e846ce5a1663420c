#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace obm {

namespace {

std::string connectionWords(const StreamConnectionStatus& connection, std::int64_t epochMs)
{
    std::string words = fmt::format("connection {} {}", connection.number, toText(connection.state));
    if (connection.stateSinceMs > 0)
        words += " for " + durationText(epochMs - connection.stateSinceMs);
    if (!connection.lastError.empty())
        words += ": " + connection.lastError;
    return words;
}

std::string symbolsPart(const ExchangeStreamStatus& stream)
{
    const auto refused =
        std::ranges::find(stream.symbols, SubscriptionState::Refused, &SymbolStreamStatus::subscription);
    if (refused != stream.symbols.end())
        return fmt::format("{} refused: {}", refused->symbol, refused->refusal);
    const auto silent = std::ranges::count(stream.symbols, true, &SymbolStreamStatus::silent);
    if (silent == 0)
        return {};
    const auto first = std::ranges::find(stream.symbols, true, &SymbolStreamStatus::silent);
    return silent == 1 ? fmt::format("{} is silent", first->symbol)
                       : fmt::format("{} and {} more are silent", first->symbol, silent - 1);
}

StageVerdict withoutConnection(const ExchangeInfoClientStatus* exchangeInfo)
{
    if (!exchangeInfo || exchangeInfo->lastError.empty())
        return {Condition::Starting, "waiting for the list of symbols"};
    return {Condition::Bad, "no list of symbols: " + exchangeInfo->lastError};
}

} // namespace

StageVerdict exchangeVerdict(const ExchangeStreamStatus& stream, const ExchangeInfoClientStatus* exchangeInfo,
                             std::int64_t epochMs)
{
    const auto& connections = stream.connections;
    if (connections.empty())
        return withoutConnection(exchangeInfo);
    const auto isDelivering = [](const StreamConnectionStatus& connection) {
        return connection.state == StreamState::Delivering;
    };
    const auto delivering = std::ranges::count_if(connections, isDelivering);
    std::string words = connections.size() == 1 && delivering == 1
                            ? "the connection delivers"
                            : fmt::format("{} of {} connections deliver", delivering, connections.size());
    const bool hasAlarm = !stream.alarm.empty();
    if (hasAlarm)
        words = stream.alarm + "; " + words;
    const auto broken = std::ranges::find_if_not(connections, isDelivering);
    if (broken != connections.end())
        words += "; " + connectionWords(*broken, epochMs);
    const std::string symbols = symbolsPart(stream);
    if (!symbols.empty())
        words += "; " + symbols;

    if (broken == connections.end() && !hasAlarm && symbols.empty())
        return {Condition::Good, words};
    if (delivering > 0)
        return {Condition::Degraded, words};
    const bool isFresh = stream.counters.messages == 0 && broken->lastError.empty() && !hasAlarm;
    return {isFresh ? Condition::Starting : Condition::Bad, words};
}

} // namespace obm
