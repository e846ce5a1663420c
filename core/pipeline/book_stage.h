// The middle stage: Kafka's messages into local books, kept in step by snapshots; their proven states to the store.
// Everything it decides is decided by BookSet; this class connects it to Kafka, REST, the inbox and the clocks.
// Thread: made, used and destroyed in obm-book. Messages are handled in batches, and a batch's news leave with its end.
#pragma once

#include "book/book_set.h"
#include "concurrent/latest_value.h"
#include "config/config.h"
#include "exchange/snapshot_client.h"
#include "kafka/consumer.h"
#include "pipeline/book_board.h"
#include "pipeline/book_journal.h"
#include "pipeline/left_books.h"
#include "pipeline/status.h"
#include "pipeline/store_inbox.h"
#include "pipeline/symbol_directory.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace obm {

class BookStage : public QObject
{
    Q_OBJECT

public:
    static constexpr int stampIntervalMs = 1000; // of the status keys, whose TTL is 5 s

    struct Outputs
    {
        StoreInbox& inbox;
        BookBoard& board;
        LatestValue<BookStatus>& status;                              // all three outlive the stage
        std::function<void(const std::vector<std::string>&)> symbols; // to stream; called in this thread
        std::function<void(const QString&)> onFatal;                  // at most once, with one line
    };

    BookStage(const Config& config, Outputs outputs);

    void finish(); // leaves the group, hands on what is left
    void resync(const std::string& symbol);

private:
    [[nodiscard]] BookSetOutputs bookOutputs();
    [[nodiscard]] ConsumerCallbacks consumerCallbacks();
    void select(const SymbolSelection& selection);
    void join();
    void onSnapshot(const std::string& symbol, SnapshotResult result);
    void onMessage(const ConsumedMessage& message);
    void place();
    void rejectUnknown();
    std::map<int, std::int64_t> onAssigned(const std::vector<int>& partitions);
    void onRevoked(const std::vector<int>& partitions);
    void publish();
    void tick();
    void refreshBoard();
    void publishStatus();
    void putStamps();

    Config m_config;
    Outputs m_outputs;
    RestClient m_rest;
    SnapshotClient m_snapshots;
    SymbolDirectory m_directory;
    SymbolSelection m_selection;
    BookSet m_books;
    LeftBookReader m_leftBooks;
    BookJournal m_journal;
    QTimer m_tickTimer;
    QTimer m_stampTimer;
    QTimer m_fullTimer;             // the next whole book that is due
    QSocketNotifier m_wishNotifier; // of the store: whole books that are due already, or every book
    QTimer m_boardTimer;
    int m_partitionCount = 0; // 0: not known before the first assignment
    bool m_finishing = false;
    std::unique_ptr<Consumer> m_consumer; // from the first selection on; last: it calls back while it is destroyed
};

} // namespace obm
