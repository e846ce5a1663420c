#include "localexchange/depth_json.h"

#include <fmt/format.h>

#include <iterator>

namespace obm::localexchange {

void appendNumber(std::string& out, std::int64_t number)
{
    const fmt::format_int text(number);
    out.append(text.data(), text.size());
}

void appendLevel(std::string& out, std::string_view price, std::string_view quantity)
{
    out.append("[\"").append(price).append("\",\"").append(quantity).append("\"]");
}

void appendLevels(std::string& out, const std::vector<TextLevel>& levels)
{
    out.push_back('[');
    for (const TextLevel& level : levels) {
        if (out.back() == ']')
            out.push_back(',');
        appendLevel(out, level.price, level.quantity);
    }
    out.push_back(']');
}

std::string depthEventJson(const DepthEvent& event, std::string_view bids, std::string_view asks)
{
    constexpr std::size_t headBytes = 160;
    std::string out;
    out.reserve(headBytes + bids.size() + asks.size());
    fmt::format_to(std::back_inserter(out),
                   R"({{"e":"depthUpdate","E":{0},"T":{0},"s":"{1}","ps":"{1}","U":{2},"u":{3},"pu":{4},"b":)",
                   event.eventTimeMs, event.symbol, event.firstId, event.lastId, event.previousLastId);
    out.append(bids).append(",\"a\":").append(asks).append(",\"st\":1}");
    return out;
}

std::string snapshotJson(const BookText& book)
{
    std::string out =
        fmt::format(R"({{"lastUpdateId":{0},"E":{1},"T":{1},"bids":)", book.lastUpdateId, book.eventTimeMs);
    appendLevels(out, book.bids);
    out.append(",\"asks\":");
    appendLevels(out, book.asks);
    out.push_back('}');
    return out;
}

} // namespace obm::localexchange
