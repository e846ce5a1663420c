// The window: one look at the whole way of the books. It asks the pipeline through values only.
// Thread: main.
#pragma once

#include "ui/frame_clock.h"
#include "ui/theme/theme_choice.h"

#include <QMainWindow>

namespace obm {

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow();

private:
    FrameClock m_clock;
    ThemeChoice m_themeChoice;
};

} // namespace obm
