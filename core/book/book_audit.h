// A live book held against a fresh snapshot, beside its own life, and the book that both make together.
//
//   asked for       the book is copied as it is then, and every event that it applies from now on is kept
//   snapshot (L)    the copy is led on by the events with u < L; the next one has pu <= L <= u. What that one touches
//                   it may have set before L or after it, and nobody can judge it; all other levels have to be equal
//   rebuilt         the snapshot led on by that event and all later ones: the same book as of now, proven as far as
//                   this snapshot goes
//
// A quiet symbol has no such event: there L is the u of its last event, and a snapshot of a later time has all of it.
// If L is higher, and nothing comes for so long that nothing is under way any more, the snapshot has to be the book as
// it is. Whether to take the rebuilt book is the owner's affair. Thread: none of its own; a plain value. Units: ms as
// the exchange stamps events. Cost: a copy of the book while it lasts.
#pragma once

#include "book/audit_report.h"
#include "book/event_buffer.h"
#include "book/order_book.h"
#include "market/depth.h"

#include <cstdint>
#include <optional>

namespace obm {

class BookAudit
{
public:
    // unreachedMs: a stream that is later than the snapshot by so much, and still behind its id, never reaches it.
    BookAudit(const OrderBook& book, std::int64_t lastId, std::int64_t eventTimeMs, BufferLimits limits,
              std::int64_t unreachedMs);

    // An event that the book has applied. atMs: its time, as far as that is to be believed.
    void note(const DepthUpdate& update, std::int64_t atMs);
    // atMs: when it was made, as far as that is to be believed.
    void onSnapshot(DepthSnapshot snapshot, std::size_t limit, std::int64_t atMs);
    // Nothing while the snapshot, or the event that reaches its id, has not come.
    [[nodiscard]] std::optional<AuditReport> judge();
    // When the snapshot was made, while no event has reached its id; and the verdict if none is to be waited for.
    [[nodiscard]] std::optional<std::int64_t> unheardSinceMs() const;
    AuditReport judgeUnheard();

    // After a verdict of Equal or Different: the book as of the last event noted, in no more memory than it takes.
    [[nodiscard]] OrderBook& rebuilt() { return m_rebuilt; }

private:
    void leadOn();
    [[nodiscard]] bool isNeverReached() const;
    AuditReport compare(const DepthUpdate* bridging);
    bool rebuild();

    OrderBook m_book; // led on to the snapshot
    std::int64_t m_lastId;
    std::int64_t m_eventTimeMs;
    BufferLimits m_limits;
    std::int64_t m_unreachedMs;
    EventBuffer m_events; // applied by the book, not by the copy
    bool m_isCut = false; // some of them had to go
    std::optional<DepthSnapshot> m_snapshot;
    std::size_t m_snapshotLimit = 0;
    std::int64_t m_snapshotMs = 0;
    std::int64_t m_notedMs = 0; // of the last event noted
    OrderBook m_rebuilt;
};

} // namespace obm
