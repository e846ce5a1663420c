// One key of the configuration that a person changes often: its value, and below it what is to say about it: what the
// file would say to a wrong value, who overrides it, or that it waits for a restart.
// Thread: main.
#pragma once

#include "config/config_loader.h"
#include "config/config_write.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <expected>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;

namespace obm {

class ConfigField : public QWidget
{
    Q_OBJECT

public:
    // name: of a key of the table. The editor bears it as its object's name, the text below it with ".note".
    ConfigField(const std::string& name, const Theme& theme, QWidget* parent = nullptr);

    // file: what is in effect by the file and what overrides it; running: what this process was started with.
    void fill(const LoadedConfig& file, const Config& running);

    [[nodiscard]] std::expected<ConfigValue, std::string> value() const;
    [[nodiscard]] bool isChanged() const; // and valid
    [[nodiscard]] const std::string& name() const { return m_key.name; }
    [[nodiscard]] QWidget* editor() const;

Q_SIGNALS:
    void edited();

private:
    void makeEditor();
    [[nodiscard]] std::string text() const;
    [[nodiscard]] ConfigValue asKept(const ConfigValue& value) const;
    void check();
    void note(const QString& text, const QColor& color);

    ConfigKey m_key;
    Theme m_theme;
    LoadedConfig m_file;
    Config m_running;
    QLineEdit* m_line = nullptr; // one of the two
    QComboBox* m_list = nullptr;
    QLabel* m_note;
};

} // namespace obm
