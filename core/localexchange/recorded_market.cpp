#include "localexchange/recorded_market.h"

#include "localexchange/depth_json.h"

#include <algorithm>

namespace obm::localexchange {

namespace {

constexpr std::int64_t nsPerMs = 1'000'000;

} // namespace

RecordedMarket::RecordedMarket(Recording recording, double speed, bool loop)
    : m_recording(std::move(recording))
    , m_speed(speed)
    , m_loop(loop)
{
    for (const RecordedSymbol& symbol : m_recording.symbols())
        m_states.push_back({symbol.snapshot, symbol.snapshotId, symbol.snapshotTimeMs});
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { playDue(); });
}

std::vector<Listing> RecordedMarket::listings() const
{
    std::vector<Listing> listings;
    for (const RecordedSymbol& symbol : m_recording.symbols())
        listings.push_back({symbol.name, "0.00000001", "0.00000001"}); // neither was recorded
    return listings;
}

BookText RecordedMarket::book(std::size_t symbol, std::size_t levelsMax) const
{
    const State& state = m_states[symbol];
    BookText text;
    text.lastUpdateId = state.lastId;
    text.eventTimeMs = state.timeMs;
    state.book.fill(text, levelsMax);
    return text;
}

void RecordedMarket::play()
{
    if (m_started)
        return;
    m_started = true;
    m_clock.start();
    arm();
}

void RecordedMarket::resume()
{
    if (m_held && !isBehind()) {
        m_held = false;
        arm();
    }
}

std::int64_t RecordedMarket::dueNs(std::size_t index) const
{
    const auto& events = m_recording.events();
    const std::int64_t sinceFirst = events[index].receivedNs - events.front().receivedNs;
    return static_cast<std::int64_t>(static_cast<double>(sinceFirst) / m_speed);
}

void RecordedMarket::arm()
{
    const std::int64_t waitNs = m_next < m_recording.events().size() ? dueNs(m_next) - m_clock.nsecsElapsed() : 0;
    m_timer.start(static_cast<int>(std::max<std::int64_t>(0, (waitNs + nsPerMs - 1) / nsPerMs)));
}

// Bounded, so that requests are answered between two turns at any speed.
void RecordedMarket::playDue()
{
    constexpr int turnMax = 256;
    const std::size_t count = m_recording.events().size();
    for (int sent = 0; sent < turnMax && m_next < count; ++sent) {
        if (dueNs(m_next) > m_clock.nsecsElapsed())
            break;
        send(m_next++);
    }
    if (m_next == count)
        endPass();
    else if (isBehind())
        m_held = true;
    else
        arm();
}

void RecordedMarket::send(std::size_t index)
{
    const RecordedEvent& event = m_recording.events()[index];
    const std::size_t bridge = m_recording.symbols()[event.symbol].bridge;
    State& state = m_states[event.symbol];
    if (index == bridge)
        state.known = true;
    if (m_pass == 0)
        emitRecorded(event);
    else if (index >= bridge && event.lastId.value + m_pass * m_recording.idSpan() > state.lastId)
        emitRewritten(event);
}

void RecordedMarket::emitRecorded(const RecordedEvent& event)
{
    const bool known = m_states[event.symbol].known;
    if (known)
        apply(event, event.lastId.value, event.eventTime.value);
    onEvent({event.symbol, SpeedSet::all(), event.data, event.lastId.value, known});
}

void RecordedMarket::apply(const RecordedEvent& event, std::int64_t lastId, std::int64_t timeMs)
{
    State& state = m_states[event.symbol];
    state.book.applyBids(event.bids());
    state.book.applyAsks(event.asks());
    state.lastId = lastId;
    state.timeMs = timeMs;
}

// The first event after a seam follows the seam's, whatever it followed when it was recorded.
void RecordedMarket::emitRewritten(const RecordedEvent& event)
{
    const std::int64_t ids = m_pass * m_recording.idSpan();
    const std::int64_t times = m_pass * m_recording.timeSpanMs();
    const std::int64_t previous = m_states[event.symbol].lastId;
    std::vector<NumberField> fields{
        {event.eventTime.from, event.eventTime.size, event.eventTime.value + times},
        {event.transactionTime.from, event.transactionTime.size, event.transactionTime.value + times},
        {event.firstId.from, event.firstId.size, std::max(event.firstId.value + ids, previous + 1)},
        {event.lastId.from, event.lastId.size, event.lastId.value + ids},
        {event.previousLastId.from, event.previousLastId.size, previous},
    };
    std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.from < b.from; });

    std::string data;
    std::size_t copied = 0;
    for (const NumberField& field : fields) {
        data.append(event.data.substr(copied, field.from - copied));
        appendNumber(data, field.value);
        copied = field.from + field.size;
    }
    data.append(event.data.substr(copied));
    apply(event, event.lastId.value + ids, event.eventTime.value + times);
    onEvent({event.symbol, SpeedSet::all(), data, event.lastId.value + ids});
}

void RecordedMarket::endPass()
{
    if (!m_loop) {
        onFinished();
        return;
    }
    ++m_pass;
    m_next = 0;
    for (std::size_t i = 0; i < m_states.size(); ++i)
        emitSeam(i);
    m_clock.start();
    arm();
}

void RecordedMarket::emitSeam(std::size_t index)
{
    const RecordedSymbol& symbol = m_recording.symbols()[index];
    State& state = m_states[index];
    const auto [bids, asks] = state.book.differenceTo(symbol.snapshot);
    const std::int64_t previous = state.lastId;
    state.book = symbol.snapshot;
    state.lastId = symbol.snapshotId + m_pass * m_recording.idSpan();
    // Above every time of the pass before, and not above those that follow.
    state.timeMs = m_recording.firstTimeMs() + m_pass * m_recording.timeSpanMs();

    const DepthEvent event{symbol.name, state.timeMs, state.lastId, state.lastId, previous};
    onEvent({index, SpeedSet::all(), depthEventJson(event, bids, asks), state.lastId});
}

} // namespace obm::localexchange
