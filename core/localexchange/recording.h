// A recorded stream on disk: depth.ndjson (one combined text message a line), depth.recv_ns (receive time of the same
// line), snapshots.tsv (symbol, recv_ns, lastUpdateId, E, bids, asks, depth_lines_before, file) and its snapshot files.
// Loading checks all of it: a recording that is not contiguous or does not bridge is refused, naming the line.
// Thread: immutable after loading. Views point into the recording's own bytes.
#pragma once

#include "localexchange/recorded_book.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace obm::localexchange {

// A number inside an event's bytes.
struct NumberField
{
    std::size_t from = 0;
    std::size_t size = 0;
    std::int64_t value = 0;
};

struct RecordedEvent
{
    std::size_t symbol = 0;
    std::int64_t receivedNs = 0;
    std::string_view data; // the data object as received
    NumberField eventTime; // E
    NumberField transactionTime;
    NumberField firstId;        // U
    NumberField lastId;         // u
    NumberField previousLastId; // pu

    [[nodiscard]] std::string_view bids() const;
    [[nodiscard]] std::string_view asks() const;
};

struct RecordedSymbol
{
    std::string name;
    std::int64_t snapshotId = 0;
    std::int64_t snapshotTimeMs = 0;
    RecordedBook snapshot;
    std::size_t bridge = 0; // index of the event that bridges from the snapshot
};

class Recording
{
public:
    static std::expected<Recording, QString> load(const QString& folder);

    [[nodiscard]] const std::vector<RecordedSymbol>& symbols() const { return m_symbols; }
    [[nodiscard]] const std::vector<RecordedEvent>& events() const { return m_events; }
    [[nodiscard]] std::int64_t idSpan() const { return m_idSpan; } // more than between any two of its ids
    [[nodiscard]] std::int64_t firstTimeMs() const { return m_firstTimeMs; }
    [[nodiscard]] std::int64_t timeSpanMs() const { return m_timeSpanMs; } // likewise

private:
    std::expected<void, QString> loadSnapshots(const QString& folder);
    std::expected<void, QString> loadEvents(const QString& folder);
    std::expected<void, QString> findBridges();
    void measure();

    QByteArray m_bytes; // of depth.ndjson
    std::vector<RecordedSymbol> m_symbols;
    std::vector<RecordedEvent> m_events;
    std::int64_t m_idSpan = 0;
    std::int64_t m_firstTimeMs = 0;
    std::int64_t m_timeSpanMs = 0;
};

} // namespace obm::localexchange
