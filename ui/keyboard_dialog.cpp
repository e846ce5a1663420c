#include "ui/keyboard_dialog.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace obm {

namespace {

QString plain(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

void collect(const QString& where, const QList<QAction*>& actions, std::vector<KeyRow>& rows)
{
    for (const QAction* action : actions) {
        if (action->menu() != nullptr)
            collect(where, action->menu()->actions(), rows);
        else if (!action->shortcut().isEmpty())
            rows.push_back({where, plain(action->text()), action->shortcut().toString(QKeySequence::NativeText)});
    }
}

QString tr(const char* text) // in the context that lupdate gives to it here
{
    return QCoreApplication::translate("obm", text);
}

} // namespace

std::vector<KeyRow> keysOf(const QMenuBar& menus)
{
    std::vector<KeyRow> rows;
    for (const QAction* menu : menus.actions()) {
        if (menu->menu() != nullptr)
            collect(plain(menu->text()), menu->menu()->actions(), rows);
    }
    return rows;
}

std::vector<KeyRow> keysOfPanels()
{
    const QString tables = tr("Tables");
    const QString search = tr("Search");
    const QString ladders = tr("Ladders");
    const QString inspector = tr("Depth inspector");
    const QString charts = tr("Charts");
    return {{tables, tr("Inspect the symbol of the row"), tr("Enter")},
            {tables, tr("Copy the selected rows"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText)},
            {search, tr("From the search into the table"), tr("Down")},
            {search, tr("Inspect the first symbol found"), tr("Enter")},
            {search, tr("Show everything again"), tr("Esc")},
            {ladders, tr("Inspect the symbol of the ladder"), tr("Enter")},
            {ladders, tr("Take the ladder away"), tr("Delete")},
            {inspector, tr("Finer or coarser groups of prices"), tr("[, ]")},
            {inspector, tr("Sizes in quote coin, or base coin"), tr("Q")},
            {inspector, tr("Keep the best prices in the middle, or not"), tr("C")},
            {inspector, tr("Depth on a logarithmic scale, or a linear one"), tr("L")},
            {inspector, tr("To the best prices"), tr("Home")},
            {charts, tr("The values of an earlier moment, or a later one"), tr("Left, Right")},
            {charts, tr("The values of now again"), tr("Esc")},
            {tr("Everywhere"), tr("To the next control, or back"), tr("Tab, Shift+Tab")}};
}

KeyboardDialog::KeyboardDialog(const std::vector<KeyRow>& rows, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keyboardDialog"));
    setWindowTitle(tr("Keyboard"));
    auto* list = new QTreeWidget(this);
    list->setAccessibleName(tr("Keys"));
    list->setHeaderLabels({tr("Where"), tr("What"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    for (const KeyRow& row : rows)
        list->addTopLevelItem(new QTreeWidgetItem({row.where, row.what, row.keys}));
    for (int column = 0; column < list->columnCount(); ++column)
        list->resizeColumnToContents(column);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("&Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->addWidget(list);
    all->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 30);
}

} // namespace obm
