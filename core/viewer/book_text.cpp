#include "viewer/book_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

std::optional<std::vector<Level>> sideOf(const QJsonValue& levels)
{
    if (!levels.isArray())
        return std::nullopt;
    std::vector<Level> side;
    for (const QJsonValue& level : levels.toArray()) {
        const auto price = Decimal::parse(level[0].toString().toStdString());
        const auto quantity = Decimal::parse(level[1].toString().toStdString());
        if (!price || !quantity)
            return std::nullopt;
        side.push_back({*price, *quantity});
    }
    return side;
}

std::optional<BookView> viewOf(const std::string& symbol, const QJsonValue& id, const QJsonValue& bids,
                               const QJsonValue& asks)
{
    auto bidSide = sideOf(bids);
    auto askSide = sideOf(asks);
    if (!id.isDouble() || !bidSide || !askSide)
        return std::nullopt;
    BookView view;
    view.symbol = symbol;
    view.state = SyncState::Live; // nothing else is written
    view.lastId = id.toInteger();
    view.bids = std::move(*bidSide);
    view.asks = std::move(*askSide);
    view.bidCount = view.bids.size();
    view.askCount = view.asks.size();
    return view;
}

QJsonObject objectOf(const std::string& json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

} // namespace

std::optional<BookView> viewOfLive(const std::string& symbol, const std::string& json)
{
    const QJsonObject object = objectOf(json);
    return viewOf(symbol, object[u"u"], object[u"b"], object[u"a"]);
}

std::optional<BookView> viewOfFull(const std::string& symbol, const std::string& json, std::size_t levelsMax)
{
    const QJsonObject object = objectOf(json);
    auto view = viewOf(symbol, object[u"lastUpdateId"], object[u"bids"], object[u"asks"]);
    if (!view)
        return std::nullopt;
    view->bids.resize(std::min(levelsMax, view->bids.size()));
    view->asks.resize(std::min(levelsMax, view->asks.size()));
    view->eventTimeMs = object[u"timestamp"].toInteger();
    const QDateTime updatedAt = QDateTime::fromString(object[u"updatedAt"].toString(), Qt::ISODateWithMs);
    view->appliedMs = updatedAt.isValid() ? updatedAt.toMSecsSinceEpoch() : 0;
    view->partition = object[u"partition"].toInt(-1);
    view->offset = object[u"offset"].toInteger(-1);
    return view;
}

} // namespace obm
