#include "ui/inspector/inspector_docks.h"

#include <QEvent>

#include <algorithm>

namespace obm {

InspectorDocks::InspectorDocks(PipelineLink& link, BookDemand& demand, DockSet& docks, FrameClock& clock)
    : m_link(link)
    , m_demand(demand)
    , m_docks(docks)
    , m_clock(clock)
{}

InspectorDocks::~InspectorDocks()
{
    for (const Open& open : m_open)
        delete open.dock;
}

void InspectorDocks::open(const QString& symbol)
{
    const auto found = std::ranges::find(m_open, symbol, [](const Open& open) { return open.inspector->symbol(); });
    if (found != m_open.end()) {
        m_docks.reveal(found->inspector);
        return;
    }
    if (m_open.size() == openMax)
        close(m_open.front().dock);
    auto* inspector = new DepthInspector(m_link, m_demand, symbol, m_theme);
    QDockWidget* dock = m_docks.add(symbol, inspector, {Qt::RightDockWidgetArea, 0.36});
    m_open.push_back({inspector, dock});
    dock->installEventFilter(this);
    m_clock.watch(dock);
    m_docks.put(dock);
    m_docks.reveal(inspector);
}

QStringList InspectorDocks::symbols() const
{
    QStringList symbols;
    for (const Open& open : m_open)
        symbols << open.inspector->symbol();
    return symbols;
}

DepthInspector* InspectorDocks::newest() const
{
    return m_open.empty() ? nullptr : m_open.back().inspector;
}

void InspectorDocks::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (const Open& open : m_open)
        open.inspector->setTheme(theme);
}

void InspectorDocks::refresh()
{
    for (const Open& open : m_open)
        open.inspector->refresh();
}

void InspectorDocks::refreshStates(const std::vector<SymbolRow>& rows)
{
    for (const Open& open : m_open)
        open.inspector->refreshStates(rows);
}

bool InspectorDocks::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Close)
        close(static_cast<QDockWidget*>(watched));
    return QObject::eventFilter(watched, event);
}

void InspectorDocks::close(QDockWidget* dock)
{
    std::erase_if(m_open, [dock](const Open& open) { return open.dock == dock; });
    dock->hide(); // what it watches is let go at once
    m_docks.remove(dock);
}

} // namespace obm
