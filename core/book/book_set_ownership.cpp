// The part of a BookSet that takes symbols over and gives them back.
#include "book/book_set.h"
#include "book/book_slot.h"

#include <algorithm>
#include <utility>

namespace obm {

namespace {

bool contains(const std::vector<int>& partitions, int partition)
{
    return std::ranges::find(partitions, partition) != partitions.end();
}

// Where a partition is read on from: at the message of the oldest book left, so that each meets its own event again,
// unless it is that of a quiet symbol far behind. The next event of that one proves it, or not.
class ResumePlace
{
public:
    explicit ResumePlace(std::int64_t behindMax)
        : m_behindMax(behindMax)
    {}

    void note(int partition, std::int64_t offset) { m_offsets[partition].insert(offset); }

    [[nodiscard]] std::map<int, std::int64_t> offsets() const
    {
        std::map<int, std::int64_t> first;
        for (const auto& [partition, offsets] : m_offsets)
            first[partition] = *offsets.lower_bound(*offsets.rbegin() - m_behindMax);
        return first;
    }

private:
    std::int64_t m_behindMax;
    std::map<int, std::set<std::int64_t>> m_offsets;
};

} // namespace

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
    std::vector<Slot*> begun;
    for (const std::string& symbol : symbols)
        if (Slot* slot = enlist(symbol); slot && m_nextOffsets.contains(slot->partition) && !slot->isKept)
            begun.push_back(slot);
    keepAll(begun);
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

std::vector<std::string> BookSet::newcomers(const std::vector<int>& partitions) const
{
    const auto isSetAsideJustNow = [this](int partition) {
        const auto aside = m_setAside.find(partition);
        return aside != m_setAside.end() && nowMs() - aside->second.atMs <= m_limits.asideMaxMs;
    };
    std::vector<std::string> symbols;
    for (const auto& slot : m_slots)
        if (slot->isListed && !slot->isKept && contains(partitions, slot->partition) &&
            !isSetAsideJustNow(slot->partition))
            symbols.push_back(slot->symbol);
    return symbols;
}

// Books set aside go on, unless one was left farther on: another owner has led them on since, maybe for hours.
std::map<int, std::int64_t> BookSet::takeSetAside(const std::vector<int>& partitions, const LeftBooks& left)
{
    std::map<int, std::int64_t> places;
    for (const int partition : partitions)
        if (const auto aside = m_setAside.extract(partition))
            places[partition] = aside.mapped().offset;
    for (const auto& [symbol, book] : left)
        if (const auto place = places.find(book.partition); place != places.end() && book.offset >= place->second)
            places.erase(place);
    return places;
}

std::map<int, std::int64_t> BookSet::assign(const std::vector<int>& partitions, const LeftBooks& left)
{
    std::map<int, std::int64_t> resumed = takeSetAside(partitions, left);
    ResumePlace place(m_limits.resumeBehindMax);
    std::vector<Slot*> begun;
    for (const auto& slot : m_slots) {
        if (!slot->isListed || slot->isKept || !contains(partitions, slot->partition))
            continue;
        if (!resumed.contains(slot->partition) && slot->sync.state() != SyncState::Rejected) {
            startAnew(*slot);
            if (const auto found = left.find(slot->symbol); found != left.end() && restore(*slot, found->second))
                place.note(slot->partition, found->second.offset);
        }
        begun.push_back(slot.get());
    }
    resumed.merge(place.offsets());
    for (const int partition : partitions)
        m_nextOffsets[partition] = resumed.contains(partition) ? resumed.at(partition) : -1;
    keepAll(begun);
    return resumed;
}

bool BookSet::restore(Slot& slot, const FullBook& book)
{
    if (book.symbol != slot.symbol || book.partition != slot.partition || book.offset < 0 ||
        !slot.sync.restore(book.levels, nowMs(), m_clock.epochMs()))
        return false;
    slot.newestId = book.levels.lastUpdateId;
    slot.newestPartition = book.partition;
    slot.newestOffset = book.offset;
    return true;
}

std::vector<std::string> BookSet::revoke(const std::vector<int>& partitions)
{
    std::vector<std::string> released;
    for (const int partition : partitions) {
        const auto place = m_nextOffsets.extract(partition);
        if (place && place.mapped() >= 0)
            m_setAside[partition] = {place.mapped(), nowMs()};
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

void BookSet::keepAll(const std::vector<Slot*>& slots)
{
    if (slots.empty())
        return;
    const auto isCold = [](const Slot* slot) { return slot->sync.state() == SyncState::Waiting; };
    if (std::ranges::count_if(slots, isCold) > m_limits.coldAtOnceMax)
        m_listenUntilMs = nowMs() + m_limits.coldListenMs;
    std::vector<std::string> symbols;
    for (Slot* slot : slots) {
        keep(*slot);
        symbols.push_back(slot->symbol);
    }
    m_outputs.kept(symbols);
}

void BookSet::keep(Slot& slot)
{
    slot.isKept = true;
    slot.signs.isFirstHere = true;
    m_counters.add(slot.sync.counters());
    slot.sync.resetCounters();
    if (slot.sync.state() != SyncState::Waiting)
        slot.sync.resume(nowMs());
    wishSnapshot(slot, nowMs());
}

void BookSet::startAnew(Slot& slot)
{
    m_counters.add(slot.sync.counters());
    slot.startAnew(BookSync(nowMs(), m_limits.sync));
}

void BookSet::letGo(Slot& slot)
{
    slot.isKept = false;
    m_fullPace.forget(slot.id);
    m_outputs.cancelSnapshot(slot.symbol);
}

} // namespace obm
