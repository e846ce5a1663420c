#include "exchange/depth_stream.h"

#include "exchange/clock.h"
#include "exchange/event_chain.h"
#include "exchange/stream_lane.h"
#include "exchange/subscription_plan.h"
#include "exchange/symbol_silence.h"
#include "log/rate_limit.h"
#include "market/stream_name.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcStream, "obm.exchange.stream")

struct TextHash : std::hash<std::string_view>
{
    using is_transparent = void;
};

// One symbol's place in the table; the per-message path touches nothing else.
struct Slot
{
    explicit Slot(const StreamLimits& limits)
        : silence(limits.symbolSilenceMs, limits.symbolSilenceMaxMs)
    {}

    std::string symbol;
    StreamLane* lane = nullptr;
    EventChain chain;
    std::uint64_t messages = 0;
    std::int64_t lastMessageMs = 0; // UTC
    SymbolSilence silence;
    std::string refusal;
};

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t namesMax = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), namesMax); ++i)
        text += (i ? ", " : "") + names[i];
    return names.size() > namesMax ? text + " and " + std::to_string(names.size() - namesMax) + " more" : text;
}

} // namespace

struct DepthStream::Impl
{
    Impl(DepthStream* owner, const ExchangeConfig& exchange, DepthSink messageSink, const StreamLimits& limits);

    void change(const QStringList& symbols);
    void add(const PlannedSymbol& planned);
    void remove(const PlannedSymbol& planned);
    StreamLane* lane(int index);
    void onFrame(const CombinedFrame& frame, qint64 receivedMs);
    bool followsGap(Slot& slot, std::string_view data);
    void onRefused(const RefusedStream& refused);
    void tick();
    bool hasFallenSilent(Slot& slot, const std::string& stream, std::int64_t nowMs);
    void renewSilent(StreamLane& lane, std::int64_t nowMs);
    [[nodiscard]] bool hasData(std::int64_t nowMs) const;
    void say(bool isWarning, const std::string& text);
    [[nodiscard]] std::string alarm() const;

