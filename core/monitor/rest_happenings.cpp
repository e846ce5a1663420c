#include "monitor/duration_text.h"
#include "monitor/happening.h"
#include "monitor/words.h"

namespace obm {

namespace {

constexpr const char* part = "rest";

Severity severityOf(SnapshotFault fault)
{
    return fault == SnapshotFault::RateLimited || fault == SnapshotFault::Banned ? Severity::Error : Severity::Warning;
}

std::string failedText(std::uint64_t times, const std::string& fault, const std::string& lastError)
{
    const std::string words =
        times == 1 ? obm::words("1 snapshot failed, {}", fault) : obm::words("{} snapshots failed, {}", times, fault);
    return lastError.empty() ? words : words + "; " + obm::words("the last: {}", lastError); // metrics tell no error
}

} // namespace

void addRestHappenings(const BookStatus& before, const BookStatus& now, std::int64_t epochMs, Happenings& out)
{
    const SnapshotClientStatus& rest = now.snapshots;
    for (std::size_t i = 0; i < snapshotFaultCount; ++i) {
        const auto fault = static_cast<SnapshotFault>(i);
        if (const std::uint64_t times = riseOf(before.snapshots.failed[i], rest.failed[i]); times > 0)
            out.push_back({part, obm::words("snapshot: {}", obm::term(toText(fault))), severityOf(fault), "",
                           failedText(times, obm::term(toText(fault)), rest.lastError)});
    }
    if (rest.blockedUntilMs > before.snapshots.blockedUntilMs && rest.blockedUntilMs > epochMs)
        out.push_back({part, obm::words("requests blocked"), Severity::Error, "",
                       obm::words("no request for {}: the exchange's limit is reached",
                                  durationText(rest.blockedUntilMs - epochMs))});
    if (rest.outage != before.snapshots.outage)
        out.push_back({part, obm::words("outage"), rest.outage ? Severity::Error : Severity::Note, "",
                       rest.outage ? obm::words("snapshots fail in a row, one probe at a time: {}", rest.lastError)
                                   : obm::words("snapshots come again")});
    if (riseOf(before.exchangeInfo.failed, now.exchangeInfo.failed) > 0)
        out.push_back({part, obm::words("exchangeInfo failed"), Severity::Warning, "",
                       obm::words("exchangeInfo could not be read: {}", now.exchangeInfo.lastError)});
}

} // namespace obm
