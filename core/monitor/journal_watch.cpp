#include "monitor/journal_watch.h"

#include "monitor/words.h"

namespace obm {

namespace {

std::string nameOf(const Alert& alert)
{
    return obm::term(toText(alert.kind));
}

void addAlerts(const AlertChanges& alerts, Happenings& out)
{
    for (const Alert& alert : alerts.raised)
        out.push_back({"alert", obm::words("raised: {}", nameOf(alert)), Severity::Error, alert.symbol, alert.text});
    for (const Alert& alert : alerts.cleared)
        out.push_back({"alert", obm::words("over: {}", nameOf(alert)), Severity::Note, alert.symbol,
                       obm::words("over: {}", alert.text)});
}

// What to compare with where nothing was known before: nothing, or itself.
template <typename Status>
std::shared_ptr<const Status> baseOf(const std::shared_ptr<const Status>& before,
                                     const std::shared_ptr<const Status>& now, bool isSeenFromBeginning)
{
    if (before || !now)
        return before;
    return isSeenFromBeginning ? std::make_shared<const Status>() : now;
}

// Counters that were not known are no news, but a fault is no counter: it may begin in the look that brings them.
std::shared_ptr<const StoreStatus> withFaultOf(const std::shared_ptr<const StoreStatus>& before,
                                               const std::shared_ptr<const StoreStatus>& base)
{
    if (!before || !base || before == base)
        return base;
    auto store = std::make_shared<StoreStatus>(*base);
    store->redis.error = before->redis.error;
    return store;
}

} // namespace

void JournalWatch::update(const PipelineStatus& status, const AlertChanges& alerts, std::int64_t steadyMs,
                          std::int64_t epochMs)
{
    Happenings happenings;
    addParts(status, epochMs, happenings);
    addStuck(status, steadyMs, happenings);
    addAlerts(alerts, happenings);
    m_limit.pass(happenings, steadyMs, epochMs, m_journal);
}

void JournalWatch::addParts(const PipelineStatus& status, std::int64_t epochMs, Happenings& out)
{
    const bool isNews = m_isSeenFromBeginning || m_before.book;
    const PipelineStatus& before = m_before.hasCounters() || !status.hasCounters() ? m_before : PipelineStatus();
    const auto feed = baseOf(before.feed, status.feed, m_isSeenFromBeginning);
    const auto book = baseOf(before.book, status.book, m_isSeenFromBeginning);
    const auto store = withFaultOf(m_before.store, baseOf(before.store, status.store, m_isSeenFromBeginning));
    if (status.feed && status.feed != feed) {
        addStreamHappenings(feed->stream, status.feed->stream, out);
        addProducerHappenings(feed->producer, status.feed->producer, out);
    }
    if (status.book && status.book != m_before.book) {
        const std::vector<BookChange> changes = m_bookChanges.note(status.book->set.books);
        if (isNews)
            addBookHappenings(changes, out);
        if (status.book != book) {
            addConsumerHappenings(book->consumer, status.book->consumer, out);
            addRestHappenings(*book, *status.book, epochMs, out);
        }
    }
    if (status.store && status.store != store)
        addRedisHappenings(store->redis, status.store->redis, out);
    if (status.outside && m_before.outside)
        addOutsideHappenings(*m_before.outside, *status.outside, out);
    m_before = status;
}

void JournalWatch::addStuck(const PipelineStatus& status, std::int64_t steadyMs, Happenings& out)
{
    const auto look = [&](std::size_t index, const char* thread, const auto& published) {
        const bool isStuck = published && steadyMs - published->takenMs > stuckAfterMs;
        if (isStuck == m_isStuck[index])
            return;
        m_isStuck[index] = isStuck;
        if (isStuck)
            out.push_back({"pipeline", obm::words("stuck"), Severity::Error, "", obm::words("{} is stuck", thread)});
        else
            out.push_back({"pipeline", obm::words("goes on"), Severity::Note, "", obm::words("{} goes on", thread)});
    };
    look(0, "obm-feed", status.feed);
    look(1, "obm-book", status.book);
    look(2, "obm-store", status.store);
}

} // namespace obm
