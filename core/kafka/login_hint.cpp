#include "kafka/login_hint.h"

namespace obm {
namespace {

constexpr int firstWithRightScram = 0x02060100; // 2.6.1

bool isScram(const KafkaConfig& config)
{
    for (const char* name : {"sasl.mechanism", "sasl.mechanisms"}) // librdkafka takes both
        if (const auto found = config.properties.find(name); found != config.properties.end())
            return found->second.starts_with("SCRAM-");
    return false;
}

std::string versionText(int version)
{
    return std::to_string(version >> 24) + '.' + std::to_string(version >> 16 & 0xff) + '.' +
           std::to_string(version >> 8 & 0xff);
}

} // namespace

std::string loginHint(const KafkaConfig& config, int librdkafkaVersion)
{
    if (librdkafkaVersion >= firstWithRightScram || !isScram(config))
        return {};
    return " - should the password be right: librdkafka " + versionText(librdkafkaVersion) +
           " cannot log in to Kafka 4 by SCRAM, 2.6.1 can; PLAIN over SASL_SSL works with both";
}

} // namespace obm
