#include "monitor/duration_text.h"
#include "monitor/happening.h"

#include <fmt/format.h>

namespace obm {

namespace {

constexpr const char* part = "rest";

Severity severityOf(SnapshotFault fault)
{
    return fault == SnapshotFault::RateLimited || fault == SnapshotFault::Banned ? Severity::Error : Severity::Warning;
}

} // namespace

void addRestHappenings(const BookStatus& before, const BookStatus& now, std::int64_t epochMs, Happenings& out)
{
    const SnapshotClientStatus& rest = now.snapshots;
    for (std::size_t i = 0; i < snapshotFaultCount; ++i) {
        const auto fault = static_cast<SnapshotFault>(i);
        if (const std::uint64_t times = riseOf(before.snapshots.failed[i], rest.failed[i]); times > 0)
            out.push_back({part, fmt::format("snapshot: {}", toText(fault)), severityOf(fault), "",
                           fmt::format("{} snapshot{} failed, {}; the last: {}", times, times == 1 ? "" : "s",
                                       toText(fault), rest.lastError)});
    }
    if (rest.blockedUntilMs > before.snapshots.blockedUntilMs && rest.blockedUntilMs > epochMs)
        out.push_back({part, "requests blocked", Severity::Error, "",
                       fmt::format("no request for {}: the exchange's limit is reached",
                                   durationText(rest.blockedUntilMs - epochMs))});
    if (rest.outage != before.snapshots.outage)
        out.push_back(
            {part, "outage", rest.outage ? Severity::Error : Severity::Note, "",
             rest.outage ? "snapshots fail in a row, one probe at a time: " + rest.lastError : "snapshots come again"});
    if (riseOf(before.exchangeInfo.failed, now.exchangeInfo.failed) > 0)
        out.push_back({part, "exchangeInfo failed", Severity::Warning, "",
                       "exchangeInfo could not be read: " + now.exchangeInfo.lastError});
}

} // namespace obm
