#include "exchange/snapshot_client.h"

#include "exchange/clock.h"
#include "exchange/snapshot_answer.h"
#include "exchange/snapshot_queue.h"
#include "log/rate_limit.h"

#include <QLoggingCategory>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcSnapshot, "obm.exchange.snapshot")

constexpr std::int64_t longestSleepMs = 60'000; // the wall clock may be set while a long wait runs

} // namespace

const char* toText(SnapshotFault fault)
{
    switch (fault) {
    case SnapshotFault::Unreachable:
        return "unreachable";
    case SnapshotFault::TimedOut:
        return "timed out";
    case SnapshotFault::TooLarge:
        return "too large";
    case SnapshotFault::RateLimited:
        return "rate limited";
    case SnapshotFault::Banned:
        return "banned";
    case SnapshotFault::HttpError:
        return "HTTP error";
    case SnapshotFault::Malformed:
        return "malformed";
    case SnapshotFault::Rejected:
        return "rejected";
    }
    return "";
}

struct SnapshotClient::Impl
{
    Impl(SnapshotClient* owner, RestClient& restClient, int limit, SnapshotSink resultSink,
         const SnapshotLimits& bounds);

    void pump();
    void wakeAt(std::int64_t whenMs, std::int64_t nowMs);
    [[nodiscard]] std::optional<std::int64_t> nextSendMs(std::int64_t nowMs);
    void send(const SnapshotQueue::Turn& turn);
    void onAnswer(const std::string& symbol, const RestAnswer& answer);
    void onFailure(const std::string& symbol, int priority, SnapshotFailure& failure);
    void noteOutage(SnapshotFault fault);
    [[nodiscard]] bool isOutage() const { return failuresInARow >= limits.outageAfterFailures; }
    [[nodiscard]] int requestsInFlightMax() const { return isOutage() ? 1 : limits.requestsInFlightMax; }

    struct InFlight
    {
        RestClient::RequestId request = 0;
        int priority = 0;
    };

    SnapshotClient* q;
    RestClient& rest;
    int snapshotLimit;
    int weight;
    SnapshotSink sink;
    SnapshotLimits limits;
    std::uint64_t seed;
    DepthParser parser;
    SnapshotQueue queue;
    std::unordered_map<std::string, InFlight> inFlight;
    std::unordered_map<std::string, Backoff> backoffs; // of symbols that failed
    Backoff outageBackoff;
    int failuresInARow = 0;
    std::int64_t outageUntilMs = 0; // UTC
    QTimer timer;
    RateLimit failureLines;
    SnapshotClientStatus counters;
};

SnapshotClient::Impl::Impl(SnapshotClient* owner, RestClient& restClient, int limit, SnapshotSink resultSink,
                           const SnapshotLimits& bounds)
    : q(owner)
    , rest(restClient)
    , snapshotLimit(limit)
    , weight(depthWeight(limit))
    , sink(std::move(resultSink))
    , limits(bounds)
    , seed(seedOrRandom(bounds.seed))
    , outageBackoff(bounds.outage, seed)
{
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer); // a coarse one may be late by 5 %: 3 s of a minute's wait
    QObject::connect(&timer, &QTimer::timeout, owner, [this] { pump(); });
    const int perMinute = rest.budget().weightPerMinute();
    if (weight > perMinute)
        qCWarning(lcSnapshot) << "exchange.weight_per_minute" << perMinute << "is below the weight" << weight
                              << "of one snapshot: one goes out every" << (weight + perMinute - 1) / perMinute
                              << "minutes";
}

void SnapshotClient::Impl::pump()
{
    while (static_cast<int>(inFlight.size()) < requestsInFlightMax()) {
        const std::int64_t nowMs = utcMs();
        const auto dueMs = nextSendMs(nowMs);
        if (!dueMs)
            return;
        if (*dueMs > nowMs)
            return wakeAt(*dueMs, nowMs);
        if (const auto turn = queue.take(nowMs))
            send(*turn);
    }
}

void SnapshotClient::Impl::wakeAt(std::int64_t whenMs, std::int64_t nowMs)
{
    timer.start(static_cast<int>(std::min(whenMs - nowMs, longestSleepMs)));
}

std::optional<std::int64_t> SnapshotClient::Impl::nextSendMs(std::int64_t nowMs)
{
    const auto queuedMs = queue.nextMs(nowMs);
    if (!queuedMs)
        return std::nullopt;
    return std::max({*queuedMs, outageUntilMs, rest.budget().nextChanceMs(weight, nowMs)});
}

void SnapshotClient::Impl::send(const SnapshotQueue::Turn& turn)
{
    const QByteArray query = "symbol=" + QUrl::toPercentEncoding(QString::fromStdString(turn.symbol)) +
                             "&limit=" + QByteArray::number(snapshotLimit);
    const auto onDone = [this, symbol = turn.symbol](const RestAnswer& answer) { onAnswer(symbol, answer); };
    const auto request = rest.get(QStringLiteral("/fapi/v1/depth"), query, weight, q, onDone);
    inFlight[turn.symbol] = {request, turn.priority};
    ++counters.requests;
    if (sink.onRequested)
        sink.onRequested(turn.symbol);
}

