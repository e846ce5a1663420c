#include "book/book_set.h"

#include "book/book_json.h"
#include "book/book_slot.h"

#include <algorithm>
#include <utility>

namespace obm {

namespace {

// What a message from anywhere says, for a line of the log.
std::string_view shown(std::string_view text)
{
    constexpr std::size_t bytesMax = 64;
    return text.substr(0, bytesMax);
}

bool isContradiction(std::string_view key, std::string_view symbol)
{
    return !key.empty() && !symbol.empty() && key != symbol;
}

} // namespace

BookSet::BookSet(BookSetLimits limits, BookClock clock, BookSetOutputs outputs)
    : m_limits(std::move(limits))
    , m_clock(std::move(clock))
    , m_outputs(std::move(outputs))
    , m_fullPace(m_limits.fullIntervalMs)
{}

BookSet::~BookSet() = default;

std::vector<std::string> BookSet::setSymbols(const std::vector<std::string>& symbols,
                                             std::function<int(std::string_view)> partitionOf)
{
    m_partitionOf = std::move(partitionOf);
    std::vector<std::string> gone;
    const std::set<std::string, std::less<>> wanted(symbols.begin(), symbols.end());
    for (const auto& owned : m_slots) {
        Slot& slot = *owned;
        if (!slot.isKept)
            slot.partition = m_partitionOf(slot.symbol);
        if (!slot.isListed || wanted.contains(slot.symbol))
            continue;
        slot.isListed = false;
        gone.push_back(slot.symbol);
        letGo(slot);
    }
    std::vector<std::string> begun;
    for (const std::string& symbol : symbols)
        if (Slot* slot = enlist(symbol); slot && m_nextOffsets.contains(slot->partition) && !slot->isKept) {
            keep(*slot);
            begun.push_back(symbol);
        }
    if (!begun.empty())
        m_outputs.kept(begun);
    return gone;
}

// Null if it is listed already.
BookSet::Slot* BookSet::enlist(const std::string& symbol)
{
    if (const auto known = m_index.find(symbol); known != m_index.end()) {
        Slot& slot = *m_slots[known->second];
        if (std::exchange(slot.isListed, true))
            return nullptr;
        startAnew(slot);
        return &slot;
    }
    const auto id = static_cast<BookId>(m_slots.size());
    m_index.emplace(symbol, id);
    m_slots.push_back(std::make_unique<Slot>(id, symbol, m_partitionOf(symbol), BookSync(nowMs(), m_limits.sync)));
    return m_slots.back().get();
}

std::map<int, std::int64_t> BookSet::assign(const std::vector<int>& partitions)
{
    std::map<int, std::int64_t> resumed;
    for (const int partition : partitions) {
        m_nextOffsets[partition] = -1;
        const auto aside = m_setAside.find(partition);
        if (aside == m_setAside.end())
            continue;
        resumed.insert(*aside);
        m_nextOffsets[partition] = aside->second;
    }
    std::vector<std::string> kept;
    for (const auto& owned : m_slots) {
        Slot& slot = *owned;
        if (!slot.isListed || slot.isKept || std::ranges::find(partitions, slot.partition) == partitions.end())
            continue;
        if (!resumed.contains(slot.partition) && slot.sync.state() != SyncState::Rejected)
            startAnew(slot);
        keep(slot);
        kept.push_back(slot.symbol);
    }
    for (const int partition : partitions)
        m_setAside.erase(partition);
    if (!kept.empty())
        m_outputs.kept(kept);
    return resumed;
}

std::vector<std::string> BookSet::revoke(const std::vector<int>& partitions)
{
    std::vector<std::string> released;
    for (const int partition : partitions) {
        const auto place = m_nextOffsets.extract(partition);
        if (place && place.mapped() >= 0)
            m_setAside[partition] = place.mapped();
    }
    for (const auto& owned : m_slots) {
        Slot& slot = *owned;
        if (!slot.isKept || m_nextOffsets.contains(slot.partition))
            continue;
        letGo(slot);
        released.push_back(slot.symbol);
    }
    return released;
}

BookSet::Slot* BookSet::find(std::string_view symbol)
{
    const auto known = m_index.find(symbol);
    if (known == m_index.end() || !m_slots[known->second]->isListed)
        return nullptr;
    return m_slots[known->second].get();
}

void BookSet::keep(Slot& slot)
{
    slot.isKept = true;
    m_counters.addResyncs(slot.sync.counters());
    slot.sync.resetCounters();
    if (slot.sync.state() != SyncState::Waiting)
        slot.sync.resume(nowMs());
    wishSnapshot(slot, nowMs());
}

void BookSet::startAnew(Slot& slot)
{
    m_counters.addResyncs(slot.sync.counters());
    slot.startAnew(BookSync(nowMs(), m_limits.sync));
}

void BookSet::letGo(Slot& slot)
{
    slot.isKept = false;
    m_fullPace.forget(slot.id);
    m_outputs.cancelSnapshot(slot.symbol);
}

void BookSet::onMessage(const BookMessage& message)
{
    const std::int64_t consumedUs = m_clock.steadyUs();
    ++m_counters.messages;
    if (const auto place = m_nextOffsets.find(message.partition); place != m_nextOffsets.end())
        place->second = message.offset + 1;
    if (const auto parsed = m_parser.parseUpdate(message.value, m_update); !parsed)
        onUnreadable(parsed.error(), message);
    else if (isContradiction(message.key, m_update.symbol))
        onForeignKey(message);
    else
        onReadable(message, consumedUs);
}

void BookSet::onForeignKey(const BookMessage& message)
{
    ++m_counters.keyMismatches;
    noteUseless(std::string("an event of ").append(shown(m_update.symbol)), message);
}

void BookSet::onUnreadable(const ParseError& error, const BookMessage& message)
{
    ++m_counters.malformed[static_cast<std::size_t>(error.fault)];
    noteUseless(std::string(toText(error.fault)) + ": " + error.detail, message);
    if (isContradiction(message.key, m_update.symbol))
        return;
    Slot* slot = find(m_update.symbol.empty() ? message.key : std::string_view(m_update.symbol));
    if (!slot || !slot->isKept)
        return;
    slot->sync.onMalformed(nowMs());
    wishSnapshot(*slot, nowMs());
}

void BookSet::noteUseless(const std::string& reason, const BookMessage& message)
{
    m_lastUnreadable = {std::string(reason).append(", key \"").append(shown(message.key)) + '"', message.partition,
                        message.offset};
}

// Where it is expected, or after some events in a row that each continue the one before.
bool BookSet::isPlacedIn(Slot& slot, int partition)
{
    constexpr int rowOfEvents = 3;
    if (partition == slot.partition)
        return true;
    Slot::Elsewhere& seen = slot.elsewhere;
    const bool continues = seen.partition == partition && seen.lastId == m_update.previousLastId;
    seen = {partition, m_update.lastId, continues ? seen.inARow + 1 : 1};
    return seen.inARow >= rowOfEvents;
}

void BookSet::onReadable(const BookMessage& message, std::int64_t consumedUs)
{
    Slot* slot = find(m_update.symbol);
    if (!slot) {
        ++m_counters.unknownSymbols;
        m_lastUnknownSymbol = shown(m_update.symbol);
        return;
    }
    if (isPlacedIn(*slot, message.partition))
        slot->partition = message.partition;
    else if (!slot->isKept)
        return;
    if (!slot->isKept) {
        keep(*slot);
        m_outputs.kept({slot->symbol});
    }
    const std::int64_t consumedEpochMs = m_clock.epochMs();
    const std::int64_t receivedMs = message.receivedEpochMs < 0 ? consumedEpochMs : message.receivedEpochMs;
    ++slot->events;
    slot->lastReceivedEpochMs = receivedMs;
    slot->lastConsumedUs = consumedUs;
    m_counters.exchangeHop.record((receivedMs - m_update.eventTimeMs) * 1000);
    m_counters.kafkaHop.record((consumedEpochMs - receivedMs) * 1000);

    const SyncOutcome outcome = slot->sync.onUpdate(m_update, consumedUs / 1000, consumedEpochMs);
    if (outcome == SyncOutcome::Applied || outcome == SyncOutcome::WentLive) {
        slot->noteApplied(m_clock.steadyUs(), consumedEpochMs);
        m_counters.bookHop.record(slot->bookHopUs);
    }
    slot->notePlace(m_update.lastId, message, outcome);
    note(*slot, outcome);
}

// A book that is live after an event or a snapshot has something new to show.
void BookSet::note(Slot& slot, SyncOutcome outcome)
{
    if (outcome == SyncOutcome::Applied || outcome == SyncOutcome::WentLive) {
        if (!std::exchange(slot.isChanged, true))
            m_changed.push_back(slot.id);
    } else {
        wishSnapshot(slot, nowMs());
    }
}

void BookSet::wishSnapshot(Slot& slot, std::int64_t now)
{
    if (!slot.sync.wantsSnapshot(now))
        return;
    slot.sync.onSnapshotQueued();
    const bool hadBook = slot.sync.lastId() > 0 || slot.sync.counters().applied > 0;
    m_outputs.requestSnapshot(slot.symbol, hadBook ? priorityResync : priorityCold);
}

void BookSet::onSnapshotRequested(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->isKept)
        slot->sync.onSnapshotRequested();
}

