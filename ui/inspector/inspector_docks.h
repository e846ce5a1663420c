// The depth inspectors that are open, a dock each, one a symbol. Closing one ends it.
// Thread: main. What they show outlives this.
#pragma once

#include "ui/dock_set.h"
#include "ui/frame_clock.h"
#include "ui/inspector/depth_inspector.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace obm {

class InspectorDocks : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t openMax = 8; // the one opened first makes room

    InspectorDocks(PipelineLink& link, BookDemand& demand, DockSet& docks, FrameClock& clock);
    ~InspectorDocks() override;

    void open(const QString& symbol);
    [[nodiscard]] QStringList symbols() const;
    [[nodiscard]] DepthInspector* newest() const; // null: none is open

    void setTheme(const Theme& theme);
    void refresh();                                         // at each frame
    void refreshStates(const std::vector<SymbolRow>& rows); // after each look of the monitor

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Open
    {
        DepthInspector* inspector;
        QDockWidget* dock;
    };

    void close(QDockWidget* dock);

    PipelineLink& m_link;
    BookDemand& m_demand;
    DockSet& m_docks;
    FrameClock& m_clock;
    Theme m_theme;
    std::vector<Open> m_open; // in the order of opening
};

} // namespace obm
