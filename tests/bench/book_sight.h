// Sees the live books in Redis as a reader who wants to be told does: subscribed to the hash (keyspace notifications),
// it reads the hash at each notice. An event counts as shown when an answer with its u, or a later one, is here: this
// reader's own round trip is part of the figure. Thread: one of its own.
#pragma once

#include "bench/sent_log.h"

#include <memory>
#include <string>
#include <thread>

struct redisContext;

namespace obm::bench {

class BookSight
{
public:
    // sent outlives it. The server must take notify-keyspace-events.
    BookSight(const std::string& socketPath, const SentLog& sent);
    ~BookSight();

    // Stops looking; from then on the times may be read.
    const Latencies& end();

private:
    struct ContextDeleter
    {
        void operator()(redisContext* context) const;
    };
    using Context = std::unique_ptr<redisContext, ContextDeleter>;

    void run(const std::stop_token& stop);
    bool takeNotices(); // false: the connection is gone
    void look();

    const SentLog& m_sent;
    Context m_notices;
    Context m_books;
    std::map<std::string, std::int64_t> m_lastIds; // seen last
    Latencies m_latencies;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace obm::bench
