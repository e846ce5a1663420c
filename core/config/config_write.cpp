#include "config/config_write.h"

#include "config/config_file.h"
#include "config/config_text.h"
#include "config/replace_file.h"
#include "config/toml_edit.h"

#include <filesystem>
#include <utility>

namespace obm {

namespace {

using Values = std::map<std::string, std::pair<FileValue::Form, ConfigValue>>;

std::expected<Values, ConfigError> valuesOf(const std::string& text, const std::string& file)
{
    const auto list = readConfigText(text, file);
    if (!list)
        return std::unexpected(list.error());
    Values values;
    for (const FileValue& value : *list)
        values[value.name] = {value.form, value.value};
    return values;
}

FileValue::Form formOf(const ConfigValue& value)
{
    return std::holds_alternative<std::int64_t>(value)  ? FileValue::Form::Number
           : std::holds_alternative<std::string>(value) ? FileValue::Form::Text
                                                        : FileValue::Form::List;
}

std::expected<void, ConfigError> checkChanges(const ConfigChanges& changes)
{
    for (const auto& [name, value] : changes) {
        const auto key = findConfigKey(name);
        if (!key)
            return std::unexpected(ConfigError{name, "change", key.error()});
        if (const auto refused = refusal(*key, value))
            return std::unexpected(ConfigError{name, "change", *refused});
    }
    return {};
}

// The text that a file has; none where there is none.
std::expected<std::string, ConfigError> textOf(const std::string& file)
{
    std::error_code ignored; // what cannot be looked at cannot be read either, and that says why
    return std::filesystem::exists(file, ignored) || ignored ? configFileText(file) : std::string();
}

} // namespace

std::expected<std::string, ConfigError> withChanges(const std::string& text, const std::string& file,
                                                    const ConfigChanges& changes)
{
    if (const auto checked = checkChanges(changes); !checked)
        return std::unexpected(checked.error());
    auto wanted = valuesOf(text, file);
    if (!wanted)
        return std::unexpected(wanted.error());
    std::string changed = text;
    for (const auto& [name, value] : changes) {
        auto next = withTomlValue(changed, findConfigKey(name).value(), value);
        if (!next)
            return std::unexpected(next.error());
        changed = std::move(*next);
        (*wanted)[name] = {formOf(value), value};
    }
    const auto got = valuesOf(changed, file);
    if (!got || *got != *wanted)
        return std::unexpected(ConfigError{changes.begin()->first, file, "expected a simpler file: change it by hand"});
    return changed;
}

std::expected<void, ConfigError> writeConfigFile(const std::string& file, const ConfigChanges& changes)
{
    const auto text = textOf(file);
    if (!text)
        return std::unexpected(text.error());
    const auto changed = withChanges(*text, file, changes);
    if (!changed)
        return std::unexpected(changed.error());
    if (*changed == *text)
        return {};
    return replaceFile(file, *changed);
}

} // namespace obm
