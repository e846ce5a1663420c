#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"
#include "monitor/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace obm {

namespace {

constexpr std::size_t namedMax = 3; // troubles; the others are counted

void append(std::string& words, const std::string& part)
{
    if (!part.empty())
        words += (words.empty() ? "" : "; ") + part;
}

std::string troublePart(const BookTally& tally, const BookStatus& book)
{
    std::string words;
    for (std::size_t i = 0; i < std::min(namedMax, tally.troubles.size()); ++i) {
        const BookTrouble& trouble = tally.troubles[i];
        append(words, fmt::format("{} {}: {}, {}", trouble.symbol, toText(trouble.state), trouble.cause,
                                  durationText(trouble.forMs)));
        const auto place = book.snapshotPlaces.find(trouble.symbol);
        if (place != book.snapshotPlaces.end() && place->second.ahead > 0)
            words += " (" + obm::words("snapshot in about {} s", place->second.secondsToGo) + ")";
    }
    if (tally.troubles.size() > namedMax)
        append(words, obm::words("{} more", tally.troubles.size() - namedMax));
    return words;
}

std::string countsPart(const BookTally& tally)
{
    std::string words = obm::words("{} of {} live", tally.live, tally.kept);
    if (tally.quiet > 0)
        words += ", " + obm::words("{} of them silent", tally.quiet);
    if (tally.waiting > 0)
        words += ", " + obm::words("{} without an event yet", tally.waiting);
    if (tally.beginning > 0)
        words += ", " + obm::words("{} synchronising for the first time", tally.beginning);
    if (tally.beginning > 0 && tally.longestWaitS > 0)
        words += " (" + obm::words("last snapshot in about {} s", tally.longestWaitS) + ")";
    return words;
}

// Nothing while snapshots come.
std::string snapshotPart(const SnapshotClientStatus& snapshots, std::int64_t epochMs)
{
    if (snapshots.queued + snapshots.inFlight == 0)
        return {};
    if (snapshots.blockedUntilMs > epochMs)
        return obm::words("the exchange allows no snapshot for {}: {}",
                          durationText(snapshots.blockedUntilMs - epochMs), snapshots.lastError);
    return snapshots.outage ? obm::words("snapshots fail: {}", snapshots.lastError) : std::string();
}

} // namespace

StageVerdict booksVerdict(const BookStatus& book, const BookTally& tally, std::int64_t epochMs)
{
    if (tally.kept == 0)
        return book.consumer.partitions.empty()
                   ? StageVerdict{Condition::Starting, obm::words("no partition is assigned here")}
                   : StageVerdict{Condition::Starting, obm::words("no symbol on these partitions yet")};
    std::string words = countsPart(tally);
    const std::string snapshots = snapshotPart(book.snapshots, epochMs);
    append(words, troublePart(tally, book));
    append(words, snapshots);
    if (tally.troubles.empty() && tally.healed)
        append(words, obm::words("{} live again for {} after: {}", tally.healed->symbol,
                                 durationText(tally.healed->forMs), tally.healed->cause));
    const bool isWrong = !tally.troubles.empty() || !snapshots.empty();
    if (isWrong)
        return {tally.live > 0 ? Condition::Degraded : Condition::Bad, words};
    return {tally.live > 0 && tally.beginning == 0 ? Condition::Good : Condition::Starting, words};
}

} // namespace obm
