#include "support/book_watch.h"

#include <QJsonDocument>

namespace obm::test {

namespace {

constexpr std::string_view liveKey = "LIVE_ORDERBOOK";
constexpr std::size_t topLevels = 10;

// "0.10" -> 10'000'000: units of 1e-8
qint64 unitsOf(const QString& text)
{
    constexpr int digits = 8;
    qint64 units = 0;
    qsizetype fraction = 0; // digits seen behind the point
    bool isBehindPoint = false;
    for (const QChar c : text) {
        isBehindPoint |= c == QLatin1Char('.');
        if (c == QLatin1Char('.'))
            continue;
        units = units * 10 + c.digitValue();
        fraction += isBehindPoint;
    }
    for (; fraction < digits; ++fraction)
        units *= 10;
    return units;
}

QByteArray toJson(const TextLevels& levels)
{
    QByteArray json = "[";
    for (const auto& [price, quantity] : levels)
        json += (json.size() > 1 ? ",[\"" : "[\"") + price.toUtf8() + "\",\"" + quantity.toUtf8() + "\"]";
    return json + ']';
}

// The live field to the byte.
QByteArray toJson(const QString& symbol, qint64 u, const TruthTop& top)
{
    return "{\"s\":\"" + symbol.toUtf8() + "\",\"b\":" + toJson(top.bids) + ",\"a\":" + toJson(top.asks) +
           ",\"u\":" + QByteArray::number(u) + '}';
}

qint64 liveId(const std::string& text)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object().value(QLatin1String("u")).toInteger();
}

bool isSorted(const TextLevels& levels, bool falling)
{
    for (std::size_t i = 1; i < levels.size(); ++i) {
        const qint64 step = unitsOf(levels[i].first) - unitsOf(levels[i - 1].first);
        if (falling ? step >= 0 : step <= 0)
            return false;
    }
    return true;
}

bool isCrossed(const TruthTop& top)
{
    return !top.bids.empty() && !top.asks.empty() && unitsOf(top.bids[0].first) >= unitsOf(top.asks[0].first);
}

TextLevels best(TextLevels levels)
{
    levels.resize(std::min(levels.size(), topLevels));
    return levels;
}

} // namespace

BookWatch::BookWatch(const std::string& redisUrl, QStringList symbols)
    : m_symbols(std::move(symbols))
{
    RedisConfig config;
    config.url = redisUrl;
    m_endpoint = *redisEndpoint(config);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    m_timer.start(intervalMs);
}

std::optional<std::vector<Reply>> BookWatch::ask(const std::vector<RedisCommand>& commands)
{
    if (!m_connection || !m_connection->isOpen()) {
        auto opened = Connection::open(m_endpoint);
        if (!opened)
            return std::nullopt;
        m_connection = std::move(*opened);
    }
    auto replies = m_connection->pipeline(commands);
    return replies ? std::optional(std::move(*replies)) : std::nullopt;
}

void BookWatch::look()
{
    const QString symbol = m_symbols[(m_looks / looksPerFull) % m_symbols.size()];
    const std::string fullKey = "orderbook:" + symbol.toStdString() + ":latest";
    std::vector<RedisCommand> commands{{"HGETALL", liveKey}};
    if (m_looks++ % looksPerFull == 0)
        commands.push_back({"GET", fullKey});
    const auto replies = ask(commands);
    if (!replies)
        return;
    lookAtLive(replies->front());
    if (replies->size() > 1 && replies->back().isText())
        lookAtFull(symbol, QByteArray::fromStdString(replies->back().text));
}

void BookWatch::lookAtLive(const Reply& hash)
{
    for (std::size_t i = 0; i + 1 < hash.items.size(); i += 2) {
        const QString symbol = QString::fromStdString(hash.items[i].text);
        const QByteArray text = QByteArray::fromStdString(hash.items[i + 1].text);
        if (m_lastTexts.value(symbol) == text)
            continue;
        m_lastTexts[symbol] = text;
        const qint64 u = liveId(hash.items[i + 1].text);
        if (u < m_lastIds.value(symbol))
            say(QStringLiteral("%1: u went back from %2 to %3").arg(symbol).arg(m_lastIds.value(symbol)).arg(u));
        m_lastIds[symbol] = u;
        m_lives.push_back({symbol, u, text});
        if (onMoved)
            onMoved(symbol);
    }
}

