#include "monitor/redis_field.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace obm {

namespace {

QJsonObject parse(const std::string& json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

std::vector<TextLevel> sideOf(const QJsonValue& levels)
{
    std::vector<TextLevel> side;
    for (const QJsonValue& level : levels.toArray())
        side.push_back({level[0].toString().toStdString(), level[1].toString().toStdString()});
    return side;
}

void addDiffering(bool isBid, const std::vector<TextLevel>& local, const std::vector<TextLevel>& redis,
                  std::vector<DifferingRow>& out)
{
    const auto at = [](const std::vector<TextLevel>& side, std::size_t row) {
        return row < side.size() ? side[row] : TextLevel();
    };
    for (std::size_t row = 0; row < std::max(local.size(), redis.size()); ++row)
        if (at(local, row) != at(redis, row))
            out.push_back({.isBid = isBid, .row = row, .local = at(local, row), .redis = at(redis, row)});
}

} // namespace

std::optional<LiveField> parseLiveField(const std::string& json)
{
    const QJsonObject object = parse(json);
    if (!object[u"u"].isDouble() || !object[u"b"].isArray() || !object[u"a"].isArray())
        return std::nullopt;
    return LiveField{.lastId = object[u"u"].toInteger(), .bids = sideOf(object[u"b"]), .asks = sideOf(object[u"a"])};
}

std::optional<StatusField> parseStatusField(const std::string& json)
{
    const QJsonObject object = parse(json);
    if (!object[u"state"].isString())
        return std::nullopt;
    const QDateTime updatedAt = QDateTime::fromString(object[u"updatedAt"].toString(), Qt::ISODateWithMs);
    return StatusField{.state = object[u"state"].toString().toStdString(),
                       .owner = object[u"owner"].toString().toStdString(),
                       .lastId = object[u"u"].toInteger(),
                       .ageMs = object[u"ageMs"].toInteger(),
                       .updatedAtMs = updatedAt.isValid() ? updatedAt.toMSecsSinceEpoch() : 0,
                       .gaps = object[u"gaps"].toInteger(),
                       .resyncs = object[u"resyncs"].toInteger()};
}

std::vector<DifferingRow> differingRows(const LiveField& local, const RedisBook& redis)
{
    std::vector<DifferingRow> rows;
    addDiffering(true, local.bids, redis.bids, rows);
    addDiffering(false, local.asks, redis.asks, rows);
    return rows;
}

} // namespace obm
