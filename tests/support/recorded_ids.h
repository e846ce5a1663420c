// The last u of each symbol of a recording, from the recorded bytes themselves: where a book stands when all is played.
// Thread: pure.
#pragma once

#include "support/recording.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QString>

namespace obm::test {

inline QMap<QString, qint64> lastIdsOf(const Recording& recording)
{
    QMap<QString, qint64> ids;
    for (const std::string& line : recording.lines) {
        const QJsonObject data =
            QJsonDocument::fromJson(QByteArray::fromStdString(line)).object().value(QLatin1String("data")).toObject();
        ids[data.value(QLatin1String("s")).toString()] = data.value(QLatin1String("u")).toInteger();
    }
    return ids;
}

} // namespace obm::test
