#include "pipeline/left_books.h"

#include "concurrent/clock.h"
#include "market/full_book.h"

#include <QLoggingCategory>

#include <algorithm>
#include <span>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcBook, "obm.book")

void sayUnread(const RedisError& error)
{
    qCWarning(lcBook).noquote() << "the books left in Redis cannot be read:" << QString::fromStdString(error.text)
                                << "- what is missing synchronises anew";
}

} // namespace

LeftBookReader::LeftBookReader(const RedisConfig& config, std::string source)
    : m_config(config)
    , m_source(std::move(source))
{}

LeftBooks LeftBookReader::read(const std::vector<std::string>& symbols)
{
    m_books.clear();
    m_unreadable = 0;
    BookReader reader(m_config); // a new connection: one of the last rebalance may be long dead
    if (symbols.empty() || m_config.fullIntervalMs == 0 || !isOurs(reader))
        return {};
    const std::int64_t endMs = steadyMs() + deadlineMs;
    std::span<const std::string> rest(symbols);
    while (!rest.empty() && steadyMs() < endMs) {
        const auto some = rest.first(std::min(rest.size(), symbolsPerRoundTrip));
        const auto texts = reader.full(some);
        if (!texts) {
            sayUnread(texts.error());
            break;
        }
        for (std::size_t i = 0; i < some.size(); ++i)
            take(some[i], (*texts)[i]);
        rest = rest.subspan(some.size());
    }
    if (m_unreadable > 0)
        qCWarning(lcBook) << m_unreadable << "of the books left in Redis are none: their symbols synchronise anew";
    return std::exchange(m_books, {});
}

bool LeftBookReader::isOurs(BookReader& reader) const
{
    const auto source = reader.source();
    if (!source)
        sayUnread(source.error());
    return source && *source == m_source;
}

void LeftBookReader::take(const std::string& symbol, const std::optional<std::string>& json)
{
    if (!json)
        return;
    if (auto book = parseFullBook(*json); book && book->symbol == symbol)
        m_books.emplace(symbol, std::move(*book));
    else
        ++m_unreadable;
}

} // namespace obm
