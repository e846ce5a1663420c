// Looks at the books in Redis, as a reader does, again and again while a test runs, and keeps every value it saw: so
// that each can be held against the exchange's truth at its u. Said at sight: u that went back, unsorted or crossed
// books, a text that is not the contract's. Thread: that of the test, on a timer of its event loop; a frozen Redis
// blocks each look for Connection's deadline, so pause() before.
#pragma once

#include "redis/connection.h"
#include "support/truth.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace obm::test {

struct FullSeen
{
    QString symbol;
    qint64 lastId = 0;
    TruthTop top; // its best ten
    int partition = 0;
    qint64 offset = 0;
};

class BookWatch
{
public:
    static constexpr int intervalMs = 25;
    static constexpr int looksPerFull = 4; // a whole book, of one symbol in turn, is read with each fourth look

    BookWatch(const std::string& redisUrl, QStringList symbols);

    void pause() { m_timer.stop(); }
    void resume() { m_timer.start(); }
    void onRedisEmptied() { m_lastIds.clear(), m_lastFullIds.clear(); } // u may begin anew
    std::function<void(const QString& symbol)> onMoved; // a live book that is another one than at the last look

    // What Redis holds now, nothing while it is away; not kept, so it may be asked while paused.
    [[nodiscard]] QMap<QString, qint64> lastIds();     // u of the live fields
    [[nodiscard]] QMap<QString, qint64> lastFullIds(); // u of the whole books
    [[nodiscard]] QMap<QString, QJsonObject> statuses();
    [[nodiscard]] std::optional<QJsonObject> full(const QString& symbol);
    [[nodiscard]] std::string value(const RedisCommand& words); // "" for nil

    // Empty: every value seen is the truth at its u. Else what is wrong, the first of it.
    [[nodiscard]] QString faultAgainst(const TruthReader& truth) const;
    [[nodiscard]] std::size_t liveCount() const { return m_lives.size(); }
    [[nodiscard]] const std::vector<FullSeen>& fulls() const { return m_fulls; }

private:
    struct LiveSeen
    {
        QString symbol;
        qint64 u = 0;
        QByteArray text;
    };

    std::optional<std::vector<Reply>> ask(const std::vector<RedisCommand>& commands);
    void look();
    void lookAtLive(const Reply& hash);
    void lookAtFull(const QString& symbol, const QByteArray& text);
    void say(const QString& fault);

    RedisEndpoint m_endpoint;
    QStringList m_symbols;
    std::optional<Connection> m_connection;
    QTimer m_timer;
    qint64 m_looks = 0;
    QMap<QString, qint64> m_lastIds; // seen last
    QMap<QString, QByteArray> m_lastTexts;
    QMap<QString, qint64> m_lastFullIds;
    std::vector<LiveSeen> m_lives;
    std::vector<FullSeen> m_fulls;
    QString m_fault; // the first
};

} // namespace obm::test
