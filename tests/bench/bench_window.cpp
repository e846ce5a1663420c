// The window while a whole market runs through its process: how long its thread goes without an answer, and what
// becomes of Redis when that thread stands still. 600 symbols at 100 ms from the local exchange, through embedded
// Kafka, with 20 ladders, all in software rendering. The program has a core of its own; the exchange shares the other
// one with Redis. The floor: the same heartbeat in a thread that does nothing else. Without arguments about two
// minutes; --quick: a half.
#include "bench/on_core.h"
#include "bench/pin_process.h"
#include "bench/process_cost.h"
#include "bench/report.h"
#include "support/exchange_process.h"
#include "support/live_window.h"
#include "ui/ladder/ladder_grid.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSemaphore>
#include <QTest>
#include <QTimer>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace obm;
using namespace obm::bench;
using namespace obm::test;

namespace {

constexpr int ladderCount = 20;
constexpr int beatMs = 1;
constexpr int startLimitMs = 120'000;

struct Plan
{
    int symbols = 600;
    int answerMs = 30'000;
    int stillMs = 10'000;
};

// With an event loop of its own, as the program has one.
void runFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

// How much later than asked for a timer of this thread came, each time: as long a click would have waited.
std::vector<double> latenessOf(int ms)
{
    std::vector<double> lateMs;
    QElapsedTimer sinceBeat;
    QTimer beat;
    beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beat, &QTimer::timeout, &beat, [&] {
        const double passedMs = static_cast<double>(sinceBeat.nsecsElapsed()) / 1e6;
        lateMs.push_back(std::max(0.0, passedMs - beatMs));
        sinceBeat.start();
    });
    sinceBeat.start();
    beat.start(beatMs);
    runFor(ms);
    std::ranges::sort(lateMs);
    return lateMs;
}

std::string quantiles(const std::vector<double>& sorted)
{
    const auto at = [&](double share) {
        return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * share)];
    };
    return fmt::format("{:.2f}, {:.1f}, {:.1f} ms", at(0.5), at(0.99), sorted.back());
}

double threadMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Config marketConfig(const ExchangeProcess& exchange)
{
    Config config;
    config.exchange.wsUrl = exchange.wsUrl().toString().toStdString();
    config.exchange.restUrl = exchange.restUrl().toString().toStdString();
    config.exchange.symbols.clear();
    config.exchange.allSymbols = true;
    config.exchange.depthSpeed = DepthSpeed::Ms100;
    config.exchange.weightPerMinute = 100'000; // all books at once
    return config;
}

void showLadders(const LiveWindow& live)
{
    QStringList symbols;
    for (const BookRow& row : live.status().book->set.books) {
        if (symbols.size() < ladderCount)
            symbols << QString::fromStdString(row.symbol);
    }
    live.window().resize(2560, 1440); // all of them are seen
    live.find<LadderGrid>("ladderGrid")->setSymbols(symbols);
}

struct Traffic
{
    QElapsedTimer since;
    std::uint64_t messages = 0;
    qint64 writes = 0;
    double windowMs = 0;
    std::int64_t processMs = 0;
};

Traffic trafficOf(LiveWindow& live)
{
    Traffic traffic;
    traffic.messages = live.status().book->set.counters.messages;
    traffic.writes = live.redisWrites();
    traffic.windowMs = threadMs();
    traffic.processMs = cpuMs(QCoreApplication::applicationPid());
    traffic.since.start();
    return traffic;
}

void reportAnswers(LiveWindow& live, const Plan& plan, const std::vector<double>& floor)
{
    const Traffic begin = trafficOf(live);
    const std::vector<double> late = latenessOf(plan.answerMs);
    const double ms = static_cast<double>(begin.since.elapsed());
    const Traffic end = trafficOf(live);
    const std::string market = fmt::format("window over {} symbols at 100 ms, {} ladders: ", plan.symbols, ladderCount);
    report({market + "time without an answer, median, p99, longest", quantiles(late),
            quantiles(floor) + ", a thread that does nothing else", "under 100 ms"});
    report({market + "messages taken",
            fmt::format("{:.0f}/s", static_cast<double>(end.messages - begin.messages) * 1e3 / ms), "",
            fmt::format("{}/s", plan.symbols * 10)});
    report({market + "share of a core, of it the window's thread",
            fmt::format("{:.1f} %, {:.1f} %", static_cast<double>(end.processMs - begin.processMs) * 100 / ms,
                        (end.windowMs - begin.windowMs) * 100 / ms),
            "", ""});
}

void reportStandstill(LiveWindow& live, const Plan& plan)
{
    const auto writesPerSecond = [&](const auto& meanwhile) {
        const Traffic begin = trafficOf(live);
        meanwhile();
        const double ms = static_cast<double>(begin.since.elapsed());
        return static_cast<double>(live.redisWrites() - begin.writes) * 1e3 / ms;
    };
    const double before = writesPerSecond([&] { runFor(plan.stillMs); });
    const double still = writesPerSecond([&] { QSemaphore().tryAcquire(1, plan.stillMs); }); // nobody releases it
    report({fmt::format("Redis writes while the window's thread stands still for {} s", plan.stillMs / 1'000),
            fmt::format("{:.0f}/s, {:+.1f} %", still, (still / before - 1) * 100),
            fmt::format("{:.0f}/s, in as long before", before), "no change"});
}

int run(const Plan& plan)
{
    std::unique_ptr<ExchangeProcess> exchange;
    {
        const OnCore aside(feedingCore);
        exchange = std::make_unique<ExchangeProcess>(
            QStringList{QStringLiteral("--symbols"), QString::number(plan.symbols), QStringLiteral("--busy"),
                        QStringLiteral("--weight-limit"), QStringLiteral("1000000")},
            ExchangeProcess::TruthFile::NotWritten);
    }
    const OnCore alone(measuredCore);
    const std::vector<double> floor = latenessOf(plan.answerMs / 3);
    LiveWindow live(marketConfig(*exchange));
    const PinnedProcess aside(static_cast<pid_t>(live.redis().processId()), feedingCore);
    if (!QTest::qWaitFor([&] { return live.liveBooks() == plan.symbols; }, startLimitMs)) {
        fmt::print(stderr, "only {} of {} books came to be live\n", live.liveBooks(), plan.symbols);
        return 1;
    }
    showLadders(live);
    runFor(5'000); // what the start has left over
    reportAnswers(live, plan, floor);
    reportStandstill(live, plan);
    live.window().close();
    return live.stop().isEmpty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion")); // as obmonitor does
    const bool isQuick = QCoreApplication::arguments().contains(QStringLiteral("--quick"));
    return run(isQuick ? Plan{.symbols = 600, .answerMs = 5'000, .stillMs = 3'000} : Plan{});
}
