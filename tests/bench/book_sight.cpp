#include "bench/book_sight.h"

#include "bench/update_id.h"

#include <hiredis.h>

#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <utility>

namespace obm::bench {

namespace {

constexpr int stopSliceMs = 100;

struct ReplyDeleter
{
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Answer = std::unique_ptr<redisReply, ReplyDeleter>;

std::string textOf(const redisReply& reply)
{
    return {reply.str, static_cast<std::size_t>(reply.len)};
}

} // namespace

void BookSight::ContextDeleter::operator()(redisContext* context) const
{
    redisFree(context);
}

BookSight::BookSight(const std::string& socketPath, const SentLog& sent)
    : m_sent(sent)
    , m_notices(redisConnectUnix(socketPath.c_str()))
    , m_books(redisConnectUnix(socketPath.c_str()))
{
    for (const Context* context : {&m_notices, &m_books})
        if (!*context || (*context)->err) {
            std::fprintf(stderr, "no connection to the benchmark's Redis\n");
            std::abort();
        }
    const auto ask = [](redisContext* context, const char* command) {
        return Answer(static_cast<redisReply*>(redisCommand(context, command)));
    };
    ask(m_books.get(), "CONFIG SET notify-keyspace-events Kh");
    ask(m_notices.get(), "SUBSCRIBE __keyspace@0__:LIVE_ORDERBOOK");
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

BookSight::~BookSight() = default;

const Latencies& BookSight::end()
{
    m_thread.request_stop();
    m_thread.join();
    return m_latencies;
}

void BookSight::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd descriptor{m_notices->fd, POLLIN, 0};
        if (poll(&descriptor, 1, stopSliceMs) <= 0)
            continue;
        if (!takeNotices())
            return;
        look();
    }
}

// All that have come: one look serves them.
bool BookSight::takeNotices()
{
    if (redisBufferRead(m_notices.get()) != REDIS_OK)
        return false;
    for (;;) {
        void* notice = nullptr;
        if (redisReaderGetReply(m_notices->reader, &notice) != REDIS_OK)
            return false;
        if (!notice)
            return true;
        freeReplyObject(notice);
    }
}

void BookSight::look()
{
    const Answer hash(static_cast<redisReply*>(redisCommand(m_books.get(), "HGETALL LIVE_ORDERBOOK")));
    const std::int64_t seenUs = nowUs();
    if (!hash || hash->type != REDIS_REPLY_ARRAY)
        return;
    const std::span fields(hash->element, hash->elements);
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
        const std::string symbol = textOf(*fields[i]);
        const std::int64_t lastId = updateIdOf({fields[i + 1]->str, static_cast<std::size_t>(fields[i + 1]->len)});
        const std::int64_t before = std::exchange(m_lastIds[symbol], lastId);
        for (const std::int64_t sentUs : m_sent.sentUs(symbol, before, lastId))
            m_latencies.add(seenUs - sentUs);
    }
}

} // namespace obm::bench
