// One clock for all that moves: panels pull the newest values at its tick and paint them. It stands still while no
// window that it watches can be seen, and a late frame is counted and left out, never caught up.
// Thread: main. Units: us of a steady clock.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <vector>

class QWidget;

namespace obm {

// Counts frames; pure, so that a test can say what time it is.
class FrameMeter
{
public:
    void begin(std::int64_t nowUs); // after a standstill: the time before does not count
    // A frame is late by every whole interval that passed without one.
    void frame(std::int64_t nowUs, std::int64_t intervalUs);

    [[nodiscard]] std::uint64_t frames() const { return m_frames; }
    [[nodiscard]] std::uint64_t late() const { return m_late; }
    [[nodiscard]] double perSecond() const { return m_perSecond; } // of the last whole second or so

private:
    static constexpr std::int64_t measureUs = 1'000'000;

    std::uint64_t m_frames = 0;
    std::uint64_t m_late = 0;
    std::int64_t m_lastUs = 0;
    std::int64_t m_measureFromUs = 0;
    std::uint64_t m_measureFromFrame = 0;
    double m_perSecond = 0;
};

class FrameClock : public QObject
{
    Q_OBJECT

public:
    static constexpr int calmFps = 30;
    static constexpr int fastFps = 60;

    explicit FrameClock(QObject* parent = nullptr);

    // Ticks while at least one watched window is shown and not minimised.
    void watch(QWidget* window);
    void setFast(bool fast); // 60 frames a second instead of 30
    [[nodiscard]] bool isFast() const { return m_fast; }
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    [[nodiscard]] const FrameMeter& meter() const { return m_meter; }

Q_SIGNALS:
    void frame();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tick();
    void decide();

    QTimer m_timer;
    QElapsedTimer m_time;
    FrameMeter m_meter;
    std::vector<QWidget*> m_windows;
    bool m_fast = false;
};

} // namespace obm
