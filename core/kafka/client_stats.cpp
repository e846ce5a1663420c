#include "kafka/client_stats.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace obm {
namespace {

// The states of librdkafka's rd_kafka_broker_t, of all versions. INIT: nobody needs a connection.
void countBroker(ClientStats& stats, const QJsonObject& broker)
{
    if (broker.value(QLatin1String("source")).toString() == QLatin1String("internal"))
        return;
    const QString state = broker.value(QLatin1String("state")).toString();
    if (state == QLatin1String("UP") || state == QLatin1String("UPDATE") || state == QLatin1String("REAUTH"))
        ++stats.brokersUp;
    else if (!state.isEmpty() && state != QLatin1String("INIT"))
        ++stats.brokersTried;
}

} // namespace

ClientStats parseClientStats(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    ClientStats stats;
    const QJsonObject brokers = root.value(QLatin1String("brokers")).toObject();
    for (const auto& broker : brokers)
        countBroker(stats, broker.toObject());
    stats.queuedMessages = root.value(QLatin1String("msg_cnt")).toInteger();
    stats.queuedBytes = root.value(QLatin1String("msg_size")).toInteger();
    const QJsonObject group = root.value(QLatin1String("cgrp")).toObject();
    stats.memberState = group.value(QLatin1String("join_state")).toString().toStdString();
    return stats;
}

} // namespace obm
