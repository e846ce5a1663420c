// The book as the exchange's documentation describes it, written as plainly as can be: what tests hold against the
// truth of the local exchange.
#pragma once

#include "support/exchange_client.h"
#include "support/truth.h"

#include <map>
#include <utility>

namespace obm::test {

class ReplayedBook
{
public:
    enum class Verdict { Old, Applied, Gap };

    void load(const QJsonObject& snapshot)
    {
        m_bids.clear();
        m_asks.clear();
        m_lastId = snapshot.value(QLatin1String("lastUpdateId")).toInteger();
        m_bridged = false;
        apply(m_bids, snapshot.value(QLatin1String("bids")).toArray());
        apply(m_asks, snapshot.value(QLatin1String("asks")).toArray());
    }

    Verdict take(const ClientEvent& event)
    {
        if (event.lastId < m_lastId || (m_bridged && event.lastId == m_lastId))
            return Verdict::Old;
        if (m_bridged ? event.previousLastId != m_lastId : event.previousLastId > m_lastId)
            return Verdict::Gap;
        apply(m_bids, event.bids);
        apply(m_asks, event.asks);
        m_lastId = event.lastId;
        m_bridged = true;
        return Verdict::Applied;
    }

    [[nodiscard]] qint64 lastId() const { return m_lastId; }
    [[nodiscard]] TruthTop top() const
    {
        constexpr std::size_t levelsMax = 10;
        TruthTop top;
        for (auto level = m_bids.rbegin(); level != m_bids.rend() && top.bids.size() < levelsMax; ++level)
            top.bids.push_back(level->second);
        for (auto level = m_asks.begin(); level != m_asks.end() && top.asks.size() < levelsMax; ++level)
            top.asks.push_back(level->second);
        return top;
    }

private:
    using Levels = std::map<qint64, std::pair<QString, QString>>;

    // "0.10" -> 10'000'000: units of 1e-8
    static qint64 unitsOf(const QString& text)
    {
        constexpr int digits = 8;
        return (text.section(QLatin1Char('.'), 0, 0) +
                text.section(QLatin1Char('.'), 1).leftJustified(digits, QLatin1Char('0')))
            .toLongLong();
    }
    static bool isZero(const QString& quantity)
    {
        return std::all_of(quantity.begin(), quantity.end(),
                           [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    }
    static void apply(Levels& levels, const QJsonArray& changes)
    {
        for (const auto& [price, quantity] : toTextLevels(changes)) {
            if (isZero(quantity))
                levels.erase(unitsOf(price));
            else
                levels[unitsOf(price)] = {price, quantity};
        }
    }

    Levels m_bids;
    Levels m_asks;
    qint64 m_lastId = 0;
    bool m_bridged = false;
};

} // namespace obm::test
