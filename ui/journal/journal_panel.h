// What happened, to filter, copy and export; a row with a symbol leads to it. It stays at the newest entry until one
// scrolls away. Errors are unread until they were on the screen.
// Thread: main.
#pragma once

#include "ui/journal/journal_filter.h"
#include "ui/journal/journal_model.h"

#include <QWidget>

#include <expected>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace obm {

class JournalPanel : public QWidget
{
    Q_OBJECT

public:
    explicit JournalPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void refresh(const Journal& journal);

    void focusSearch();
    void clearFilters();
    void showPart(const QString& part); // only this one
    void showErrors();
    [[nodiscard]] int unreadErrors() const { return m_unreadErrors; }
    // What is shown, a line an entry; the error is one line for a person.
    [[nodiscard]] std::expected<void, QString> exportTo(const QString& path) const;

Q_SIGNALS:
    void symbolActivated(const QString& symbol);
    void unreadErrorsChanged(int count);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    void makeTable();
    void followEnd();
    void countUnread(const Journal& journal);
    void setUnread(int count);
    void offerParts();
    void showCounts();
    void activate(const QModelIndex& shown);
    void openMenu(const QPoint& at);
    void copySelection() const;
    void askAndExport();

    JournalModel m_model;
    JournalFilter m_filter{m_model};
    QComboBox* m_severity;
    QComboBox* m_part;
    QLineEdit* m_search;
    QLabel* m_counts;
    QTableView* m_table;
    std::uint64_t m_countedNumber = 0; // entries up to it are read, or counted as unread
    std::uint64_t m_offeredNumber = 0; // entries up to it have their part in the list
    int m_unreadErrors = 0;
    bool m_follows = true; // the end of the table
};

} // namespace obm
