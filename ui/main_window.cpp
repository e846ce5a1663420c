#include "ui/main_window.h"

namespace obm {

MainWindow::MainWindow()
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("obmonitor"));
    m_clock.watch(this);
}

} // namespace obm
