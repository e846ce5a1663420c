// Which entries of the journal are shown: from a severity on, of a part, of a symbol or with a word in them.
// Thread: main.
#pragma once

#include "monitor/journal.h"

#include <QSortFilterProxyModel>

#include <string>

namespace obm {

class JournalModel;

class JournalFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit JournalFilter(JournalModel& model, QObject* parent = nullptr);

    void setSeverity(Severity least);
    void setPart(const QString& part); // empty: all
    void setText(const QString& text); // in symbol or text, in any case

    [[nodiscard]] const JournalEntry& entry(int shownRow) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    JournalModel& m_model;
    Severity m_severity = Severity::Note;
    std::string m_part;
    QString m_text;
};

} // namespace obm
