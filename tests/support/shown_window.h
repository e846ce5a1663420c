// The main window on the screen, attached to values: BTCUSDT is live, ETHUSDT has a gap. Thread: main.
#pragma once

#include "concurrent/clock.h"
#include "support/make_status.h"
#include "support/scripted_link.h"
#include "ui/main_window.h"
#include "ui/symbols/symbol_column.h"

#include <QAction>
#include <QTableView>
#include <QTest>

#include <memory>

namespace obm::test {

struct ShownWindow
{
    ScriptedLink link;
    StageStatuses statuses;
    std::unique_ptr<Monitor> monitor;
    std::unique_ptr<MainWindow> window;

    explicit ShownWindow(bool simulated = false)
    {
        link.configuration.exchange.symbols = {"BTCUSDT", "ETHUSDT"};
        link.configuration.simulated = simulated;
        statuses.book.set.books = {bookRow("BTCUSDT", SyncState::Live), bookRow("ETHUSDT", SyncState::Buffering)};
        const std::int64_t neverStuckMs = steadyMs() + 3'600'000;
        statuses.feed.takenMs = statuses.book.takenMs = statuses.store.takenMs = neverStuckMs;
        link.statuses = statuses.all();
        monitor = std::make_unique<Monitor>(link.configuration);
        window = std::make_unique<MainWindow>(link, *monitor);
        window->show();
    }

    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        return window->findChild<Widget*>(QString::fromLatin1(name));
    }
    void activate() const // keys go to the active window only
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
    [[nodiscard]] QAction* action(const char* name) const { return find<QAction>(name); }
    [[nodiscard]] QTableView* symbolTable() const { return find<QTableView>("symbolTable"); }
    [[nodiscard]] QString gapsText() const // of the first symbol
    {
        return symbolTable()->model()->index(0, static_cast<int>(SymbolColumn::Gaps)).data().toString();
    }
};

} // namespace obm::test
