// Something that a journal tells, as one look found it. `kind` is a fixed phrase: what a storm of it is summed up by.
// Thread: plain values; pure functions.
#pragma once

#include "monitor/journal.h"
#include "pipeline/book_changes.h"
#include "pipeline/status.h"

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct Happening
{
    const char* part = ""; // "exchange", "kafka", "books", "redis", "rest", "pipeline", "alert"
    std::string kind;      // "reconnects", "synchronises again: gap"
    Severity severity = Severity::Note;
    std::string symbol; // empty: not of one symbol
    std::string text;
};

using Happenings = std::vector<Happening>;

// What happened between two looks at the same part; a file for each.
void addStreamHappenings(const ExchangeStreamStatus& before, const ExchangeStreamStatus& now, Happenings& out);
void addProducerHappenings(const ProducerStatus& before, const ProducerStatus& now, Happenings& out);
void addConsumerHappenings(const ConsumerStatus& before, const ConsumerStatus& now, Happenings& out);
void addRestHappenings(const BookStatus& before, const BookStatus& now, std::int64_t epochMs, Happenings& out);
void addRedisHappenings(const RedisStatus& before, const RedisStatus& now, Happenings& out);
void addOutsideHappenings(const OutsideView& before, const OutsideView& now, Happenings& out);
void addBookHappenings(const std::vector<BookChange>& changes, Happenings& out);

// How much a counter has risen; all of it where it fell (its owner began anew).
[[nodiscard]] inline std::uint64_t riseOf(std::uint64_t before, std::uint64_t now)
{
    return now >= before ? now - before : now;
}

} // namespace obm
