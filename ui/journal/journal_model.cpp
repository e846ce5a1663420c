#include "ui/journal/journal_model.h"

#include "ui/format/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace obm {

namespace {

constexpr std::array<const char*, journalColumnCount> titles = {
    QT_TRANSLATE_NOOP("journal", "Time"), QT_TRANSLATE_NOOP("journal", "Severity"),
    QT_TRANSLATE_NOOP("journal", "Part"), QT_TRANSLATE_NOOP("journal", "Symbol"),
    QT_TRANSLATE_NOOP("journal", "What happened")};

const char* signOf(Severity severity)
{
    static constexpr std::array signs = {"·", "▲", "✖"};
    return signs[static_cast<std::size_t>(severity)];
}

} // namespace

void JournalModel::follow(const Journal& journal)
{
    const std::deque<JournalEntry>& all = journal.entries();
    dropBefore(all.empty() ? journal.lastNumber() + 1 : all.front().number);
    const auto isNew = [this](const JournalEntry& entry) { return entry.number > m_lastNumber; };
    const auto first = std::ranges::find_if(all, isNew);
    if (first != all.end()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(all.end() - first) - 1);
        m_entries.insert(m_entries.end(), first, all.end());
        endInsertRows();
    }
    m_lastNumber = journal.lastNumber();
}

void JournalModel::dropBefore(std::uint64_t number)
{
    const auto kept =
        std::ranges::find_if(m_entries, [number](const JournalEntry& entry) { return entry.number >= number; });
    if (kept == m_entries.begin())
        return;
    beginRemoveRows({}, 0, static_cast<int>(kept - m_entries.begin()) - 1);
    m_entries.erase(m_entries.begin(), kept);
    endRemoveRows();
}

void JournalModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, journalColumnCount - 1), {Qt::ForegroundRole});
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int JournalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : journalColumnCount;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JournalEntry& row = entry(index.row());
    const auto column = static_cast<JournalColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, column);
    case Qt::ForegroundRole:
        if (column == JournalColumn::Severity)
            return m_theme.of(row.severity);
        return column == JournalColumn::Time || column == JournalColumn::Part ? QVariant(m_theme.faintText)
                                                                              : QVariant();
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= journalColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return QCoreApplication::translate("journal", titles[static_cast<std::size_t>(section)]);
    return role == Qt::TextAlignmentRole ? QVariant::fromValue(int(Qt::AlignLeft | Qt::AlignVCenter)) : QVariant();
}

QString wordOf(Severity severity)
{
    return QCoreApplication::translate("severity", toText(severity));
}

QString cellText(const JournalEntry& entry, JournalColumn column)
{
    switch (column) {
    case JournalColumn::Time:
        return format::clockTimeMs(entry.epochMs);
    case JournalColumn::Severity:
        return QStringLiteral("%1 %2").arg(QString::fromUtf8(signOf(entry.severity)), wordOf(entry.severity));
    case JournalColumn::Part:
        return QString::fromStdString(entry.part);
    case JournalColumn::Symbol:
        return QString::fromStdString(entry.symbol);
    case JournalColumn::Text:
        return QString::fromStdString(entry.text);
    }
    std::unreachable();
}

QString lineOf(const JournalEntry& entry)
{
    const QStringList cells{format::dateAndTime(entry.epochMs), QString::fromLatin1(toText(entry.severity)),
                            QString::fromStdString(entry.part), QString::fromStdString(entry.symbol),
                            QString::fromStdString(entry.text).simplified()};
    return cells.join(QLatin1Char('\t'));
}

QString lineOfTitles()
{
    return QStringLiteral("time\tseverity\tpart\tsymbol\ttext");
}

} // namespace obm
