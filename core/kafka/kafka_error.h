// A failure of Kafka or of its client as a value: librdkafka's number and name of it, a sentence for a person, and what
// can be done about it. Free of librdkafka, so that the pipeline can carry it.
// Thread: a plain value.
#pragma once

#include <string>

namespace obm {

struct KafkaError
{
    int code = 0;             // rd_kafka_resp_err_t: below zero of the client, above zero of the broker
    std::string name;         // "_TRANSPORT", "TOPIC_AUTHORIZATION_FAILED"
    std::string text;         // one sentence; never a secret
    bool isFatal = false;     // this client instance is finished: a new one has to be made
    bool isRetriable = false; // the same call may succeed later
};

} // namespace obm
