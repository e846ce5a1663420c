#include "kafka/gap_mark.h"

#include <librdkafka/rdkafka.h>

#include <string_view>

namespace obm {

std::optional<GapOrigin> gapMarkOf(const rd_kafka_message_s& message)
{
    rd_kafka_headers_t* headers = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        rd_kafka_header_get_last(headers, gapMarkName, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR || !value)
        return std::nullopt;
    const std::string_view told(static_cast<const char*>(value), size);
    for (const GapOrigin origin : {GapOrigin::Exchange, GapOrigin::Producer})
        if (told == toText(origin))
            return origin;
    return std::nullopt;
}

} // namespace obm
