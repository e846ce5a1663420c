// The log category of the Kafka side: "obm.kafka".
#pragma once

#include <QtCore/QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcKafka)
