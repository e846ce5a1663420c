// The u of a depth event or of a live book, found in its text.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace obm::bench {

// 0: there is none.
inline std::int64_t updateIdOf(std::string_view json)
{
    constexpr std::string_view key = R"("u":)";
    const std::size_t at = json.find(key);
    std::int64_t id = 0;
    if (at != std::string_view::npos)
        std::from_chars(json.data() + at + key.size(), json.data() + json.size(), id);
    return id;
}

} // namespace obm::bench
