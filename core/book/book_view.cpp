#include "book/book_view.h"

#include <algorithm>
#include <iterator>

namespace obm {

namespace {

void copyTop(const PriceLadder& ladder, std::size_t levelsMax, std::vector<Level>& out)
{
    out.clear();
    out.reserve(std::min(levelsMax, ladder.size()));
    std::ranges::copy(ladder.bestFirst() | std::views::take(levelsMax), std::back_inserter(out));
}

} // namespace

void copyTop(const OrderBook& book, std::size_t levelsMax, BookView& view)
{
    copyTop(book.bids(), levelsMax, view.bids);
    copyTop(book.asks(), levelsMax, view.asks);
    view.bidCount = book.bids().size();
    view.askCount = book.asks().size();
}

} // namespace obm
