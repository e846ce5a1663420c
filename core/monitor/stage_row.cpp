#include "monitor/stage_row.h"

namespace obm {

const char* toText(Stage stage)
{
    switch (stage) {
    case Stage::Exchange:
        return "Exchange";
    case Stage::KafkaIn:
        return "Kafka in";
    case Stage::KafkaOut:
        return "Kafka out";
    case Stage::Books:
        return "Books";
    case Stage::Redis:
        return "Redis";
    }
    return "";
}

} // namespace obm
