// What obmonitor reads of the statistics that librdkafka sends each second as JSON.
// Thread: any; a pure function.
#pragma once

#include <QtCore/QByteArray>

#include <cstdint>
#include <string>

namespace obm {

struct ClientStats
{
    int brokersUp = 0;
    int brokersTried = 0;            // without a connection, and one is being tried; not those that nobody needs
    std::int64_t queuedMessages = 0; // of a producer: waiting or in flight
    std::int64_t queuedBytes = 0;
    std::string memberState; // of a consumer: its join state, "steady" when it has its partitions
};

// Absent parts keep their zeros: the format has grown with the versions, and this is for display.
[[nodiscard]] ClientStats parseClientStats(const QByteArray& json);

} // namespace obm
