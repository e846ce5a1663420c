#include "pipeline/store_writer.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace obm {

namespace {

// Takes out of `waiting` whole books of at most `bytesMax` together, at least one.
std::vector<BookText> takeFull(std::unordered_map<BookId, BookText>& waiting, std::size_t bytesMax)
{
    std::vector<BookText> taken;
    std::size_t bytes = 0;
    while (!waiting.empty() && (taken.empty() || bytes + waiting.begin()->second.json.size() <= bytesMax)) {
        taken.push_back(std::move(waiting.extract(waiting.begin()).mapped()));
        bytes += taken.back().json.size();
    }
    return taken;
}

} // namespace

StoreWriter::StoreWriter(BookStore store, std::int64_t liveIntervalMs, StoreInbox& inbox, BookClock clock)
    : m_inbox(inbox)
    , m_clock(std::move(clock))
    , m_store(std::move(store))
    , m_livePace(liveIntervalMs)
{}

void StoreWriter::run()
{
    take(m_full.empty() ? batchFullBytesMax : 0); // those that failed come first
    writeBatch(nowMs());
}

void StoreWriter::take(std::size_t fullBytes)
{
    StoreDelivery delivery = m_inbox.take(fullBytes);
    for (const OwnershipChange& change : delivery.changes)
        apply(change);
    const std::int64_t now = nowMs();
    for (BookText& text : delivery.live) {
        m_livePace.markChanged(text.id, now);
        m_live.insert_or_assign(text.id, std::move(text));
    }
    for (BookText& text : delivery.full) {
        m_refused.erase(text.id);
        m_full.insert_or_assign(text.id, std::move(text));
    }
    if (!delivery.stamps.empty())
        m_stamps = std::move(delivery.stamps);
}

void StoreWriter::apply(const OwnershipChange& change)
{
    if (change.kind == OwnershipChange::Kind::Claim) {
        m_claimed.insert(change.symbols.begin(), change.symbols.end());
        m_store.claim(change.symbols);
        return;
    }
    forget(change.symbols);
    if (change.kind == OwnershipChange::Kind::Release)
        m_store.release(change.symbols, nowMs());
    else
        m_store.removeSymbols(change.symbols);
}

void StoreWriter::forget(const std::vector<std::string>& symbols)
{
    const std::set<std::string_view> gone(symbols.begin(), symbols.end());
    for (const auto& [id, text] : m_live)
        if (gone.contains(text.symbol))
            m_livePace.forget(id);
    std::erase_if(m_live, [&](const auto& item) { return gone.contains(item.second.symbol); });
    std::erase_if(m_full, [&](const auto& item) { return gone.contains(item.second.symbol); });
    std::erase_if(m_refused, [&](const auto& item) { return gone.contains(item.second.symbol); });
    std::erase_if(m_stamps, [&](const SymbolStamp& row) { return gone.contains(row.symbol); });
    std::erase_if(m_rows, [&](const auto& item) { return gone.contains(item.first); });
    std::erase_if(m_claimed, [&](const std::string& symbol) { return gone.contains(symbol); });
}

bool StoreWriter::writeBatch(std::int64_t now)
{
    if (!m_store.ensureConnected(now))
        return false;
    Batch batch = takeBatch(now);
    return !batch.isEmpty() && write(std::move(batch), now);
}

StoreWriter::Batch StoreWriter::takeBatch(std::int64_t now)
{
    Batch batch;
    std::vector<BookId> due;
    m_livePace.takeDue(now, batchLiveMax, due);
    for (const BookId id : due)
        batch.live.push_back(std::move(m_live.extract(id).mapped()));
    batch.full = takeFull(m_full, batchFullBytesMax);
    takeRefused(batch.full);
    for (BookText& text : batch.live)
        batch.liveWrites.push_back({text.symbol, text.lastId, std::move(text.json)});
    for (BookText& text : batch.full)
        batch.fullWrites.push_back({text.symbol, text.lastId, std::move(text.json), text.eventTimeMs});
    for (SymbolStamp& row : std::exchange(m_stamps, {})) {
        const std::string owner = m_store.owner(row.symbol);
        row.stamp.owner = owner;
        StatusWrite& statusWrite = batch.statusWrites.emplace_back(row.symbol, std::string{}, row.stamp.lastId);
        appendStatusJson(statusWrite.json, row.stamp);
    }
    return batch;
}

