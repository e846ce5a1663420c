#include "ui/alerts/alert_voice.h"

#include "ui/alerts/alert_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <ranges>
#include <utility>

namespace obm {

AlertVoice::AlertVoice(Ways ways)
    : m_ways(std::move(ways))
{}

void AlertVoice::tell(const std::vector<Alert>& raised, std::int64_t nowMs)
{
    for (const Alert& alert : raised)
        m_untold.push_back(lineOf(alert));
    if (m_untold.empty() || (m_toldMs && nowMs - *m_toldMs < quietMs))
        return;
    m_toldMs = nowMs;
    QStringList lines;
    for (const QString& line : m_untold | std::views::take(linesMax))
        lines << line;
    if (m_untold.size() > linesMax)
        lines << QCoreApplication::translate("alert", "and %1 more").arg(m_untold.size() - linesMax);
    m_untold.clear();
    if (m_notifies)
        m_ways.notify(lines.join(QLatin1Char('\n')));
    if (m_beeps)
        m_ways.beep();
}

} // namespace obm
