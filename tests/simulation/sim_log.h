// Kafka as its consumers see it: partitions of records with offsets, which retention cuts off at the front and which a
// topic made anew begins again at 0; and a group whose members take over from each other.
// Thread: one simulation each.
#pragma once

#include "simulation/timeline.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace obm::sim {

struct Record
{
    std::string key;
    std::string value;
    std::int64_t lastId = 0; // u, for the checks
    bool isWhole = true;     // else its text was damaged
    std::int64_t timestampMs = 0;
    int partition = 0;
    std::int64_t offset = 0;
};
using RecordPtr = std::shared_ptr<const Record>; // a consumer may have fetched what the log has dropped since

class SimLog
{
public:
    explicit SimLog(int partitions)
        : m_partitions(static_cast<std::size_t>(partitions))
    {}

    void append(Record record);
    [[nodiscard]] RecordPtr read(int partition, std::int64_t offset) const; // null: out of range, or the end
    [[nodiscard]] std::int64_t startOffset(int partition) const { return at(partition).start; }
    [[nodiscard]] std::int64_t endOffset(int partition) const
    {
        return at(partition).start + static_cast<std::int64_t>(at(partition).records.size());
    }
    [[nodiscard]] int partitionCount() const { return static_cast<int>(m_partitions.size()); }

    void dropAll(int partition); // retention: the end stays
    void makeAnew();

    // Whether the event with this u ever lay there.
    [[nodiscard]] bool held(int partition, std::int64_t offset, std::int64_t lastId) const;

private:
    struct Partition
    {
        std::int64_t start = 0;
        std::deque<RecordPtr> records;
    };
    struct Place
    {
        int partition;
        std::int64_t offset;
        auto operator<=>(const Place&) const = default;
    };

    [[nodiscard]] const Partition& at(int partition) const { return m_partitions[static_cast<std::size_t>(partition)]; }

    std::vector<Partition> m_partitions;
    std::map<std::int64_t, std::set<Place>> m_places; // by u
};

// What the group asks of a member. Calls come one by one, in the member's own time: see post().
class GroupMember
{
public:
    virtual ~GroupMember() = default;
    [[nodiscard]] virtual int id() const = 0; // never used twice
    virtual void onRevoked() = 0;             // all of its partitions
    virtual void onAssigned(const std::vector<int>& partitions) = 0;
    virtual void onExpelled() = 0; // it was away too long, and has nothing any more
    // Runs as soon as the member does; never when it is dead.
    virtual void post(std::int64_t waitMs, std::function<void()> action) = 0;
};

// The eager protocol: everybody gives everything back, and gets his share when all are there. Who does not answer for
// the session timeout is out, and hears of it when he wakes up.
class SimGroup
{
public:
    static constexpr std::int64_t sessionTimeoutMs = 6'000;

    SimGroup(Timeline& timeline, Chance& chance, int partitions)
        : m_timeline(timeline)
        , m_chance(chance)
        , m_partitions(partitions)
    {}

    void join(const std::shared_ptr<GroupMember>& member);
    void leave(int member);    // in order: it has given back what it had
    void onSilent(int member); // it is frozen or dead from now on
    void onAwake(int member);
    void rebalance();

    [[nodiscard]] std::int64_t generation() const { return m_generation; }

private:
    struct Seat
    {
        int id;
        std::weak_ptr<GroupMember> member;
        bool hasJoined = false;
        std::int64_t silences = 0; // counted; odd while it is silent
    };

    [[nodiscard]] Seat* seatOf(int member);
    void expel(int member, std::int64_t silence);
    void rejoin(int member, std::int64_t generation);
    void assignIfAll();

    Timeline& m_timeline;
    Chance& m_chance;
    int m_partitions;
    std::vector<Seat> m_seats;
    std::int64_t m_generation = 0;
};

} // namespace obm::sim
