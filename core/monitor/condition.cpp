#include "monitor/condition.h"

namespace obm {

const char* toText(Condition condition)
{
    switch (condition) {
    case Condition::Off:
        return "off";
    case Condition::Starting:
        return "starting";
    case Condition::Good:
        return "good";
    case Condition::Degraded:
        return "degraded";
    case Condition::Bad:
        return "bad";
    }
    return "";
}

} // namespace obm
