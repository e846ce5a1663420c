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

// Times that a message claims may be anything from 0 up; one from nowhere must not be all of a histogram's sum.
std::int64_t hopUs(std::int64_t fromMs, std::int64_t toMs)
{
    constexpr std::int64_t day = 86'400'000;
    return std::clamp(toMs - fromMs, -day, day) * 1000;
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

BookSet::Slot* BookSet::find(std::string_view symbol)
{
    const auto known = m_index.find(symbol);
    if (known == m_index.end() || !m_slots[known->second]->isListed)
        return nullptr;
    return m_slots[known->second].get();
}

void BookSet::onMessage(const BookMessage& message)
{
    const std::int64_t consumedUs = m_clock.steadyUs();
    ++m_counters.messages;
    notePlace(message);
    if (const auto parsed = m_parser.parseUpdate(message.value, m_update); !parsed)
        onUnreadable(parsed.error(), message);
    else if (isContradiction(message.key, m_update.symbol))
        onForeignKey(message);
    else
        onReadable(message, consumedUs);
}

void BookSet::notePlace(const BookMessage& message)
{
    const auto place = m_nextOffsets.find(message.partition);
    if (place == m_nextOffsets.end())
        return;
    const std::int64_t expected = std::exchange(place->second, message.offset + 1);
    if (expected < 0 || expected == message.offset)
        return;
    for (const auto& slot : m_slots)
        slot->signs.isBehindJump = slot->signs.isBehindJump || slot->partition == message.partition;
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
    slot->signs.isBehindUnreadable = true;
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
    m_counters.exchangeHop.record(hopUs(m_update.eventTimeMs, receivedMs));
    m_counters.kafkaHop.record(hopUs(receivedMs, consumedEpochMs));

    if (slot->refusedMs && consumedUs / 1000 - *slot->refusedMs >= m_limits.refusedForMs)
        startAnew(*slot);
    if (slot->sync.state() != SyncState::Live)
        slot->levelsMissed += m_update.bids.size() + m_update.asks.size();
    const SyncOutcome outcome =
        slot->sync.onUpdate(m_update, consumedUs / 1000, consumedEpochMs, slot->originIfGap(message.mark));
    if (isNews(outcome)) {
        slot->noteApplied(m_clock.steadyUs(), consumedEpochMs);
        m_counters.bookHop.record(slot->bookHopUs);
    }
    slot->notePlace(m_update.lastId, message, outcome);
    note(*slot, outcome);
}

// A book that is live after an event or a snapshot has something new to show.
void BookSet::note(Slot& slot, SyncOutcome outcome)
{
    if (outcome == SyncOutcome::WentLive)
        slot.levelsMissed = 0;
    if (isNews(outcome)) {
        if (!std::exchange(slot.isChanged, true))
            m_changed.push_back(slot.id);
    } else {
        wishSnapshot(slot, nowMs());
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
        markFull(slot);
    }
    m_changed.clear();
    m_isFullHeldUp = false;
    for (std::size_t count = 0; count < m_limits.fullBatchMax; ++count) {
        m_isFullHeldUp = !m_outputs.hasRoomForFull();
        if (m_isFullHeldUp || !publishFull(now))
            return;
    }
}

void BookSet::handOnAll()
{
    for (const auto& slot : m_slots) {
        if (!slot->isKept || std::exchange(slot->isChanged, true))
            continue;
        slot->appliedUs = m_clock.steadyUs(); // its way to Redis begins now
        m_changed.push_back(slot->id);
    }
}

void BookSet::publishRest()
{
    publish();
    const std::int64_t everyTurn = nowMs() + m_limits.fullIntervalMs;
    while (publishFull(everyTurn)) {
    }
}

void BookSet::markFull(const Slot& slot)
{
    if (m_limits.fullIntervalMs > 0)
        m_fullPace.markChanged(slot.id, nowMs());
}

std::optional<std::int64_t> BookSet::nextFullMs() const
{
    return m_isFullHeldUp ? std::nullopt : m_fullPace.nextDueMs();
}

void BookSet::publishLive(Slot& slot)
{
    BookText text{slot.id, slot.symbol, slot.sync.lastId(), slot.appliedUs, {}, slot.sync.eventTimeMs()};
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
    BookText text{*id, slot.symbol, stamp.lastUpdateId, slot.appliedUs, {}, slot.sync.eventTimeMs()};
    appendFullJson(text.json, slot.symbol, slot.sync.book(), stamp);
    m_outputs.full(std::move(text));
    return true;
}

} // namespace obm
