#include "chaos/chaos_faults.h"

#include <sys/resource.h>

namespace obm::test {

namespace {

constexpr int takeOverMs = 11'000; // session timeout 6 s, and 5 s

double countedByHandlers(ChaosSite& site, const char* name, const QString& label = {})
{
    const QString metric = QString::fromLatin1(name);
    return site.site().metric(metric, label, QStringLiteral("handler")) +
           site.site().metric(metric, label, QStringLiteral("other-handler"));
}

double redisErrors(ChaosSite& site)
{
    return countedByHandlers(site, "obmonitor_redis_errors_total");
}

double staleSnapshots(ChaosSite& site)
{
    return countedByHandlers(site, "obmonitor_book_resyncs_total", QStringLiteral("reason=\"stale_snapshot\""));
}

double rollOvers(ChaosSite& site)
{
    return site.site().metric(QStringLiteral("obmonitor_exchange_rollovers_total"), {}, QStringLiteral("producer"));
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
            promisedMs,
            [](ChaosSite& site) { return double(site.exchange().faultHits()); }};
}

ChaosFault endOfTheDay()
{
    ChaosFault fault =
        exchangeFault(QStringLiteral("end of the 24 hours"), QStringLiteral("server-shutdown:ms=2000"), 4'000, 10'000);
    fault.felt = rollOvers;
    return fault;
}

// New connections only are silent.
ChaosFault silence()
{
    ChaosFault fault =
        exchangeFault(QStringLiteral("connected, acknowledged, silent"), QStringLiteral("silent-ack"), 20'000, 40'000);
    fault.strike = [strike = fault.strike](ChaosSite& site) {
        strike(site);
        site.exchange().inject(QStringLiteral("cut"));
    };
    fault.feltMin = 2; // the cut is one
    return fault;
}

// Every book needs a snapshot meanwhile.
ChaosFault lossWhile(const QString& what, const QString& spec, int holdMs, int promisedMs,
                     double (*felt)(ChaosSite&) = snapshotsFailed)
{
    ChaosFault fault = exchangeFault(QStringLiteral("events lost, ") + what, spec, holdMs, promisedMs);
    fault.strike = [strike = fault.strike](ChaosSite& site) {
        strike(site);
        site.exchange().inject(QStringLiteral("drop:for_ms=1500"));
    };
    fault.felt = felt;
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
    fault.feltMin = 2; // the cut is one
    return fault;
}

ChaosFault redisFault(const QString& name, const RedisCommand& begin, const RedisCommand& end, int holdMs,
                      double (*felt)(ChaosSite&))
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
            promisedMs,
            felt};
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
                   {"REPLICAOF", "NO", "ONE"}, 3'000, redisErrors),
        redisFault(QStringLiteral("Redis has no memory: OOM"), {"CONFIG", "SET", "maxmemory", "1"},
                   {"CONFIG", "SET", "maxmemory", "0"}, 3'000, redisErrors),
        redisFault(QStringLiteral("Redis is slow: 2 s without an answer"), {"CLIENT", "PAUSE", "2000"}, {}, 2'500,
                   redisErrors),
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
        silence(),
        exchangeFault(QStringLiteral("one symbol's stream dead"), QStringLiteral("dead-stream:symbol=BNBUSDT"), 0,
                      80'000),
        lossWhile(QStringLiteral("REST answers 429 for 5 s"), QStringLiteral("http-429:for_ms=5000,ms=5000"), 5'000,
                  15'000),
        lossWhile(QStringLiteral("IP banned (418) for 10 s"), QStringLiteral("http-418:for_ms=4000,ms=10000"), 4'000,
                  20'000),
        lossWhile(QStringLiteral("REST fails for 5 s"), QStringLiteral("snapshot-fail:for_ms=5000"), 5'000, 15'000),
        lossWhile(QStringLiteral("snapshots are old for 5 s"), QStringLiteral("snapshot-stale:for_ms=5000"), 5'000,
                  15'000, staleSnapshots),
        endOfTheDay(),
        connectionsRefused(),
        exchangeFault(QStringLiteral("three of ten messages lost"), QStringLiteral("drop:p=0.3"), 5'000, 10'000),
        exchangeFault(QStringLiteral("three of ten messages garbled"), QStringLiteral("garbled:p=0.3"), 5'000, 10'000),
        exchangeFault(QStringLiteral("flood: everything a hundred times"),
                      QStringLiteral("duplicate:for_ms=5000,times=99"), 5'000, 5'000),
        exchangeFault(QStringLiteral("a frame over 4 MiB"), QStringLiteral("oversize"), 2'000, 15'000),
    };
}

} // namespace

double snapshotsFailed(ChaosSite& site)
{
    return countedByHandlers(site, "obmonitor_rest_snapshots_failed_total");
}

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
