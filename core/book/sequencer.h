// The pure id rule of Binance USD-M futures: may this event be applied to a book that stands at `last`?
//
// The exchange's steps ("How to manage a local order book correctly", USD-M futures), L = the snapshot's lastUpdateId:
//   3. Drop events with u < L.                                                    -> Duplicate
//   4. The first event applied bridges: documented U <= L <= u; live streams also
//      continue with pu == L. The safe form of both: pu <= L <= u.                -> Apply
//      pu > L: the snapshot is older than the events.                             -> Gap
//   5. Each later event continues the one before: pu == last. Quantities are
//      absolute, so an event that overlaps may be applied as well:
//      u <= last                                                                  -> Duplicate
//      pu <= last < u                                                             -> Apply
//      pu > last                                                                  -> Gap
// The bridging event is applied although its u may equal L: only after it does u <= last mean that it was seen.
// (U == last + 1 is the rule of the SPOT market and never holds on futures.)
#pragma once

#include "market/depth.h"

#include <cstdint>

namespace obm {

enum class SequenceVerdict { Duplicate, Apply, Gap };

class Sequencer
{
public:
    static Sequencer fromSnapshot(std::int64_t lastUpdateId) { return Sequencer(lastUpdateId, false); }

    [[nodiscard]] SequenceVerdict validate(const DepthUpdate& update) const;
    // After the update has been applied.
    void advance(const DepthUpdate& update);

    [[nodiscard]] std::int64_t last() const { return m_last; } // of a snapshot until the first advance()
    [[nodiscard]] bool isBridged() const { return m_bridged; }

private:
    Sequencer(std::int64_t last, bool bridged)
        : m_last(last)
        , m_bridged(bridged)
    {}

    std::int64_t m_last;
    bool m_bridged;
};

} // namespace obm
