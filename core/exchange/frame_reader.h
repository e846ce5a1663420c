// Turns what QWebSocket hands over into a parsed frame: one conversion to UTF-8 into a buffer that is kept, parsed in
// place. One per thread, shared by all connections in it; nothing is allocated once the buffer has grown to the largest
// frame. Lifetime: what read() returns lives until the next read().
#pragma once

#include "market/depth_parser.h"

#include <QString>

#include <expected>
#include <string_view>
#include <vector>

namespace obm {

class FrameReader
{
public:
    std::expected<CombinedFrame, ParseError> read(const QString& text);

    [[nodiscard]] std::string_view text() const { return m_text; } // of the last frame

private:
    DepthParser m_parser;
    std::vector<char> m_buffer;
    std::string_view m_text;
};

} // namespace obm
