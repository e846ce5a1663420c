#include "pipeline/store_stage.h"

#include "concurrent/clock.h"

#include <QSysInfo>

#include <algorithm>
#include <unistd.h>

namespace obm {

namespace {

std::string hostAndPid()
{
    return QSysInfo::machineHostName().toStdString() + ':' + std::to_string(getpid());
}

} // namespace

StoreStage::StoreStage(const RedisConfig& config, const std::string& source, bool takeOver, StoreInbox& inbox,
                       LatestValue<StoreStatus>& status)
    : m_statusOut(status)
    , m_writer(BookStore(config, source, hostAndPid(), takeOver), config.liveIntervalMs, inbox, {&steadyUs, &epochMs})
    , m_notifier(inbox.fileDescriptor(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &StoreStage::run);
    m_dueTimer.setSingleShot(true);
    m_dueTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_dueTimer, &QTimer::timeout, this, &StoreStage::run);
    connect(&m_statusTimer, &QTimer::timeout, this, &StoreStage::publishStatus);
    m_statusTimer.start(statusIntervalMs);
    run(); // connects, so that a wrong address is said before the first book
    publishStatus();
}

void StoreStage::run()
{
    m_writer.run();
    if (const auto due = m_writer.dueMs())
        m_dueTimer.start(static_cast<int>(std::max<std::int64_t>(0, *due - steadyMs())));
    else
        m_dueTimer.stop();
}

void StoreStage::finish()
{
    m_writer.finish();
    publishStatus();
}

} // namespace obm
