#include "ui/frame_clock.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace obm {

namespace {

constexpr std::int64_t usPerSecond = 1'000'000;

int intervalMs(bool fast)
{
    return 1'000 / (fast ? FrameClock::fastFps : FrameClock::calmFps);
}

bool canBeSeen(const QWidget* window)
{
    return window->isVisible() && !window->isMinimized();
}

} // namespace

void FrameMeter::begin(std::int64_t nowUs)
{
    m_lastUs = nowUs;
    m_measureFromUs = nowUs;
    m_measureFromFrame = m_frames;
    m_perSecond = 0;
}

void FrameMeter::frame(std::int64_t nowUs, std::int64_t intervalUs)
{
    ++m_frames;
    // Half an interval is what a timer may be off without a frame being missed.
    const std::int64_t passed = (nowUs - m_lastUs + intervalUs / 2) / intervalUs;
    m_late += static_cast<std::uint64_t>(std::max<std::int64_t>(passed - 1, 0));
    m_lastUs = nowUs;
    const std::int64_t measured = nowUs - m_measureFromUs;
    if (measured < measureUs)
        return;
    m_perSecond = static_cast<double>(m_frames - m_measureFromFrame) * usPerSecond / static_cast<double>(measured);
    m_measureFromUs = nowUs;
    m_measureFromFrame = m_frames;
}

FrameClock::FrameClock(QObject* parent)
    : QObject(parent)
{
    m_time.start();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(intervalMs(m_fast));
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::tick);
}

void FrameClock::watch(QWidget* window)
{
    m_windows.push_back(window);
    window->installEventFilter(this);
    connect(window, &QObject::destroyed, this, [this](const QObject* gone) {
        std::erase_if(m_windows, [gone](const QObject* known) { return known == gone; });
        decide();
    });
    decide();
}

void FrameClock::setFast(bool fast)
{
    m_fast = fast;
    m_timer.setInterval(intervalMs(fast));
    m_meter.begin(m_time.nsecsElapsed() / 1'000);
}

bool FrameClock::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::WindowStateChange)
        decide();
    return QObject::eventFilter(watched, event);
}

void FrameClock::tick()
{
    m_meter.frame(m_time.nsecsElapsed() / 1'000, intervalMs(m_fast) * std::int64_t{1'000});
    Q_EMIT frame();
}

void FrameClock::decide()
{
    const bool wanted = std::ranges::any_of(m_windows, canBeSeen);
    if (wanted == m_timer.isActive())
        return;
    if (!wanted) {
        m_timer.stop();
        return;
    }
    m_meter.begin(m_time.nsecsElapsed() / 1'000);
    m_timer.start();
}

} // namespace obm
