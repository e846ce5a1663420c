#include "localexchange/synthetic_market.h"

#include <QDateTime>

namespace obm::localexchange {

namespace {

constexpr int baseTickMs = 50; // the greatest common divisor of the stream speeds

constexpr std::int64_t ticksOf(Speed speed)
{
    switch (speed) {
    case Speed::Ms100:
        return 2;
    case Speed::Ms250:
        return 5;
    case Speed::Ms500:
        return 10;
    }
    return 1;
}

// Ids of today's size that are above those of an exchange that ran before: no symbol uses eight a millisecond.
std::int64_t firstId()
{
    constexpr std::int64_t idsPerMs = 8;
    return QDateTime::currentMSecsSinceEpoch() * idsPerMs;
}

} // namespace

SyntheticMarket::SyntheticMarket(const std::vector<std::string>& symbols, std::uint64_t seed, bool busy)
{
    const std::int64_t id = firstId();
    m_symbols.reserve(symbols.size());
    for (const std::string& symbol : symbols) {
        SymbolProfile profile = profileOf(symbol);
        if (busy)
            profile.moveOneIn = 1;
        m_symbols.emplace_back(std::move(profile), seed, id);
    }
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(baseTickMs);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimer(); });
}

std::vector<Listing> SyntheticMarket::listings() const
{
    std::vector<Listing> listings;
    for (const SyntheticSymbol& symbol : m_symbols)
        listings.push_back(symbol.listing());
    return listings;
}

BookText SyntheticMarket::book(std::size_t symbol, std::size_t levelsMax) const
{
    BookText text = m_symbols[symbol].book(levelsMax);
    text.eventTimeMs = QDateTime::currentMSecsSinceEpoch();
    return text;
}

void SyntheticMarket::setWanted(std::size_t symbol, Speed speed, bool wanted)
{
    m_symbols[symbol].setWanted(speed, wanted);
}

void SyntheticMarket::play()
{
    if (m_clock.isValid())
        return;
    m_clock.start();
    m_timer.start();
}

bool SyntheticMarket::standStill()
{
    m_timer.stop();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    for (std::size_t i = 0; i < m_symbols.size(); ++i)
        for (const Speed speed : allSpeeds)
            emitDue(i, speed, nowMs);
    return true;
}

// A late timer is made up for, but not without end: after a machine slept the market goes on from where it was.
void SyntheticMarket::onTimer()
{
    constexpr std::int64_t catchUpMax = 4;
    const std::int64_t due = m_clock.elapsed() / baseTickMs - m_ticksSkipped;
    m_ticksSkipped += std::max<std::int64_t>(0, due - m_ticksDone - catchUpMax);
    const std::int64_t until = std::min(due, m_ticksDone + catchUpMax);
    for (; m_ticksDone < until; ++m_ticksDone)
        advance();
}

void SyntheticMarket::advance()
{
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    for (std::size_t i = 0; i < m_symbols.size(); ++i) {
        m_symbols[i].advance();
        for (const Speed speed : allSpeeds) {
            if ((m_ticksDone + static_cast<std::int64_t>(i)) % ticksOf(speed) == 0)
                emitDue(i, speed, nowMs);
        }
    }
}

void SyntheticMarket::emitDue(std::size_t symbol, Speed speed, std::int64_t nowMs)
{
    if (const auto json = m_symbols[symbol].takeEvent(speed, nowMs))
        onEvent({symbol, SpeedSet(speed), *json, m_symbols[symbol].lastId()});
}

} // namespace obm::localexchange
