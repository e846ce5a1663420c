// What goes wrong: each fault with how it begins, how long it lasts, how it ends, and what is promised from then on.
#pragma once

#include "chaos/chaos_site.h"

#include <QString>

#include <functional>
#include <vector>

namespace obm::test {

struct ChaosFault
{
    QString name;
    Part part; // that it strikes: of two at once each strikes another one
    std::function<void(ChaosSite&)> strike;
    std::function<void(ChaosSite&)> heal;
    int holdMs;                                  // from the one to the other
    int promisedMs;                              // from the end on: every book is live and up to date
    std::function<double(ChaosSite&)> felt = {}; // a count that has risen before it is healed, or it never struck
    int feltMin = 1;                             // by so much
};

const std::vector<ChaosFault>& chaosFaults();

// That the handlers have counted.
[[nodiscard]] double snapshotsFailed(ChaosSite& site);

} // namespace obm::test
