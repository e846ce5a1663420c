#include "redis/book_scripts.h"

namespace obm {

namespace {

// failed(reply): the text of an error reply, or nothing. checkSource(): takes the place of a missing source.
constexpr std::string_view common = R"lua(
local function failed(reply)
    return type(reply) == 'table' and reply.err
end
local function checkSource()
    local source = redis.pcall('GET', KEYS[1])
    if failed(source) then return source end
    if source == false then
        local set = redis.pcall('SET', KEYS[1], ARGV[1])
        return failed(set) and set
    end
    if source ~= ARGV[1] then
        return redis.error_reply('FOREIGNSOURCE obmonitor:source is ' .. source .. ', not ' .. ARGV[1]
            .. ': these books are of another exchange (--take-over clears them)')
    end
end
)lua";

// A Redis that came back empty counts from 1 again: whoever holds an epoch lifts the counter to it.
constexpr std::string_view counter = R"lua(
local function liftCounter()
    local counter = redis.pcall('GET', KEYS[2])
    if failed(counter) then return counter end
    if (tonumber(counter) or 0) < tonumber(ARGV[2]) then
        local set = redis.pcall('SET', KEYS[2], ARGV[2])
        return failed(set) and set
    end
end
local refused = checkSource() or liftCounter()
if refused then return refused end
)lua";

constexpr std::string_view claim = R"lua(
if #ARGV == 2 then return 0 end
local epoch = redis.pcall('INCR', KEYS[2])
if failed(epoch) then return epoch end
for i = 3, #ARGV do
    local stored = redis.pcall('HGET', KEYS[3], ARGV[i])
    if not failed(stored) and (tonumber(stored) or 0) < epoch then
        stored = redis.pcall('HSET', KEYS[3], ARGV[i], epoch)
    end
    if failed(stored) then return stored end
end
return epoch
)lua";

// Update ids are compared as text, by length and then by digits: a Lua number is exact up to 2^53 only.
// What a foreign writer left without an id that can be found is older than anything.
constexpr std::string_view write = R"lua(
local WRITTEN, OLDER_UPDATE, NOT_OWNER, DATA_LOST, COUNTED_ANEW = 0, 1, 2, 3, 4
local HEAD_BYTES = 255
local LATER_MS, NEVER_MS = 5000, 172800000
local ttlMs = ARGV[3]

local fences = {}
local function fence(symbol, epoch)
    if fences[symbol] == nil then
        local stored = redis.pcall('HGET', KEYS[3], symbol)
        local isLost = stored == false
        if isLost then stored = redis.pcall('HSET', KEYS[3], symbol, epoch) end
        local isForeign = not failed(stored) and (tonumber(stored) or 0) > tonumber(epoch)
        fences[symbol] = failed(stored) or (isLost and DATA_LOST) or (isForeign and NOT_OWNER) or WRITTEN
    end
    return fences[symbol]
end

local function isLower(a, b)
    if #a ~= #b then return #a < #b end
    return a < b
end

local function storedId(kind, key, symbol)
    if kind == 'l' then
        local text = redis.pcall('HGET', key, symbol)
        return failed(text), text and not failed(text) and string.match(text, '"u":%s*(%d+)%s*}%s*$')
    end
    local pattern = '"lastUpdateId":%s*(%d+)%D'
    local head = redis.pcall('GETRANGE', key, 0, HEAD_BYTES)
    if failed(head) or head == '' then return failed(head) end
    return nil, string.match(head, pattern) or string.match(redis.call('GET', key), pattern)
end

-- Of two whole books: ids that fall while the exchange's own time goes on. An event two days later than one of today
-- is a forged one.
local function isCountedAnew(key, json)
    local pattern = '"timestamp":%s*(%d+)'
    local stored = string.match(redis.call('GET', key), pattern)
    local given = string.match(json, pattern)
    if not stored or not given then return false end
    local laterMs = tonumber(given) - tonumber(stored)
    return laterMs >= LATER_MS or laterMs <= -NEVER_MS
end

local function put(kind, key, symbol, json)
    if kind == 'l' then return redis.pcall('HSET', key, symbol, json) end
    if kind == 'f' then return redis.pcall('SET', key, json) end
    return redis.pcall('SET', key, json, 'PX', ttlMs)
end

local function answer(kind, key, symbol, epoch, u, json)
    local fenced = fence(symbol, epoch)
    if fenced ~= WRITTEN and fenced ~= DATA_LOST then return fenced end
    if kind ~= 's' then
        local err, stored = storedId(kind, key, symbol)
        if err then return err end
        if stored and isLower(u, stored) then
            return kind == 'f' and isCountedAnew(key, json) and COUNTED_ANEW or OLDER_UPDATE
        end
    end
    return failed(put(kind, key, symbol, json)) or fenced
end

local answers = {}
for i = 1, #KEYS - 3 do
    local at = 5 * i - 1
    answers[i] = answer(ARGV[at], KEYS[i + 3], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4])
end
return answers
)lua";

constexpr std::string_view startAnew = R"lua(
if (tonumber(redis.call('HGET', KEYS[3], ARGV[3]) or 0) or 0) > tonumber(ARGV[4]) then return 0 end
redis.call('HDEL', KEYS[4], ARGV[3])
redis.call('DEL', KEYS[5])
local epoch = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[3], ARGV[3], epoch)
return epoch
)lua";

constexpr std::string_view drop = R"lua(
local refused = checkSource()
if refused then return refused end
local dropped = 0
for i = 1, (#KEYS - 3) / 2 do
    local symbol, epoch = ARGV[2 * i + 1], ARGV[2 * i + 2]
    local stored = redis.call('HGET', KEYS[2], symbol)
    if stored == false or stored == epoch then
        redis.call('DEL', KEYS[2 * i + 2])
        if ARGV[2] == 'all' then
            redis.call('HDEL', KEYS[3], symbol)
            redis.call('DEL', KEYS[2 * i + 3])
        end
        dropped = dropped + 1
    end
end
return dropped
)lua";

constexpr std::string_view takeOver = R"lua(
local source = redis.call('GET', KEYS[1])
if source == ARGV[1] then return 0 end
local symbols, count = {}, 0
local function note(symbol)
    if not symbols[symbol] then count = count + 1 end
    symbols[symbol] = true
end
for _, key in ipairs({KEYS[2], KEYS[3]}) do
    for _, symbol in ipairs(redis.pcall('HKEYS', key)) do note(symbol) end
end
for i = 4, #ARGV do note(ARGV[i]) end
for symbol in pairs(symbols) do
    redis.call('DEL', ARGV[2] .. symbol .. ARGV[3], 'orderbook:' .. symbol .. ':status')
end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('SET', KEYS[1], ARGV[1])
return count
)lua";

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

} // namespace

const Script& claimScript()
{
    static const Script script(joined({common, counter, claim}));
    return script;
}

const Script& writeScript()
{
    static const Script script(joined({common, counter, write}));
    return script;
}

const Script& startAnewScript()
{
    static const Script script(joined({common, counter, startAnew}));
    return script;
}

const Script& dropScript()
{
    static const Script script(joined({common, drop}));
    return script;
}

const Script& takeOverScript()
{
    static const Script script(takeOver);
    return script;
}

} // namespace obm
