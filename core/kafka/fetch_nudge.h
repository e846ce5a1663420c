// Why: when the queue of fetched messages is full, librdkafka before 2.2 looks at it again after a second, however soon
// it was emptied; a backlog then comes at one queue's worth a second (later versions have fetch.queue.backoff.ms).
// New credentials are the one thing an application can say that wakes the threads which fetch; they are given as they
// are configured already. Should a version not wake them, a backlog is slow again and nothing else.
// Thread: the consumer's.
#pragma once

#include "config/config.h"

#include <cstddef>
#include <string>

struct rd_kafka_s;

namespace obm {

class FetchNudge
{
public:
    explicit FetchNudge(const KafkaConfig& config);

    // Bytes were taken out of the client's queue: now and then it is told to look.
    void noteTaken(rd_kafka_s& client, std::size_t bytes);

private:
    std::string m_username;
    std::string m_password;
    bool m_isNeeded;
    std::size_t m_takenBytes = 0; // since the last nudge
};

} // namespace obm
