#include "monitor/stage_watch.h"

#include "monitor/duration_text.h"
#include "monitor/words.h"
#include "pipeline/status_sums.h"

#include <utility>

namespace obm {

namespace {

constexpr std::size_t indexOf(Stage stage)
{
    return static_cast<std::size_t>(stage);
}

const char* nameOf(Role role)
{
    switch (role) {
    case Role::All:
        return "all";
    case Role::Producer:
        return "producer";
    case Role::Handler:
        return "handler";
    case Role::Viewer:
        return "viewer";
    }
    return "";
}

bool hasStage(Role role, Stage stage)
{
    const bool isFeed = stage == Stage::Exchange || stage == Stage::KafkaIn;
    return role == Role::All || (isFeed ? role == Role::Producer : role == Role::Handler);
}

template <typename Status>
const std::int64_t* takenOf(const std::shared_ptr<const Status>& status)
{
    return status ? &status->takenMs : nullptr;
}

} // namespace

StageWatch::StageWatch(Role role)
    : m_role(role)
{
    for (std::size_t stage = 0; stage < stageCount; ++stage)
        m_rows[stage].stage = static_cast<Stage>(stage);
}

const StageRows& StageWatch::update(const PipelineStatus& status, std::int64_t steadyMs, std::int64_t epochMs)
{
    const Look look{status, steadyMs, epochMs};
    lookAtFeed(look);
    lookAtBooks(look);
    lookAtStore(look);
    return m_rows;
}

StageRow& StageWatch::begin(Stage stage)
{
    StageRow& row = m_rows[indexOf(stage)];
    row.perSecond.reset();
    row.latency.reset();
    row.lagMessages.reset();
    row.lagMs.reset();
    row.blank.clear();
    return row;
}

// True when there is nothing to look at, and the row says why.
bool StageWatch::isMissing(StageRow& row, const char* thread, const std::int64_t* takenMs, const Look& look)
{
    if (takenMs && look.steadyMs - *takenMs <= stuckAfterMs)
        return false;
    if (takenMs)
        enter(row, {Condition::Bad, obm::words("{} is stuck for {}", thread, durationText(look.steadyMs - *takenMs))},
              look);
    else
        enter(row, verdictOnNothing(row.stage, thread, look), look);
    row.blank = row.words;
    return true;
}

StageVerdict StageWatch::verdictOnNothing(Stage stage, const char* thread, const Look& look) const
{
    if (const OutsideView* outside = look.status.outside.get())
        return {Condition::Off,
                outside->noCounters.empty() ? obm::words("its metrics know no such stage") : outside->noCounters};
    if (m_role == Role::Viewer)
        return {Condition::Starting, obm::words("nothing was read yet")};
    if (!hasStage(m_role, stage))
        return {Condition::Off, obm::words("role {} has no such stage", nameOf(m_role))};
    return {Condition::Starting, obm::words("{} has not begun", thread)};
}

void StageWatch::enter(StageRow& row, StageVerdict verdict, const Look& look)
{
    if (row.sinceEpochMs == 0 || row.condition != verdict.condition)
        row.sinceEpochMs = look.epochMs;
    row.condition = verdict.condition;
    row.words = std::move(verdict.words);
}

void StageWatch::measure(StageRow& row, std::uint64_t counter, const LatencyHistogram* latency, const Look& look)
{
    const std::size_t index = indexOf(row.stage);
    if (look.status.hasCounters() || row.stage == Stage::KafkaOut) { // what a group commits counts as well
        m_rates[index].sample(counter, look.steadyMs);
        row.perSecond = m_rates[index].perSecond();
    }
    if (!look.status.hasCounters())
        row.blank = look.status.outside->noCounters;
    if (!latency || !look.status.hasCounters())
        return;
    m_latencies[index].sample(*latency, look.steadyMs);
    row.latency = m_latencies[index].recent();
}

void StageWatch::explain(StageRow& row)
{
    if (row.latency || !row.blank.empty())
        return;
    row.blank = row.condition == Condition::Good ? obm::words("nothing came through in the last seconds") : row.words;
}

void StageWatch::lookAtFeed(const Look& look)
{
    const FeedStatus* feed = look.status.feed.get();
    const BookStatus* book = look.status.book.get();
    StageRow& exchange = begin(Stage::Exchange);
    if (!isMissing(exchange, "obm-feed", takenOf(look.status.feed), look)) {
        enter(exchange, exchangeVerdict(feed->stream, book ? &book->exchangeInfo : nullptr, look.epochMs), look);
        measure(exchange, feed->stream.counters.messages, book ? &book->set.counters.exchangeHop : nullptr, look);
        if (!book)
            exchange.blank = obm::words("latency is measured where the books are kept");
        explain(exchange);
    }
    StageRow& kafka = begin(Stage::KafkaIn);
    if (!isMissing(kafka, "obm-feed", takenOf(look.status.feed), look)) {
        m_lost.sample(lostOf(feed->producer), look.steadyMs);
        enter(kafka, kafkaInVerdict(feed->producer, m_lost.perSecond(), look.epochMs), look);
        measure(kafka, feed->producer.delivered, &feed->producer.ackLatency, look);
        explain(kafka);
    }
}

void StageWatch::lookAtBooks(const Look& look)
{
    const BookStatus* book = look.status.book.get();
    const OutsideView* outside = look.status.outside.get();
    StageRow& kafka = begin(Stage::KafkaOut);
    if (!isMissing(kafka, "obm-book", takenOf(look.status.book), look)) {
        enter(kafka,
              outside ? groupVerdict(book->consumer, look.epochMs) : kafkaOutVerdict(book->consumer, look.epochMs),
              look);
        const bool hasPartitions = !book->consumer.partitions.empty();
        if (hasPartitions || !outside) // else nothing is known of the group, not even how far it was
            measure(kafka, book->consumer.messages, &book->set.counters.kafkaHop, look);
        if (!hasPartitions) {
            kafka.blank = kafka.words;
        } else {
            const Lag lag = worstLag(book->consumer);
            kafka.lagMessages = lag.messages;
            kafka.lagMs = lag.ms;
        }
        explain(kafka);
    }
    StageRow& books = begin(Stage::Books);
    if (!isMissing(books, "obm-book", takenOf(look.status.book), look)) {
        StageVerdict verdict = booksVerdict(*book, m_tallies.update(*book, look.steadyMs), look.epochMs);
        enter(books, outside ? outsideBooksVerdict(*outside, std::move(verdict)) : std::move(verdict), look);
        measure(books, book->set.counters.bookHop.count(), &book->set.counters.bookHop, look);
        explain(books);
    }
}

void StageWatch::lookAtStore(const Look& look)
{
    const StoreStatus* store = look.status.store.get();
    StageRow& redis = begin(Stage::Redis);
    if (isMissing(redis, "obm-store", takenOf(look.status.store), look))
        return;
    measure(redis, writtenOf(store->redis), &store->redisHop, look);
    m_refused.sample(refusedOf(store->redis), look.steadyMs);
    StageVerdict verdict = redisVerdict(*store, redis.latency, m_refused.perSecond(), look.steadyMs);
    const OutsideView* outside = look.status.outside.get();
    enter(redis, outside ? outsideRedisVerdict(*outside, store->redis, std::move(verdict)) : std::move(verdict), look);
    explain(redis);
}

} // namespace obm
