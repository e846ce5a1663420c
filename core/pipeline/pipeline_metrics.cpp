#include "pipeline/pipeline_metrics.h"

#include "metrics/metric_family.h"

#include <array>
#include <string>
#include <utility>

namespace obm {

namespace {

using Families = std::vector<prometheus::MetricFamily>;

void addCounter(Families& families, const char* name, const char* help, std::uint64_t value)
{
    add(families.emplace_back(counterFamily(name, help)), {}, static_cast<double>(value));
}

void addGauge(Families& families, const char* name, const char* help, double value)
{
    add(families.emplace_back(gaugeFamily(name, help)), {}, value);
}

template <std::size_t size, typename NameOf>
void addByKind(prometheus::MetricFamily& family, const char* label, const std::array<std::uint64_t, size>& counts,
               NameOf nameOf)
{
    for (std::size_t kind = 0; kind < size; ++kind)
        add(family, {{label, std::string(nameOf(kind))}}, static_cast<double>(counts[kind]));
}

void addStream(Families& families, const ExchangeStreamStatus& stream)
{
    const StreamCounters& counters = stream.counters;
    addCounter(families, "obmonitor_exchange_messages_total", "Depth events received", counters.messages);
    addCounter(families, "obmonitor_exchange_gaps_total", "Breaks of the id chain where events come in", counters.gaps);
    addCounter(families, "obmonitor_exchange_bytes_total", "Bytes of text messages received", counters.bytes);
    addCounter(families, "obmonitor_exchange_reconnects_total", "WebSocket reconnects", counters.reconnects);
    addCounter(families, "obmonitor_exchange_rollovers_total", "Planned moves to a new connection", counters.rollOvers);
    addCounter(families, "obmonitor_exchange_pongs_missed_total", "Connections without an answer to a ping",
               counters.pongsMissed);
    addCounter(families, "obmonitor_exchange_idle_kills_total", "Connections ended because no data came",
               counters.idleKills);
    addCounter(families, "obmonitor_exchange_oversized_total", "Connections ended by an oversized message",
               counters.oversized);
    addCounter(families, "obmonitor_exchange_silence_alarms_total", "Symbols acknowledged and without data",
               counters.silenceAlarms);
    auto& malformed =
        families.emplace_back(counterFamily("obmonitor_exchange_malformed_total", "Frames that could not be read"));
    addByKind(malformed, "kind", counters.malformed, [](std::size_t kind) { return toText(ParseFault(kind)); });
    addCounter(families, "obmonitor_exchange_binary_messages_total", "Binary frames, which the exchange never sends",
               counters.binaryMessages);
    addCounter(families, "obmonitor_exchange_unknown_streams_total", "Frames of streams that nobody asked for",
               counters.unknownStreams);
    int connected = 0;
    auto states = gaugeFamily("obmonitor_exchange_connection_state", "1 for the current state, 0 for the others");
    for (const StreamConnectionStatus& connection : stream.connections) {
        connected += connection.state == StreamState::Delivering;
        for (std::size_t state = 0; state < streamStateCount; ++state)
            add(states, {{"connection", std::to_string(connection.number)}, {"state", toText(StreamState(state))}},
                StreamState(state) == connection.state);
    }
    addGauge(families, "obmonitor_exchange_connections_delivering", "WebSocket connections that deliver data",
             connected);
    families.push_back(std::move(states));
}

void addProducer(Families& families, const ProducerStatus& producer)
{
    addCounter(families, "obmonitor_kafka_delivered_total", "Messages acknowledged by Kafka", producer.delivered);
    addCounter(families, "obmonitor_kafka_failed_total", "Messages given up by the producer", producer.failedTotal);
    addCounter(families, "obmonitor_kafka_queue_full_total", "Messages dropped before the producer's queue",
               producer.queueFull);
    addGauge(families, "obmonitor_kafka_in_flight_messages", "Messages waiting for Kafka's answer",
             static_cast<double>(producer.inFlight));
    addGauge(families, "obmonitor_kafka_producer_up", "1 when a broker is connected", producer.broker.isUp());
    add(families.emplace_back(histogramFamily("obmonitor_kafka_ack_seconds", "Handed to the producer to acknowledged")),
        {}, producer.ackLatency);
}

void addConsumer(Families& families, const ConsumerStatus& consumer)
{
    addCounter(families, "obmonitor_kafka_consumed_total", "Messages consumed", consumer.messages);
    addCounter(families, "obmonitor_kafka_rebalances_total", "Assignments received", consumer.rebalances);
    addCounter(families, "obmonitor_kafka_offset_resets_total", "Offsets that were no longer there",
               consumer.offsetResets);
    addCounter(families, "obmonitor_kafka_commits_failed_total", "Offset commits that failed", consumer.commitsFailed);
    addGauge(families, "obmonitor_kafka_consumer_up", "1 when a broker is connected", consumer.broker.isUp());
    auto messages = gaugeFamily("obmonitor_kafka_consumer_lag_messages", "Messages behind the end of the partition");
    auto seconds = gaugeFamily("obmonitor_kafka_consumer_lag_seconds", "Age of the last message consumed while behind");
    for (const PartitionStatus& partition : consumer.partitions) {
        const MetricLabels labels{{"partition", std::to_string(partition.partition)}};
        add(messages, labels, static_cast<double>(partition.lagMessages));
        add(seconds, labels, static_cast<double>(partition.lagMs) / 1000);
    }
    families.push_back(std::move(messages));
    families.push_back(std::move(seconds));
}

void addBookRows(Families& families, const std::vector<BookRow>& rows)
{
    auto states = gaugeFamily("obmonitor_book_state", "1 for the current state of the symbol, 0 for the others");
    auto gaps = counterFamily("obmonitor_book_gaps_total", "Breaks of the id chain");
    auto events = counterFamily("obmonitor_book_events_total", "Events applied or kept, since the book is kept here");
    auto duplicates = counterFamily("obmonitor_book_duplicates_total", "Events that were older than their book");
    auto ages = gaugeFamily("obmonitor_book_event_age_seconds", "Since the last event was received");
    for (const BookRow& row : rows) {
        for (std::size_t state = 0; state < syncStateCount; ++state)
            add(states, {{"symbol", row.symbol}, {"state", toText(SyncState(state))}}, SyncState(state) == row.state);
        add(gaps, {{"symbol", row.symbol}}, static_cast<double>(row.counters.gaps));
        add(events, {{"symbol", row.symbol}}, static_cast<double>(row.events));
        add(duplicates, {{"symbol", row.symbol}}, static_cast<double>(row.counters.duplicates));
        if (row.eventAgeMs)
            add(ages, {{"symbol", row.symbol}}, static_cast<double>(*row.eventAgeMs) / 1000);
    }
    families.push_back(std::move(states));
    families.push_back(std::move(gaps));
    families.push_back(std::move(events));
    families.push_back(std::move(duplicates));
    families.push_back(std::move(ages));
}

// Of each book that has been held against a fresh snapshot: how the last time went.
void addAudits(Families& families, const BookSetStatus& set)
{
    auto matches = gaugeFamily("obmonitor_book_audit_match_ratio", "Levels equal to the last audit's snapshot");
    auto faults = gaugeFamily("obmonitor_book_audit_faults", "Levels that differed from the last audit's snapshot");
    auto ages = gaugeFamily("obmonitor_book_audit_age_seconds", "Since the last audit that could judge");
    for (const BookRow& row : set.books) {
        if (!row.lastAudit)
            continue;
        const AuditReport& audit = *row.lastAudit;
        add(matches, {{"symbol", row.symbol}}, audit.match() / 10'000.0);
        add(ages, {{"symbol", row.symbol}}, static_cast<double>(row.auditAgeMs) / 1000);
        add(faults, {{"symbol", row.symbol}, {"kind", "missing"}}, audit.missing);
        add(faults, {{"symbol", row.symbol}, {"kind", "ghost"}}, audit.ghosts);
        add(faults, {{"symbol", row.symbol}, {"kind", "different"}}, audit.different);
    }
    families.push_back(std::move(matches));
    families.push_back(std::move(faults));
    families.push_back(std::move(ages));
    addByKind(families.emplace_back(counterFamily("obmonitor_book_audits_total", "Books held against a snapshot")),
              "verdict", set.counters.auditsByVerdict,
              [](std::size_t verdict) { return toText(AuditVerdict(verdict)); });
}

void addSnapshots(Families& families, const SnapshotClientStatus& snapshots,
                  const std::map<std::string, QueuePlace>& places)
{
    addGauge(families, "obmonitor_rest_used_weight", "X-MBX-USED-WEIGHT-1M of this minute", snapshots.ipWeightUsed);
    addGauge(families, "obmonitor_rest_own_weight", "Weight used by this process in this minute",
             snapshots.ownWeightUsed);
    addGauge(families, "obmonitor_rest_used_weight_limit", "What this IP may use in a minute", snapshots.ipWeightLimit);
    addGauge(families, "obmonitor_rest_own_weight_limit", "What this process may use in a minute",
             snapshots.weightPerMinute);
    addGauge(families, "obmonitor_rest_snapshots_queued", "Symbols that wait for a snapshot", snapshots.queued);
    addCounter(families, "obmonitor_rest_snapshots_total", "Snapshots received", snapshots.succeeded);
    addByKind(families.emplace_back(counterFamily("obmonitor_rest_snapshots_failed_total", "Snapshots that failed")),
              "kind", snapshots.failed, [](std::size_t kind) { return toText(SnapshotFault(kind)); });
    auto turns = gaugeFamily("obmonitor_rest_snapshot_turn_seconds", "Until the snapshot of a symbol is asked for");
    for (const auto& [symbol, place] : places)
        add(turns, {{"symbol", symbol}}, static_cast<double>(place.secondsToGo));
    families.push_back(std::move(turns));
}

void addBooks(Families& families, const BookStatus& book)
{
    addConsumer(families, book.consumer);
    addBookRows(families, book.set.books);
    addAudits(families, book.set);
    addSnapshots(families, book.snapshots, book.snapshotPlaces);
    addByKind(families.emplace_back(counterFamily("obmonitor_book_resyncs_total", "New synchronisations")), "reason",
              book.set.counters.resyncsByReason, [](std::size_t reason) { return toText(SyncReason(reason)); });
    addByKind(families.emplace_back(counterFamily("obmonitor_book_gaps_by_origin_total", "Gaps, by where it was lost")),
              "origin", book.set.counters.gapsByOrigin, [](std::size_t origin) { return toText(GapOrigin(origin)); });
    addCounter(families, "obmonitor_book_unknown_symbols_total", "Messages of symbols that are not kept here",
               book.set.counters.unknownSymbols);
    addCounter(families, "obmonitor_book_key_mismatches_total", "Messages whose key names another symbol",
               book.set.counters.keyMismatches);
    addByKind(families.emplace_back(counterFamily("obmonitor_book_malformed_total", "Messages that could not be read")),
              "kind", book.set.counters.malformed, [](std::size_t kind) { return toText(ParseFault(kind)); });
}

void addStore(Families& families, const StoreStatus& store)
{
    const RedisStatus& redis = store.redis;
    static constexpr std::array keys{"live", "full", "status"};
    auto written = counterFamily("obmonitor_redis_writes_total", "Writes acknowledged by Redis");
    auto refused = counterFamily("obmonitor_redis_refused_total", "Writes refused by the fence");
    for (std::size_t key = 0; key < bookKeyCount; ++key) {
        const BookKeyCounters& counters = redis.writes[key];
        add(written, {{"key", keys[key]}}, static_cast<double>(counters.written));
        add(refused, {{"key", keys[key]}, {"reason", "older_update"}}, static_cast<double>(counters.olderUpdate));
        add(refused, {{"key", keys[key]}, {"reason", "not_owner"}}, static_cast<double>(counters.notOwner));
    }
    auto live = counterFamily("obmonitor_redis_live_writes_total", "Writes of the live field acknowledged by Redis");
    for (const StoreRow& row : store.rows)
        add(live, {{"symbol", row.symbol}}, static_cast<double>(row.writes));
    families.push_back(std::move(written));
    families.push_back(std::move(live));
    families.push_back(std::move(refused));
    addByKind(families.emplace_back(counterFamily("obmonitor_redis_errors_total", "Errors of Redis")), "kind",
              redis.errors, [](std::size_t kind) { return redisErrorName(RedisErrorKind(kind)); });
    addCounter(families, "obmonitor_redis_round_trips_total", "Round trips to Redis", redis.roundTrips);
    addGauge(families, "obmonitor_redis_up", "1 when connected", redis.connected);
}

} // namespace

std::vector<prometheus::MetricFamily> metricsOf(const PipelineStatus& status)
{
    Families families;
    auto latency = histogramFamily("obmonitor_latency_seconds", "Per hop: E to receive, to consumed, to applied, to "
                                                                "acknowledged by Redis");
    if (status.feed) {
        addStream(families, status.feed->stream);
        addProducer(families, status.feed->producer);
    }
    if (status.book) {
        addBooks(families, *status.book);
        add(latency, {{"hop", "exchange"}}, status.book->set.counters.exchangeHop);
        add(latency, {{"hop", "kafka"}}, status.book->set.counters.kafkaHop);
        add(latency, {{"hop", "book"}}, status.book->set.counters.bookHop);
    }
    if (status.store) {
        addStore(families, *status.store);
        add(latency, {{"hop", "redis"}}, status.store->redisHop);
    }
    families.push_back(std::move(latency));
    return families;
}

} // namespace obm
