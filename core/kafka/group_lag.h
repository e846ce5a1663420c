// How far a consumer group is behind, seen from outside: its committed offsets against the ends of the partitions.
// It asks only: it never joins the group, fetches no message and commits nothing.
// Thread: made, used and destroyed in one thread that may wait: read() blocks for callDeadlineMs at most.
#pragma once

#include "config/config.h"
#include "kafka/handles.h"
#include "kafka/kafka_error.h"

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace obm {

struct GroupPosition
{
    int partition = 0;
    std::int64_t committed = -1; // -1: the group has committed nothing there
    std::int64_t end = 0;
};

class GroupLag
{
public:
    static constexpr int callDeadlineMs = 2'000;

    // Connects in the background, as read() needs it.
    [[nodiscard]] static std::expected<GroupLag, KafkaError> create(const KafkaConfig& config);

    // Of all partitions, by number. A topic that is not there is an error; a code above zero is a broker's answer.
    [[nodiscard]] std::expected<std::vector<GroupPosition>, KafkaError> read();

private:
    GroupLag(ClientHandle client, std::string topic);

    ClientHandle m_client;
    std::string m_topic;
};

} // namespace obm
