// The simulation's Redis against a real one: whatever is asked of the store's scripts, both answer alike and hold the
// same afterwards.
#include "redis/book_keys.h"
#include "redis/book_scripts.h"
#include "simulation/sim_redis.h"
#include "support/redis_process.h"
#include "support/seed.h"

#include <QTest>

#include <fmt/format.h>

#include <array>

using namespace obm;
using namespace obm::test;
using sim::SimRedis;

namespace {

constexpr std::int64_t nowMs = 1'000'000;
constexpr const char* liveKey = "LIVE_ORDERBOOK";
const std::array<std::string, 3> symbols = {"AUSDT", "BUSDT", "CUSDT"};

std::string fullKey(const std::string& symbol)
{
    return "orderbook:" + symbol + ":latest";
}

std::string statusKey(const std::string& symbol)
{
    return "orderbook:" + symbol + ":status";
}

std::string textOf(const Reply& reply)
{
    std::string text = reply.isError() ? reply.text.substr(0, reply.text.find(' ')) // its kind: the rest is for people
                                       : fmt::format("{}:{}{}", int(reply.type), reply.integer, reply.text);
    for (const Reply& item : reply.items)
        text += ' ' + textOf(item);
    return text;
}

} // namespace

class TestFenceModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsRedisDoes();

private:
    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }
    const std::string& someSymbol() { return symbols[std::size_t(below(int(symbols.size())))]; }
    std::string someEpoch() { return std::to_string(below(6)); }
    std::string someSource() { return below(20) == 0 ? "https://other.test" : "https://exchange.test"; }

    SimRedis::Words claim();
    SimRedis::Words write();
    void addItem(SimRedis::Words& keys, SimRedis::Words& words);
    SimRedis::Words startAnew();
    SimRedis::Words drop();
    void forgetSome();
    QString compare(const SimRedis::Words& words);
    QString compareData();

    std::mt19937 m_random;
    std::array<std::string, symbols.size()> m_epochs;
    std::unique_ptr<RedisProcess> m_redis;
    SimRedis m_model;
};

SimRedis::Words TestFenceModel::claim()
{
    SimRedis::Words words{"EVALSHA",
                          claimScript().sha(),
                          "3",
                          std::string(sourceKey),
                          std::string(epochCounterKey),
                          std::string(epochKey),
                          someSource(),
                          someEpoch()};
    for (int count = below(3); count > 0; --count)
        words.push_back(someSymbol());
    return words;
}

SimRedis::Words TestFenceModel::write()
{
    SimRedis::Words keys{std::string(sourceKey), std::string(epochCounterKey), std::string(epochKey)};
    SimRedis::Words args{someSource(), someEpoch(), std::to_string(statusTtlMs)};
    for (std::string& epoch : m_epochs) // of one writer: one for each symbol
        epoch = someEpoch();
    for (int count = 1 + below(4); count > 0; --count)
        addItem(keys, args);
    SimRedis::Words words{"EVALSHA", writeScript().sha(), std::to_string(keys.size())};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), args.begin(), args.end());
    return words;
}

void TestFenceModel::addItem(SimRedis::Words& keys, SimRedis::Words& words)
{
    const auto index = std::size_t(below(int(symbols.size())));
    const std::string& symbol = symbols[index];
    const std::string u = std::to_string(95 + below(10)); // of two lengths
    const int kind = below(3);
    keys.push_back(kind == 0 ? liveKey : kind == 1 ? fullKey(symbol) : statusKey(symbol));
    const std::string json =
        kind == 0 ? fmt::format(R"({{"s":"{}","b":[],"a":[],"u":{}}})", symbol, u)
                  : fmt::format(R"({{"symbol":"{}","lastUpdateId":{},"bids":[],"asks":[],"timestamp":{}}})", symbol, u,
                                below(10) == 0 ? 4'102'444'800'000 : 1'000 * below(20));
    for (const std::string& word : {std::string(kind == 0   ? liveItem
                                                : kind == 1 ? fullItem
                                                            : statusItem),
                                    symbol, m_epochs[index], kind == 2 ? "0" : u, json})
        words.push_back(word);
}

SimRedis::Words TestFenceModel::startAnew()
{
    const std::string& symbol = someSymbol();
    return {"EVALSHA",
            startAnewScript().sha(),
            "5",
            std::string(sourceKey),
            std::string(epochCounterKey),
            std::string(epochKey),
            liveKey,
            fullKey(symbol),
            someSource(),
            someEpoch(),
            symbol,
            someEpoch()};
}

SimRedis::Words TestFenceModel::drop()
{
    const std::string& symbol = someSymbol();
    return {"EVALSHA",
            dropScript().sha(),
            "5",
            std::string(sourceKey),
            std::string(epochKey),
            liveKey,
            statusKey(symbol),
            fullKey(symbol),
            someSource(),
            below(2) == 0 ? "status" : "all",
            symbol,
            someEpoch()};
}

void TestFenceModel::forgetSome()
{
    if (below(2) == 0) {
        m_redis->run({"FLUSHALL"});
        m_model.flush();
    } else {
        m_redis->run({"SCRIPT", "FLUSH"});
        m_model.forgetScripts();
    }
}

// Empty, or both answers.
QString TestFenceModel::compare(const SimRedis::Words& words)
{
    const std::string real = textOf(m_redis->run({words.begin(), words.end()}));
    const std::string model = textOf(m_model.execute(words, nowMs));
    if (real == model && !real.starts_with("NOSCRIPT"))
        return compareData();
    return real == model ? QString() : QString::fromStdString("Redis says " + real + ", the model " + model);
}

QString TestFenceModel::compareData()
{
    const SimRedis::Data& data = m_model.data();
    const auto held = [](const auto& values, const std::string& symbol) {
        const auto found = values.find(symbol);
        return found == values.end() ? std::string("(nil)") : fmt::format("{}", found->second);
    };
    for (const std::string& symbol : symbols) {
        const auto status = m_model.status(symbol, nowMs);
        if (m_redis->text({"HGET", liveKey, symbol}) != held(data.live, symbol) ||
            m_redis->text({"GET", fullKey(symbol)}) != held(data.full, symbol) ||
            m_redis->text({"HGET", epochKey, symbol}) != held(data.epochs, symbol) ||
            m_redis->text({"GET", statusKey(symbol)}) != status.value_or("(nil)"))
            return QString::fromStdString("they hold another thing of " + symbol);
    }
    const std::string counter = m_redis->text({"GET", epochCounterKey});
    return (counter == "(nil)" ? "0" : counter) == std::to_string(data.counter) ? QString() : QString("counter");
}

void TestFenceModel::answersAsRedisDoes()
{
    const std::uint64_t seed = seedOfRun();
    const auto check = qScopeGuard([seed] { tellSeedOnFailure(seed); });
    m_random.seed(static_cast<std::uint32_t>(seed));
    m_redis = std::make_unique<RedisProcess>();
    for (int step = 0; step < 2'000; ++step) {
        const int what = below(100);
        if (what == 0)
            forgetSome();
        else if (what < 10)
            for (const Script* script : {&claimScript(), &writeScript(), &startAnewScript(), &dropScript()})
                QCOMPARE(compare({"SCRIPT", "LOAD", std::string(script->text())}), QString());
        else
            QCOMPARE(compare(what < 25 ? claim() : what < 75 ? write() : what < 85 ? startAnew() : drop()), QString());
    }
    m_redis.reset();
}

QTEST_APPLESS_MAIN(TestFenceModel)
#include "tst_fence_model.moc"
