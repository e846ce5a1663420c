#include "chaos/chaos_faults.h"

#include <sys/resource.h>

namespace obm::test {

namespace {

constexpr int takeOverMs = 11'000; // session timeout 6 s, and 5 s

// That the handlers have counted.
double redisErrors(ChaosSite& site)
{
    const QString errors = QStringLiteral("obmonitor_redis_errors_total");
    return site.site().metric(errors, {}, QStringLiteral("handler")) +
           site.site().metric(errors, {}, QStringLiteral("other-handler"));
}

ChaosFault killed(const QString& name, Part part, int holdMs, int promisedMs)
{
    return {
        name,   part,      [part](ChaosSite& site) { site.kill(part); }, [part](ChaosSite& site) { site.start(part); },
        holdMs, promisedMs};
}

ChaosFault frozen(const QString& name, Part part, int holdMs, int promisedMs)
{
    return {
        name,   part,      [part](ChaosSite& site) { site.freeze(part); }, [part](ChaosSite& site) { site.thaw(part); },
        holdMs, promisedMs};
}

// A fault of the local exchange; those that do not end by themselves are cleared.
ChaosFault exchangeFault(const QString& name, const QString& spec, int holdMs, int promisedMs)
{
    return {name,
            Part::Exchange,
            [spec](ChaosSite& site) { site.exchange().inject(spec); },
            [](ChaosSite& site) { site.exchange().clearFaults(); },
            holdMs,
            promisedMs};
}

// The stream begins anew under it.
ChaosFault cutAnd(const QString& name, const QString& spec, int holdMs, int promisedMs)
{
    ChaosFault fault = exchangeFault(name, spec, holdMs, promisedMs);
    fault.strike = [spec](ChaosSite& site) {
        site.exchange().inject(spec);
        site.exchange().inject(QStringLiteral("cut"));
    };
    return fault;
}

// Those of the test as well: all is said to the exchange before, and nothing asked of it meanwhile.
ChaosFault connectionsRefused()
{
    ChaosFault fault = exchangeFault(QStringLiteral("connections refused for 5 s"), {}, 6'000, 15'000);
    fault.strike = [](ChaosSite& site) {
        site.exchange().inject(QStringLiteral("cut:after_ms=500"));
        site.exchange().inject(QStringLiteral("refuse-connections:for_ms=5000"));
    };
    return fault;
}

ChaosFault redisFault(const QString& name, const RedisCommand& begin, const RedisCommand& end, int holdMs)
{
    constexpr int promisedMs = 5'000; // its longest back-off is 2 s
    return {name,
            Part::Redis,
            [begin](ChaosSite& site) { site.redis().run(begin); },
            [end](ChaosSite& site) {
                if (!end.empty())
                    site.redis().run(end);
            },
            holdMs,
            promisedMs};
}

// Its child cannot write the dump, and after that it takes no writes: what a full disk does.
void fillDisk(ChaosSite& site)
{
    const rlimit none{0, RLIM_INFINITY};
    prlimit(static_cast<pid_t>(site.redis().processId()), RLIMIT_FSIZE, &none, nullptr);
    site.redis().run({"CONFIG", "SET", "save", "3600 1"});
    site.redis().run({"BGSAVE"});
}

void emptyDisk(ChaosSite& site)
{
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    prlimit(static_cast<pid_t>(site.redis().processId()), RLIMIT_FSIZE, &all, nullptr);
    site.redis().run({"BGSAVE"});
}

void demandPassword(ChaosSite& site)
{
    site.redis().run({"CONFIG", "SET", "requirepass", "secret"});
    site.redis().run({"CLIENT", "KILL", "TYPE", "normal"});
}

std::vector<ChaosFault> partFaults()
{
    return {
        killed(QStringLiteral("producer killed"), Part::Producer, 1'000, 10'000),
        killed(QStringLiteral("handler killed, another one there"), Part::Handler, 1'000, takeOverMs),
        killed(QStringLiteral("exchange killed"), Part::Exchange, 500, 10'000),
        killed(QStringLiteral("Kafka killed"), Part::Kafka, 2'000, 20'000),
        killed(QStringLiteral("Kafka away for 30 s"), Part::Kafka, 30'000, 20'000),
        killed(QStringLiteral("Redis killed, comes back empty"), Part::Redis, 1'000, 5'000),
        frozen(QStringLiteral("producer frozen for 10 s"), Part::Producer, 10'000, 10'000),
        frozen(QStringLiteral("handler frozen past its session"), Part::Handler, 12'000, takeOverMs),
        frozen(QStringLiteral("exchange frozen for 10 s"), Part::Exchange, 10'000, 10'000),
        frozen(QStringLiteral("Kafka frozen for 10 s"), Part::Kafka, 10'000, 20'000),
        frozen(QStringLiteral("Redis frozen for 5 s"), Part::Redis, 5'000, 5'000),
        {QStringLiteral("two producers at once"), Part::Producer, [](ChaosSite& site) { site.startRival(); },
         [](ChaosSite& site) { site.killRival(); }, 5'000, 5'000},
    };
}

std::vector<ChaosFault> redisFaults()
{
    return {
        redisFault(QStringLiteral("Redis is a replica: READONLY"), {"REPLICAOF", "127.0.0.1", "1"},
                   {"REPLICAOF", "NO", "ONE"}, 3'000),
        redisFault(QStringLiteral("Redis has no memory: OOM"), {"CONFIG", "SET", "maxmemory", "1"},
                   {"CONFIG", "SET", "maxmemory", "0"}, 3'000),
        redisFault(QStringLiteral("Redis is slow: 2 s without an answer"), {"CLIENT", "PAUSE", "2000"}, {}, 2'500),
        {QStringLiteral("Redis wants a password: NOAUTH"), Part::Redis, demandPassword,
         [](ChaosSite& site) { site.redis().run({"CONFIG", "SET", "requirepass", ""}); }, 3'000, 5'000, redisErrors},
        {QStringLiteral("disk full under Redis: MISCONF"), Part::Redis, fillDisk, emptyDisk, 3'000, 5'000, redisErrors},
    };
}

std::vector<ChaosFault> exchangeFaults()
{
    return {
        exchangeFault(QStringLiteral("connection cut"), QStringLiteral("cut"), 500, 10'000),
        exchangeFault(QStringLiteral("connection half open"), QStringLiteral("half-open"), 0, 40'000),
        cutAnd(QStringLiteral("connected, acknowledged, silent"), QStringLiteral("silent-ack"), 20'000, 40'000),
        cutAnd(QStringLiteral("connection cut, REST answers 429 for 5 s"),
               QStringLiteral("http-429:for_ms=5000,ms=5000"), 5'000, 15'000),
        cutAnd(QStringLiteral("connection cut, IP banned (418) for 10 s"), QStringLiteral("http-418:ms=10000"), 1'000,
               20'000),
        cutAnd(QStringLiteral("connection cut, REST fails for 5 s"), QStringLiteral("snapshot-fail"), 5'000, 15'000),
        exchangeFault(QStringLiteral("end of the 24 hours"), QStringLiteral("server-shutdown"), 2'000, 10'000),
        connectionsRefused(),
        exchangeFault(QStringLiteral("every 3rd message lost"), QStringLiteral("drop:p=0.3"), 5'000, 10'000),
        exchangeFault(QStringLiteral("every 3rd message garbled"), QStringLiteral("garbled:p=0.3"), 5'000, 10'000),
        exchangeFault(QStringLiteral("flood of doubles"), QStringLiteral("duplicate:p=1"), 5'000, 5'000),
        exchangeFault(QStringLiteral("a frame over 4 MiB"), QStringLiteral("oversize"), 2'000, 15'000),
    };
}

} // namespace

const std::vector<ChaosFault>& chaosFaults()
{
    static const std::vector<ChaosFault> all = [] {
        std::vector<ChaosFault> faults = partFaults();
        for (const auto& more : {redisFaults(), exchangeFaults()})
            faults.insert(faults.end(), more.begin(), more.end());
        return faults;
    }();
    return all;
}

} // namespace obm::test
