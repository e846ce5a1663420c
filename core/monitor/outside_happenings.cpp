#include "monitor/happening.h"
#include "monitor/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

void addOutsideHappenings(const OutsideView& before, const OutsideView& now, Happenings& out)
{
    const bool isKnown = now.noBooks.empty() && before.noBooks.empty();
    if (isKnown && now.owners != before.owners)
        out.push_back({"books", obm::words("owners changed"), now.owners.empty() ? Severity::Error : Severity::Note, "",
                       now.owners.empty()
                           ? obm::words("nobody keeps a book any more")
                           : obm::words("kept by {} now", fmt::format("{}", fmt::join(now.owners, ", ")))});
    if (now.noCounters.empty() == before.noCounters.empty())
        return;
    if (now.noCounters.empty())
        out.push_back({"pipeline", obm::words("metrics come"), Severity::Note, "",
                       obm::words("the metrics of that process can be read")});
    else
        out.push_back({"pipeline", obm::words("no metrics"), Severity::Warning, "", now.noCounters});
}

} // namespace obm
