// What the metrics of another process tell of its stages, in the values that its own window would have.
// Thread: any; a pure function. Units: as in pipeline/status.h; takenMs is left to the caller.
#pragma once

#include "pipeline/status.h"
#include "viewer/metrics_text.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace obm {

struct ToldStatus
{
    bool hasFeed = false; // a handler has none
    FeedStatus feed;
    BookStatus book;
    StoreStatus store;
    std::map<std::string, BookRow> books; // by symbol: events and the last audit
};

[[nodiscard]] ToldStatus toldStatus(const std::vector<MetricSample>& samples);

} // namespace obm