    DepthStream* q;
    ExchangeConfig config;
    DepthSink sink;
    StreamShared shared;
    SubscriptionPlan plan;
    std::unordered_map<std::string, Slot, TextHash, std::equal_to<>> slots; // by stream name
    std::vector<std::unique_ptr<StreamLane>> lanes;
    QTimer ticker;
    RateLimit noticeLimit{20, 60'000};
    RateLimit gapLines{2};
    std::int64_t lastMessageMs = 0; // UTC
    std::int64_t lastDataMs = 0;    // steady
};

DepthStream::Impl::Impl(DepthStream* owner, const ExchangeConfig& exchange, DepthSink messageSink,
                        const StreamLimits& limits)
    : q(owner)
    , config(exchange)
    , sink(std::move(messageSink))
    , shared{.limits = limits, .reader = {}, .counters = {}}
    , plan(limits.symbolsPerConnection)
{
    QObject::connect(&ticker, &QTimer::timeout, owner, [this] { tick(); });
}

void DepthStream::Impl::change(const QStringList& symbols)
{
    std::vector<std::string> wanted;
    for (const QString& symbol : symbols)
        wanted.push_back(toUpperAscii(symbol.toStdString()));
    const PlanChange change = plan.change(wanted);
    for (const PlannedSymbol& planned : change.removed)
        remove(planned);
    for (const PlannedSymbol& planned : change.added)
        add(planned);
}

void DepthStream::Impl::add(const PlannedSymbol& planned)
{
    const std::string stream = depthStreamName(planned.symbol, config.depthSpeed);
    Slot& slot = slots.try_emplace(stream, shared.limits).first->second;
    slot.symbol = planned.symbol;
    slot.lane = lane(planned.connection);
    slot.lane->add(stream);
}

void DepthStream::Impl::remove(const PlannedSymbol& planned)
{
    const std::string stream = depthStreamName(planned.symbol, config.depthSpeed);
    lane(planned.connection)->remove(stream);
    slots.erase(stream);
}

StreamLane* DepthStream::Impl::lane(int index)
{
    while (lanes.size() <= static_cast<std::size_t>(index))
        lanes.push_back(std::make_unique<StreamLane>(
            static_cast<int>(lanes.size()) + 1, QUrl(QString::fromStdString(config.wsUrl)), shared,
            StreamLaneEvents{
                .onFrame = [this](const CombinedFrame& frame, qint64 receivedMs) { onFrame(frame, receivedMs); },
                .onRefused = [this](const RefusedStream& refused) { onRefused(refused); },
                .onNotice = [this](bool isWarning, const std::string& text) { say(isWarning, text); },
            }));
    return lanes[static_cast<std::size_t>(index)].get();
}

void DepthStream::Impl::onFrame(const CombinedFrame& frame, qint64 receivedMs)
{
    const auto found = slots.find(frame.stream);
    if (found == slots.end()) {
        ++shared.counters.unknownStreams;
        return;
    }
    Slot& slot = found->second;
    ++shared.counters.messages;
    ++slot.messages;
    slot.lastMessageMs = lastMessageMs = receivedMs;
    lastDataMs = steadyMs();
    slot.silence.onData(lastDataMs);
    const bool isAfterGap = followsGap(slot, frame.data);
    if (slot.silence.isSilent()) [[unlikely]] {
        slot.silence.end(isAfterGap);
        say(false, slot.symbol + " delivers again");
    }
    sink({.symbol = slot.symbol, .data = frame.data, .receivedMs = receivedMs, .followsGap = isAfterGap});
}

// Of an event without ids nothing is known here: the next one tells whether it was one of the chain.
bool DepthStream::Impl::followsGap(Slot& slot, std::string_view data)
{
    const auto ids = eventIds(data);
    const std::int64_t before = slot.chain.lastId();
    if (!ids || !slot.chain.isBrokenBy(*ids)) [[likely]]
        return false;
    ++shared.counters.gaps;
    if (gapLines.allow(steadyMs()))
        qCWarning(lcStream).noquote() << slot.symbol.c_str() << "lost an event before Kafka: pu" << ids->previousLastId
                                      << "> u" << before << gapLines.suppressedNote().c_str();
    return true;
}

void DepthStream::Impl::onRefused(const RefusedStream& refused)
{
    const auto found = slots.find(refused.stream);
    if (found == slots.end())
        return;
    found->second.refusal = refused.reason;
    say(true, found->second.symbol + ": the exchange refuses the subscription: " + refused.reason);
}

void DepthStream::Impl::tick()
{
    const std::int64_t nowMs = steadyMs();
    for (const auto& lane : lanes)
        lane->checkDeadlines(nowMs);
    std::vector<std::string> silent;
    for (auto& [stream, slot] : slots)
        if (hasFallenSilent(slot, stream, nowMs))
            silent.push_back(slot.symbol);
    for (const auto& lane : lanes)
        renewSilent(*lane, nowMs);
    if (silent.empty())
        return;
    shared.counters.silenceAlarms += silent.size();
    std::ranges::sort(silent);
    say(true, "subscribed and silent while other symbols have data: " + listed(silent));
}

bool DepthStream::Impl::hasFallenSilent(Slot& slot, const std::string& stream, std::int64_t nowMs)
{
    const bool isSubscribed = slot.lane->stateOf(stream) == SubscriptionState::Acknowledged;
    if (isSubscribed)
        slot.refusal.clear();
    return slot.silence.look(isSubscribed, hasData(nowMs), nowMs);
}

void DepthStream::Impl::renewSilent(StreamLane& lane, std::int64_t nowMs)
{
    const auto isDue = [&](const auto& entry) {
        const Slot& slot = entry.second;
        return slot.lane == &lane && slot.silence.isRenewalDue(lane.renewedMs(), nowMs);
    };
    if (!hasData(nowMs) || std::ranges::none_of(slots, isDue) || !lane.renew(nowMs))
        return;
    for (auto& [stream, slot] : slots)
        if (slot.lane == &lane)
            slot.silence.onRenewal();
}

bool DepthStream::Impl::hasData(std::int64_t nowMs) const
{
    return nowMs - lastDataMs < shared.limits.symbolSilenceMs;
}

void DepthStream::Impl::say(bool isWarning, const std::string& text)
{
    if (!noticeLimit.allow(steadyMs()))
        return;
    const std::string note = noticeLimit.suppressedNote();
    const QString line = QString::fromStdString(note.empty() ? text : text + ' ' + note);
    if (isWarning)
        qCWarning(lcStream).noquote() << line;
    else
        qCInfo(lcStream).noquote() << line;
    Q_EMIT q->noticed(isWarning, line);
}

std::string DepthStream::Impl::alarm() const
{
    for (const auto& lane : lanes)
        if (!lane->deadPathAlarm().empty())
            return lane->deadPathAlarm();
    std::vector<std::string> silent;
    for (const auto& [stream, slot] : slots)
        if (slot.silence.isSilent())
            silent.push_back(slot.symbol);
    std::ranges::sort(silent);
    return silent.empty() ? std::string() : "subscribed and silent: " + listed(silent);
}

DepthStream::DepthStream(const ExchangeConfig& config, DepthSink sink, const StreamLimits& limits, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Impl>(this, config, std::move(sink), limits))
{}

DepthStream::~DepthStream() = default;

void DepthStream::start(const QStringList& symbols)
{
    d->ticker.start(static_cast<int>(d->shared.limits.tickMs));
    d->change(symbols);
}

void DepthStream::setSymbols(const QStringList& symbols)
{
    d->change(symbols);
}

void DepthStream::stop()
{
    d->ticker.stop();
    d->change({});
}

void DepthStream::rollOver()
{
    for (const auto& lane : d->lanes)
        lane->rollOver();
}

ExchangeStreamStatus DepthStream::status() const
{
    ExchangeStreamStatus status;
    for (const auto& lane : d->lanes)
        status.connections.push_back(lane->status());
    for (const auto& [stream, slot] : d->slots)
        status.symbols.push_back({.symbol = slot.symbol,
                                  .subscription = slot.lane->stateOf(stream),
                                  .messages = slot.messages,
                                  .lastMessageMs = slot.lastMessageMs,
                                  .silent = slot.silence.isSilent(),
                                  .refusal = slot.refusal});
    std::ranges::sort(status.symbols, {}, &SymbolStreamStatus::symbol);
    status.counters = d->shared.counters;
    status.lastMessageMs = d->lastMessageMs;
    status.alarm = d->alarm();
    return status;
}

} // namespace obm
