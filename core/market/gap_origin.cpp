#include "market/gap_origin.h"

namespace obm {

const char* toText(GapOrigin origin)
{
    switch (origin) {
    case GapOrigin::Exchange:
        return "exchange";
    case GapOrigin::Producer:
        return "producer";
    case GapOrigin::Kafka:
        return "kafka";
    case GapOrigin::Rebalance:
        return "rebalance";
    }
    return "unknown";
}

const char* toWords(GapOrigin origin)
{
    switch (origin) {
    case GapOrigin::Exchange:
        return "lost before Kafka (exchange or network)";
    case GapOrigin::Producer:
        return "lost in the producer's queue, or while none ran";
    case GapOrigin::Kafka:
        return "lost in Kafka";
    case GapOrigin::Rebalance:
        return "passed over in a rebalance";
    }
    return "unknown";
}

GapOrigin originOf(const GapSigns& signs)
{
    const GapOrigin here = signs.isFirstHere ? GapOrigin::Rebalance : GapOrigin::Kafka;
    if (signs.mark == GapOrigin::Exchange || signs.isBehindUnreadable)
        return GapOrigin::Exchange;
    return signs.isBehindJump ? here : signs.mark.value_or(here);
}

} // namespace obm
