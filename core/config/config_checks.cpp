#include "config/config_checks.h"

namespace obm {

std::optional<BrokenRule> firstBrokenRule(const Config& config, bool headless)
{
    const bool localStream = config.exchange.wsUrl == "local";
    const bool localRest = config.exchange.restUrl == "local";
    if (localStream && !localRest)
        return BrokenRule{"exchange.ws_url", "expected exchange.rest_url to be \"local\" as well"};
    if (localRest && !localStream)
        return BrokenRule{"exchange.rest_url", "expected exchange.ws_url to be \"local\" as well"};

    const Role role = config.pipeline.role;
    if (config.kafka.isEmbedded() && role == Role::Viewer && !config.redis.isEmbedded())
        return BrokenRule{"kafka.bootstrap_servers",
                          "expected a server: a viewer finds an embedded Kafka by redis.url \"embedded\" only"};
    if (config.kafka.isEmbedded() && role == Role::Handler)
        return BrokenRule{"kafka.bootstrap_servers",
                          "expected a server: \"embedded\" needs pipeline.role all or producer in this process"};
    if (role == Role::Viewer && headless)
        return BrokenRule{"pipeline.role",
                          "expected all, producer or handler with --headless: a viewer needs a display"};
    return std::nullopt;
}

} // namespace obm
