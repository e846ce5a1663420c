// Redis as a few maps, which runs the store's scripts as rules written a second time: the source, the epochs, who may
// write what. It stands behind a RedisLink, so that the store sees commands, replies and broken connections.
// integration/tst_fence_model holds it against a real Redis.
// Thread: one simulation each.
#pragma once

#include "redis/redis_link.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace obm::sim {

class SimRedis
{
public:
    using Words = std::vector<std::string>;
    using Changed = std::function<void(const std::string& symbol, const std::string& json)>;

    // Called for every value written, before anybody can read it.
    struct Watch
    {
        Changed onLive;
        Changed onFull;
    };

    SimRedis() = default;
    explicit SimRedis(Watch watch)
        : m_watch(std::move(watch))
    {}

    [[nodiscard]] Reply execute(const Words& words, std::int64_t nowMs);
    // Every write is refused with this text. Empty: none is.
    void refuseWrites(std::string error) { m_refusal = std::move(error); }
    void forgetScripts() { m_scripts.clear(); }
    void removeFence() { m_isFenced = false; } // a defect made on purpose

    struct Data
    {
        std::map<std::string, std::string> live; // by symbol, as all of these
        std::map<std::string, std::string> full;
        struct Status
        {
            std::string json;
            std::int64_t expiresMs = 0;
        };
        std::map<std::string, Status> status;
        std::map<std::string, std::int64_t> epochs;
        std::int64_t counter = 0;
        std::string source;
    };
    [[nodiscard]] const Data& data() const { return m_data; }
    void flush() { m_data = {}; }
    void restart(Data data) // with what was saved
    {
        m_data = std::move(data);
        m_scripts.clear();
    }
    [[nodiscard]] std::optional<std::string> status(const std::string& symbol, std::int64_t nowMs) const;

    [[nodiscard]] std::uint64_t fencedByEpoch() const { return m_fencedByEpoch; }
    [[nodiscard]] std::uint64_t fencedById() const { return m_fencedById; }

private:
    // One call of a script: KEYS and ARGV, counted from 1 as Lua does.
    struct Call
    {
        std::vector<std::string> keys;
        std::vector<std::string> args;
        std::int64_t nowMs = 0;
    };
    struct Item
    {
        std::string kind;
        std::string symbol;
        std::int64_t epoch = 0;
        std::string u;
        std::string json;
    };

    [[nodiscard]] std::optional<Reply> prepare(const Call& call);
    [[nodiscard]] Reply claim(const Call& call);
    [[nodiscard]] Reply write(const Call& call);
    [[nodiscard]] Reply writeItem(const Item& item, const Call& call, std::set<std::string>& lost);
    [[nodiscard]] Reply startAnew(const Call& call);
    [[nodiscard]] Reply drop(const Call& call);
    [[nodiscard]] bool isOlder(const Item& item) const;
    [[nodiscard]] bool isCountedAnew(const Item& item) const;

    Watch m_watch;
    Data m_data;
    std::set<std::string> m_scripts; // by their SHA
    std::string m_refusal;
    bool m_isFenced = true;
    std::uint64_t m_fencedByEpoch = 0;
    std::uint64_t m_fencedById = 0;
};

// The number after the last `name` of a text of ours; nothing where there is none.
[[nodiscard]] std::optional<std::int64_t> numberAfter(const std::string& text, std::string_view name);

} // namespace obm::sim
