#include "ui/journal/journal_filter.h"

#include "ui/journal/journal_model.h"

namespace obm {

JournalFilter::JournalFilter(JournalModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
}

void JournalFilter::setSeverity(Severity least)
{
    m_severity = least;
    invalidateFilter();
}

void JournalFilter::setPart(const QString& part)
{
    m_part = part.toStdString();
    invalidateFilter();
}

void JournalFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

const JournalEntry& JournalFilter::entry(int shownRow) const
{
    return m_model.entry(mapToSource(index(shownRow, 0)).row());
}

bool JournalFilter::filterAcceptsRow(int sourceRow, const QModelIndex& /*sourceParent*/) const
{
    const JournalEntry& entry = m_model.entry(sourceRow);
    if (entry.severity < m_severity || (!m_part.empty() && entry.part != m_part))
        return false;
    return m_text.isEmpty() || QString::fromStdString(entry.symbol).contains(m_text, Qt::CaseInsensitive) ||
           QString::fromStdString(entry.text).contains(m_text, Qt::CaseInsensitive);
}

} // namespace obm
