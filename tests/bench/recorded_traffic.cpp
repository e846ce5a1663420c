#include "bench/recorded_traffic.h"

#include "market/depth_parser.h"
#include "market/invariant.h"
#include "support/recording.h"

#include <cstdio>

namespace obm::bench {

std::optional<Traffic> loadTraffic()
{
    auto recording = test::loadRecording("usdm-20240718");
    if (!recording) {
        std::fprintf(stderr, "no recordings (OBM_RECORDINGS): nothing to measure\n");
        return std::nullopt;
    }
    Traffic traffic{std::move(recording->lines), {}, {}};
    DepthParser parser;
    for (const std::string& frame : traffic.frames)
        traffic.updates.emplace_back(parser.parseFrame(frame).value().data);
    for (const test::RecordedSnapshot& snapshot : recording->snapshots)
        traffic.snapshots[snapshot.symbol] = parser.parseSnapshot(snapshot.body).value();
    return traffic;
}

const BookSync& FollowedBooks::apply(const DepthUpdate& update)
{
    const auto found = m_books.find(update.symbol);
    if (found != m_books.end()) {
        found->second.onUpdate(update, 0);
        return found->second;
    }
    BookSync& sync = m_books.try_emplace(update.symbol, 0).first->second;
    sync.onUpdate(update, 0);
    sync.onSnapshot(m_traffic->snapshots.at(update.symbol), 0);
    return sync;
}

void FollowedBooks::requireLive() const
{
    for (const auto& [symbol, book] : m_books)
        require(book.state() == SyncState::Live && book.counters().gaps == 0, "a book of the recording is not live");
}

} // namespace obm::bench