// One of them a batch, in turn: all the same it is known, and said, that Redis refuses some.
void StoreWriter::takeRefused(std::vector<BookText>& batch)
{
    if (m_refused.empty())
        return;
    auto next = m_refused.upper_bound(m_lastRefused);
    if (next == m_refused.end())
        next = m_refused.begin();
    m_lastRefused = next->first;
    batch.push_back(std::move(m_refused.extract(next).mapped()));
}

bool StoreWriter::write(Batch batch, std::int64_t now)
{
    const WriteResult result = m_store.write(batch.liveWrites, batch.fullWrites, batch.statusWrites, now);
    if (result.roundTripUs > 0)
        m_roundTrip.record(result.roundTripUs);
    for (std::size_t i = 0; i < batch.live.size(); ++i) {
        batch.live[i].json = std::move(batch.liveWrites[i].json);
        settle(batch.live[i], result.live[i], true);
    }
    for (std::size_t i = 0; i < batch.full.size(); ++i) {
        batch.full[i].json = std::move(batch.fullWrites[i].json);
        settle(batch.full[i], result.full[i], false);
    }
    if (m_store.takeDataLoss())
        m_inbox.wantAll();
    const auto isFailed = [](WriteOutcome outcome) { return outcome == WriteOutcome::Failed; };
    return std::ranges::none_of(result.live, isFailed) && std::ranges::none_of(result.full, isFailed) &&
           std::ranges::none_of(result.status, isFailed);
}

// What Redis fenced off as older or not ours is void; what failed waits, unless something newer does, and so does what
// Redis makes room for.
void StoreWriter::settle(BookText& text, WriteOutcome outcome, bool isLive)
{
    switch (outcome) {
    case WriteOutcome::Written:
        if (isLive)
            noteWritten(text);
        return;
    case WriteOutcome::OlderUpdate:
    case WriteOutcome::NotOwner:
        return;
    case WriteOutcome::Refused:
        if (m_isEnding)
            return; // it has had its last turn
        m_refused.try_emplace(text.id, std::move(text));
        return;
    case WriteOutcome::Failed:
    case WriteOutcome::CountedAnew:
        break;
    }
    const BookId id = text.id;
    (isLive ? m_live : m_full).try_emplace(id, std::move(text));
    if (isLive)
        m_livePace.giveBack(id);
}

void StoreWriter::noteWritten(const BookText& text)
{
    StoreRow& row = m_rows[text.symbol];
    row.symbol = text.symbol;
    row.lastWriteEpochMs = m_clock.epochMs();
    row.lastId = text.lastId;
    ++row.writes;
    m_redisHop.record(m_clock.steadyUs() - text.appliedUs);
}

std::optional<std::int64_t> StoreWriter::dueMs() const
{
    const std::int64_t now = nowMs();
    std::optional<std::int64_t> due = m_livePace.nextDueMs();
    if (!m_full.empty() || !m_refused.empty() || !m_stamps.empty() || m_inbox.hasFull())
        due = now;
    if (m_store.status().error && due) // part of a batch may have failed: not at once again
        due = std::max(*due, now + retryMs);
    if (due || !m_store.status().connected) // a refusal keeps the connection, and has its back-off all the same
        due = std::max(due.value_or(0), m_store.nextAttemptMs());
    return due;
}

void StoreWriter::finish()
{
    m_isEnding = true;
    take(std::numeric_limits<std::size_t>::max());
    for (auto& [id, text] : std::exchange(m_refused, {}))
        m_full.try_emplace(id, std::move(text));
    const std::int64_t now = nowMs();
    for (const auto& [id, text] : m_live)
        m_livePace.giveBack(id);
    m_store.retryNow();
    while (writeBatch(now)) {
    }
    const std::vector<std::string> claimed(m_claimed.begin(), m_claimed.end());
    m_store.release(claimed, now);
    m_claimed.clear();
}

StoreStatus StoreWriter::status() const
{
    StoreStatus status;
    status.takenMs = nowMs();
    status.redis = m_store.status();
    status.waiting = m_livePace.waiting();
    status.redisHop = m_redisHop;
    status.roundTrip = m_roundTrip;
    status.rows.reserve(m_rows.size());
    for (const auto& [symbol, row] : m_rows)
        status.rows.push_back(row);
    return status;
}

} // namespace obm
