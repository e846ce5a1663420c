#include "config/nearest_name.h"

#include <algorithm>
#include <numeric>

namespace obm {

std::size_t editDistance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> row(right.size() + 1); // distances of left's first i letters to each beginning of right
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::string nearestName(std::string_view name, const std::vector<std::string>& known)
{
    constexpr std::size_t nameBytesMax = 256; // nobody meant a longer one, and the distance takes its square
    if (name.size() > nameBytesMax)
        return {};
    std::string nearest;
    std::size_t least = name.size() / 3 + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(name, candidate);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace obm
