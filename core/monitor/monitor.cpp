#include "monitor/monitor.h"

#include "monitor/journal_watch.h"
#include "monitor/stage_watch.h"
#include "monitor/symbol_watch.h"
#include "pipeline/status_sums.h"

#include <optional>

namespace obm {

namespace {

// The hops that an update takes one after the other.
constexpr Stage hops[] = {Stage::Exchange, Stage::KafkaOut, Stage::Books, Stage::Redis};

// Nothing while one of them is not known.
std::optional<LatencyPair> wholeWay(const StageRows& rows)
{
    LatencyPair sum;
    for (const Stage hop : hops) {
        const StageRow& row = rows[static_cast<std::size_t>(hop)];
        if (!row.latency)
            return std::nullopt;
        sum.p50Ms += row.latency->p50Ms;
        sum.p99Ms += row.latency->p99Ms;
    }
    return sum;
}

} // namespace

struct Monitor::Impl
{
    explicit Impl(const Config& config)
        : stages(config.pipeline.role)
        , symbols(config)
        , journal(config.pipeline.role)
    {}

    void draw(SeriesId id, std::int64_t epochMs, std::optional<double> value)
    {
        if (value)
            series[static_cast<std::size_t>(id)].add(epochMs, *value);
    }
    void drawStages(std::int64_t epochMs);
    void drawWeight(const SnapshotClientStatus& rest, std::int64_t epochMs);

    StageWatch stages;
    SymbolWatch symbols;
    JournalWatch journal;
    Alerts alerts;
    AlertChanges changes;
    SeriesSet series;
};

void Monitor::Impl::drawStages(std::int64_t epochMs)
{
    const StageRows& rows = stages.rows();
    const auto row = [&](Stage stage) -> const StageRow& { return rows[static_cast<std::size_t>(stage)]; };
    draw(SeriesId::ReceivedPerSecond, epochMs, row(Stage::Exchange).perSecond);
    draw(SeriesId::DeliveredPerSecond, epochMs, row(Stage::KafkaIn).perSecond);
    draw(SeriesId::ConsumedPerSecond, epochMs, row(Stage::KafkaOut).perSecond);
    draw(SeriesId::WritesPerSecond, epochMs, row(Stage::Redis).perSecond);
    draw(SeriesId::LagMessages, epochMs, row(Stage::KafkaOut).lagMessages);
    draw(SeriesId::LagMs, epochMs, row(Stage::KafkaOut).lagMs);
    if (const auto latency = wholeWay(rows)) {
        draw(SeriesId::LatencyP50Ms, epochMs, latency->p50Ms);
        draw(SeriesId::LatencyP99Ms, epochMs, latency->p99Ms);
    }
}

void Monitor::Impl::drawWeight(const SnapshotClientStatus& rest, std::int64_t epochMs)
{
    draw(SeriesId::WeightUsed, epochMs, rest.ownWeightUsed);
    draw(SeriesId::WeightAllowed, epochMs, rest.weightPerMinute);
}

Monitor::Monitor(const Config& config)
    : d(std::make_unique<Impl>(config))
{}

Monitor::~Monitor() = default;

void Monitor::update(const PipelineStatus& status, std::int64_t steadyMs, std::int64_t epochMs)
{
    d->stages.update(status, steadyMs, epochMs);
    d->symbols.update(status, steadyMs, epochMs);
    d->changes = d->alerts.update(status, steadyMs);
    d->journal.update(status, d->changes, steadyMs, epochMs);
    d->drawStages(epochMs);
    if (status.book && status.hasCounters())
        d->drawWeight(status.book->snapshots, epochMs);
}

const StageRows& Monitor::stages() const
{
    return d->stages.rows();
}

const std::vector<SymbolRow>& Monitor::symbols() const
{
    return d->symbols.rows();
}

const Journal& Monitor::journal() const
{
    return d->journal.journal();
}

const SeriesSet& Monitor::series() const
{
    return d->series;
}

Alerts& Monitor::alerts()
{
    return d->alerts;
}

const AlertChanges& Monitor::alertChanges() const
{
    return d->changes;
}

} // namespace obm
