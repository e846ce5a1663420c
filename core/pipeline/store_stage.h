// The last stage: writes the newest proven state of every symbol to Redis. Everything it decides is decided by
// StoreWriter; this class wakes it for news and when it has something to do, and publishes its status.
// Thread: made, used and destroyed in obm-store. Calls to Redis block this thread, and no other, up to their deadline.
#pragma once

#include "concurrent/latest_value.h"
#include "config/config.h"
#include "pipeline/status.h"
#include "pipeline/store_inbox.h"
#include "pipeline/store_writer.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <string>

namespace obm {

class StoreStage : public QObject
{
    Q_OBJECT

public:
    // source: the exchange's rest_url. inbox and status outlive the stage.
    StoreStage(const RedisConfig& config, const std::string& source, bool takeOver, StoreInbox& inbox,
               LatestValue<StoreStatus>& status);

    // Writes what waits without regard to intervals, then deletes the status keys: a clean stop.
    void finish();

private:
    void run();
    void publishStatus() { m_statusOut.publish(m_writer.status()); }

    LatestValue<StoreStatus>& m_statusOut;
    StoreWriter m_writer;
    QSocketNotifier m_notifier;
    QTimer m_dueTimer;
    QTimer m_statusTimer;
};

} // namespace obm
