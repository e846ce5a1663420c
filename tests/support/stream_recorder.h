// Keeps what a DepthStream passes on and judges each symbol's chain by its ids.
#pragma once

#include "exchange/depth_stream.h"
#include "market/depth_parser.h"

#include <cstdint>
#include <map>
#include <string>

namespace obm::test {

struct StreamChain
{
    int events = 0;
    int gaps = 0;    // pu above the u before: something is missing
    int repeats = 0; // u not above the u before: passed twice, or out of order
    std::int64_t lastId = 0;
};

class StreamRecorder
{
public:
    DepthSink sink()
    {
        return [this](const StreamMessage& message) { take(message); };
    }

    [[nodiscard]] const StreamChain& of(const std::string& symbol) { return m_chains[symbol]; }
    [[nodiscard]] int malformed() const { return m_malformed; }
    [[nodiscard]] int disputed() const { return m_disputed; } // the stream judged a chain otherwise
    [[nodiscard]] std::size_t symbolCount() const { return m_chains.size(); }

    [[nodiscard]] int fewestEvents(const QStringList& symbols)
    {
        int fewest = of(symbols.front().toStdString()).events;
        for (const QString& symbol : symbols)
            fewest = std::min(fewest, of(symbol.toStdString()).events);
        return fewest;
    }
    [[nodiscard]] StreamChain total() const
    {
        StreamChain sum;
        for (const auto& [symbol, chain] : m_chains) {
            sum.events += chain.events;
            sum.gaps += chain.gaps;
            sum.repeats += chain.repeats;
        }
        return sum;
    }
    void clear() { m_chains.clear(); }

private:
    void take(const StreamMessage& message)
    {
        if (!m_parser.parseUpdate(message.data, m_update) || m_update.symbol != message.symbol ||
            message.receivedMs <= 0) {
            ++m_malformed;
            return;
        }
        StreamChain& chain = m_chains[std::string(message.symbol)];
        if (chain.events++ > 0) {
            const bool isGap = m_update.previousLastId > chain.lastId;
            chain.gaps += isGap;
            m_disputed += isGap != message.followsGap;
            chain.repeats += m_update.lastId <= chain.lastId;
        }
        chain.lastId = m_update.lastId;
    }

    DepthParser m_parser;
    DepthUpdate m_update;
    std::map<std::string, StreamChain> m_chains;
    int m_malformed = 0;
    int m_disputed = 0;
};

} // namespace obm::test
