// Text followed by readable bytes that the parser may look at and never interprets (it reads ahead in wide registers).
// Why: a caller that can afford the few bytes of padding has its input parsed in place; all other text is copied first.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace obm {

inline constexpr std::size_t parserPaddingBytes = 64;

class PaddedText
{
public:
    // `capacity` counts from the first byte of `text`. Less than parserPaddingBytes behind the text stops the program.
    PaddedText(std::string_view text, std::size_t capacity);

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }

private:
    std::string_view m_text;
    std::size_t m_capacity;
};

// Owns such a text and keeps its memory from one to the next.
class PaddedBuffer
{
public:
    PaddedText assign(std::string_view text);

private:
    std::vector<char> m_bytes;
};

} // namespace obm
