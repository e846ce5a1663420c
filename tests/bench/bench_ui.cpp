// What the window costs in software rendering: processor time of the process (Qt fills large areas in threads of its
// own) from one refresh to the next, painting included. Ladders and a depth inspector at 60 frames a second, beside a
// window of the same size whose widgets only fill themselves; the symbols table at 5 refreshes a second, beside a bare
// table with a constant text in every cell. Without arguments ten seconds a figure, the table a minute; --quick: two.
#include "bench/report.h"
#include "support/made_book.h"
#include "support/make_rows.h"
#include "support/scripted_link.h"
#include "ui/frame_clock.h"
#include "ui/inspector/depth_inspector.h"
#include "ui/ladder/ladder_grid.h"
#include "ui/symbols/symbols_panel.h"

#include <QApplication>
#include <QGridLayout>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QTimer>

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace obm;
using Views = std::vector<std::shared_ptr<const BookView>>;

constexpr int ladderCount = 20;
constexpr std::size_t deepLevels = 5'000;
constexpr int looksEachFrames = 15; // states are looked at four times a second
constexpr int symbolCount = 800;
constexpr int shownColumns = 12; // of the symbols table, at first
constexpr int refreshesPerSecond = 5;
constexpr QSize tableSize(1280, 800);

double processorMs()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct FrameCost
{
    double medianMs = 0;
    double p99Ms = 0;
    double meanMs = 0;

    [[nodiscard]] double percentAt60() const { return meanMs * FrameClock::fastFps / 10; }
};

// Shows the window, calls `refresh` with its number, and lets the event loop paint until the next one.
FrameCost costOf(QWidget& window, int perSecond, int count, const std::function<void(int)>& refresh)
{
    QTimer clock;
    clock.setTimerType(Qt::PreciseTimer);
    window.show();
    std::vector<double> costs;
    double beforeMs = 0;
    int number = -perSecond / 2; // to warm up
    QObject::connect(&clock, &QTimer::timeout, &window, [&] {
        const double nowMs = processorMs();
        if (number > 0)
            costs.push_back(nowMs - beforeMs);
        beforeMs = nowMs;
        if (number == count)
            return QCoreApplication::quit();
        refresh(++number + perSecond);
    });
    clock.start(1'000 / perSecond);
    QCoreApplication::exec();
    std::ranges::sort(costs);
    FrameCost cost{.medianMs = costs[costs.size() / 2], .p99Ms = costs[costs.size() * 99 / 100], .meanMs = 0};
    for (const double ms : costs)
        cost.meanMs += ms / static_cast<double>(costs.size());
    return cost;
}

FrameCost costOfFrames(QWidget& window, int frames, const std::function<void(int)>& frame)
{
    return costOf(window, FrameClock::fastFps, frames, frame);
}

Views viewsOf(const std::string& symbol, std::size_t levels, int count, int changes)
{
    test::MadeBook made({.symbol = symbol, .levels = levels}, std::hash<std::string>()(symbol));
    Views views;
    for (int i = 0; i < count; ++i) {
        made.step(changes);
        views.push_back(made.view());
    }
    return views;
}

SymbolRow liveRow(const std::string& symbol)
{
    SymbolRow row;
    row.symbol = symbol;
    row.state = SyncState::Live;
    row.words = "live";
    row.ageMs = 40;
    return row;
}

// everyFrames: how many frames a book stays the same.
FrameCost costOfLadders(int frames, int everyFrames)
{
    test::ScriptedLink link;
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    std::vector<SymbolRow> rows;
    std::vector<Views> views;
    QStringList symbols;
    for (int i = 0; i < ladderCount; ++i) {
        rows.push_back(liveRow(fmt::format("S{}USDT", i)));
        views.push_back(viewsOf(rows.back().symbol, 20, 120, 40));
        symbols.append(QString::fromStdString(rows.back().symbol));
    }
    grid.setSymbols(symbols);
    grid.resize(2560, 1440); // all of them are seen
    grid.refreshStates(rows);
    return costOfFrames(grid, frames, [&](int number) {
        for (std::size_t i = 0; i < views.size(); ++i) {
            const std::size_t age = static_cast<std::size_t>(number) + i; // not all at the same frame
            link.books[rows[i].symbol] = views[i][age / static_cast<std::size_t>(everyFrames) % views[i].size()];
        }
        grid.refresh();
        if (number % looksEachFrames == 0)
            grid.refreshStates(rows);
    });
}

FrameCost costOfInspector(int frames)
{
    test::ScriptedLink link;
    BookDemand demand(link);
    DepthInspector inspector(link, demand, QStringLiteral("BTCUSDT"), makeTheme(true, false));
    inspector.resize(1280, 800);
    const Views views = viewsOf("BTCUSDT", deepLevels, 60, 20);
    const std::vector<SymbolRow> rows{liveRow("BTCUSDT")};
    return costOfFrames(inspector, frames, [&](int number) {
        link.books["BTCUSDT"] = views[static_cast<std::size_t>(number) % views.size()];
        inspector.refresh();
        if (number % looksEachFrames == 0)
            inspector.refreshStates(rows);
    });
}

class Filled : public QWidget
{
protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), palette().window()); }
};

