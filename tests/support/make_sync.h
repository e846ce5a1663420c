// State machines of one symbol brought to where a test begins.
#pragma once

#include "book/book_sync.h"
#include "support/make_depth.h"

#include <QByteArray>

namespace obm::test {

inline constexpr std::int64_t startMs = 1'000;

inline DepthSnapshot snapshotAt(std::int64_t lastUpdateId)
{
    return snapshot(lastUpdateId, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}});
}

// Buffering, its first event being (pu 90, u 100).
inline BookSync buffering(SyncLimits limits = {})
{
    BookSync sync(startMs, limits);
    sync.onUpdate(update({90, 91, 100}), startMs);
    return sync;
}

// Live at 100.
inline BookSync live(SyncLimits limits = {})
{
    BookSync sync = buffering(limits);
    sync.onSnapshot(snapshotAt(95), startMs);
    return sync;
}

inline std::uint64_t resyncs(const BookSync& sync, SyncReason reason)
{
    return sync.counters().resyncsByReason[static_cast<std::size_t>(reason)];
}

inline QByteArray stateOf(const BookSync& sync)
{
    return QByteArray(toText(sync.state())) + ' ' + toText(sync.reason());
}

} // namespace obm::test
