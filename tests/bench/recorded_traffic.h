// Recorded traffic in the form that benchmarks run over: updates in memory, and the books that follow them.
#pragma once

#include "book/book_sync.h"
#include "market/depth.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace obm::bench {

struct Traffic
{
    std::vector<std::string> frames;  // as received
    std::vector<std::string> updates; // `data` of each frame
    std::map<std::string, DepthSnapshot> snapshots;
};

// The recording usdm-20240718; nothing if it is not there, and then one line on stderr says so.
std::optional<Traffic> loadTraffic();

// The books of all its symbols, each synced by its snapshot at its first update, as the product does.
class FollowedBooks
{
public:
    explicit FollowedBooks(const Traffic& traffic)
        : m_traffic(&traffic)
    {}

    const BookSync& apply(const DepthUpdate& update);
    // Stops the program if a book is not live or had a gap: then it was not the work that was to be measured.
    void requireLive() const;
    [[nodiscard]] const std::map<std::string, BookSync, std::less<>>& books() const { return m_books; }

private:
    const Traffic* m_traffic;
    std::map<std::string, BookSync, std::less<>> m_books;
};

} // namespace obm::bench
