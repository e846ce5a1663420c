#include "monitor/happening.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace obm {

namespace {

constexpr const char* part = "exchange";

struct CounterRule
{
    std::uint64_t StreamCounters::* counter;
    const char* kind;
    Severity severity;
};

constexpr CounterRule counterRules[] = {
    {&StreamCounters::oversized, "connection ended by a message over the size limit", Severity::Error},
    {&StreamCounters::pongsMissed, "connection without an answer to a ping", Severity::Warning},
    {&StreamCounters::idleKills, "connection ended because no data came", Severity::Warning},
    {&StreamCounters::answersMissed, "SUBSCRIBE without an answer", Severity::Warning},
    {&StreamCounters::serverShutdowns, "the exchange announced the end of a connection", Severity::Note},
    {&StreamCounters::rollOvers, "moved to a new connection as planned", Severity::Note},
    {&StreamCounters::rollOversFailed, "a planned move to a new connection failed", Severity::Warning},
    {&StreamCounters::binaryMessages, "binary frame", Severity::Warning},
    {&StreamCounters::unknownStreams, "frame of a stream that nobody asked for", Severity::Warning},
};

std::string timesText(const char* kind, std::uint64_t times)
{
    return times == 1 ? kind : fmt::format("{}, {} times", kind, times);
}

const StreamConnectionStatus* connectionOf(const ExchangeStreamStatus& stream, int number)
{
    const auto found = std::ranges::find(stream.connections, number, &StreamConnectionStatus::number);
    return found == stream.connections.end() ? nullptr : &*found;
}

void addConnections(const ExchangeStreamStatus& before, const ExchangeStreamStatus& now, Happenings& out)
{
    for (const StreamConnectionStatus& connection : now.connections) {
        const StreamConnectionStatus* earlier = connectionOf(before, connection.number);
        const std::string name = fmt::format("connection {}", connection.number);
        const std::string error = connection.lastError.empty() ? "" : ": " + connection.lastError;
        const bool wasUp = earlier && earlier->state == StreamState::Delivering;
        const bool isUp = connection.state == StreamState::Delivering;
        const std::uint64_t reconnects = riseOf(earlier ? earlier->reconnects : 0, connection.reconnects);
        if (reconnects > 0)
            out.push_back({part, "reconnects", Severity::Warning, "",
                           timesText((name + " reconnects").c_str(), reconnects) + error});
        else if (wasUp && !isUp)
            out.push_back({part, "does not deliver", Severity::Warning, "",
                           fmt::format("{} is {}{}", name, toText(connection.state), error)});
        if (isUp && (!wasUp || reconnects > 0))
            out.push_back({part, "delivers", Severity::Note, "",
                           fmt::format("{} delivers, {} symbols", name, connection.symbols)});
        else if (!isUp && !connection.lastError.empty() && (!earlier || earlier->lastError != connection.lastError))
            out.push_back({part, "connection fails", Severity::Error, "", name + error});
    }
}

void addSymbols(const ExchangeStreamStatus& before, const ExchangeStreamStatus& now, Happenings& out)
{
    std::unordered_map<std::string_view, const SymbolStreamStatus*> earlier;
    const bool isNews = std::ranges::any_of(now.symbols, [](const SymbolStreamStatus& symbol) {
        return symbol.silent || symbol.subscription == SubscriptionState::Refused;
    });
    if (!isNews)
        return;
    for (const SymbolStreamStatus& symbol : before.symbols)
        earlier.emplace(symbol.symbol, &symbol);
    for (const SymbolStreamStatus& symbol : now.symbols) {
        const auto found = earlier.find(symbol.symbol);
        const SymbolStreamStatus& seen = found == earlier.end() ? SymbolStreamStatus() : *found->second;
        if (symbol.silent && !seen.silent)
            out.push_back({part, "symbol is silent", Severity::Warning, symbol.symbol,
                           "subscribed, and no data comes while other symbols have some"});
        if (symbol.subscription == SubscriptionState::Refused && seen.subscription != SubscriptionState::Refused)
            out.push_back({part, "subscription refused", Severity::Error, symbol.symbol,
                           "the exchange refused the subscription: " + symbol.refusal});
    }
}

} // namespace

void addStreamHappenings(const ExchangeStreamStatus& before, const ExchangeStreamStatus& now, Happenings& out)
{
    addConnections(before, now, out);
    for (const CounterRule& rule : counterRules)
        if (const std::uint64_t times = riseOf(before.counters.*rule.counter, now.counters.*rule.counter); times > 0)
            out.push_back({part, rule.kind, rule.severity, "", timesText(rule.kind, times)});
    for (std::size_t fault = 0; fault < parseFaultCount; ++fault)
        if (const auto times = riseOf(before.counters.malformed[fault], now.counters.malformed[fault]); times > 0)
            out.push_back({part, "unreadable frame", Severity::Warning, "",
                           fmt::format("{} frame{} could not be read: {}", times, times == 1 ? "" : "s",
                                       toText(static_cast<ParseFault>(fault)))});
    addSymbols(before, now, out);
    if (now.alarm != before.alarm)
        out.push_back({part, now.alarm.empty() ? "alarm is over" : "alarm",
                       now.alarm.empty() ? Severity::Note : Severity::Error, "",
                       now.alarm.empty() ? "over: " + before.alarm : now.alarm});
}

} // namespace obm
