// What lies on the topic: every message from the first one kept to the end as it is now, read by a plain librdkafka
// consumer that is in no group. Thread: that of the test; blocks until the end is reached.
#pragma once

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace obm::test {

struct TopicMessage
{
    QString key;
    QByteArray value;
    int partition = 0;
    qint64 offset = 0;
    qint64 timestampMs = 0;
};

// In the order of each partition. Empty, too, when the broker does not answer: a test sees that by what is missing.
std::vector<TopicMessage> readTopic(const std::string& servers, int partitions,
                                    const std::string& topic = "orderbook_update");

} // namespace obm::test
