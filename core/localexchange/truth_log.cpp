#include "localexchange/truth_log.h"

#include "localexchange/depth_json.h"

#include <fmt/format.h>

namespace obm::localexchange {

std::string truthJson(std::string_view symbol, const BookText& book)
{
    std::string line = fmt::format(R"({{"s":"{}","u":{},"b":)", symbol, book.lastUpdateId);
    appendLevels(line, book.bids);
    line.append(",\"a\":");
    appendLevels(line, book.asks);
    line.push_back('}');
    return line;
}

std::expected<void, QString> TruthLog::open(const QString& path)
{
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return std::unexpected(QStringLiteral("%1: %2").arg(path, m_file.errorString()));
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { flush(); });
    m_timer.start(flushIntervalMs);
    return {};
}

TruthLog::~TruthLog()
{
    flush();
}

void TruthLog::write(std::string_view symbol, const BookText& book)
{
    m_buffer.append(truthJson(symbol, book)).push_back('\n');
    if (m_buffer.size() > bufferBytesMax)
        flush();
}

void TruthLog::flush()
{
    if (m_buffer.empty() || !isOpen())
        return;
    m_file.write(m_buffer.data(), static_cast<qint64>(m_buffer.size()));
    m_file.flush();
    m_buffer.clear();
}

} // namespace obm::localexchange
