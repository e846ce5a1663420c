// Every limit and deadline of the depth streams, named in one place; tests shorten them.
// Protocol facts (Binance USD-M WebSocket): 1024 streams per connection, 10 inbound messages a second, 300 connection
// attempts in 5 minutes per IP, a connection ends after 24 h, the server pings every 3 minutes.
#pragma once

#include "exchange/backoff.h"
#include "market/depth_parser.h"

#include <cstddef>
#include <cstdint>

namespace obm {

inline constexpr int maxStreamsPerConnection = 1024; // one more loses the connection (code 1008)

struct StreamLimits
{
    int symbolsPerConnection = 200;       // field practice; a lost connection then costs 200 books at most
    int streamsPerRequest = 50;           // of one SUBSCRIBE: far below 4096 bytes, above which requests were refused
    std::int64_t requestIntervalMs = 250; // 4 a second, so that pings and pongs stay under the limit of 10 too
    std::int64_t connectDeadlineMs = 15'000;    // TCP, TLS and WebSocket handshake together
    std::int64_t answerDeadlineMs = 10'000;     // of a SUBSCRIBE
    std::int64_t pingIntervalMs = 20'000;       // from the client: the server's own come every 3 minutes
    std::int64_t pongDeadlineMs = 10'000;       // after a ping: a half-open connection is noticed in 30 s
    std::int64_t dataIdleMs = 15'000;           // subscribed and no data: dead even when pongs come
    std::int64_t dataIdleMaxMs = 600'000;       // a set of quiet symbols earns itself up to this much
    std::int64_t symbolSilenceMs = 60'000;      // one symbol without data while others have some: alarm
    std::int64_t symbolSilenceMaxMs = 3600'000; // a symbol known to be quiet earns itself up to this much
    std::int64_t renewEveryMs = 300'000;        // at most so often a fresh connection for the sake of silent symbols
    std::int64_t refusedRetryMs = 300'000;      // a refused subscription is tried again
    std::int64_t rollOverMs = 23LL * 3600'000;  // before the exchange's 24 h
    std::int64_t rollOverJitterMs =
        1800'000;                         // earlier by up to this much, so that connections do not roll over together
    std::int64_t handOverQuietMs = 5'000; // both connections silent for a symbol so long: nothing is under way
    std::int64_t handOverDeadlineMs = 120'000; // a successor that does not catch up is given up
    std::int64_t rollOverRetryMs = 300'000;    // after a move that failed
    std::int64_t stableMs = 60'000;            // a connection that lived so long resets the back-off
    std::int64_t tickMs = 1'000;               // how often deadlines are looked at
    BackoffLimits reconnect{1'000, 30'000};
    std::size_t messageBytesMax = maxFrameBytes;
    std::uint64_t seed = 0; // of every jitter; 0: a random one
};

} // namespace obm
