// The whole way of an order book in one process: exchange -> Kafka -> books -> Redis, as far as the role goes.
//
//   obm-feed   DepthStream -> Producer             roles all, producer
//   obm-book   Consumer -> BookSet <- snapshots    roles all, handler
//   obm-store  inbox -> Redis                      roles all, handler
//
// Started from the end (store, book, feed), stopped from the beginning (feed, flush, book, store), each with a
// deadline; whoever misses it is named. Whoever looks pulls status() and view(): immutable values, at their own pace.
// Thread: lives in the main thread; status() and view() from any thread.
#pragma once

#include "concurrent/latest_value.h"
#include "config/config.h"
#include "pipeline/book_board.h"
#include "pipeline/book_stage.h"
#include "pipeline/feed_stage.h"
#include "pipeline/local_parts.h"
#include "pipeline/stage_thread.h"
#include "pipeline/status.h"
#include "pipeline/store_stage.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <string>

namespace obm {

class Pipeline : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds feedDeadline{6'000};  // Kafka's answers
    static constexpr std::chrono::milliseconds bookDeadline{6'000};  // leaving the group
    static constexpr std::chrono::milliseconds storeDeadline{4'000}; // the last states into Redis

    // takeOver: clear the books of another source in Redis instead of refusing to write.
    explicit Pipeline(Config config, bool takeOver = false);
    ~Pipeline() override;

    // The error is one line for a person.
    [[nodiscard]] std::expected<void, QString> start();
    // Blocks until every stage has ended or missed its deadline; the names of those that missed it.
    QStringList stop();

    // With real addresses instead of "local" and "embedded"; valid after start().
    [[nodiscard]] const Config& config() const { return m_config; }
    [[nodiscard]] PipelineStatus status() const;
    [[nodiscard]] BookBoard& board() { return m_board; }
    // Where its metrics are, for a viewer of an embedded pipeline; empty: nowhere. After start().
    void announceMetrics(const std::string& url) { m_localParts.announcePeers(m_config.kafka.bootstrapServers, url); }
    void resync(const std::string& symbol);
    void inject(const Fault& fault) { m_localParts.inject(fault); }

Q_SIGNALS:
    void failed(const QString& line); // a stage cannot work at all: end the program with 1

private:
    void startStore();
    void startBook();
    void startFeed();
    void reportFatal(const QString& line);
    template <typename Stage>
    void stopStage(StageThread<Stage>& thread, std::chrono::milliseconds deadline, QStringList& late);

    Config m_config;
    bool m_takeOver;
    LocalParts m_localParts;
    StoreInbox m_inbox;
    BookBoard m_board;
    LatestValue<FeedStatus> m_feedStatus;
    LatestValue<BookStatus> m_bookStatus;
    LatestValue<StoreStatus> m_storeStatus;
    StageThread<StoreStage> m_store{QStringLiteral("obm-store")};
    StageThread<BookStage> m_book{QStringLiteral("obm-book")};
    StageThread<FeedStage> m_feed{QStringLiteral("obm-feed")};
};

} // namespace obm
