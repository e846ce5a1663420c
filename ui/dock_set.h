// The docks of the window: how they lie at first, shown again by one call, detached or put back by the user.
// Thread: main.
#pragma once

#include <QByteArray>
#include <QDockWidget>
#include <QString>

#include <vector>

class QMainWindow;

namespace obm {

class DockSet
{
public:
    // titleMark stands behind every title: of simulated data, on a detached dock too.
    DockSet(QMainWindow& window, QString titleMark);

    struct Place
    {
        Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
        double share = 0.3; // of the window's width, or height
        bool shownAtFirst = true;
    };
    // Those of one area share it as tabs, the first in front. It is in its place after the next reset(), or put().
    QDockWidget* add(const QString& title, QWidget* panel, Place place);
    // Into its place, without a change of the others.
    void put(QDockWidget* dock);

    // Takes a dock out of the set, and ends it.
    void remove(QDockWidget* dock);

    void reset();
    // Shown, in front, with the keyboard.
    void reveal(QWidget* panel);
    [[nodiscard]] static QDockWidget* focused(); // that has the keyboard; null: none
    [[nodiscard]] std::vector<QDockWidget*> docks() const;

    [[nodiscard]] QByteArray save() const;
    // Like reset() where there is nothing to restore, or it is of another version.
    void restore(const QByteArray& layout);

private:
    static constexpr int layoutVersion = 1;

    struct Dock
    {
        QDockWidget* widget;
        Place place;
    };

    [[nodiscard]] int sizeOf(const Dock& dock) const;
    void resize();

    QMainWindow& m_window;
    QString m_titleMark;
    std::vector<Dock> m_docks;
};

} // namespace obm
