// The last stage: writes the newest proven state of every symbol to Redis, as soon as its interval allows, everything
// that is due in one round trip. While Redis is away it keeps the newest state only, and hands it over when it is back.
// Thread: made, used and destroyed in obm-store. Calls to Redis block this thread, and no other, up to their deadline.
#pragma once

#include "concurrent/latest_value.h"
#include "concurrent/pace.h"
#include "config/config.h"
#include "pipeline/status.h"
#include "pipeline/store_inbox.h"
#include "redis/book_store.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

class StoreStage : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t batchLiveMax = 1000;
    static constexpr std::size_t batchFullBytesMax = 1024 * 1024; // of whole books in one round trip
    static constexpr std::int64_t retryMs = 100;                  // after a batch of which a part failed

    // source: the exchange's rest_url. inbox and status outlive the stage.
    StoreStage(const RedisConfig& config, const std::string& source, bool takeOver, StoreInbox& inbox,
               LatestValue<StoreStatus>& status);

    // Writes what waits without regard to intervals, then deletes the status keys: a clean stop.
    void finish();

private:
    // A text's json lies in its write while that is on its way.
    struct Batch
    {
        std::vector<BookText> live;
        std::vector<BookText> full;
        std::vector<LiveWrite> liveWrites;
        std::vector<FullWrite> fullWrites;
        std::vector<StatusWrite> statusWrites;
        [[nodiscard]] bool isEmpty() const { return liveWrites.empty() && fullWrites.empty() && statusWrites.empty(); }
    };

    void receive();
    void take(std::size_t fullBytes);
    void apply(const OwnershipChange& change);
    void forget(const std::vector<std::string>& symbols);
    void writeDue();
    bool writeBatch(std::int64_t nowMs); // false: nothing was due, or Redis failed
    Batch takeBatch(std::int64_t nowMs);
    bool write(Batch batch, std::int64_t nowMs); // false: Redis failed
    void settle(BookText& text, WriteOutcome outcome, bool isLive);
    void armTimer(std::int64_t nowMs);
    void publishStatus();

    StoreInbox& m_inbox;
    LatestValue<StoreStatus>& m_statusOut;
    BookStore m_store;
    Pace m_livePace;
    std::unordered_map<BookId, BookText> m_live; // newest, not written yet
    std::unordered_map<BookId, BookText> m_full;
    std::vector<SymbolStamp> m_stamps;
    std::set<std::string> m_claimed;
    std::map<std::string, StoreRow> m_rows;
    LatencyHistogram m_redisHop;
    LatencyHistogram m_roundTrip;
    QSocketNotifier m_notifier;
    QTimer m_dueTimer;
    QTimer m_statusTimer;
};

} // namespace obm
