#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"
#include "monitor/words.h"

#include <algorithm>

namespace obm {

namespace {

std::string connectionWords(const StreamConnectionStatus& connection, std::int64_t epochMs)
{
    const std::string state = obm::term(toText(connection.state));
    const std::string words = connection.stateSinceMs > 0
                                  ? obm::words("connection {} {} for {}", connection.number, state,
                                               durationText(epochMs - connection.stateSinceMs))
                                  : obm::words("connection {} {}", connection.number, state);
    return connection.lastError.empty() ? words : words + ": " + connection.lastError;
}

std::string symbolsPart(const ExchangeStreamStatus& stream)
{
    const auto refused =
        std::ranges::find(stream.symbols, SubscriptionState::Refused, &SymbolStreamStatus::subscription);
    if (refused != stream.symbols.end())
        return obm::words("{} refused: {}", refused->symbol, refused->refusal);
    const auto silent = std::ranges::count(stream.symbols, true, &SymbolStreamStatus::silent);
    if (silent == 0)
        return {};
    const auto first = std::ranges::find(stream.symbols, true, &SymbolStreamStatus::silent);
    return silent == 1 ? obm::words("{} is silent", first->symbol)
                       : obm::words("{} and {} more are silent", first->symbol, silent - 1);
}

StageVerdict withoutConnection(const ExchangeInfoClientStatus* exchangeInfo)
{
    if (!exchangeInfo || exchangeInfo->lastError.empty())
        return {Condition::Starting, obm::words("waiting for the list of symbols")};
    return {Condition::Bad, obm::words("no list of symbols: {}", exchangeInfo->lastError)};
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
                            ? obm::words("the connection delivers")
                            : obm::words("{} of {} connections deliver", delivering, connections.size());
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