FrameCost costOfFilling(QSize size, int parts, int frames)
{
    QWidget window;
    auto* const grid = new QGridLayout(&window);
    for (int i = 0; i < parts; ++i) {
        auto* const part = new Filled;
        part->setAttribute(Qt::WA_OpaquePaintEvent);
        grid->addWidget(part, i / 10, i % 10);
    }
    window.resize(size);
    return costOfFrames(window, frames, [&](int) { window.update(); });
}

// Every value of every row is another one than that of the step before.
std::vector<SymbolRow> movedRows(int step)
{
    std::vector<SymbolRow> rows = test::symbolRows(symbolCount);
    int number = 0;
    for (SymbolRow& row : rows) {
        const int seed = ++number * 7 + step * 131;
        row.state = step % 2 == 0 ? SyncState::Live : SyncState::Bridging;
        row.words = fmt::format("live, silent for {} s", 60 + seed % 60);
        row.sinceEpochMs = test::rowsNowMs - 1'000 * (10 + step);
        row.bestBid = test::decimal(fmt::format("{}.{:02}", 10'000 + seed, seed % 100).c_str());
        row.bestAsk = test::decimal(fmt::format("{}.{:02}", 10'001 + seed, seed % 100).c_str());
        row.spread = test::decimal(fmt::format("0.{:02}", 10 + seed % 89).c_str());
        row.eventsPerSecond = 10 + seed % 900;
        row.ageMs = 100 + seed % 900;
        row.gaps = row.resyncs = static_cast<std::uint64_t>(seed % 1'000);
        row.lagMessages = seed % 9'999;
        row.writesPerSecond = 10 + seed % 900;
        row.writeAgeMs = 100 + seed % 900;
        row.latencyMs = 5 + seed % 900;
    }
    return rows;
}

FrameCost costOfSymbols(int refreshes)
{
    constexpr int steps = 16;
    SymbolsPanel panel;
    panel.setTheme(makeTheme(true, false));
    panel.resize(tableSize);
    std::vector<std::vector<SymbolRow>> rows;
    for (int step = 0; step < steps; ++step)
        rows.push_back(movedRows(step));
    return costOf(panel, refreshesPerSecond, refreshes,
                  [&](int number) { panel.refresh(rows[static_cast<std::size_t>(number % steps)], test::rowsNowMs); });
}

class ConstantText : public QAbstractTableModel
{
public:
    [[nodiscard]] int rowCount(const QModelIndex&) const override { return symbolCount; }
    [[nodiscard]] int columnCount(const QModelIndex&) const override { return shownColumns; }
    [[nodiscard]] QVariant data(const QModelIndex&, int role) const override
    {
        return role == Qt::DisplayRole ? m_text : QVariant();
    }

private:
    QVariant m_text = QStringLiteral("12,345.67");
};

FrameCost costOfBareTable(int refreshes)
{
    ConstantText model;
    QTableView table;
    table.setModel(&model);
    const int rowHeight = table.fontMetrics().height() * 3 / 2; // as in the symbols table
    table.verticalHeader()->setMinimumSectionSize(rowHeight);
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
    table.resize(tableSize);
    return costOf(table, refreshesPerSecond, refreshes, [&](int) { table.viewport()->update(); });
}

std::string msText(const FrameCost& cost)
{
    return fmt::format("{:.2f} ms (p99 {:.2f} ms)", cost.medianMs, cost.p99Ms);
}

void reportShare(const std::string& what, const FrameCost& cost, const FrameCost& floor)
{
    bench::report({what, fmt::format("{:.1f} % of a core; a frame {}", cost.percentAt60(), msText(cost)),
                   fmt::format("{:.1f} %, filling the same pixels", floor.percentAt60()), "under 20 %"});
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const bool isQuick = QCoreApplication::arguments().contains(QStringLiteral("--quick"));
    const int frames = FrameClock::fastFps * (isQuick ? 2 : 10);
    const FrameCost ladderFloor = costOfFilling(QSize(2560, 1440), ladderCount, frames);
    reportShare("20 ladders of 20 rows at 60 fps, every book new at each frame", costOfLadders(frames, 1), ladderFloor);
    reportShare("20 ladders of 20 rows at 60 fps, books new each 100 ms", costOfLadders(frames, 6), ladderFloor);
    const FrameCost inspectorFloor = costOfFilling(QSize(1280, 800), 1, frames);
    bench::report({"depth inspector of 2 x 5,000 levels, the book new at each frame, a frame",
                   msText(costOfInspector(frames)), msText(inspectorFloor) + ", filling the same pixels",
                   "under 4 ms"});
    const int refreshes = refreshesPerSecond * (isQuick ? 2 : 60);
    const FrameCost tableFloor = costOfBareTable(refreshes);
    bench::report({"symbols table of 800 rows at 1280x800, every value new, a refresh",
                   msText(costOfSymbols(refreshes)), msText(tableFloor) + ", a bare table of constant text",
                   "under 10 ms"});
}
