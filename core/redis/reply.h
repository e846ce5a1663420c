// A reply of Redis (RESP2) as a plain value tree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct Reply
{
    enum class Type { Nil, Text, Integer, Array, Error };

    Type type = Type::Nil;
    std::string text; // Text, Error
    std::int64_t integer = 0;
    std::vector<Reply> items; // Array

    [[nodiscard]] bool isError() const { return type == Type::Error; }
    [[nodiscard]] bool isText() const { return type == Type::Text; }
};

} // namespace obm
