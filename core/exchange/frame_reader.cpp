#include "exchange/frame_reader.h"

#include <QStringEncoder>

namespace obm {

std::expected<CombinedFrame, ParseError> FrameReader::read(const QString& text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    const auto needed = static_cast<std::size_t>(encoder.requiredSpace(text.size())) + parserPaddingBytes;
    if (m_buffer.size() < needed)
        m_buffer.resize(needed);
    const char* end = encoder.appendToBuffer(m_buffer.data(), text);
    m_text = {m_buffer.data(), static_cast<std::size_t>(end - m_buffer.data())};
    return m_parser.parseFrame(PaddedText(m_text, m_buffer.size()));
}

} // namespace obm
