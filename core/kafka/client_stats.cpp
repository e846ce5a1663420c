#include "kafka/client_stats.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace obm {

ClientStats parseClientStats(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    ClientStats stats;
    const QJsonObject brokers = root.value(QLatin1String("brokers")).toObject();
    for (const auto& value : brokers) {
        const QJsonObject broker = value.toObject();
        const bool isReal = broker.value(QLatin1String("source")).toString() != QLatin1String("internal");
        if (isReal && broker.value(QLatin1String("state")).toString() == QLatin1String("UP"))
            ++stats.brokersUp;
    }
    stats.queuedMessages = root.value(QLatin1String("msg_cnt")).toInteger();
    stats.queuedBytes = root.value(QLatin1String("msg_size")).toInteger();
    const QJsonObject group = root.value(QLatin1String("cgrp")).toObject();
    stats.memberState = group.value(QLatin1String("join_state")).toString().toStdString();
    return stats;
}

} // namespace obm
