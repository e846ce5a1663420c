// Writes the journal: what is different between two looks at the statuses.
// Thread: that of its owner.
#pragma once

#include "config/config.h"
#include "monitor/alerts.h"
#include "monitor/burst_limit.h"
#include "monitor/journal.h"
#include "pipeline/book_changes.h"
#include "pipeline/status.h"

#include <array>
#include <cstdint>

namespace obm {

class JournalWatch
{
public:
    // A pipeline of this process is seen from its beginning; what a viewer finds at its first look is no news.
    explicit JournalWatch(Role role)
        : m_isSeenFromBeginning(role != Role::Viewer)
    {}

    void update(const PipelineStatus& status, const AlertChanges& alerts, std::int64_t steadyMs, std::int64_t epochMs);
    [[nodiscard]] const Journal& journal() const { return m_journal; }

private:
    static constexpr std::size_t threadCount = 3;

    void addParts(const PipelineStatus& status, std::int64_t epochMs, Happenings& out);
    void addStuck(const PipelineStatus& status, std::int64_t steadyMs, Happenings& out);

    bool m_isSeenFromBeginning;
    PipelineStatus m_before;
    BookChanges m_bookChanges;
    std::array<bool, threadCount> m_isStuck{};
    BurstLimit m_limit;
    Journal m_journal;
};

} // namespace obm
