#include "book/book_audit.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace obm {

namespace {

using Prices = std::vector<std::int64_t>; // units, sorted

Prices pricesOf(const std::vector<Level>& levels)
{
    Prices prices;
    for (const Level& level : levels)
        prices.push_back(level.price.units());
    std::ranges::sort(prices);
    return prices;
}

// What both sides prove and the bridging event does not touch.
class SideComparison
{
public:
    SideComparison(const PriceLadder& book, const PriceLadder& snapshot, Prices touched)
        : m_book(book)
        , m_snapshot(snapshot)
        , m_touched(std::move(touched))
    {}

    [[nodiscard]] AuditReport report() const
    {
        AuditReport report;
        for (const Level& level : m_snapshot.bestFirst())
            if (isJudged(level.price))
                note(level.quantity, m_book.quantityAt(level.price), report);
        for (const Level& level : m_book.bestFirst())
            if (isJudged(level.price) && m_snapshot.quantityAt(level.price).isZero())
                note({}, level.quantity, report);
        return report;
    }

private:
    [[nodiscard]] bool isJudged(Decimal price) const
    {
        return m_book.isProven(price) && m_snapshot.isProven(price) &&
               !std::ranges::binary_search(m_touched, price.units());
    }

    static void note(Decimal inSnapshot, Decimal inBook, AuditReport& report)
    {
        ++report.compared;
        if (inSnapshot == inBook)
            ++report.equal;
        else if (inBook.isZero())
            ++report.missing;
        else if (inSnapshot.isZero())
            ++report.ghosts;
        else
            ++report.different;
    }

    const PriceLadder& m_book;
    const PriceLadder& m_snapshot;
    Prices m_touched;
};

bool isMostlyUnlike(const AuditReport& part)
{
    return 2 * part.equal < part.compared;
}

// A side that is cut off, or not there at all. Of a few levels the larger half says little.
bool isSideDisputed(const PriceLadder& book, const PriceLadder& snapshot, const AuditReport& side)
{
    constexpr std::uint32_t comparedMin = 10;
    return book.isEmpty() != snapshot.isEmpty() || (side.compared >= comparedMin && isMostlyUnlike(side));
}

} // namespace

const char* toText(AuditVerdict verdict)
{
    switch (verdict) {
    case AuditVerdict::Equal:
        return "equal";
    case AuditVerdict::Different:
        return "different";
    case AuditVerdict::Disputed:
        return "disputed";
    case AuditVerdict::Unclear:
        return "unclear";
    }
    return "unknown";
}

BookAudit::BookAudit(const OrderBook& book, std::int64_t lastId, std::int64_t eventTimeMs, BufferLimits limits,
                     std::int64_t unreachedMs)
    : m_book(book)
    , m_lastId(lastId)
    , m_eventTimeMs(eventTimeMs)
    , m_limits(limits)
    , m_unreachedMs(unreachedMs)
{}

void BookAudit::note(const DepthUpdate& update, std::int64_t atMs)
{
    m_notedMs = atMs;
    m_events.insert(update);
    if (m_snapshot)
        leadOn();
    m_isCut = m_isCut || m_events.trim(m_limits) > 0;
}

void BookAudit::onSnapshot(DepthSnapshot snapshot, std::size_t limit, std::int64_t atMs)
{
    m_snapshot = std::move(snapshot);
    m_snapshotLimit = limit;
    m_snapshotMs = atMs;
    leadOn();
}

void BookAudit::leadOn()
{
    for (; !m_events.isEmpty() && m_events.front().lastId < m_snapshot->lastUpdateId; m_events.popFront()) {
        m_book.apply(m_events.front());
        m_lastId = m_events.front().lastId;
        m_eventTimeMs = m_events.front().eventTimeMs;
    }
}

bool BookAudit::isNeverReached() const
{
    return m_events.isEmpty() && m_notedMs - m_unreachedMs >= m_snapshotMs;
}

std::optional<AuditReport> BookAudit::judge()
{
    if (m_isCut)
        return AuditReport{.verdict = AuditVerdict::Unclear};
    if (!m_snapshot)
        return std::nullopt;
    const std::int64_t id = m_snapshot->lastUpdateId;
    const bool isOfLastEvent = id == m_lastId && m_snapshot->eventTimeMs > m_eventTimeMs;
    if (id <= m_lastId && !isOfLastEvent)
        return AuditReport{.verdict = AuditVerdict::Unclear, .snapshotId = id};
    if (!isOfLastEvent && isNeverReached())
        return AuditReport{.verdict = AuditVerdict::Unclear, .snapshotId = id};
    if (!isOfLastEvent && m_events.isEmpty())
        return std::nullopt;
    if (!m_rebuilt.load(*m_snapshot, m_snapshotLimit))
        return AuditReport{.verdict = AuditVerdict::Disputed, .snapshotId = id};
    AuditReport report = compare(isOfLastEvent ? nullptr : &m_events.front());
    if (!rebuild())
        report.verdict = AuditVerdict::Disputed;
    return report;
}

std::optional<std::int64_t> BookAudit::unheardSinceMs() const
{
    const bool isUnheard = m_snapshot && m_events.isEmpty() && m_snapshot->lastUpdateId > m_lastId;
    return isUnheard ? std::optional(m_snapshotMs) : std::nullopt;
}

AuditReport BookAudit::judgeUnheard()
{
    if (!m_rebuilt.load(*m_snapshot, m_snapshotLimit))
        return {.verdict = AuditVerdict::Disputed, .snapshotId = m_snapshot->lastUpdateId};
    return compare(nullptr);
}

AuditReport BookAudit::compare(const DepthUpdate* bridging)
{
    const AuditReport bids =
        SideComparison(m_book.bids(), m_rebuilt.bids(), bridging ? pricesOf(bridging->bids) : Prices()).report();
    const AuditReport asks =
        SideComparison(m_book.asks(), m_rebuilt.asks(), bridging ? pricesOf(bridging->asks) : Prices()).report();
    AuditReport report{.snapshotId = m_snapshot->lastUpdateId,
                       .compared = bids.compared + asks.compared,
                       .equal = bids.equal + asks.equal,
                       .missing = bids.missing + asks.missing,
                       .ghosts = bids.ghosts + asks.ghosts,
                       .different = bids.different + asks.different};
    if (report.compared == 0)
        report.verdict = AuditVerdict::Unclear;
    else if (isMostlyUnlike(report) || isSideDisputed(m_book.bids(), m_rebuilt.bids(), bids) ||
             isSideDisputed(m_book.asks(), m_rebuilt.asks(), asks))
        report.verdict = AuditVerdict::Disputed;
    else if (report.equal < report.compared)
        report.verdict = AuditVerdict::Different;
    return report;
}

bool BookAudit::rebuild()
{
    for (; !m_events.isEmpty(); m_events.popFront())
        m_rebuilt.apply(m_events.front());
    return !m_rebuilt.isCrossed() && !m_rebuilt.isExhausted();
}

} // namespace obm
