#include "kafka/fetch_nudge.h"

#include "kafka/consumer.h"
#include "kafka/handles.h"

#include <librdkafka/rdkafka.h>

namespace obm {
namespace {

constexpr int firstWithQueueBackoff = 0x02020000; // 2.2.0

std::string propertyOf(const KafkaConfig& config, const std::string& name)
{
    const auto found = config.properties.find(name);
    return found == config.properties.end() ? std::string() : found->second;
}

} // namespace

FetchNudge::FetchNudge(const KafkaConfig& config)
    : m_username(propertyOf(config, "sasl.username"))
    , m_password(propertyOf(config, "sasl.password"))
    , m_isNeeded(rd_kafka_version() < firstWithQueueBackoff)
{}

void FetchNudge::noteTaken(rd_kafka_s& client, std::size_t bytes)
{
    m_takenBytes += bytes;
    if (!m_isNeeded || m_takenBytes < Consumer::fetchNudgeBytes)
        return;
    m_takenBytes = 0;
    const ErrorHandle ignored(rd_kafka_sasl_set_credentials(&client, m_username.c_str(), m_password.c_str()));
}

} // namespace obm
