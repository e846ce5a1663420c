// The ladders that somebody picked, side by side, as many in a row as fit. Books are asked for only of those that can
// be seen.
// Thread: main. It does nothing while it is hidden.
#pragma once

#include "ui/book_demand.h"
#include "ui/ladder/ladder_widget.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace obm {

class LadderGrid : public QWidget
{
    Q_OBJECT

public:
    static constexpr int laddersMax = 24;
    static constexpr int laddersAtFirst = 6;

    LadderGrid(PipelineLink& link, BookDemand& demand, const Theme& theme, QWidget* parent = nullptr);
    ~LadderGrid() override;

    void refresh();                                         // at each frame: books
    void refreshStates(const std::vector<SymbolRow>& rows); // after each look of the monitor
    void setTheme(const Theme& theme);

    // In the order of the screen; more than laddersMax are left out.
    void setSymbols(const QStringList& symbols);
    [[nodiscard]] QStringList symbols() const;
    void addSymbol(const QString& symbol);
    void removeSymbol(const QString& symbol);

Q_SIGNALS:
    void symbolActivated(const QString& symbol);
    void symbolsChanged(const QStringList& symbols); // by somebody at the screen

protected:
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeBar();
    void makeArea();
    void insert(const QString& symbol);
    void place();
    void offerSymbols(const std::vector<SymbolRow>& rows);
    void pickAtFirst(const std::vector<SymbolRow>& rows);
    void setUnits(LadderUnits units);
    [[nodiscard]] LadderWidget* find(const QString& symbol) const;

    PipelineLink& m_link;
    BookDemand& m_demand;
    Theme m_theme;

    QComboBox* m_add = nullptr;
    QCheckBox* m_quote = nullptr;
    QLabel* m_simulated = nullptr;
    QLabel* m_empty = nullptr;
    QScrollArea* m_area = nullptr;
    QWidget* m_canvas = nullptr;
    std::vector<LadderWidget*> m_ladders;
    LadderUnits m_units = LadderUnits::Base;
    bool m_isPicked = false; // by somebody, or from the configuration
};

} // namespace obm
