// The symbols table: search as one types, by state, sorted by any column. A click on a row, or Enter, activates its
// symbol; the order is renewed once a second, and waits while the pointer moves over the rows.
// Thread: main.
#pragma once

#include "ui/symbols/symbol_filter.h"
#include "ui/symbols/symbol_model.h"

#include <QElapsedTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace obm {

class SymbolsPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int settleMs = 1'000;
    static constexpr int pointerRestMs = 2'000; // a pointer that lies still for so long holds nothing up

    explicit SymbolsPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void refresh(const std::vector<SymbolRow>& rows, std::int64_t nowEpochMs);

    void focusSearch();
    void clearFilters();
    [[nodiscard]] QStringList selectedSymbols() const;

    // Columns, their widths and the order, as kept between starts.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    void resetLayout();

Q_SIGNALS:
    void symbolActivated(const QString& symbol);
    void ladderWanted(const QString& symbol); // beside the others in the grid
    void resyncWanted(const QString& symbol);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeBar();
    void makeTable();
    void activate(const QModelIndex& shown);
    void openMenu(const QPoint& at);
    void openHeaderMenu(const QPoint& at);
    void copySelection() const;
    void settleIfDue();
    void showCounts();
    [[nodiscard]] std::vector<int> visibleRows() const; // of the model

    SymbolModel m_model;
    SymbolFilter m_filter{m_model};
    QLineEdit* m_search;
    QComboBox* m_state;
    QLabel* m_counts;
    QTableView* m_table;
    QElapsedTimer m_sinceSettled;
    QElapsedTimer m_sincePointer; // invalid: it is elsewhere
};

} // namespace obm
