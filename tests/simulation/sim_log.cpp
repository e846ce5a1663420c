#include "simulation/sim_log.h"

#include <algorithm>
#include <utility>

namespace obm::sim {

void SimLog::append(Record record)
{
    Partition& partition = m_partitions[static_cast<std::size_t>(record.partition)];
    record.offset = endOffset(record.partition);
    m_places[record.lastId].insert({record.partition, record.offset});
    partition.records.push_back(std::make_shared<const Record>(std::move(record)));
}

RecordPtr SimLog::read(int partition, std::int64_t offset) const
{
    const Partition& from = at(partition);
    if (offset < from.start || offset >= endOffset(partition))
        return nullptr;
    return from.records[static_cast<std::size_t>(offset - from.start)];
}

void SimLog::dropAll(int partition)
{
    Partition& from = m_partitions[static_cast<std::size_t>(partition)];
    from.start = endOffset(partition);
    from.records.clear();
}

void SimLog::makeAnew()
{
    for (Partition& partition : m_partitions)
        partition = {};
}

bool SimLog::held(int partition, std::int64_t offset, std::int64_t lastId) const
{
    const auto places = m_places.find(lastId);
    return places != m_places.end() && places->second.contains({partition, offset});
}

void SimGroup::join(const std::shared_ptr<GroupMember>& member)
{
    m_seats.push_back({.id = member->id(), .member = member});
    rebalance();
}

void SimGroup::leave(int member)
{
    if (std::erase_if(m_seats, [member](const Seat& seat) { return seat.id == member; }) > 0)
        rebalance();
}

void SimGroup::onSilent(int member)
{
    if (Seat* seat = seatOf(member))
        m_timeline.after(sessionTimeoutMs, [this, member, silence = ++seat->silences] { expel(member, silence); });
}

void SimGroup::onAwake(int member)
{
    if (Seat* seat = seatOf(member))
        ++seat->silences;
}

// Its next heartbeat tells it, after whatever it still has to do.
void SimGroup::expel(int member, std::int64_t silence)
{
    const Seat* seat = seatOf(member);
    if (!seat || seat->silences != silence)
        return;
    const std::weak_ptr<GroupMember> who = seat->member;
    if (const auto alive = who.lock())
        alive->post(m_chance.between(0, 1'500), [who] { who.lock()->onExpelled(); });
    leave(member);
}

void SimGroup::rebalance()
{
    ++m_generation;
    for (Seat& seat : m_seats) {
        seat.hasJoined = false;
        if (const auto member = seat.member.lock())
            member->post(m_chance.between(5, 1'000),
                         [this, id = seat.id, generation = m_generation] { rejoin(id, generation); });
    }
}

void SimGroup::rejoin(int member, std::int64_t generation)
{
    Seat* seat = seatOf(member);
    if (!seat || generation != m_generation)
        return;
    seat->hasJoined = true;
    seat->member.lock()->onRevoked();
    assignIfAll();
}

void SimGroup::assignIfAll()
{
    if (std::ranges::any_of(m_seats, [](const Seat& seat) { return !seat.hasJoined; }))
        return;
    std::vector<std::vector<int>> shares(m_seats.size());
    const int first = m_chance.below(m_partitions); // who gets which changes from time to time
    for (int partition = 0; partition < m_partitions; ++partition)
        shares[static_cast<std::size_t>(partition + first) % shares.size()].push_back(partition);
    for (std::size_t i = 0; i < m_seats.size(); ++i) {
        const std::weak_ptr<GroupMember> member = m_seats[i].member;
        const auto hand = [this, member, share = shares[i], id = m_seats[i].id, generation = m_generation] {
            if (generation == m_generation && seatOf(id))
                member.lock()->onAssigned(share);
        };
        if (const auto alive = member.lock())
            alive->post(m_chance.between(2, 50), hand);
    }
}

SimGroup::Seat* SimGroup::seatOf(int member)
{
    const auto found = std::ranges::find(m_seats, member, &Seat::id);
    return found == m_seats.end() ? nullptr : &*found;
}

} // namespace obm::sim
