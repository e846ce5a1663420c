// The true book of one recorded symbol: what the snapshot said and the events changed, texts and all.
// Levels beyond the recorded snapshot become known as they change. What is known is the market that is played: a
// snapshot of it at any moment and the events after it make the same book again.
// Thread: plain value.
#pragma once

#include "localexchange/decimal_key.h"
#include "localexchange/market.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace obm::localexchange {

// Calls take(price, quantity) for each level of [["p","q"],...] at the start of `text`; false: it is no such list.
template <typename Take>
bool forEachLevel(std::string_view text, Take take)
{
    std::size_t at = 1;
    if (text.empty() || text[0] != '[')
        return false;
    const auto quoted = [&](std::string_view& value) {
        const std::size_t from = text.find('"', at);
        const std::size_t to = from == std::string_view::npos ? from : text.find('"', from + 1);
        if (to == std::string_view::npos)
            return false;
        value = text.substr(from + 1, to - from - 1);
        at = to + 1;
        return true;
    };
    while (at < text.size() && text[at] != ']') {
        std::string_view price;
        std::string_view quantity;
        if (!quoted(price) || !quoted(quantity) || !take(price, quantity))
            return false;
        at = text.find(']', at);
        at = at == std::string_view::npos ? text.size() : at + 1;
    }
    return at < text.size();
}

class RecordedBook
{
public:
    // From the lists of the recorded snapshot; false: they cannot be read.
    bool loadSnapshot(std::string_view bids, std::string_view asks);
    bool applyBids(std::string_view changes) { return apply(m_bids, changes); }
    bool applyAsks(std::string_view changes) { return apply(m_asks, changes); }

    // The changes that make `target` of this book, as JSON lists.
    [[nodiscard]] std::pair<std::string, std::string> differenceTo(const RecordedBook& target) const;
    void fill(BookText& text, std::size_t levelsMax) const;

private:
    using Levels = std::map<DecimalKey, TextLevel>;

    static bool apply(Levels& levels, std::string_view changes);
    static std::string difference(const Levels& from, const Levels& to);

    Levels m_bids;
    Levels m_asks;
};

} // namespace obm::localexchange
