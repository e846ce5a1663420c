// How long the last update of a symbol took from hop to hop, as far as it is known.
// Units: ms. The first hop spans two machines' clocks and may be negative when they differ.
// Thread: that of its owner.
#pragma once

#include "book/book_view.h"
#include "pipeline/status.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace obm {

struct HopLatencies
{
    std::optional<double> exchangeMs; // E to received
    std::optional<double> kafkaMs;    // to consumed
    std::optional<double> bookMs;     // to applied
    std::optional<double> redisMs;    // applied to acknowledged, of the last write of which both ends are known
};

class HopMeter
{
public:
    void seeBook(const BookView& book);
    void seeStore(const StoreRow& row);

    [[nodiscard]] const HopLatencies& latencies() const { return m_latencies; }

private:
    struct Applied
    {
        std::int64_t lastId = 0;
        std::int64_t atMs = 0;
    };
    static constexpr std::size_t remembered = 64; // status comes four times a second, books up to sixty times

    std::array<Applied, remembered> m_applied{};
    std::size_t m_next = 0;
    HopLatencies m_latencies;
};

} // namespace obm
