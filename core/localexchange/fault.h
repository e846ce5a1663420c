// One fault of the local exchange, as given on the command line or by a test.
// A fault changes what is SENT, never the exchange's own book: the truth stays the truth.
// Written as KIND[:key=value,...], for example "drop:symbol=BTCUSDT,p=0.02" or "stall:after_ms=5000,for_ms=10000".
// Thread: plain value.
#pragma once

#include <QList>
#include <QString>

#include <cstdint>
#include <expected>

namespace obm {

enum class FaultKind : std::uint8_t {
    // one message of a stream
    Drop,
    Duplicate, // it is sent `times` more
    Reorder,   // it comes after the next message of its stream
    Delay,     // it and what follows on its stream come `ms` later
    Malformed, // its fields have wrong types, or are missing, or are no numbers
    Garbled,   // half of its frame comes, which is no JSON
    Binary,    // it comes as a binary frame
    Oversize,  // a frame over 4 MiB comes before it
    // streams and connections
    Stall,             // connection open, pings answered, no data
    Cut,               // TCP reset
    HalfOpen,          // neither reads nor writes any more; TCP stays open
    ServerShutdown,    // the serverShutdown event, and a TCP reset `ms` later
    RefuseConnections, // new connections are reset
    DeadStream,        // a symbol's stream ends without a word on the connections that have it; the book goes on
    SilentAck,         // new WebSocket connections acknowledge everything and send nothing
    RefuseSubscribe, // a SUBSCRIBE with this symbol's stream is answered with an error and carried out for none of its
                     // streams
    NoAnswer,        // a control message is carried out but never answered
    // answers of REST
    SnapshotLate,  // `ms` later
    SnapshotStale, // the book of the moment at which the fault was given
    SnapshotFail,  // HTTP `status`
    SnapshotHtml,  // 200 with a page
    SnapshotTruncated,
    SnapshotMalformed,   // a number that is none, a field that is missing, an id beyond all numbers
    SnapshotWrongSymbol, // another symbol's book, under an id that bridges
    SnapshotEmpty,       // 200, no levels
    SnapshotOneSided,    // no bids
    SnapshotCrossed,     // sides exchanged
    SnapshotUnsorted,    // its levels stand the other way round, the best of them twice
    SnapshotAhead,       // under an id that the stream will not reach
    Http429,
    Http418,
};
inline constexpr int faultKindCount = 31;

struct Fault
{
    FaultKind kind = FaultKind::Drop;
    QString symbol;           // upper case; empty: all
    double probability = 1.0; // of each message or answer it could hit
    int after = 0;            // so many of them are let through first
    int afterMs = 0;          // nor does it begin before
    int durationMs = 0;       // it ends so long after it began; 0: never by time
    int count = 0;            // hits; 0: the kind's default (once, or without limit where p or for_ms is given or the
                              // kind is a state: stall, refuse-connections, silent-ack)
    int ms = 1000;            // delay, snapshot-late, server-shutdown: how much; http-429 and http-418: Retry-After
    int times = 1;            // duplicate
    int status = 503;         // snapshot-fail

    [[nodiscard]] int hitsMax() const; // of this fault, the default resolved; 0: no limit
};

// The error is one line that names the word and what was expected.
std::expected<Fault, QString> parseFault(const QString& spec);
// Every kind and key with its meaning, a line each, for --help.
QString faultHelp();
QString toText(FaultKind kind);

} // namespace obm
