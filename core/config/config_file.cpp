#include "config/config_file.h"

#include "config/toml_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

namespace obm {

namespace {

using Form = FileValue::Form;

std::string formName(toml::node_type type)
{
    switch (type) {
    case toml::node_type::string:
        return "text";
    case toml::node_type::integer:
        return "a whole number";
    case toml::node_type::floating_point:
        return "a number with a fraction";
    case toml::node_type::boolean:
        return "true/false";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::table:
        return "a table";
    default:
        return "a date or time";
    }
}

// Nothing when an item is no text.
std::optional<ConfigValue> listOf(const toml::array& array)
{
    std::vector<std::string> items;
    for (const toml::node& item : array) {
        const auto text = item.value_exact<std::string>();
        if (!text)
            return std::nullopt;
        items.push_back(*text);
    }
    return items;
}

void setValue(FileValue& into, const toml::node& node)
{
    into.formName = formName(node.type());
    if (const auto text = node.value_exact<std::string>()) {
        into.form = Form::Text;
        into.value = *text;
    } else if (const auto number = node.value_exact<std::int64_t>()) {
        into.form = Form::Number;
        into.value = *number;
    } else if (const auto boolean = node.value_exact<bool>()) {
        into.form = Form::Boolean;
        into.value = std::string(*boolean ? "true" : "false");
    } else if (const toml::array* array = node.as_array()) {
        const auto list = listOf(*array);
        into.form = list ? Form::List : Form::Other;
        into.value = list.value_or(ConfigValue());
        into.formName = list ? "a list" : "a list with something else than text";
    }
}

bool isSection(const std::string& name)
{
    const auto& keys = configKeys();
    return name == propertySection || std::ranges::find(keys, name, &ConfigKey::section) != keys.end();
}

// A dotted name is a table in a table to TOML: all come out as one flat list.
class Flattening
{
public:
    explicit Flattening(const std::string& file)
        : m_file(file)
    {}

    std::expected<void, ConfigError> add(const toml::table& table, const std::string& prefix)
    {
        for (const auto& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            const toml::table* inner = node.as_table();
            const bool goesOn = inner != nullptr && (!inner->empty() || isSection(name));
            if (auto added = goesOn ? add(*inner, name + '.') : addValue(name, node, key.source().begin); !added)
                return added;
        }
        return {};
    }

    std::vector<FileValue> values;

private:
    std::expected<void, ConfigError> addValue(const std::string& name, const toml::node& node,
                                              const toml::source_position& position)
    {
        FileValue value{name, placeOf(m_file, position), Form::Other, {}, {}};
        setValue(value, node);
        if (!m_names.insert(name).second) // "a.b" quoted, and b in the table a
            return std::unexpected(ConfigError{name, value.place, "expected once, but it is given twice"});
        values.push_back(std::move(value));
        return {};
    }

    std::string m_file;
    std::set<std::string> m_names;
};

} // namespace

std::expected<std::string, ConfigError> configFileText(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::string text(configFileBytesMax + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.is_open() || stream.bad() || (stream.gcount() == 0 && !stream.eof()))
        return std::unexpected(
            ConfigError{"", file, fmt::format("expected a file that can be read: {}", std::strerror(errno))});
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > configFileBytesMax)
        return std::unexpected(ConfigError{"", file, fmt::format("expected at most {} bytes", configFileBytesMax)});
    return text;
}

std::expected<std::vector<FileValue>, ConfigError> readConfigText(const std::string& text, const std::string& file)
{
    const auto table = parseToml(file, text);
    if (!table)
        return std::unexpected(table.error());
    Flattening flattening(file);
    if (const auto added = flattening.add(*table, ""); !added)
        return std::unexpected(added.error());
    return std::move(flattening.values);
}

std::expected<std::vector<FileValue>, ConfigError> readConfigFile(const std::string& file)
{
    const auto text = configFileText(file);
    return text ? readConfigText(*text, file) : std::unexpected(text.error());
}

} // namespace obm
