// A pipeline's status as the stages of a healthy process publish it: each test breaks what it is about.
#pragma once

#include "pipeline/status.h"

#include <memory>
#include <string>

namespace obm::test {

inline constexpr std::int64_t takenMs = 1'000'000;

inline BookRow bookRow(const std::string& symbol, SyncState state, std::optional<std::int64_t> eventAgeMs = 10)
{
    BookRow row;
    row.symbol = symbol;
    row.state = state;
    row.reason = state == SyncState::Live ? SyncReason::Bridged : SyncReason::Gap;
    row.eventAgeMs = eventAgeMs;
    return row;
}

inline FeedStatus feedStatus()
{
    FeedStatus feed;
    feed.takenMs = takenMs;
    feed.producer.broker.state = BrokerState::Up;
    feed.stream.connections.resize(1);
    feed.stream.connections[0].number = 1;
    feed.stream.connections[0].state = StreamState::Delivering;
    return feed;
}

inline BookStatus bookStatus()
{
    BookStatus book;
    book.takenMs = takenMs;
    book.consumer.broker.state = BrokerState::Up;
    book.consumer.partitions = {{.partition = 3, .nextOffset = 5, .lagMessages = 7, .lagMs = 250}};
    book.set.books = {bookRow("BTCUSDT", SyncState::Live)};
    return book;
}

inline StoreStatus storeStatus()
{
    StoreStatus store;
    store.takenMs = takenMs;
    store.redis.connected = true;
    return store;
}

// What a test has changed, as it is published.
struct StageStatuses
{
    FeedStatus feed = feedStatus();
    BookStatus book = bookStatus();
    StoreStatus store = storeStatus();

    [[nodiscard]] PipelineStatus all() const
    {
        return {std::make_shared<FeedStatus>(feed), std::make_shared<BookStatus>(book),
                std::make_shared<StoreStatus>(store)};
    }
    [[nodiscard]] PipelineStatus producer() const { return {std::make_shared<FeedStatus>(feed), {}, {}}; }
    [[nodiscard]] PipelineStatus handler() const
    {
        return {{}, std::make_shared<BookStatus>(book), std::make_shared<StoreStatus>(store)};
    }
    [[nodiscard]] PipelineStatus seenFromOutside(const OutsideView& outside) const
    {
        PipelineStatus status = all();
        status.outside = std::make_shared<OutsideView>(outside);
        return status;
    }
};

} // namespace obm::test
