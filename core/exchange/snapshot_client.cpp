#include "exchange/snapshot_client.h"

#include "exchange/clock.h"
#include "exchange/snapshot_answer.h"
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

SnapshotLimits seeded(SnapshotLimits limits)
{
    limits.seed = seedOrRandom(limits.seed);
    return limits;
}

} // namespace

struct SnapshotClient::Impl
{
    Impl(SnapshotClient* owner, RestClient& restClient, int limit, SnapshotSink resultSink,
         const SnapshotLimits& bounds);

    void pump();
    void pumpSoon() { timer.start(0); }
    void send(const std::string& symbol);
    void onAnswer(const std::string& symbol, const RestAnswer& answer);
    void tellFailure(const std::string& symbol, const SnapshotFailure& failure);

    SnapshotClient* q;
    RestClient& rest;
    int snapshotLimit;
    SnapshotSink sink;
    SnapshotSchedule schedule;
    DepthParser parser;
    std::unordered_map<std::string, RestClient::RequestId> requests; // on their way
    QTimer timer;
    RateLimit failureLines;
};

SnapshotClient::Impl::Impl(SnapshotClient* owner, RestClient& restClient, int limit, SnapshotSink resultSink,
                           const SnapshotLimits& bounds)
    : q(owner)
    , rest(restClient)
    , snapshotLimit(limit)
    , sink(std::move(resultSink))
    , schedule(restClient.budget(), depthWeight(limit), seeded(bounds))
{
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer); // a coarse one may be late by 5 %: 3 s of a minute's wait
    QObject::connect(&timer, &QTimer::timeout, owner, [this] { pump(); });
    const int weight = schedule.weight();
    const int perMinute = rest.budget().weightPerMinute();
    if (weight > perMinute)
        qCWarning(lcSnapshot) << "exchange.weight_per_minute" << perMinute << "is below the weight" << weight
                              << "of one snapshot: one goes out every" << (weight + perMinute - 1) / perMinute
                              << "minutes";
}

void SnapshotClient::Impl::pump()
{
    while (const auto symbol = schedule.take(rest.nowMs()))
        send(*symbol);
    const std::int64_t nowMs = rest.nowMs();
    if (const auto dueMs = schedule.nextMs(nowMs))
        timer.start(static_cast<int>(std::clamp<std::int64_t>(*dueMs - nowMs, 0, longestSleepMs)));
}

void SnapshotClient::Impl::send(const std::string& symbol)
{
    const QByteArray query = "symbol=" + QUrl::toPercentEncoding(QString::fromStdString(symbol)) +
                             "&limit=" + QByteArray::number(snapshotLimit);
    requests[symbol] = rest.get(QStringLiteral("/fapi/v1/depth"), query, schedule.weight(), q,
                                [this, symbol](const RestAnswer& answer) { onAnswer(symbol, answer); });
    if (sink.onRequested)
        sink.onRequested(symbol);
}

void SnapshotClient::Impl::onAnswer(const std::string& symbol, const RestAnswer& answer)
{
    requests.erase(symbol);
    SnapshotResult result = readSnapshot(answer, parser);
    schedule.onResult(symbol, result, rest.nowMs());
    if (!result)
        tellFailure(symbol, result.error());
    pumpSoon();
    sink.onResult(symbol, std::move(result)); // may ask again or cancel
}

void SnapshotClient::Impl::tellFailure(const std::string& symbol, const SnapshotFailure& failure)
{
    if (!failureLines.allow(steadyMs()))
        return;
    const std::string note = failureLines.suppressedNote();
    qCWarning(lcSnapshot).noquote() << QString::fromStdString("snapshot of " + symbol + ": " + toText(failure.fault) +
                                                              ", " + failure.detail + (note.empty() ? "" : " " + note));
}

SnapshotClient::SnapshotClient(RestClient& rest, int snapshotLimit, SnapshotSink sink, const SnapshotLimits& limits,
                               QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Impl>(this, rest, snapshotLimit, std::move(sink), limits))
{}

SnapshotClient::~SnapshotClient()
{
    for (const auto& [symbol, request] : d->requests)
        d->rest.cancel(request);
}

void SnapshotClient::request(const std::string& symbol, int priority)
{
    d->schedule.request(symbol, priority);
    d->pumpSoon(); // after the other requests of this turn, so that priority decides among them
}

void SnapshotClient::cancel(const std::string& symbol)
{
    if (!d->schedule.cancel(symbol))
        return;
    d->rest.cancel(d->requests.extract(symbol).mapped());
    d->pumpSoon();
}

std::map<std::string, QueuePlace> SnapshotClient::places() const
{
    return d->schedule.places(d->rest.nowMs());
}

SnapshotClientStatus SnapshotClient::status() const
{
    return d->schedule.status(d->rest.nowMs());
}

} // namespace obm
