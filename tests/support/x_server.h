// A display of its own for a test: an X server in memory, what is on its screen, and its user who closes a window.
// Ended with the test. Thread: that of the test; all waits are for events, with a deadline.
#pragma once

#include <QImage>
#include <QProcess>
#include <QSize>
#include <QString>
#include <QTemporaryDir>

namespace obm::test {

class XServer
{
public:
    static constexpr int deadlineMs = 20'000;

    explicit XServer(QSize screen = {1280, 800});
    ~XServer();
    XServer(const XServer&) = delete;

    [[nodiscard]] static bool isInstalled();
    [[nodiscard]] bool isRunning() const { return !m_display.isEmpty(); }
    [[nodiscard]] const QString& display() const { return m_display; } // ":7"

    [[nodiscard]] QImage picture() const; // of the screen as it is now
    // Asks every window on the screen to close, as the cross in a title bar does; how many there were.
    int closeWindows() const;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_display;
};

} // namespace obm::test
