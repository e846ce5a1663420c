// The window over a whole pipeline inside this process: embedded Kafka, a redis-server of its own, and the exchange
// that the configuration names. What a person chooses in it is kept in a folder that goes with it. Thread: main, with a
// QApplication; it is shown from its making on.
#pragma once

#include "monitor/local_link.h"
#include "monitor/monitor.h"
#include "support/redis_process.h"
#include "ui/main_window.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace obm::test {

class LiveWindow
{
public:
    // Kafka and Redis are filled in.
    explicit LiveWindow(Config config);

    [[nodiscard]] MainWindow& window() const { return *m_window; }
    [[nodiscard]] RedisProcess& redis() { return m_redis; }
    [[nodiscard]] PipelineStatus status() const { return m_pipeline->status(); }
    void inject(const Fault& fault) { m_pipeline->inject(fault); }
    QStringList stop() { return m_pipeline->stop(); }

    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        return m_window->findChild<Widget*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString overview() const; // its text
    [[nodiscard]] int liveBooks() const;
    // The first row of a table that has all the texts, in any columns; -1: none.
    [[nodiscard]] int rowWith(const char* table, const QStringList& texts) const;
    // Values that were set in Redis since it began, as Redis counts.
    [[nodiscard]] qint64 redisWrites();

private:
    QTemporaryDir m_settings;
    RedisProcess m_redis;
    std::unique_ptr<Pipeline> m_pipeline;
    std::unique_ptr<LocalLink> m_link;
    std::unique_ptr<Monitor> m_monitor;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace obm::test
