// The other bodies of REST answers: exchangeInfo, and the exchange's errors.
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"
#include "market/depth_parser.h"

namespace obm::fuzz {

void tryInput(std::string_view input)
{
    constexpr int weightMost = 10'000'000;
    DepthParser parser;
    if (const auto error = parser.parseExchangeError(input))
        require(error->message.size() <= input.size(), "a message out of the body");
    const auto info = parser.parseExchangeInfo(input);
    if (!info)
        return checkError(info.error());
    require(info->weightLimitPerMinute >= 1 && info->weightLimitPerMinute <= weightMost, "a limit to work with");
    std::size_t bytes = 0;
    for (const SymbolListing& listing : info->symbols) {
        require(!listing.symbol.empty() && !listing.status.empty(), "a symbol and how it stands");
        bytes += listing.symbol.size() + listing.status.size() + listing.contractType.size();
    }
    require(bytes <= input.size(), "names out of the body");
}

} // namespace obm::fuzz
