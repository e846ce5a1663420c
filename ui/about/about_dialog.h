// What runs here: versions, licence, and where its configuration and its data are. All of it can be copied, for who
// reports something.
// Thread: main.
#pragma once

#include "ui/start_up.h"

#include <QDialog>

#include <string>
#include <vector>

namespace obm {

struct AboutRow
{
    QString name;
    QString text;
};

// config: with real addresses. Secrets are in none of them.
[[nodiscard]] std::vector<AboutRow> aboutRows(const StartUp& startUp, const Config& config);

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(const std::vector<AboutRow>& rows, QWidget* parent = nullptr);
};

} // namespace obm
