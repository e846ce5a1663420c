#include "redis/book_store.h"

#include "redis/book_scripts.h"
#include "redis/connection.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcRedis, "obm.redis")

std::int64_t elapsedUs(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
}

std::expected<std::unique_ptr<RedisLink>, RedisError> openConnection(const RedisConfig& config)
{
    const auto endpoint = redisEndpoint(config);
    if (!endpoint)
        return std::unexpected(endpoint.error());
    auto connection = Connection::open(*endpoint);
    if (!connection)
        return std::unexpected(connection.error());
    return std::make_unique<Connection>(std::move(*connection));
}

// Adds what is claimed here to the batch; the rest is not ours to write.
template <typename Write>
void enlist(WriteBatch& batch, std::span<const Write> writes, const std::map<std::string, std::int64_t>& epochs,
            std::vector<WriteOutcome>& outcomes)
{
    outcomes.assign(writes.size(), WriteOutcome::Failed);
    for (std::size_t i = 0; i < writes.size(); ++i) {
        const auto claimed = epochs.find(writes[i].symbol);
        if (claimed == epochs.end())
            outcomes[i] = WriteOutcome::NotOwner;
        else
            batch.add(writes[i], claimed->second, outcomes[i]);
    }
}

} // namespace

BookStore::BookStore(const RedisConfig& config, std::string source, std::string hostPid, bool takeOver)
    : BookStore(
          config, std::move(source), std::move(hostPid), takeOver, [config] { return openConnection(config); },
          std::random_device{}())
{}

BookStore::BookStore(const RedisConfig& config, std::string source, std::string hostPid, bool takeOver,
                     RedisOpener open, std::uint32_t seed)
    : m_open(std::move(open))
    , m_url(config.url)
    , m_keys(config)
    , m_source(std::move(source))
    , m_hostPid(std::move(hostPid))
    , m_mayTakeOver(takeOver)
    , m_liveBehindMaxMs(liveBehindMs + 2 * config.fullIntervalMs)
    , m_random(seed)
{}

bool BookStore::ensureConnected(std::int64_t nowMs)
{
    if (nowMs < m_nextAttemptMs)
        return false;
    if (m_link && m_isSettled)
        return true;
    Result ready = m_link ? Result{} : connect();
    if (ready)
        ready = claimPending();
    if (ready)
        ready = startPendingAnew();
    if (ready)
        ready = removePending();
    if (!ready) {
        fail(ready.error(), nowMs);
        return false;
    }
    m_isSettled = true;
    if (m_status.error && !isRefusal(m_status.error->kind))
        recover(nowMs); // what was refused stays so until a write is taken
    return true;
}

BookStore::Result BookStore::connect()
{
    auto link = m_open();
    if (!link)
        return std::unexpected(link.error());
    m_link = std::move(*link);
    m_status.connected = true;
    m_isProven = m_status.connects++ == 0;
    return m_mayTakeOver ? takeOver() : Result{};
}

// Once only: two processes with different sources must not clear each other's books for ever.
BookStore::Result BookStore::takeOver()
{
    ScriptCall words;
    words.addKey(std::string(sourceKey));
    words.addKey(std::string(epochKey));
    words.addKey(m_keys.live());
    words.addText(m_source);
    words.addText(m_keys.fullPrefix());
    words.addText(m_keys.fullSuffix());
    for (const auto& [symbol, epoch] : m_epochs)
        words.addText(symbol);
    const auto cleared = call(takeOverScript(), words);
    if (!cleared)
        return std::unexpected(cleared.error());
    m_mayTakeOver = false;
    if (cleared->integer > 0)
        qCWarning(lcRedis) << "took over from another source: cleared" << cleared->integer << "symbols";
    return {};
}

