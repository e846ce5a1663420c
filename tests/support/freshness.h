// How long a reader of Redis goes without news: of each symbol, the longest time in which u of its live book stood
// still, as BookWatch sees it (it looks each 25 ms). For books whose market moves at least once a second, that is the
// longest time without a fresh book, and a second at most of it is the market's.
// Thread: that of the test.
#pragma once

#include "support/book_watch.h"

#include <QElapsedTimer>
#include <QMap>
#include <QStringList>

#include <algorithm>

namespace obm::test {

class Freshness
{
public:
    Freshness(BookWatch& watch, const QStringList& symbols)
        : m_watch(watch)
    {
        m_clock.start();
        for (const QString& symbol : symbols)
            m_symbols[symbol] = {};
        m_watch.onMoved = [this](const QString& symbol) { note(m_symbols[symbol]); };
    }
    ~Freshness() { m_watch.onMoved = nullptr; }

    // The longest until now: what has not moved since counts too.
    [[nodiscard]] qint64 worstMs()
    {
        qint64 worst = 0;
        for (Stillness& symbol : m_symbols)
            worst = std::max({worst, symbol.longestMs, m_clock.elapsed() - symbol.sinceMs});
        return worst;
    }

    // "BTCUSDT 1234, ...", in ms.
    [[nodiscard]] QString text() const
    {
        QStringList parts;
        for (auto symbol = m_symbols.begin(); symbol != m_symbols.end(); ++symbol)
            parts << QStringLiteral("%1 %2").arg(symbol.key()).arg(symbol->longestMs);
        return parts.join(QStringLiteral(", "));
    }

private:
    struct Stillness
    {
        qint64 sinceMs = 0;
        qint64 longestMs = 0;
    };

    void note(Stillness& symbol) const
    {
        const qint64 now = m_clock.elapsed();
        symbol.longestMs = std::max(symbol.longestMs, now - symbol.sinceMs);
        symbol.sinceMs = now;
    }

    BookWatch& m_watch;
    QElapsedTimer m_clock;
    QMap<QString, Stillness> m_symbols;
};

} // namespace obm::test
