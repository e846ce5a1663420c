#include "monitor/alert_rules.h"

#include "monitor/duration_text.h"
#include "monitor/symbol_words.h"
#include "monitor/words.h"
#include "pipeline/status_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace obm {

namespace {

constexpr int percent = 100;

// A book in its first synchronisation waits for its turn as long as the weight budget wants; it is not live all the
// same, and whoever reads Redis has nothing.
void addBooks(const BookStatus& book, const AlertLimits& limits, std::vector<AlertCause>& causes)
{
    for (const BookRow& row : book.set.books) {
        if (row.state != SyncState::Live && row.state != SyncState::Waiting)
            causes.push_back({AlertKind::SymbolNotLive, row.symbol,
                              obm::words("{} is not live ({}: {})", row.symbol, toText(row.state), causeOf(row)),
                              limits.notLiveMs});
        const std::int64_t silentMs = row.eventAgeMs.value_or(row.state == SyncState::Waiting ? row.stateForMs : 0);
        if (row.state != SyncState::Rejected && silentMs > limits.silentMs)
            causes.push_back({AlertKind::SymbolSilent, row.symbol,
                              obm::words("{} had no event for {}", row.symbol, durationText(silentMs)), 0});
    }
}

void addUnkept(const OutsideView& outside, const AlertLimits& limits, std::vector<AlertCause>& causes)
{
    constexpr auto never = std::numeric_limits<std::int64_t>::max(); // what is raised stays, nothing is added
    for (const std::string& symbol : outside.withoutBook) {
        if (outside.noBooks.empty()) {
            causes.push_back({AlertKind::SymbolNotLive, symbol, obm::words("{} is not live (nobody keeps it)", symbol),
                              limits.notLiveMs});
            continue;
        }
        for (const AlertKind kind : {AlertKind::SymbolNotLive, AlertKind::SymbolSilent}) // not known is not over
            causes.push_back({kind, symbol, fmt::format("{}: {}", symbol, outside.noBooks), never});
    }
}

void addLag(const ConsumerStatus& consumer, const AlertLimits& limits, std::vector<AlertCause>& causes)
{
    const Lag lag = worstLag(consumer);
    if (lag.ms > limits.lagMs)
        causes.push_back(
            {AlertKind::Lag, "",
             obm::words("the books are {} behind the topic ({} messages)", durationText(lag.ms), lag.messages),
             limits.raiseAfterMs});
}

void addRedis(const StoreStatus& store, const AlertLimits& limits, std::int64_t nowMs, std::vector<AlertCause>& causes)
{
    std::string text;
    if (nowMs - store.takenMs > stuckAfterMs)
        text = obm::words("obm-store is stuck");
    else if (store.redis.error)
        text = fmt::format("Redis: {} ({})", redisErrorName(store.redis.error->kind), store.redis.error->text);
    else if (!store.redis.connected)
        text = obm::words("Redis is not connected");
    if (!text.empty())
        causes.push_back({AlertKind::Redis, "", text, limits.raiseAfterMs});
}

void addWeight(const SnapshotClientStatus& rest, const AlertLimits& limits, std::vector<AlertCause>& causes)
{
    const auto isOver = [&](int used, int allowed) {
        return allowed > 0 && used * percent > allowed * limits.weightPercent;
    };
    const auto add = [&](std::string text) {
        causes.push_back({AlertKind::Weight, "", std::move(text), limits.raiseAfterMs});
    };
    if (isOver(rest.ownWeightUsed, rest.weightPerMinute))
        add(obm::words("this process has used {} of {} REST weight in this minute", rest.ownWeightUsed,
                       rest.weightPerMinute));
    if (isOver(rest.ipWeightUsed, rest.ipWeightLimit))
        add(obm::words("this IP has used {} of {} REST weight in this minute", rest.ipWeightUsed, rest.ipWeightLimit));
}

} // namespace

std::vector<AlertCause> alertCauses(const PipelineStatus& status, const AlertLimits& limits, std::int64_t nowMs)
{
    std::vector<AlertCause> causes;
    if (status.book) {
        addBooks(*status.book, limits, causes);
        addLag(status.book->consumer, limits, causes);
        addWeight(status.book->snapshots, limits, causes);
    }
    if (status.outside)
        addUnkept(*status.outside, limits, causes);
    if (status.store)
        addRedis(*status.store, limits, nowMs, causes);
    return causes;
}

} // namespace obm
