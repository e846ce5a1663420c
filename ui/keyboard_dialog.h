// Every key that does something, in one list: those of the menus as they are now, and those inside the panels.
// Thread: main.
#pragma once

#include <QDialog>
#include <QString>

#include <vector>

class QMenuBar;

namespace obm {

struct KeyRow
{
    QString where; // the menu or the panel
    QString what;
    QString keys;
};

[[nodiscard]] std::vector<KeyRow> keysOf(const QMenuBar& menus);
[[nodiscard]] std::vector<KeyRow> keysOfPanels();

class KeyboardDialog : public QDialog
{
    Q_OBJECT

public:
    explicit KeyboardDialog(const std::vector<KeyRow>& rows, QWidget* parent = nullptr);
};

} // namespace obm