// Also without a claim: it is what looks at the source.
BookStore::Result BookStore::claimPending()
{
    ScriptCall words;
    words.addKey(std::string(sourceKey));
    words.addKey(std::string(epochCounterKey));
    words.addKey(std::string(epochKey));
    words.addText(m_source);
    words.addNumber(m_highestEpoch);
    for (const auto* epochs : {&m_epochs, &m_toRemove})
        for (const auto& [symbol, epoch] : *epochs)
            if (epoch == unheard)
                words.addText(symbol);
    const auto reply = call(claimScript(), words);
    if (!reply)
        return std::unexpected(reply.error());
    for (auto* epochs : {&m_epochs, &m_toRemove})
        for (auto& [symbol, epoch] : *epochs)
            if (epoch == unheard)
                epoch = reply->integer;
    m_highestEpoch = std::max(m_highestEpoch, reply->integer);
    return {};
}

BookStore::Result BookStore::removePending()
{
    if (m_toRemove.empty())
        return {};
    Result dropped = drop("all", m_toRemove);
    if (dropped)
        m_toRemove.clear();
    return dropped;
}

BookStore::Result BookStore::drop(std::string_view what, const std::map<std::string, std::int64_t>& epochs)
{
    ScriptCall words;
    words.addKey(std::string(sourceKey));
    words.addKey(std::string(epochKey));
    words.addKey(m_keys.live());
    words.addText(m_source);
    words.addText(what);
    for (const auto& [symbol, epoch] : epochs) {
        words.addKey(m_keys.status(symbol));
        words.addKey(m_keys.full(symbol));
        words.addText(symbol);
        words.addNumber(epoch);
    }
    const auto reply = call(dropScript(), words);
    return reply ? Result{} : std::unexpected(reply.error());
}

void BookStore::claim(std::span<const std::string> symbols)
{
    for (const std::string& symbol : symbols) {
        m_epochs[symbol] = unheard;
        forgetRefusals(symbol); // of another epoch
        m_toRemove.erase(symbol);
    }
    m_isSettled = m_isSettled && symbols.empty();
}

void BookStore::release(std::span<const std::string> symbols, std::int64_t nowMs)
{
    std::map<std::string, std::int64_t> held;
    for (const std::string& symbol : symbols) {
        auto claimed = m_epochs.extract(symbol);
        forgetRefusals(symbol);
        if (claimed && claimed.mapped() != unheard)
            held.insert(std::move(claimed));
    }
    if (held.empty() || !m_link)
        return;
    if (const Result dropped = drop("status", held); !dropped)
        fail(dropped.error(), nowMs);
}

void BookStore::removeSymbols(std::span<const std::string> symbols)
{
    for (const std::string& symbol : symbols) {
        auto claimed = m_epochs.extract(symbol);
        forgetRefusals(symbol);
        if (claimed)
            m_toRemove.insert(std::move(claimed));
    }
    m_isSettled = m_isSettled && m_toRemove.empty();
}
std::string BookStore::owner(const std::string& symbol) const
{
    const auto claimed = m_epochs.find(symbol);
    return m_hostPid + ':' + std::to_string(claimed == m_epochs.end() ? unheard : claimed->second);
}

std::expected<Reply, RedisError> BookStore::call(const Script& script, ScriptCall& words)
{
    auto replies = callAll(script, std::span(&words, 1));
    if (!replies)
        return std::unexpected(replies.error());
    if (replies->front().isError())
        return std::unexpected(redisErrorOf(replies->front().text));
    return std::move(replies->front());
}

std::expected<std::vector<Reply>, RedisError> BookStore::callAll(const Script& script, std::span<ScriptCall> calls)
{
    const std::uint64_t sentBefore = m_link->bytesSent();
    auto replies = runScript(*m_link, script, calls);
    m_status.bytesSent += m_link->bytesSent() - sentBefore;
    ++m_status.roundTrips;
    return replies;
}

