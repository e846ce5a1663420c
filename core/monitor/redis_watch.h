// Reads again and again what Redis holds for the symbols that somebody looks at, and holds it against the local book.
// Why beside the pipeline's own connection: it shows what any reader gets, and must not be able to slow the store.
// Thread: made, used and destroyed in obm-watch; a Redis that does not answer blocks this thread and no other, up to
// Connection's deadlines, and what is out is then the reason.
#pragma once

#include "concurrent/latest_value.h"
#include "config/config.h"
#include "monitor/redis_field.h"
#include "pipeline/book_board.h"
#include "redis/book_reader.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace obm {

using RedisBooks = std::map<std::string, std::shared_ptr<const RedisBook>>;

class RedisWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr int readMs = 500;

    // board: null where there are no local books. What is given outlives the watch.
    RedisWatch(const RedisConfig& config, const BookBoard* board, LatestValue<RedisBooks>& out);

    void watch(std::vector<std::string> symbols);

private:
    void read();
    [[nodiscard]] RedisBook bookOf(const std::string& symbol, const BookReading& reading) const;
    void compare(RedisBook& book) const;

    RedisConfig m_config;
    BookReader m_reader;
    const BookBoard* m_board;
    LatestValue<RedisBooks>& m_out;
    std::vector<std::string> m_symbols;
    QTimer m_timer;
};

} // namespace obm
