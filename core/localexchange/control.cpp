#include "localexchange/control.h"

#include "localexchange/local_exchange.h"
#include "localexchange/truth_log.h"

#include <fmt/format.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace obm::localexchange {

namespace {

QString valueOf(const QUrlQuery& query, const char* key)
{
    return query.queryItemValue(QString::fromLatin1(key), QUrl::FullyDecoded);
}

HttpAnswer refused(int status, const QString& message)
{
    const QJsonObject body{{QStringLiteral("error"), message}};
    return {status, QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

HttpAnswer done()
{
    return {200, "{}"};
}

} // namespace

bool Control::concerns(const HttpRequest& request)
{
    return request.url.path().startsWith(QLatin1String("/control/"));
}

HttpAnswer Control::answer(const HttpRequest& request)
{
    const QString path = request.url.path();
    const QUrlQuery query(request.url);
    if (path == QLatin1String("/control/fault"))
        return fault(query);
    if (path == QLatin1String("/control/truth"))
        return truth(query);
    if (path == QLatin1String("/control/listing"))
        return listing(query);
    if (path == QLatin1String("/control/state"))
        return state();
    if (path == QLatin1String("/control/sync")) {
        m_parts.exchange.flushTruth();
        return done();
    }
    if (path == QLatin1String("/control/still"))
        return still();
    return refused(404, QStringLiteral("expected fault, truth, listing, state, sync or still"));
}

HttpAnswer Control::fault(const QUrlQuery& query)
{
    if (query.hasQueryItem(QStringLiteral("clear"))) {
        m_parts.exchange.clearFaults();
        return done();
    }
    const auto parsed = parseFault(valueOf(query, "spec"));
    if (!parsed)
        return refused(400, parsed.error());
    m_parts.exchange.inject(*parsed);
    return done();
}

HttpAnswer Control::truth(const QUrlQuery& query) const
{
    const std::string symbol = valueOf(query, "symbol").toStdString();
    for (std::size_t i = 0; i < m_parts.listings.size(); ++i) {
        if (m_parts.listings[i].symbol == symbol)
            return {200, QByteArray::fromStdString(truthJson(symbol, m_parts.market.book(i, truthLevels)))};
    }
    return refused(404, QStringLiteral("unknown symbol"));
}

HttpAnswer Control::listing(const QUrlQuery& query)
{
    const QString status = valueOf(query, "status");
    if (status.isEmpty() || !m_parts.exchange.setListingStatus(valueOf(query, "symbol"), status))
        return refused(404, QStringLiteral("expected a known symbol and a status"));
    return done();
}

HttpAnswer Control::still()
{
    return m_parts.market.standStill() ? done() : refused(409, QStringLiteral("a recording cannot stand still"));
}

HttpAnswer Control::state() const
{
    const StreamHubStatus hub = m_parts.hub.status();
    const WeightMeter& weight = m_parts.rest.weight();
    const std::string body = fmt::format(R"({{"connections":{},"connectionsOpened":{},"streams":{},"framesSent":{},)"
                                         R"("ticksSkipped":{},"faultHits":{},"usedWeight":{},"highestWeight":{},)"
                                         R"("tooManyAnswers":{},"bannedAnswers":{}}})",
                                         hub.connections, hub.connectionsOpened, hub.streams, hub.framesSent,
                                         m_parts.market.ticksSkipped(), m_parts.plan.hits(), weight.used(),
                                         weight.highest(), weight.tooManyAnswers(), weight.bannedAnswers());
    return {200, QByteArray::fromStdString(body)};
}

} // namespace obm::localexchange
