#include "localexchange/recorded_book.h"

#include "localexchange/depth_json.h"

namespace obm::localexchange {

bool RecordedBook::loadSnapshot(std::string_view bids, std::string_view asks)
{
    return applyBids(bids) && applyAsks(asks) && !m_bids.empty() && !m_asks.empty();
}

bool RecordedBook::apply(Levels& levels, std::string_view changes)
{
    return forEachLevel(changes, [&levels](std::string_view price, std::string_view quantity) {
        const auto key = DecimalKey::parse(price);
        const auto amount = DecimalKey::parse(quantity);
        if (!key || !amount)
            return false;
        if (amount->isZero())
            levels.erase(*key);
        else
            levels.insert_or_assign(*key, TextLevel{std::string(price), std::string(quantity)});
        return true;
    });
}

std::string RecordedBook::difference(const Levels& from, const Levels& to)
{
    std::string json = "[";
    const auto add = [&json](const std::string& price, const std::string& quantity) {
        if (json.size() > 1)
            json.push_back(',');
        appendLevel(json, price, quantity);
    };
    for (const auto& [key, level] : from) {
        if (!to.contains(key))
            add(level.price, "0");
    }
    for (const auto& [key, level] : to) {
        const auto present = from.find(key);
        if (present == from.end() || present->second.price != level.price || present->second.quantity != level.quantity)
            add(level.price, level.quantity);
    }
    json.push_back(']');
    return json;
}

std::pair<std::string, std::string> RecordedBook::differenceTo(const RecordedBook& target) const
{
    return {difference(m_bids, target.m_bids), difference(m_asks, target.m_asks)};
}

void RecordedBook::fill(BookText& text, std::size_t levelsMax) const
{
    for (auto level = m_bids.rbegin(); level != m_bids.rend() && text.bids.size() < levelsMax; ++level)
        text.bids.push_back(level->second);
    for (auto level = m_asks.begin(); level != m_asks.end() && text.asks.size() < levelsMax; ++level)
        text.asks.push_back(level->second);
}

} // namespace obm::localexchange
