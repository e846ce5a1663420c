// What /fapi/v1/exchangeInfo tells that obmonitor needs: which symbols trade, and the weight limit of this IP.
#pragma once

#include <string>
#include <vector>

namespace obm {

struct SymbolListing
{
    std::string symbol;       // may be non-ASCII UTF-8
    std::string contractType; // PERPETUAL, TRADIFI_PERPETUAL, CURRENT_QUARTER, ...
    std::string status;       // TRADING, SETTLING, ...
};

struct ExchangeInfo
{
    std::vector<SymbolListing> symbols;
    int weightLimitPerMinute = 2400; // rateLimits: REQUEST_WEIGHT, MINUTE
};

} // namespace obm