void BookSet::onSnapshot(const std::string& symbol, const DepthSnapshot& snapshot)
{
    Slot* slot = find(symbol);
    if (!slot || !slot->isKept)
        return;
    const SyncOutcome outcome = slot->sync.onSnapshot(snapshot, nowMs(), m_clock.epochMs());
    if (outcome == SyncOutcome::WentLive)
        slot->noteApplied(m_clock.steadyUs(), m_clock.epochMs());
    note(*slot, outcome);
}

void BookSet::onSnapshotFailed(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->isKept)
        slot->sync.onSnapshotFailed(nowMs());
}

void BookSet::onRejected(const std::string& symbol)
{
    Slot* slot = find(symbol);
    if (!slot || slot->sync.state() == SyncState::Rejected)
        return;
    slot->sync.onRejected(nowMs());
    m_outputs.cancelSnapshot(symbol);
}

void BookSet::onListed(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->sync.state() == SyncState::Rejected)
        startAnew(*slot);
}

void BookSet::resync(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->isKept) {
        slot->sync.onOperatorResync(nowMs());
        wishSnapshot(*slot, nowMs());
    }
}

void BookSet::publish()
{
    const std::int64_t now = nowMs();
    for (const BookId id : m_changed) {
        Slot& slot = *m_slots[id];
        slot.isChanged = false;
        if (!slot.isKept || slot.sync.state() != SyncState::Live)
            continue;
        publishLive(slot);
        if (m_limits.fullIntervalMs > 0)
            m_fullPace.markChanged(id, now);
    }
    m_changed.clear();
    m_isFullHeldUp = false;
    for (std::size_t count = 0; count < m_limits.fullBatchMax; ++count) {
        m_isFullHeldUp = !m_outputs.hasRoomForFull();
        if (m_isFullHeldUp || !publishFull(now))
            return;
    }
}

