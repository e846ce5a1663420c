// Reads what a viewer shows: the statuses and best levels of all symbols, the books that somebody looks at, and the
// other process' metrics; publishes them as a pipeline of this process would.
// Why its own thread: Redis is asked by calls that block. It reads only, on a connection of its own.
// Thread: made, used and destroyed in obm-viewer.
#pragma once

#include "book/book_view.h"
#include "concurrent/latest_value.h"
#include "config/config.h"
#include "pipeline/status.h"
#include "redis/book_reader.h"
#include "viewer/metrics_watch.h"
#include "viewer/outside_rows.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace obm {

using ViewerBooks = std::map<std::string, std::shared_ptr<const BookView>>;

// Written by the viewer's threads, pulled by its link.
struct ViewerValues
{
    LatestValue<PipelineStatus> status;
    LatestValue<ViewerBooks> books;    // of those in view
    LatestValue<ConsumerStatus> group; // of LagWatch
};

class ViewerSource : public QObject
{
    Q_OBJECT

public:
    static constexpr int lookMs = statusIntervalMs;  // at all symbols
    static constexpr int bookMs = 50;                // at those in view: twice as often as they are written
    static constexpr int wholeMs = 500;              // at whole books
    static constexpr std::size_t wholeFrom = 100;    // levels wanted; for fewer the live field is enough, and fresher
    static constexpr std::int64_t symbolsMs = 5'000; // at which symbols there are
    static constexpr std::int64_t againMsFirst = 250;
    static constexpr std::int64_t againMsMax = 5'000; // while Redis is away

    ViewerSource(const Config& config, ViewerValues& out);

    void watchBooks(std::map<std::string, std::size_t> levelsBySymbol);

private:
    void look();
    void findSymbols();
    void readRows();
    void noteRedis(const RedisError* error);
    [[nodiscard]] bool mayAskRedis() const;

    void lookAtBooks();
    void readWhole();
    void readLive(const std::vector<std::string>& symbols);
    void keep(const std::string& symbol, std::optional<BookView> view);
    void drop(const std::string& symbol);

    void publishStatus();
    [[nodiscard]] BookStatus bookStatus(const ToldStatus& told) const;
    [[nodiscard]] StoreStatus storeStatus(const ToldStatus& told) const;
    [[nodiscard]] OutsideView outsideView() const;

    Config m_config;
    ViewerValues& m_out;
    BookReader m_reader;
    MetricsWatch m_metrics;
    OutsideRows m_rows;
    std::vector<std::string> m_symbols;
    std::int64_t m_symbolsReadMs = 0;             // 0: not read yet
    std::map<std::string, std::size_t> m_watched; // levels, by symbol
    ViewerBooks m_books;
    std::set<std::string> m_whole; // of the watched: those whose whole book is there and wanted
    std::int64_t m_wholeReadMs = 0;
    RedisStatus m_redis;
    std::int64_t m_redisAgainMs = 0; // not to be asked before
    std::int64_t m_againMs = againMsFirst;
    QTimer m_lookTimer;
    QTimer m_bookTimer;
};

} // namespace obm
