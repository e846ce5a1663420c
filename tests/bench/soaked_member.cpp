#include "bench/soaked_member.h"

#include "bench/heap_count.h"

#include <algorithm>
#include <utility>

namespace obm::bench {

namespace {

constexpr int weightPerMinute = 1200; // as are audits every 10 s, the product's default
// Ten and sixty times the defaults: a soak is not about how often texts are made, which would take most of its time.
constexpr std::int64_t liveIntervalMs = 1'000;
constexpr std::int64_t fullIntervalMs = 60'000;
constexpr std::int64_t lookMs = 1000;               // BookStage's stamps
constexpr std::int64_t epochMs = 1'700'000'040'000; // where the clock begins

BookSetLimits bookLimits()
{
    BookSetLimits limits;
    limits.fullIntervalMs = fullIntervalMs;
    limits.auditIntervalMs = 10'000;
    return limits;
}

std::unexpected<RedisError> away()
{
    return std::unexpected(RedisError{.kind = RedisErrorKind::Away, .text = "Redis is away"});
}

} // namespace

class SoakedMember::Link : public RedisLink
{
public:
    explicit Link(SoakedMember& member)
        : m_member(member)
    {}

    std::expected<std::vector<Reply>, RedisError> pipeline(std::span<const RedisCommand> commands) override
    {
        const Uncounted theirs;
        m_isOpen = m_isOpen && !m_member.m_isRedisAway;
        if (!m_isOpen)
            return away();
        std::vector<Reply> replies;
        for (const RedisCommand& command : commands)
            replies.push_back(
                m_member.m_redis.execute(sim::SimRedis::Words(command.begin(), command.end()), m_member.m_nowMs));
        return replies;
    }
    bool isOpen() const override { return m_isOpen; }
    std::uint64_t bytesSent() const override { return 0; }

private:
    SoakedMember& m_member;
    bool m_isOpen = true;
};

SoakedMember::SoakedMember(std::vector<std::string> symbols, std::function<SnapshotResult(std::size_t)> ask)
    : m_symbols(std::move(symbols))
    , m_ask(std::move(ask))
    , m_nowMs(epochMs)
    , m_budget(weightPerMinute)
    , m_schedule(m_budget, depthWeight(static_cast<int>(SyncLimits().snapshotLimit)), {.seed = 1})
    , m_books(bookLimits(), {[this] { return m_nowMs * 1000; }, [this] { return m_nowMs; }}, outputs())
    , m_writer(BookStore(RedisConfig(), "https://exchange.test", "host:1", false, opener(), 1), liveIntervalMs, m_inbox,
               {[this] { return m_nowMs * 1000; }, [this] { return m_nowMs; }})
{
    joinGroup();
}

std::uint64_t SoakedMember::writes() const
{
    return m_writer.status().redis.writes[static_cast<std::size_t>(BookKey::Live)].written;
}

BookSetOutputs SoakedMember::outputs()
{
    return {
        .requestSnapshot = [this](const std::string& symbol, int priority) { m_schedule.request(symbol, priority); },
        .cancelSnapshot =
            [this](const std::string& symbol) {
                if (m_schedule.cancel(symbol))
                    std::erase_if(m_flights, [&](const Flight& flight) { return flight.symbol == symbol; });
            },
        .kept =
            [this](const std::vector<std::string>& symbols) { m_inbox.change(OwnershipChange::Kind::Claim, symbols); },
        .live = [this](BookText text) { m_inbox.putLive(std::move(text)); },
        .full = [this](BookText text) { m_inbox.putFull(std::move(text)); },
        .hasRoomForFull = [this] { return m_inbox.hasRoom(); }};
}

RedisOpener SoakedMember::opener()
{
    return [this]() -> std::expected<std::unique_ptr<RedisLink>, RedisError> {
        if (m_isRedisAway)
            return away();
        return std::make_unique<Link>(*this);
    };
}

std::size_t SoakedMember::placeOf(std::string_view symbol) const
{
    return static_cast<std::size_t>(std::ranges::find(m_symbols, symbol) - m_symbols.begin());
}

std::vector<int> SoakedMember::partitions() const
{
    std::vector<int> partitions(m_symbols.size());
    std::ranges::generate(partitions, [next = 0]() mutable { return next++; });
    return partitions;
}

void SoakedMember::leaveGroup()
{
    m_inbox.change(OwnershipChange::Kind::Release, m_books.revoke(partitions()));
}

void SoakedMember::joinGroup()
{
    m_books.setSymbols(m_symbols, [this](std::string_view symbol) { return static_cast<int>(placeOf(symbol)); });
    m_books.assign(partitions());
}

void SoakedMember::receive(std::size_t symbol, std::string_view text, std::int64_t offset)
{
    m_books.onMessage({.key = m_symbols[symbol],
                       .value = text,
                       .partition = static_cast<int>(symbol),
                       .offset = offset,
                       .receivedEpochMs = m_nowMs});
}

void SoakedMember::endTurn()
{
    answerSnapshots();
    m_books.publish();
    m_books.tick();
    askSnapshots();
    m_writer.run();
    m_inbox.acknowledgeWish();
    if (m_inbox.takeAllWanted())
        m_books.handOnAll();
    if (m_nowMs % lookMs == 0)
        look();
    m_nowMs += turnMs;
}

// A turn after they were asked for: an event lies in between.
void SoakedMember::answerSnapshots()
{
    for (const Flight& flight : std::exchange(m_flights, {})) {
        SnapshotResult result = m_ask(placeOf(flight.symbol));
        m_budget.onAnswered(flight.spending, m_nowMs);
        m_schedule.onResult(flight.symbol, result, m_nowMs);
        if (result)
            m_books.onSnapshot(flight.symbol, *result);
        else
            m_books.onSnapshotFailed(flight.symbol);
        m_snapshots += result.has_value();
    }
}

void SoakedMember::askSnapshots()
{
    while (const auto symbol = m_schedule.take(m_nowMs)) {
        m_flights.push_back({*symbol, m_budget.spend(m_schedule.weight(), m_nowMs)});
        m_books.onSnapshotRequested(*symbol);
    }
}

void SoakedMember::look()
{
    const BookSetStatus status = m_books.status();
    m_journal.note(status, m_nowMs);
    std::vector<SymbolStamp> stamps;
    for (const BookRow& row : status.books)
        stamps.push_back({row.symbol,
                          {.state = row.state,
                           .lastId = row.lastId,
                           .ageMs = row.eventAgeMs.value_or(row.stateForMs),
                           .gaps = row.counters.gaps,
                           .resyncs = row.counters.resyncs,
                           .owner = {},
                           .updatedAtMs = m_nowMs}});
    m_inbox.putStamps(std::move(stamps));
}

} // namespace obm::bench
