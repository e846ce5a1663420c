#include "app/read_page.h"

#include "market/decimal.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace obm {

namespace {

struct LevelText
{
    QString price;
    QString quantity;
};
using Side = std::vector<LevelText>; // best first

QJsonObject parse(const std::optional<std::string>& json)
{
    return json ? QJsonDocument::fromJson(QByteArray::fromStdString(*json)).object() : QJsonObject();
}

Side sideOf(const QJsonValue& levels)
{
    Side side;
    for (const QJsonValue& level : levels.toArray())
        side.push_back({level[0].toString(), level[1].toString()});
    return side;
}

int widest(const Side& side, QString LevelText::* column, const QString& title)
{
    int width = static_cast<int>(title.size());
    for (const LevelText& level : side)
        width = std::max(width, static_cast<int>((level.*column).size()));
    return width;
}

QString table(const Side& bids, const Side& asks)
{
    const QString quantity = QStringLiteral("quantity");
    const QString bid = QStringLiteral("bid");
    const QString ask = QStringLiteral("ask");
    const int widths[] = {widest(bids, &LevelText::quantity, quantity), widest(bids, &LevelText::price, bid),
                          widest(asks, &LevelText::price, ask), widest(asks, &LevelText::quantity, quantity)};
    const auto row = [&](const LevelText& left, const LevelText& right) {
        return QStringLiteral("%1  %2  |  %3  %4\n")
            .arg(left.quantity, widths[0])
            .arg(left.price, widths[1])
            .arg(right.price, widths[2])
            .arg(right.quantity, widths[3]);
    };
    QString text = row({bid, quantity}, {ask, quantity});
    for (std::size_t i = 0; i < std::max(bids.size(), asks.size()); ++i)
        text += row(i < bids.size() ? bids[i] : LevelText(), i < asks.size() ? asks[i] : LevelText());
    return text;
}

// The status was right when it was written; since then the last event has become older.
qint64 ageMsOf(const QJsonObject& status, std::int64_t nowMs)
{
    const QDateTime updatedAt = QDateTime::fromString(status[u"updatedAt"].toString(), Qt::ISODateWithMs);
    const qint64 sinceMs = updatedAt.isValid() ? std::max<qint64>(0, nowMs - updatedAt.toMSecsSinceEpoch()) : 0;
    return status[u"ageMs"].toInteger() + sinceMs;
}

QString statusLine(const BookReading& reading, std::int64_t nowMs)
{
    if (!reading.status)
        return QStringLiteral("no status: nobody keeps this book, it may be of any age\n");
    const QJsonObject status = parse(reading.status);
    return QStringLiteral("%1, last event %2 ms ago, gaps %3, resyncs %4, owner %5\n")
        .arg(status[u"state"].toString())
        .arg(ageMsOf(status, nowMs))
        .arg(status[u"gaps"].toInteger())
        .arg(status[u"resyncs"].toInteger())
        .arg(status[u"owner"].toString());
}

QString bookText(const std::string& json)
{
    const QJsonObject book = parse(json);
    const Side bids = sideOf(book[u"b"]);
    const Side asks = sideOf(book[u"a"]);
    if (!book.contains(u"u") || (bids.empty() && asks.empty()))
        return QString::fromStdString(json) + u'\n';
    QString text = table(bids, asks);
    const QString spread =
        bids.empty() || asks.empty() ? QString() : spreadText(bids.front().price, asks.front().price);
    text += QStringLiteral("u %1").arg(book[u"u"].toInteger());
    return text + (spread.isEmpty() ? QString() : QStringLiteral(", spread ") + spread) + u'\n';
}

// What somebody else left in Redis must not steer the terminal.
QString withoutControls(QString text)
{
    for (QChar& c : text)
        if (c != u'\n' && c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    return text;
}

} // namespace

QString spreadText(const QString& bid, const QString& ask)
{
    const auto low = Decimal::parse(bid.toStdString());
    const auto high = Decimal::parse(ask.toStdString());
    if (!low || !high)
        return {};
    const int digits = std::max(low->fractionDigits(), high->fractionDigits());
    const bool isCrossed = *high < *low;
    const std::int64_t units = isCrossed ? low->units() - high->units() : high->units() - low->units();
    const QString text = QString::fromStdString(Decimal::fromUnits(units, digits).toString());
    return isCrossed ? u'-' + text : text;
}

QString readPage(const QString& symbol, const BookReading& reading, bool isSimulated, std::int64_t nowMs)
{
    const QString title = symbol + (isSimulated ? QStringLiteral("  SIMULATED\n") : QStringLiteral("\n"));
    const QString status = statusLine(reading, nowMs);
    const QString book = reading.live ? bookText(*reading.live) : QStringLiteral("no book in Redis\n");
    return withoutControls(title + status + book);
}

} // namespace obm
