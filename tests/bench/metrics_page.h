// One scrape of a program's /metrics, and sums over it.
#pragma once

#include "support/exchange_client.h"

#include <QByteArray>
#include <QUrl>

#include <utility>

namespace obm::bench {

class MetricsPage
{
public:
    explicit MetricsPage(QByteArray text)
        : m_text(std::move(text))
    {}

    // Over all labels of the metric; 0 where there is none.
    [[nodiscard]] double sum(const QByteArray& metric) const
    {
        double sum = 0;
        for (qsizetype at = m_text.indexOf('\n' + metric); at >= 0; at = m_text.indexOf('\n' + metric, at + 1)) {
            const char next = m_text[at + 1 + metric.size()];
            const qsizetype end = m_text.indexOf('\n', at + 1);
            const QByteArray line = m_text.mid(at + 1, end - at - 1);
            if (next == '{' || next == ' ')
                sum += line.mid(line.lastIndexOf(' ') + 1).toDouble();
        }
        return sum;
    }

private:
    QByteArray m_text;
};

} // namespace obm::bench
