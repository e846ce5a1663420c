#include "market/parse_error.h"

namespace obm {

const char* toText(ParseFault fault)
{
    switch (fault) {
    case ParseFault::TooLarge:
        return "too_large";
    case ParseFault::TooDeep:
        return "too_deep";
    case ParseFault::BadJson:
        return "bad_json";
    case ParseFault::MissingField:
        return "missing_field";
    case ParseFault::WrongType:
        return "wrong_type";
    case ParseFault::BadNumber:
        return "bad_number";
    case ParseFault::BadSequence:
        return "bad_sequence";
    case ParseFault::TooManyLevels:
        return "too_many_levels";
    case ParseFault::WrongStream:
        return "wrong_stream";
    }
    return "unknown";
}

} // namespace obm
