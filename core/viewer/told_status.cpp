#include "viewer/told_status.h"

#include "viewer/told_histogram.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace obm {

namespace {

using Samples = std::vector<MetricSample>;

constexpr double smallMax = 1e9;

std::uint64_t counterOf(const Samples& samples, std::string_view name, const MetricLabel& label = {})
{
    return countOf(metricOr(samples, name, 0, label));
}

int smallOf(const Samples& samples, std::string_view name)
{
    return static_cast<int>(std::min(smallMax, static_cast<double>(counterOf(samples, name))));
}

std::optional<int> numberOf(const std::string* text)
{
    int number = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc())
        return std::nullopt;
    return number;
}

StreamState streamStateOf(const std::string& text)
{
    for (std::size_t state = 0; state < streamStateCount; ++state)
        if (text == toText(StreamState(state)))
            return StreamState(state);
    return StreamState::Waiting;
}

void fillConnections(const Samples& samples, std::vector<StreamConnectionStatus>& connections)
{
    for (const MetricSample& sample : samples) {
        const auto number = numberOf(sample.label("connection"));
        const std::string* state = sample.label("state");
        if (sample.name != "obmonitor_exchange_connection_state" || sample.value != 1 || !number || !state)
            continue;
        StreamConnectionStatus connection;
        connection.number = *number;
        connection.state = streamStateOf(*state);
        connections.push_back(std::move(connection));
    }
}

void fillFeed(const Samples& samples, FeedStatus& feed)
{
    feed.stream.counters.messages = counterOf(samples, "obmonitor_exchange_messages_total");
    feed.stream.counters.gaps = counterOf(samples, "obmonitor_exchange_gaps_total");
    feed.stream.counters.reconnects = counterOf(samples, "obmonitor_exchange_reconnects_total");
    fillConnections(samples, feed.stream.connections);
    const bool isUp = metricOr(samples, "obmonitor_kafka_producer_up") > 0;
    feed.producer.broker.state = isUp ? BrokerState::Up : BrokerState::Away;
    feed.producer.delivered = counterOf(samples, "obmonitor_kafka_delivered_total");
    feed.producer.failedTotal = counterOf(samples, "obmonitor_kafka_failed_total");
    feed.producer.queueFull = counterOf(samples, "obmonitor_kafka_queue_full_total");
    feed.producer.inFlight = smallOf(samples, "obmonitor_kafka_in_flight_messages");
    feed.producer.ackLatency = toldHistogram(samples, "obmonitor_kafka_ack_seconds");
}

LatencyHistogram hopOf(const Samples& samples, const char* hop)
{
    return toldHistogram(samples, "obmonitor_latency_seconds", {"hop", hop});
}

void fillBook(const Samples& samples, BookStatus& book)
{
    book.set.counters.exchangeHop = hopOf(samples, "exchange");
    book.set.counters.kafkaHop = hopOf(samples, "kafka");
    book.set.counters.bookHop = hopOf(samples, "book");
    book.snapshots.ipWeightUsed = smallOf(samples, "obmonitor_rest_used_weight");
    book.snapshots.ipWeightLimit = smallOf(samples, "obmonitor_rest_used_weight_limit");
    book.snapshots.ownWeightUsed = smallOf(samples, "obmonitor_rest_own_weight");
    book.snapshots.weightPerMinute = smallOf(samples, "obmonitor_rest_own_weight_limit");
    for (std::size_t fault = 0; fault < snapshotFaultCount; ++fault)
        book.snapshots.failed[fault] =
            counterOf(samples, "obmonitor_rest_snapshots_failed_total", {"kind", toText(SnapshotFault(fault))});
}

void fillStore(const Samples& samples, StoreStatus& store)
{
    static constexpr std::array keys{"live", "full", "status"};
    for (std::size_t key = 0; key < bookKeyCount; ++key)
        store.redis.writes[key].written = counterOf(samples, "obmonitor_redis_writes_total", {"key", keys[key]});
    for (const MetricSample& sample : samples) {
        if (sample.name == "obmonitor_redis_refused_total" && sample.has({"reason", "not_owner"}))
            store.redis.writes[0].notOwner += countOf(sample.value); // of all keys together
        const std::string* symbol = sample.label("symbol");
        if (sample.name == "obmonitor_redis_live_writes_total" && symbol)
            store.rows.push_back({.symbol = *symbol, .writes = countOf(sample.value)});
    }
    store.redisHop = hopOf(samples, "redis");
}

void fillRow(const MetricSample& sample, const std::string& symbol, std::map<std::string, BookRow>& books)
{
    constexpr std::uint32_t parts = 10'000; // as finely as a match is told
    if (sample.name == "obmonitor_book_events_total")
        books[symbol].events = countOf(sample.value);
    else if (sample.name == "obmonitor_book_audit_match_ratio" && sample.value >= 0 && sample.value <= 1)
        books[symbol].lastAudit = {.compared = parts,
                                   .equal = static_cast<std::uint32_t>(std::lround(sample.value * parts))};
    else if (sample.name == "obmonitor_book_audit_age_seconds" && sample.value >= 0 && sample.value < smallMax)
        books[symbol].auditAgeMs = std::llround(sample.value * 1000);
}

} // namespace

ToldStatus toldStatus(const std::vector<MetricSample>& samples)
{
    ToldStatus told;
    told.hasFeed =
        std::ranges::find(samples, "obmonitor_exchange_messages_total", &MetricSample::name) != samples.end();
    if (told.hasFeed)
        fillFeed(samples, told.feed);
    fillBook(samples, told.book);
    fillStore(samples, told.store);
    for (const MetricSample& sample : samples)
        if (const std::string* symbol = sample.label("symbol"))
            fillRow(sample, *symbol, told.books);
    return told;
}

} // namespace obm