WriteResult BookStore::write(std::span<const LiveWrite> live, std::span<const FullWrite> full,
                             std::span<const StatusWrite> status, std::int64_t nowMs)
{
    WriteResult result;
    const bool isReady = ensureConnected(nowMs);
    WriteBatch batch(m_keys, m_source, m_highestEpoch);
    enlist(batch, live, m_epochs, result.live);
    enlist(batch, full, m_epochs, result.full);
    enlist(batch, status, m_epochs, result.status);
    if (isReady)
        send(batch, result, nowMs);
    else
        result.error = m_status.error;
    noteIdsThatFell(live, full, result, nowMs);
    count(BookKey::Live, result.live);
    count(BookKey::Full, result.full);
    count(BookKey::Status, result.status);
    noteRefusals(status, result.status, nowMs);
    return result;
}

void BookStore::send(WriteBatch& batch, WriteResult& result, std::int64_t nowMs)
{
    if (batch.calls().empty())
        return;
    const auto start = std::chrono::steady_clock::now();
    const auto replies = callAll(writeScript(), batch.calls());
    result.roundTripUs = elapsedUs(start);
    if (replies)
        batch.take(*replies);
    result.error = replies ? batch.error() : std::optional(replies.error());
    if (replies && !batch.isAllFailed())
        m_isDataLost = !std::exchange(m_isProven, true) || batch.isDataLost() || m_isDataLost;
    if (!result.error)
        succeed(nowMs);
    else if (!replies || batch.isAllFailed())
        fail(*result.error, nowMs);
    else {
        note(*result.error, nowMs);
        m_backoffMs = backoffFirstMs; // Redis itself is there
    }
}

void BookStore::count(BookKey key, std::span<const WriteOutcome> outcomes)
{
    BookKeyCounters& counters = m_status.writes[static_cast<std::size_t>(key)];
    const auto countOf = [&](WriteOutcome outcome) {
        return static_cast<std::uint64_t>(std::ranges::count(outcomes, outcome));
    };
    counters.written += countOf(WriteOutcome::Written);
    counters.olderUpdate += countOf(WriteOutcome::OlderUpdate) + countOf(WriteOutcome::CountedAnew);
    counters.notOwner += countOf(WriteOutcome::NotOwner);
    counters.failed += countOf(WriteOutcome::Failed) + countOf(WriteOutcome::Refused);
}

// Nothing went through: wait before the next attempt, with a new connection if this one is of no use.
void BookStore::fail(const RedisError& error, std::int64_t nowMs)
{
    note(error, nowMs);
    m_nextAttemptMs = nowMs + std::uniform_int_distribution(m_backoffMs / 2, m_backoffMs)(m_random);
    m_backoffMs = std::min(2 * m_backoffMs, backoffMaxMs);
    const bool isDead = m_link && !m_link->isOpen();
    if (!isDead && !needsNewConnection(error.kind))
        return;
    m_link.reset();
    m_isSettled = false;
    m_status.connected = false;
}

void BookStore::note(const RedisError& error, std::int64_t nowMs)
{
    const bool isNews = !m_status.error || m_status.error->kind != error.kind;
    if (!m_status.error)
        m_status.errorSinceMs = nowMs;
    m_status.error = error;
    ++m_status.errors[static_cast<std::size_t>(error.kind)];
    if (isNews && m_logLimit.allow(nowMs))
        qCWarning(lcRedis).noquote() << QString::fromStdString("Redis at " + m_url + ": " + error.text)
                                     << QString::fromStdString(m_logLimit.suppressedNote());
}

void BookStore::succeed(std::int64_t nowMs)
{
    recover(nowMs);
    m_backoffMs = backoffFirstMs;
    m_nextAttemptMs = 0;
}

void BookStore::recover(std::int64_t nowMs)
{
    if (m_status.error && m_logLimit.allow(nowMs))
        qCInfo(lcRedis).noquote() << "Redis is well again after" << nowMs - m_status.errorSinceMs << "ms"
                                  << QString::fromStdString(m_logLimit.suppressedNote());
    m_status.error.reset();
}

} // namespace obm
