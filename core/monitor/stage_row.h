// The way of an update as a row of stages, each with its condition in words: what the overview shows.
// Units: ms; epoch times since 1970. A value that is not there has a reason in `blank`: it is never an unexplained
// dash.
#pragma once

#include "monitor/condition.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace obm {

enum class Stage : std::uint8_t { Exchange, KafkaIn, KafkaOut, Books, Redis };
inline constexpr std::size_t stageCount = 5;

const char* toText(Stage stage); // "Exchange", "Kafka in", "Kafka out", "Books", "Redis"

struct LatencyPair // of what came through in the last seconds
{
    double p50Ms = 0;
    double p99Ms = 0;
};

struct StageRow
{
    Stage stage = Stage::Exchange;
    Condition condition = Condition::Starting;
    std::string words;             // "2 of 2 connections deliver", "away: connection refused", "540 of 600 live, ..."
    std::int64_t sinceEpochMs = 0; // of this condition
    std::optional<double> perSecond;
    std::optional<LatencyPair> latency;
    std::optional<std::int64_t> lagMessages; // Kafka out only
    std::optional<std::int64_t> lagMs;
    std::string blank; // why a value above is missing
};

using StageRows = std::array<StageRow, stageCount>;

} // namespace obm