void BookSet::publishRest()
{
    publish();
    const std::int64_t everyTurn = nowMs() + m_limits.fullIntervalMs;
    while (publishFull(everyTurn)) {
    }
}

std::optional<std::int64_t> BookSet::nextFullMs() const
{
    return m_isFullHeldUp ? std::nullopt : m_fullPace.nextDueMs();
}

void BookSet::publishLive(Slot& slot)
{
    BookText text{slot.id, slot.symbol, slot.sync.lastId(), slot.appliedUs, {}};
    appendLiveJson(text.json, slot.symbol, slot.sync.book(), m_limits.liveLevels, slot.sync.lastId());
    m_outputs.live(std::move(text));
}

bool BookSet::publishFull(std::int64_t now)
{
    const auto id = m_fullPace.takeDue(now);
    if (!id)
        return false;
    const Slot& slot = *m_slots[*id];
    if (!slot.isKept || slot.sync.state() != SyncState::Live)
        return true;
    const FullBookStamp stamp{slot.sync.lastId(), slot.sync.eventTimeMs(), m_clock.epochMs(), slot.newestPartition,
                              slot.newestOffset};
    BookText text{*id, slot.symbol, stamp.lastUpdateId, slot.appliedUs, {}};
    appendFullJson(text.json, slot.symbol, slot.sync.book(), stamp);
    m_outputs.full(std::move(text));
    return true;
}

void BookSet::tick()
{
    const std::int64_t now = nowMs();
    for (const auto& slot : m_slots)
        if (slot->isKept)
            wishSnapshot(*slot, now);
}

} // namespace obm
