// What came of holding a live book against a fresh snapshot (book_audit.h). Plain values: metrics, window and log show
// them. Units: ms of the steady clock.
#pragma once

#include <cstddef>
#include <cstdint>

namespace obm {

enum class AuditVerdict : std::uint8_t {
    Equal,
    Different, // the snapshot is believed, and the book is built anew from it
    Disputed,  // so little is alike that the snapshot is not believed; a second one like it is
    Unclear,   // nothing can be judged: the snapshot is older than the book was when it was asked for, every level has
               // changed since, or more events came than may be kept
};
inline constexpr std::size_t auditVerdictCount = 4;

const char* toText(AuditVerdict verdict); // as in metrics' label: "equal", "different", ...

struct AuditReport
{
    AuditVerdict verdict = AuditVerdict::Equal;
    std::int64_t atMs = 0;
    std::int64_t snapshotId = 0;
    std::uint32_t compared = 0; // levels of either that can be judged; the next four are their parts
    std::uint32_t equal = 0;
    std::uint32_t missing = 0;   // in the snapshot only
    std::uint32_t ghosts = 0;    // in the book only
    std::uint32_t different = 0; // in both with different quantities

    [[nodiscard]] bool isJudged() const { return verdict != AuditVerdict::Unclear; }
    // In 0.01 %; rounded down, so that only a book without a fault has 10,000.
    [[nodiscard]] int match() const { return compared == 0 ? 0 : static_cast<int>(10'000ULL * equal / compared); }
};

} // namespace obm
