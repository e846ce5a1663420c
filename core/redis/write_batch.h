// All writes of one round trip: put into as few script calls as may be, and their answers taken apart again.
// Why several calls: Redis serves nobody else while a script runs, so what one call carries has a limit.
// Thread: none of its own; no I/O. It looks at the writes and at the outcomes given to it until take() has run.
#pragma once

#include "redis/book_keys.h"
#include "redis/book_write.h"
#include "redis/script.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace obm {

class WriteBatch
{
public:
    static constexpr std::size_t callBytesMax = 4 * 1024 * 1024; // one write more may pass it
    static constexpr std::size_t callItemsMax = 1000;

    WriteBatch(const BookKeys& keys, std::string_view source, std::int64_t highestEpoch);

    void add(const LiveWrite& write, std::int64_t epoch, WriteOutcome& outcome);
    void add(const FullWrite& write, std::int64_t epoch, WriteOutcome& outcome);
    void add(const StatusWrite& write, std::int64_t epoch, WriteOutcome& outcome);

    [[nodiscard]] std::span<ScriptCall> calls() { return m_calls; }

    // The reply of each call: sets the outcomes.
    void take(std::span<const Reply> replies);

    [[nodiscard]] const std::optional<RedisError>& error() const { return m_error; } // the first
    [[nodiscard]] bool isDataLost() const { return m_isDataLost; }                   // what was written before is gone
    // Not of whole books alone whose own keys are refused.
    [[nodiscard]] bool isAllFailed() const { return m_isFailed && m_answered == 0; }

private:
    struct Words
    {
        std::string_view kind;
        std::string key;
        std::string_view symbol;
        std::int64_t epoch;
        std::int64_t u;
        std::string_view json;
    };

    struct Item
    {
        WriteOutcome* outcome;
        bool isFull;
    };

    void add(Words words, WriteOutcome& outcome);
    [[nodiscard]] ScriptCall& callWithRoom();
    void takeItem(const Reply& answer, const Item& item);
    void fail(RedisError error);
    void note(RedisError error);

    const BookKeys& m_keys;
    std::string_view m_source;
    std::int64_t m_highestEpoch;
    std::vector<ScriptCall> m_calls;
    std::vector<std::vector<Item>> m_items; // of each call, in its order
    std::optional<RedisError> m_error;
    bool m_isDataLost = false;
    bool m_isFailed = false;    // but for refused items
    std::size_t m_answered = 0; // items written or fenced
};

} // namespace obm
