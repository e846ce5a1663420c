#include "book/sequencer.h"

namespace obm {

SequenceVerdict Sequencer::validate(const DepthUpdate& update) const
{
    const bool isSeen = m_bridged ? update.lastId <= m_last // step 5
                                  : update.lastId < m_last; // step 3: u == L may bridge
    if (isSeen)
        return SequenceVerdict::Duplicate;
    return update.previousLastId <= m_last ? SequenceVerdict::Apply : SequenceVerdict::Gap; // steps 4 and 5
}

void Sequencer::advance(const DepthUpdate& update)
{
    m_last = update.lastId;
    m_bridged = true;
}

} // namespace obm
