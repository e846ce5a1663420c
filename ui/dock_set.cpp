#include "ui/dock_set.h"

#include <QAction>
#include <QApplication>
#include <QMainWindow>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

Qt::Orientation orientationOf(Qt::DockWidgetArea area)
{
    return area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea ? Qt::Horizontal : Qt::Vertical;
}

} // namespace

DockSet::DockSet(QMainWindow& window, QString titleMark)
    : m_window(window)
    , m_titleMark(std::move(titleMark))
{
    window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks |
                          QMainWindow::GroupedDragging);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::TopLeftCorner, Qt::TopDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::TopDockWidgetArea);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

QDockWidget* DockSet::add(const QString& title, QWidget* panel, Place place)
{
    auto* dock = new QDockWidget(title + m_titleMark, &m_window);
    dock->setObjectName(panel->objectName() + QStringLiteral("Dock"));
    dock->setWidget(panel);
    dock->toggleViewAction()->setText(title);
    m_docks.push_back({dock, place});
    return dock;
}

void DockSet::put(QDockWidget* widget)
{
    const auto dock = std::ranges::find(m_docks, widget, &Dock::widget);
    const Qt::DockWidgetArea area = dock->place.area;
    // Beside one that lies there already; one that was moved or detached stays alone.
    const auto lies = [&](const Dock& other) {
        return other.widget != widget && other.place.area == area && !other.widget->isFloating() &&
               m_window.dockWidgetArea(other.widget) == area;
    };
    const auto neighbour = std::ranges::find_if(m_docks, lies);
    if (neighbour != m_docks.end()) {
        m_window.addDockWidget(area, widget);
        m_window.tabifyDockWidget(neighbour->widget, widget);
        return;
    }
    // The middle makes room, and has it again afterwards.
    const Qt::Orientation orientation = orientationOf(area);
    QList<QDockWidget*> docks{widget};
    QList<int> sizes{sizeOf(*dock)};
    for (const Dock& other : m_docks) {
        if (other.widget == widget || !other.widget->isVisible() || other.widget->isFloating() ||
            orientationOf(m_window.dockWidgetArea(other.widget)) != orientation)
            continue;
        docks << other.widget;
        sizes << (orientation == Qt::Horizontal ? other.widget->width() : other.widget->height());
    }
    m_window.addDockWidget(area, widget);
    m_window.resizeDocks(docks, sizes, orientation);
}

void DockSet::remove(QDockWidget* widget)
{
    std::erase_if(m_docks, [widget](const Dock& dock) { return dock.widget == widget; });
    widget->deleteLater();
}

void DockSet::reset()
{
    for (const Dock& dock : m_docks) {
        dock.widget->setFloating(false);
        m_window.removeDockWidget(dock.widget);
    }
    for (const Dock& dock : m_docks) {
        put(dock.widget);
        dock.widget->setVisible(dock.place.shownAtFirst);
    }
    std::vector<Qt::DockWidgetArea> raised;
    for (const Dock& dock : m_docks) {
        if (std::ranges::find(raised, dock.place.area) != raised.end())
            continue;
        raised.push_back(dock.place.area);
        dock.widget->raise();
    }
    resize();
}

int DockSet::sizeOf(const Dock& dock) const
{
    const bool beside = orientationOf(dock.place.area) == Qt::Horizontal;
    return static_cast<int>((beside ? m_window.width() : m_window.height()) * dock.place.share);
}

void DockSet::resize()
{
    for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
        QList<QDockWidget*> docks;
        QList<int> sizes;
        for (const Dock& dock : m_docks) {
            if (orientationOf(dock.place.area) != orientation || !dock.place.shownAtFirst)
                continue;
            docks << dock.widget;
            sizes << sizeOf(dock);
        }
        m_window.resizeDocks(docks, sizes, orientation);
    }
}

void DockSet::reveal(QWidget* panel)
{
    for (const Dock& dock : m_docks) {
        if (dock.widget->widget() != panel)
            continue;
        dock.widget->show();
        dock.widget->raise();
        dock.widget->window()->activateWindow();
        panel->setFocus(Qt::ShortcutFocusReason); // each has a proxy for it
    }
}

QDockWidget* DockSet::focused()
{
    QWidget* widget = QApplication::focusWidget();
    while (widget != nullptr && qobject_cast<QDockWidget*>(widget) == nullptr)
        widget = widget->parentWidget();
    return static_cast<QDockWidget*>(widget);
}

std::vector<QDockWidget*> DockSet::docks() const
{
    std::vector<QDockWidget*> widgets;
    for (const Dock& dock : m_docks)
        widgets.push_back(dock.widget);
    return widgets;
}

QByteArray DockSet::save() const
{
    return m_window.saveState(layoutVersion);
}

void DockSet::restore(const QByteArray& layout)
{
    reset(); // a dock that a layout does not know has its place all the same
    if (!layout.isEmpty())
        m_window.restoreState(layout, layoutVersion);
}

} // namespace obm
