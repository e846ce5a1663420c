// What is given to the book store to be written, and what became of it.
#pragma once

#include "redis/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace obm {

struct LiveWrite
{
    std::string symbol;
    std::int64_t u = 0;
    std::string json;
};

struct FullWrite
{
    std::string symbol;
    std::int64_t u = 0;
    std::string json;
    std::int64_t eventMs = 0; // E of the event with this u
};

struct StatusWrite
{
    std::string symbol;
    std::string json;
    std::int64_t u = 0; // it rises where the symbol's events come
};

enum class WriteOutcome {
    Written,
    OlderUpdate, // Redis holds a higher u
    CountedAnew, // and so it does, but of an earlier event: it is cleared, and asks for everything once more
    NotOwner,    // somebody took a newer epoch, or the symbol is not claimed here
    Refused,     // of a whole book: its key, or that of the epochs, is of another type; see WriteResult::error
    Failed,      // see WriteResult::error
};

// Outcomes in the order of the writes, one for each, always.
struct WriteResult
{
    std::vector<WriteOutcome> live;
    std::vector<WriteOutcome> full;
    std::vector<WriteOutcome> status;
    std::optional<RedisError> error; // set when at least one write failed
    std::int64_t roundTripUs = 0;    // 0: nothing was sent
};

} // namespace obm
