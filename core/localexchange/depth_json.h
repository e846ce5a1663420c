// Writes depth events and snapshots as the exchange does (fields and their order as of 2026-11).
// Why by hand: thousands of messages a second, where QJsonDocument costs a microsecond a level.
// Thread: pure.
#pragma once

#include "localexchange/market.h"

#include <cstdint>
#include <string>
#include <vector>

namespace obm::localexchange {

struct DepthEvent
{
    std::string_view symbol;
    std::int64_t eventTimeMs = 0;
    std::int64_t firstId = 0;
    std::int64_t lastId = 0;
    std::int64_t previousLastId = 0;
};

void appendNumber(std::string& out, std::int64_t number);
void appendLevel(std::string& out, std::string_view price, std::string_view quantity); // ["p","q"]
void appendLevels(std::string& out, const std::vector<TextLevel>& levels);             // [["p","q"],...]

// `bids` and `asks` are JSON arrays already written.
std::string depthEventJson(const DepthEvent& event, std::string_view bids, std::string_view asks);
std::string snapshotJson(const BookText& book);

} // namespace obm::localexchange
