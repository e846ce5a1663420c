// The faults that are given, and whether one strikes now. Each draws from its own seeded generator, so that a seed
// reproduces which messages were hit.
// Time is an argument (any steady milliseconds). Thread: plain value.
#pragma once

#include "localexchange/fault.h"
#include "localexchange/random.h"

#include <QString>

#include <optional>
#include <vector>

namespace obm::localexchange {

class FaultPlan
{
public:
    explicit FaultPlan(std::uint64_t seed)
        : m_seed(seed)
    {}

    void add(const Fault& fault, qint64 nowMs);
    void clear() { m_entries.clear(); }
    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }

    // Counts one message or answer of `symbol` (empty: of none) against the faults of this kind;
    // the fault that strikes it, if one does.
    std::optional<Fault> hit(FaultKind kind, const QString& symbol, qint64 nowMs);
    [[nodiscard]] std::uint64_t hits() const { return m_hits; }

private:
    struct Entry
    {
        Fault fault;
        Random random;
        qint64 beginMs;
        int passed = 0;
        int hits = 0;
    };
    static bool strikes(Entry& entry, qint64 nowMs);

    std::uint64_t m_seed;
    std::uint64_t m_added = 0;
    std::uint64_t m_hits = 0;
    std::vector<Entry> m_entries;
};

} // namespace obm::localexchange
