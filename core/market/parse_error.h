// What was wrong with bytes from outside. A protocol anomaly is data: it is counted by kind and never thrown.
#pragma once

#include <cstddef>
#include <string>

namespace obm {

enum class ParseFault {
    TooLarge,     // over the message size limit
    TooDeep,      // nested deeper than the limit
    BadJson,      // not JSON (an HTML page, truncated text)
    MissingField, // a field the rule needs is not there
    WrongType,    // there, but of another type
    BadNumber,    // not a plain decimal that fits: NaN, 1e400, 40 digits, negative
    BadSequence,  // ids that contradict themselves (U > u, pu > u, u months beyond pu)
    TooManyLevels,
    WrongStream, // not diff depth: another event, or partial depth, which looks the same inside
};
inline constexpr std::size_t parseFaultCount = 9;

const char* toText(ParseFault fault);

struct ParseError
{
    ParseFault fault;
    std::string detail; // the field, and where: short, never the whole input
};

} // namespace obm
