// The journal as a table, newest last. It follows the journal by its numbers: what is new is appended, what the journal
// dropped goes from the top, and a row that is there never changes.
// Thread: main.
#pragma once

#include "monitor/journal.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <deque>

namespace obm {

enum class JournalColumn { Time, Severity, Part, Symbol, Text };
inline constexpr int journalColumnCount = 5;

class JournalModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void follow(const Journal& journal);
    void setTheme(const Theme& theme);

    [[nodiscard]] const JournalEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::uint64_t lastNumber() const { return m_lastNumber; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void dropBefore(std::uint64_t number);

    std::deque<JournalEntry> m_entries;
    std::uint64_t m_lastNumber = 0;
    Theme m_theme;
};

[[nodiscard]] QString wordOf(Severity severity);
[[nodiscard]] QString cellText(const JournalEntry& entry, JournalColumn column);
// A line for a file or the clipboard: tabs between, time in UTC.
[[nodiscard]] QString lineOf(const JournalEntry& entry);
[[nodiscard]] QString lineOfTitles();

} // namespace obm
