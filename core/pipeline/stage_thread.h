// One stage of the pipeline: a QThread, and the object that is made, lives and dies inside it.
// Why not a QThread subclass: the stage's sockets and timers must belong to the thread that runs its event loop, and a
// stage that knows nothing of its thread can be tested on any.
// Thread: every method is called in the thread that owns the StageThread (main).
#pragma once

#include <QDeadlineTimer>
#include <QMetaObject>
#include <QObject>
#include <QString>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace obm {

template <typename Stage>
class StageThread
{
public:
    explicit StageThread(const QString& name) { m_thread.setObjectName(name); }
    ~StageThread() { quit(std::chrono::milliseconds::max()); }
    StageThread(const StageThread&) = delete;
    StageThread& operator=(const StageThread&) = delete;

    // `make` runs inside the new thread and returns the stage.
    void start(std::function<std::unique_ptr<Stage>()> make)
    {
        m_gate = new QObject;
        m_gate->moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(m_gate, [this, make = std::move(make)] { m_stage = make(); }, Qt::QueuedConnection);
    }

    // A command for the stage, in order with the others; at human rate only. Void once quit() was called.
    void post(std::function<void(Stage&)> command)
    {
        if (m_gate && !m_quitting)
            QMetaObject::invokeMethod(
                m_gate, [this, command = std::move(command)] { command(*m_stage); }, Qt::QueuedConnection);
    }

    // Destroys the stage inside its thread and ends the thread; false when that took longer than `deadline`.
    bool quit(std::chrono::milliseconds deadline)
    {
        if (!m_gate)
            return true;
        if (!m_quitting) {
            m_quitting = true;
            QMetaObject::invokeMethod(
                m_gate,
                [this] {
                    m_stage.reset();
                    m_thread.quit();
                },
                Qt::QueuedConnection);
        }
        const bool forever = deadline == std::chrono::milliseconds::max();
        if (!m_thread.wait(forever ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(deadline)))
            return false;
        delete std::exchange(m_gate, nullptr);
        return true;
    }

    [[nodiscard]] bool isRunning() const { return m_gate != nullptr; }
    [[nodiscard]] QString name() const { return m_thread.objectName(); }

private:
    QThread m_thread;
    QObject* m_gate = nullptr;      // lives in m_thread: what is posted to it runs there
    std::unique_ptr<Stage> m_stage; // touched inside m_thread only
    bool m_quitting = false;
};

} // namespace obm