void SnapshotClient::Impl::onAnswer(const std::string& symbol, const RestAnswer& answer)
{
    const auto found = inFlight.extract(symbol);
    SnapshotResult result = readSnapshot(answer, parser);
    if (result) {
        ++counters.succeeded;
        backoffs.erase(symbol);
        outageBackoff.reset();
        failuresInARow = 0;
    } else {
        onFailure(symbol, found.mapped().priority, result.error());
    }
    timer.start(0);
    sink.onResult(symbol, std::move(result)); // may ask again or cancel
}

void SnapshotClient::Impl::onFailure(const std::string& symbol, int priority, SnapshotFailure& failure)
{
    const std::int64_t nowMs = utcMs();
    ++counters.failed[static_cast<std::size_t>(failure.fault)];
    counters.lastError = symbol + ": " + toText(failure.fault) + ", " + failure.detail;
    counters.lastErrorMs = nowMs;
    if (failure.isFinal()) {
        backoffs.erase(symbol);
    } else {
        const auto number = static_cast<std::uint64_t>(backoffs.size() + counters.requests);
        Backoff& backoff = backoffs.try_emplace(symbol, limits.retry, seed + number).first->second;
        failure.retryInMs = backoff.nextDelayMs();
        queue.addLater(symbol, priority, nowMs + failure.retryInMs);
        noteOutage(failure.fault);
    }
    if (failureLines.allow(steadyMs())) {
        const std::string note = failureLines.suppressedNote();
        const std::string line = "snapshot of " + counters.lastError + (note.empty() ? "" : " " + note);
        qCWarning(lcSnapshot).noquote() << QString::fromStdString(line);
    }
}

// A 429 or 418 is an answer of a healthy exchange, and the budget stops all symbols for it.
void SnapshotClient::Impl::noteOutage(SnapshotFault fault)
{
    if (fault == SnapshotFault::RateLimited || fault == SnapshotFault::Banned)
        return;
    ++failuresInARow;
    if (isOutage())
        outageUntilMs = utcMs() + outageBackoff.nextDelayMs();
}

SnapshotClient::SnapshotClient(RestClient& rest, int snapshotLimit, SnapshotSink sink, const SnapshotLimits& limits,
                               QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Impl>(this, rest, snapshotLimit, std::move(sink), limits))
{}

SnapshotClient::~SnapshotClient()
{
    for (const auto& [symbol, flight] : d->inFlight)
        d->rest.cancel(flight.request);
}

void SnapshotClient::request(const std::string& symbol, int priority)
{
    if (d->inFlight.contains(symbol))
        return;
    d->queue.add(symbol, priority);
    d->timer.start(0); // after the other requests of this turn, so that priority decides among them
}

void SnapshotClient::cancel(const std::string& symbol)
{
    d->queue.remove(symbol);
    d->backoffs.erase(symbol);
    if (const auto found = d->inFlight.extract(symbol)) {
        d->rest.cancel(found.mapped().request);
        d->timer.start(0);
    }
}

std::map<std::string, QueuePlace> SnapshotClient::places() const
{
    std::map<std::string, QueuePlace> places;
    for (const auto& [symbol, flight] : d->inFlight)
        places.emplace(symbol, QueuePlace{.ahead = 0, .inFlight = true, .secondsToGo = 0});
    const std::int64_t nowMs = utcMs();
    int ahead = 0;
    for (SnapshotQueue::Waiting& waiting : d->queue.inOrder()) {
        const std::int64_t budgetMs = d->rest.budget().estimateMs(ahead + 1, d->weight, nowMs);
        const std::int64_t waitMs = std::max({budgetMs, waiting.notBeforeMs, d->outageUntilMs, nowMs}) - nowMs;
        places.emplace(std::move(waiting.symbol), QueuePlace{.ahead = ahead, .secondsToGo = (waitMs + 999) / 1000});
        ++ahead;
    }
    return places;
}

SnapshotClientStatus SnapshotClient::status() const
{
    SnapshotClientStatus status = d->counters;
    WeightBudget& budget = d->rest.budget();
    const std::int64_t nowMs = utcMs();
    status.queued = static_cast<int>(d->queue.size());
    status.inFlight = static_cast<int>(d->inFlight.size());
    status.ownWeightUsed = budget.ownUsed(nowMs);
    status.weightPerMinute = budget.weightPerMinute();
    status.ipWeightUsed = budget.headerUsed(nowMs);
    status.ipWeightLimit = budget.ipLimit();
    status.blockedUntilMs = budget.blockedUntilMs();
    status.outage = d->isOutage();
    return status;
}

} // namespace obm