void BookWatch::lookAtFull(const QString& symbol, const QByteArray& text)
{
    const QJsonObject book = QJsonDocument::fromJson(text).object();
    const qint64 u = book.value(QLatin1String("lastUpdateId")).toInteger();
    const qint64 before = std::exchange(m_lastFullIds[symbol], u);
    if (before == u)
        return;
    const TruthTop all{toTextLevels(book.value(QLatin1String("bids")).toArray()),
                       toTextLevels(book.value(QLatin1String("asks")).toArray())};
    const QString place = QStringLiteral("the whole book of %1 at %2 ").arg(symbol).arg(u);
    if (u < before)
        say(place + QStringLiteral("follows that at %1").arg(before));
    if (book.value(QLatin1String("symbol")).toString() != symbol)
        say(place + QStringLiteral("names another symbol"));
    if (!isSorted(all.bids, true) || !isSorted(all.asks, false))
        say(place + QStringLiteral("is not sorted"));
    if (isCrossed(all))
        say(place + QStringLiteral("is crossed"));
    m_fulls.push_back({symbol,
                       u,
                       {best(all.bids), best(all.asks)},
                       book.value(QLatin1String("partition")).toInt(-1),
                       book.value(QLatin1String("offset")).toInteger(-1)});
}

void BookWatch::say(const QString& fault)
{
    if (m_fault.isEmpty())
        m_fault = fault;
}

QString BookWatch::faultAgainst(const TruthReader& truth) const
{
    if (!m_fault.isEmpty())
        return m_fault;
    for (const LiveSeen& seen : m_lives) {
        const auto top = truth.topAt(seen.symbol, seen.u);
        if (!top)
            return QStringLiteral("%1: the exchange has no u %2").arg(seen.symbol).arg(seen.u);
        if (const QByteArray expected = toJson(seen.symbol, seen.u, *top); expected != seen.text)
            return QStringLiteral("live book\n  is     %1\n  should %2")
                .arg(QString::fromUtf8(seen.text), QString::fromUtf8(expected));
    }
    for (const FullSeen& seen : m_fulls) {
        const auto top = truth.topAt(seen.symbol, seen.lastId);
        if (!top)
            return QStringLiteral("%1: the exchange has no u %2 of a whole book").arg(seen.symbol).arg(seen.lastId);
        if (*top != seen.top)
            return QStringLiteral("%1: the whole book at %2 has another top").arg(seen.symbol).arg(seen.lastId);
    }
    return {};
}

QMap<QString, qint64> BookWatch::lastIds()
{
    QMap<QString, qint64> ids;
    const auto replies = ask({{"HGETALL", liveKey}});
    for (std::size_t i = 0; replies && i + 1 < replies->front().items.size(); i += 2)
        ids[QString::fromStdString(replies->front().items[i].text)] = liveId(replies->front().items[i + 1].text);
    return ids;
}

QMap<QString, qint64> BookWatch::lastFullIds()
{
    QMap<QString, qint64> ids;
    for (const QString& symbol : m_symbols)
        if (const auto book = full(symbol))
            ids[symbol] = book->value(QLatin1String("lastUpdateId")).toInteger();
    return ids;
}

QMap<QString, QJsonObject> BookWatch::statuses()
{
    std::vector<std::string> keys;
    for (const QString& symbol : m_symbols)
        keys.push_back("orderbook:" + symbol.toStdString() + ":status");
    RedisCommand command{"MGET"};
    command.insert(command.end(), keys.begin(), keys.end());
    const auto replies = ask({command});
    QMap<QString, QJsonObject> statuses;
    for (qsizetype i = 0; replies && i < m_symbols.size(); ++i)
        if (const Reply& reply = replies->front().items.at(static_cast<std::size_t>(i)); reply.isText())
            statuses[m_symbols[i]] = QJsonDocument::fromJson(QByteArray::fromStdString(reply.text)).object();
    return statuses;
}

std::optional<QJsonObject> BookWatch::full(const QString& symbol)
{
    const std::string key = "orderbook:" + symbol.toStdString() + ":latest";
    const std::string text = value({"GET", key});
    return text.empty() ? std::nullopt
                        : std::optional(QJsonDocument::fromJson(QByteArray::fromStdString(text)).object());
}

std::string BookWatch::value(const RedisCommand& words)
{
    const auto replies = ask({words});
    if (!replies)
        return {};
    const Reply& reply = replies->front();
    return reply.type == Reply::Type::Integer ? std::to_string(reply.integer) : reply.text;
}

} // namespace obm::test
