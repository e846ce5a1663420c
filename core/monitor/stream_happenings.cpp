#include "monitor/happening.h"
#include "monitor/words.h"

#include <QtGlobal>

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
    {&StreamCounters::gaps, QT_TRANSLATE_NOOP("obm", "event missing before Kafka"), Severity::Warning},
    {&StreamCounters::oversized, QT_TRANSLATE_NOOP("obm", "connection ended by a message over the size limit"),
     Severity::Error},
    {&StreamCounters::pongsMissed, QT_TRANSLATE_NOOP("obm", "connection without an answer to a ping"),
     Severity::Warning},
    {&StreamCounters::idleKills, QT_TRANSLATE_NOOP("obm", "connection ended because no data came"), Severity::Warning},
    {&StreamCounters::answersMissed, QT_TRANSLATE_NOOP("obm", "SUBSCRIBE without an answer"), Severity::Warning},
    {&StreamCounters::serverShutdowns, QT_TRANSLATE_NOOP("obm", "the exchange announced the end of a connection"),
     Severity::Note},
    {&StreamCounters::rollOvers, QT_TRANSLATE_NOOP("obm", "moved to a new connection as planned"), Severity::Note},
    {&StreamCounters::rollOversFailed, QT_TRANSLATE_NOOP("obm", "a planned move to a new connection failed"),
     Severity::Warning},
    {&StreamCounters::binaryMessages, QT_TRANSLATE_NOOP("obm", "binary frame"), Severity::Warning},
    {&StreamCounters::unknownStreams, QT_TRANSLATE_NOOP("obm", "frame of a stream that nobody asked for"),
     Severity::Warning},
};

std::string timesText(const std::string& words, std::uint64_t times)
{
    return times == 1 ? words : obm::words("{}, {} times", words, times);
}

std::string unreadableText(ParseFault fault, std::uint64_t times)
{
    return times == 1 ? obm::words("1 frame could not be read: {}", toText(fault))
                      : obm::words("{} frames could not be read: {}", times, toText(fault));
}

std::string deliversText(const StreamConnectionStatus& connection)
{
    return connection.symbols == 1
               ? obm::words("connection {} delivers, 1 symbol", connection.number)
               : obm::words("connection {} delivers, {} symbols", connection.number, connection.symbols);
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
        const std::string error = connection.lastError.empty() ? "" : ": " + connection.lastError;
        const bool wasUp = earlier && earlier->state == StreamState::Delivering;
        const bool isUp = connection.state == StreamState::Delivering;
        const std::uint64_t reconnects = riseOf(earlier ? earlier->reconnects : 0, connection.reconnects);
        if (reconnects > 0)
            out.push_back({part, obm::words("reconnects"), Severity::Warning, "",
                           timesText(obm::words("connection {} reconnects", connection.number), reconnects) + error});
        else if (wasUp && !isUp)
            out.push_back(
                {part, obm::words("does not deliver"), Severity::Warning, "",
                 obm::words("connection {} is {}", connection.number, obm::term(toText(connection.state))) + error});
        if (isUp && (!wasUp || reconnects > 0))
            out.push_back({part, obm::words("delivers"), Severity::Note, "", deliversText(connection)});
        else if (!isUp && !connection.lastError.empty() && (!earlier || earlier->lastError != connection.lastError))
            out.push_back({part, obm::words("connection fails"), Severity::Error, "",
                           obm::words("connection {}", connection.number) + error});
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
            out.push_back({part, obm::words("symbol is silent"), Severity::Warning, symbol.symbol,
                           obm::words("subscribed, and no data comes while other symbols have some")});
        if (symbol.subscription == SubscriptionState::Refused && seen.subscription != SubscriptionState::Refused)
            out.push_back({part, obm::words("subscription refused"), Severity::Error, symbol.symbol,
                           obm::words("the exchange refused the subscription: {}", symbol.refusal)});
    }
}

} // namespace

void addStreamHappenings(const ExchangeStreamStatus& before, const ExchangeStreamStatus& now, Happenings& out)
{
    addConnections(before, now, out);
    for (const CounterRule& rule : counterRules)
        if (const std::uint64_t times = riseOf(before.counters.*rule.counter, now.counters.*rule.counter); times > 0)
            out.push_back({part, obm::term(rule.kind), rule.severity, "", timesText(obm::term(rule.kind), times)});
    for (std::size_t fault = 0; fault < parseFaultCount; ++fault)
        if (const auto times = riseOf(before.counters.malformed[fault], now.counters.malformed[fault]); times > 0)
            out.push_back({part, obm::words("unreadable frame"), Severity::Warning, "",
                           unreadableText(static_cast<ParseFault>(fault), times)});
    addSymbols(before, now, out);
    if (now.alarm == before.alarm)
        return;
    if (now.alarm.empty())
        out.push_back({part, obm::words("alarm is over"), Severity::Note, "", obm::words("over: {}", before.alarm)});
    else
        out.push_back({part, obm::words("alarm"), Severity::Error, "", now.alarm});
}

} // namespace obm
