// The keys of the configuration file that a person changes often. Nothing else of the file is touched.
// Thread: main.
#pragma once

#include "config/config_write.h"
#include "ui/start_up.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <expected>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace obm {

class ConfigField;

class ConfigPage : public QWidget
{
    Q_OBJECT

public:
    ConfigPage(const StartUp& startUp, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] ConfigField* firstProblem() const;
    [[nodiscard]] ConfigChanges changes() const;
    [[nodiscard]] const QString& file() const { return m_file; }

    // What was changed, into the file. The error is shown on the page as well.
    std::expected<void, ConfigError> write();

private:
    struct Row
    {
        const char* key;
        QString label;
    };
    void makeGroup(QVBoxLayout* all, const QString& title, const std::vector<Row>& rows);
    void alignLabels();
    void read();
    void say(const QString& problem);

    StartUp m_startUp;
    Theme m_theme;
    QString m_file;
    QLabel* m_head;
    QLabel* m_problem;
    std::vector<ConfigField*> m_fields;
    std::vector<QLabel*> m_labels; // of the fields
};

} // namespace obm
