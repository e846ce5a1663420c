#include "market/padded_text.h"

#include "market/invariant.h"

#include <algorithm>

namespace obm {

PaddedText::PaddedText(std::string_view text, std::size_t capacity)
    : m_text(text)
    , m_capacity(capacity)
{
    require(capacity >= text.size() + parserPaddingBytes, "text for the parser without its padding");
}

PaddedText PaddedBuffer::assign(std::string_view text)
{
    const std::size_t needed = text.size() + parserPaddingBytes;
    if (m_bytes.size() < needed)
        m_bytes.resize(std::max(needed, 2 * m_bytes.size()));
    std::copy(text.begin(), text.end(), m_bytes.begin());
    return {std::string_view(m_bytes.data(), text.size()), m_bytes.size()};
}

} // namespace obm
