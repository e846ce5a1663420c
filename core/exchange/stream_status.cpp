#include "exchange/stream_status.h"

namespace obm {

const char* toText(StreamState state)
{
    switch (state) {
    case StreamState::Waiting:
        return "waiting";
    case StreamState::Connecting:
        return "connecting";
    case StreamState::Subscribing:
        return "subscribing";
    case StreamState::Silent:
        return "silent";
    case StreamState::Delivering:
        return "delivering";
    }
    return "";
}

const char* toText(SubscriptionState state)
{
    switch (state) {
    case SubscriptionState::Waiting:
        return "waiting";
    case SubscriptionState::Asked:
        return "asked";
    case SubscriptionState::Acknowledged:
        return "acknowledged";
    case SubscriptionState::Refused:
        return "refused";
    }
    return "";
}

} // namespace obm
