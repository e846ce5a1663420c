#include "kafka/kafka_log.h"

Q_LOGGING_CATEGORY(lcKafka, "obm.kafka")
