// What the depth streams look like at this moment: plain values for readers in other threads.
// Units: times are UTC milliseconds, 0 = never; ages and counters in the name.
#pragma once

#include "market/parse_error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace obm {

enum class StreamState {
    Waiting,     // for the next attempt, or for symbols
    Connecting,  // TCP, TLS, WebSocket handshake
    Subscribing, // SUBSCRIBE not acknowledged for all symbols
    Silent,      // acknowledged, no data yet: an acknowledgement proves nothing
    Delivering,
};
inline constexpr std::size_t streamStateCount = 5;
const char* toText(StreamState state);

enum class SubscriptionState { Waiting, Asked, Acknowledged, Refused };
const char* toText(SubscriptionState state);

struct StreamConnectionStatus
{
    int number = 0; // from 1, as in the log
    StreamState state = StreamState::Waiting;
    std::int64_t stateSinceMs = 0;
    std::int64_t connectedSinceMs = 0; // 0: not connected
    std::int64_t nextAttemptMs = 0;    // 0: none is waiting
    std::int64_t lastMessageMs = 0;
    std::int64_t pingRoundTripMs = -1; // -1: none measured
    int symbols = 0;
    int acknowledged = 0;
    bool rollingOver = false;
    std::uint64_t messages = 0;
    std::uint64_t reconnects = 0;
    std::string lastError;
};

struct SymbolStreamStatus
{
    std::string symbol;
    SubscriptionState subscription = SubscriptionState::Waiting;
    std::uint64_t messages = 0;
    std::int64_t lastMessageMs = 0;
    bool silent = false; // acknowledged, without data for long while others have some
    std::string refusal; // the exchange's words
};

struct StreamCounters
{
    std::uint64_t messages = 0;                             // passed on
    std::uint64_t gaps = 0;                                 // of them, after events that did not come
    std::uint64_t bytes = 0;                                // of all text messages
    std::array<std::uint64_t, parseFaultCount> malformed{}; // by ParseFault
    std::uint64_t unknownStreams = 0;                       // frames of a stream that is not (any more) subscribed
    std::uint64_t binaryMessages = 0;
    std::uint64_t connects = 0;
    std::uint64_t reconnects = 0;
    std::uint64_t oversized = 0; // connections ended by a message over the size limit
    std::uint64_t pongsMissed = 0;
    std::uint64_t idleKills = 0;
    std::uint64_t answersMissed = 0; // SUBSCRIBE without an answer
    std::uint64_t refusals = 0;
    std::uint64_t silenceAlarms = 0;
    std::uint64_t rollOvers = 0;
    std::uint64_t rollOversFailed = 0;
    std::uint64_t serverShutdowns = 0;
};

struct ExchangeStreamStatus
{
    std::vector<StreamConnectionStatus> connections;
    std::vector<SymbolStreamStatus> symbols;
    StreamCounters counters;
    std::int64_t lastMessageMs = 0;
    std::string alarm; // "" or what an operator has to look at now
};

} // namespace obm
