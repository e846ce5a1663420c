#include "simulation/sim_member.h"

#include "kafka/partitioner.h"

#include <algorithm>
#include <poll.h>
#include <utility>

namespace obm::sim {

namespace {

constexpr std::size_t batchMax = 20;
constexpr std::size_t fetchedMax = 60;
constexpr const char* source = "https://exchange.test";

bool isReadable(int descriptor)
{
    pollfd asked{.fd = descriptor, .events = POLLIN, .revents = 0};
    return poll(&asked, 1, 0) > 0;
}

// A record as the broken id rule would see it: with the pu that fits.
void hideGap(std::string& json, std::int64_t previousId)
{
    const std::size_t begin = json.find(R"("pu":)") + 5;
    json.replace(begin, json.find(',', begin) - begin, std::to_string(previousId));
}

} // namespace

SimMember::SimMember(const SimWorld& world, const MemberSetup& setup)
    : m_world(world)
    , m_setup(setup)
    , m_steadyAheadMs(world.chance.between(0, 1'000'000))
    , m_budget(setup.weightPerMinute)
    , m_schedule(m_budget, depthWeight(static_cast<int>(setup.books.sync.snapshotLimit)), setup.snapshots)
    , m_inbox(setup.inboxFullBytes)
    , m_books(setup.books, {[this] { return steadyMs() * 1000; }, [this] { return utcMs(); }}, outputs())
    , m_writer(BookStore(redisConfig(), source, "host:" + std::to_string(setup.id), false,
                         world.redis.openerFor(m_blockedMs), static_cast<std::uint32_t>(world.chance.seed())),
               setup.liveIntervalMs, m_inbox,
               {[this] { return (steadyMs() + m_blockedMs) * 1000; }, [this] { return utcMs() + m_blockedMs; }})
    , m_nextTickMs(world.timeline.nowMs() + tickMs)
    , m_nextStampMs(world.timeline.nowMs() + stampMs)
{}

BookSetOutputs SimMember::outputs()
{
    BookSetOutputs outputs;
    outputs.requestSnapshot = [this](const std::string& symbol, int priority) {
        tell("wants " + symbol + ' ' + std::to_string(priority));
        m_schedule.request(symbol, priority);
    };
    outputs.cancelSnapshot = [this](const std::string& symbol) { cancel(symbol); };
    outputs.kept = [this](const std::vector<std::string>& symbols) {
        m_inbox.change(OwnershipChange::Kind::Claim, symbols);
    };
    outputs.live = [this](BookText text) { m_inbox.putLive(std::move(text)); };
    outputs.full = [this](BookText text) {
        m_largestFull = std::max(m_largestFull, text.json.size());
        m_inbox.putFull(std::move(text));
    };
    outputs.hasRoomForFull = [this] { return m_inbox.hasRoom(); };
    return outputs;
}

RedisConfig SimMember::redisConfig() const
{
    RedisConfig config;
    config.liveLevels = static_cast<int>(m_setup.books.liveLevels);
    return config;
}

void SimMember::start()
{
    tell("starts");
    wake(m_booksTurn, 0, &SimMember::runBooks);
    wake(m_storeTurn, 0, &SimMember::runStore); // connects at once
    m_world.group.join(shared_from_this());
}

void SimMember::freeze()
{
    m_isFrozen = true;
    tell("freezes");
    m_world.group.onSilent(id());
}

// What waited goes on in any order of its threads.
void SimMember::awake()
{
    m_isFrozen = false;
    tell("awakes");
    m_world.group.onAwake(id());
    for (std::function<void()>& action : std::exchange(m_held, {}))
        post(m_world.chance.between(0, 200), std::move(action));
}

// As Pipeline does: the books leave the group, then the store writes what is left and goes.
void SimMember::stop(std::function<void()> onGone)
{
    m_isStopping = true;
    tell("stops");
    post(m_world.chance.between(0, 50), [this, onGone = std::move(onGone)] {
        m_books.publishRest();
        std::vector<int> partitions;
        for (const auto& [partition, position] : std::exchange(m_positions, {}))
            partitions.push_back(partition);
        static_cast<void>(m_books.revoke(partitions));
        m_fetched.clear();
        m_world.group.leave(id());
        post(std::max<std::int64_t>(0, m_storeFreeMs - m_world.timeline.nowMs()), [this, onGone] {
            m_blockedMs = 0;
            m_writer.finish();
            onGone();
        });
    });
}

void SimMember::post(std::int64_t waitMs, std::function<void()> action)
{
    m_world.timeline.after(waitMs, [weak = weak_from_this(), action = std::move(action)] {
        if (const auto self = weak.lock())
            self->run(action);
    });
}

void SimMember::run(std::function<void()> action)
{
    if (m_isFrozen) {
        m_held.push_back(std::move(action));
        return;
    }
    action();
    afterStep();
}

// Does nothing when it is to wake earlier already.
void SimMember::wake(Turn& turn, std::int64_t waitMs, void (SimMember::*action)())
{
    const std::int64_t atMs = m_world.timeline.nowMs() + std::max<std::int64_t>(0, waitMs);
    if (turn.atMs && *turn.atMs <= atMs)
        return;
    turn.atMs = atMs;
    post(atMs - m_world.timeline.nowMs(), [this, &turn, action, number = ++turn.number] {
        if (number != turn.number)
            return;
        turn.atMs.reset();
        (this->*action)();
    });
}

// What descriptors and timers would do after each turn of an event loop.
void SimMember::afterStep()
{
    if (m_isStopping)
        return;
    const std::int64_t nowMs = m_world.timeline.nowMs();
    if (isReadable(m_inbox.fileDescriptor()))
        wake(m_storeTurn, std::max(m_world.chance.between(0, 3), m_storeFreeMs - nowMs), &SimMember::runStore);
    if (isReadable(m_inbox.wishFileDescriptor()))
        wake(m_wishTurn, m_world.chance.between(0, 3), &SimMember::onWish);
    std::int64_t nextMs = std::min(m_nextTickMs, m_nextStampMs);
    if (const auto due = m_schedule.nextMs(utcMs()))
        nextMs = std::min(nextMs, *due - m_setup.clockAheadMs);
    if (const auto due = m_books.nextFullMs())
        nextMs = std::min(nextMs, *due - m_steadyAheadMs);
    wake(m_booksTurn, nextMs - nowMs, &SimMember::runBooks);
}

void SimMember::runBooks()
{
    const std::int64_t nowMs = m_world.timeline.nowMs();
    if (nowMs >= m_nextTickMs) {
        m_nextTickMs = nowMs + tickMs;
        m_books.tick();
        check();
    }
    if (nowMs >= m_nextStampMs) {
        m_nextStampMs = nowMs + stampMs;
        putStamps();
    }
    pump();
    if (const auto due = m_books.nextFullMs(); due && *due <= steadyMs())
        publish();
}

void SimMember::onRevoked()
{
    tell("revoked");
    std::vector<int> partitions;
    for (const auto& [partition, position] : std::exchange(m_positions, {}))
        partitions.push_back(partition);
    m_fetched.clear(); // a client forgets what it had fetched of them
    m_inbox.change(OwnershipChange::Kind::Release, m_books.revoke(partitions));
}

void SimMember::onExpelled()
{
    onRevoked();
    if (!m_isStopping)
        m_world.group.join(shared_from_this());
}

void SimMember::onAssigned(const std::vector<int>& partitions)
{
    const auto partitionOfKey = [count = m_world.log.partitionCount()](std::string_view key) {
        return partitionOf(key, count);
    };
    static_cast<void>(m_books.setSymbols(m_world.exchange.names(), partitionOfKey));
    const std::map<int, std::int64_t> resumed = m_books.assign(partitions, leftBooks(m_books.newcomers(partitions)));
    for (const int partition : partitions) {
        const auto resume = resumed.find(partition);
        m_positions[partition] = resume != resumed.end() ? resume->second
                                 : m_setup.startsAtEnd   ? m_world.log.endOffset(partition)
                                                         : m_world.log.startOffset(partition);
    }
    for (const auto& [partition, position] : m_positions)
        tell("partition " + std::to_string(partition) + " from " + std::to_string(position));
    putStamps();
    onAppended();
}

// As LeftBookReader does; what cannot be read is as if it were not there.
LeftBooks SimMember::leftBooks(const std::vector<std::string>& symbols) const
{
    LeftBooks left;
    const SimRedis::Data& data = m_world.redis.redis().data();
    if (m_world.faults.lasts(Fault::RedisAway) || m_world.faults.lasts(Fault::RedisLoading) || data.source != source)
        return left;
    for (const std::string& symbol : symbols)
        if (const auto json = data.full.find(symbol); json != data.full.end())
            if (auto book = parseFullBook(json->second); book && book->symbol == symbol)
                left.emplace(symbol, std::move(*book));
    return left;
}

void SimMember::onAppended()
{
    const bool isSlow = m_world.faults.strikes(Fault::MemberSlow);
    wake(m_fetchTurn, isSlow ? m_world.chance.between(300, 4'000) : m_world.chance.between(1, 20), &SimMember::fetch);
}

void SimMember::fetch()
{
    if (m_world.faults.lasts(Fault::BrokerAway))
        return;
    bool isMoreThere = false;
    for (auto& [partition, position] : m_positions)
        isMoreThere = fetchFrom(partition, position) || isMoreThere;
    if (isMoreThere)
        wake(m_fetchTurn, m_world.chance.between(1, 20), &SimMember::fetch);
    if (!m_fetched.empty())
        wake(m_processTurn, m_world.chance.between(0, 10), &SimMember::process);
}

// True when something is left.
bool SimMember::fetchFrom(int partition, std::int64_t& position)
{
    if (position < m_world.log.startOffset(partition) || position > m_world.log.endOffset(partition))
        position = m_setup.startsAtEnd ? m_world.log.endOffset(partition) : m_world.log.startOffset(partition);
    for (; m_fetched.size() < fetchedMax; ++position) {
        RecordPtr record = m_world.log.read(partition, position);
        if (!record)
            return false;
        m_fetched.push_back(std::move(record));
    }
    return true;
}

void SimMember::process()
{
    for (std::size_t count = 0; count < batchMax && !m_fetched.empty(); ++count) {
        const RecordPtr record = std::move(m_fetched.front());
        m_fetched.pop_front();
        receive(*record);
    }
    publish();
    check();
    if (!m_fetched.empty())
        wake(m_processTurn, m_world.chance.between(0, 10), &SimMember::process);
}

void SimMember::receive(const Record& record)
{
    BookMessage message{record.key, record.value, record.partition, record.offset, record.timestampMs};
    std::int64_t& seenId = m_seenIds[record.key];
    std::string changed;
    if (m_world.defect == Defect::GapsHidden && seenId > 0 && record.lastId > seenId && record.isWhole) {
        changed = record.value;
        hideGap(changed, seenId);
        message.value = changed;
    }
    if (m_world.defect == Defect::OffsetOfBookWrong)
        ++message.offset;
    seenId = std::max(seenId, record.lastId);
    m_books.onMessage(message);
    tell("reads " + record.key + ' ' + std::to_string(record.lastId));
}

void SimMember::onWish()
{
    m_inbox.acknowledgeWish();
    if (m_inbox.takeAllWanted() && m_world.defect != Defect::DataLossIgnored)
        m_books.handOnAll();
    publish();
}

void SimMember::publish()
{
    m_books.publish();
    m_inbox.wake();
}

void SimMember::putStamps()
{
    std::vector<SymbolStamp> stamps;
    for (const BookRow& row : m_books.status().books)
        stamps.push_back({row.symbol,
                          {.state = row.state,
                           .lastId = row.lastId,
                           .ageMs = row.eventAgeMs.value_or(row.stateForMs),
                           .gaps = row.counters.gaps,
                           .resyncs = row.counters.resyncs,
                           .owner = {},
                           .updatedAtMs = utcMs()}});
    m_inbox.putStamps(std::move(stamps));
}

void SimMember::runStore()
{
    const std::int64_t nowMs = m_world.timeline.nowMs();
    if (nowMs < m_storeFreeMs) // it slept, and comes back to itself
        return wake(m_storeTurn, m_storeFreeMs - nowMs, &SimMember::runStore);
    m_blockedMs = 0;
    m_writer.run();
    m_storeFreeMs = nowMs + m_blockedMs;
    if (const auto due = m_writer.dueMs())
        wake(m_storeTurn, std::max(*due - m_steadyAheadMs, m_storeFreeMs) - nowMs, &SimMember::runStore);
}

void SimMember::tell(const std::string& what) const
{
    m_world.timeline.tell([&] { return "member " + std::to_string(id()) + ' ' + what; });
}

// Nothing grows beyond its named limit; only the rest of a clean stop may.
void SimMember::check()
{
    if (m_isStopping)
        return;
    const auto symbols = static_cast<std::size_t>(m_world.exchange.symbolCount());
    const SnapshotClientStatus snapshots = m_schedule.status(utcMs());
    if (static_cast<std::size_t>(snapshots.queued + snapshots.inFlight) > symbols ||
        snapshots.inFlight > m_setup.snapshots.requestsInFlightMax)
        m_world.complain("too many snapshots asked for");
    for (const BookRow& row : m_books.status().books)
        if (row.buffered > m_setup.books.sync.requested.eventsMax)
            m_world.complain("too many events in the buffer of " + row.symbol);
    if (m_inbox.fullBytes() > m_setup.inboxFullBytes + m_largestFull)
        m_world.complain("too many bytes in the inbox");
    if (m_writer.status().waiting > symbols)
        m_world.complain("too many books wait for the store");
}

} // namespace obm::sim
