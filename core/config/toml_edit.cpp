#include "config/toml_edit.h"

#include "config/config_text.h"
#include "config/toml_parse.h"

#include <algorithm>

namespace obm {

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf"; // toml++ does not count it

bool beginsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

std::size_t beginOfLine(const std::string& text, std::size_t line)
{
    std::size_t begin = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    for (std::size_t i = 1; i < line && begin < text.size(); ++i)
        begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
    return begin;
}

std::size_t endOfLine(const std::string& text, std::size_t line)
{
    return std::min(text.find('\n', beginOfLine(text, line)), text.size());
}

// toml++ counts characters from 1; an offset counts bytes.
std::size_t offsetOf(const std::string& text, const toml::source_position& position)
{
    std::size_t offset = beginOfLine(text, position.line);
    for (toml::source_index column = 1; column < position.column && offset < text.size(); ++column) {
        ++offset;
        while (offset < text.size() && !beginsCharacter(text[offset]))
            ++offset;
    }
    return offset;
}

// However the file wrote the name: a key in a table, a dotted or a quoted one.
const toml::node* findNode(const toml::table& table, std::string_view name)
{
    for (const auto& [key, node] : table) {
        const std::string_view part = key.str();
        if (name == part)
            return &node;
        const bool leadsThere = name.starts_with(part) && name.substr(part.size()).starts_with('.');
        if (!leadsThere || !node.is_table())
            continue;
        if (const toml::node* found = findNode(*node.as_table(), name.substr(part.size() + 1)))
            return found;
    }
    return nullptr;
}

// Whether a table begins with its own [header], and is not made by a dotted key or by the header of one inside it.
bool hasHeader(const std::string& text, const toml::table& table, const std::string& section)
{
    const std::size_t begin = offsetOf(text, table.source().begin);
    const std::size_t end = offsetOf(text, table.source().end);
    const std::string header = text.substr(begin, end - begin);
    if (!header.starts_with('['))
        return false;
    const auto parsed = parseToml("", header);
    const toml::node* found = parsed ? findNode(*parsed, section) : nullptr;
    return found != nullptr && found->is_table() && found->as_table()->empty();
}

// Not of a table inside it.
bool isOwn(const toml::node& node)
{
    return !node.is_table() || node.as_table()->is_inline();
}

bool hasOwnKeys(const toml::table& table)
{
    for (const auto& [key, node] : table) {
        if (isOwn(node))
            return true;
    }
    return false;
}

// The last line that the table's own keys take up.
std::size_t lastLineOf(const toml::table& table)
{
    std::size_t last = table.source().end.line;
    for (const auto& [key, node] : table) {
        if (isOwn(node))
            last = std::max<std::size_t>(last, node.source().end.line);
    }
    return last;
}

std::string withLineBehind(std::string text, std::size_t line, const std::string& added)
{
    const std::size_t end = endOfLine(text, line);
    const bool hasReturn = end > 0 && end < text.size() && text[end - 1] == '\r';
    return text.insert(end, "\n" + added + (hasReturn ? "\r" : "")); // the line's own break comes behind it now
}

std::string withSection(std::string text, const std::string& section, const std::string& line)
{
    const std::string lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    if (!text.empty() && !text.ends_with('\n'))
        text += lineEnd;
    if (!text.empty())
        text += lineEnd;
    return text + '[' + section + ']' + lineEnd + line + lineEnd;
}

std::string withNewKey(std::string text, const toml::table& root, const ConfigKey& key, const std::string& value)
{
    const std::string section = key.section();
    const std::string name = key.type == ConfigType::Property ? quoted(key.bareName()) : key.bareName();
    const std::string assignment = name + " = " + value;
    const toml::node* node = findNode(root, section);
    const toml::table* table = node == nullptr ? nullptr : node->as_table();
    if (table == nullptr)
        return withSection(std::move(text), section, assignment);
    if (table->is_inline())
        return text.insert(offsetOf(text, table->source().begin) + 1, ' ' + assignment + (table->empty() ? " " : ","));
    if (hasHeader(text, *table, section))
        return withLineBehind(std::move(text), lastLineOf(*table), assignment);
    return hasOwnKeys(*table) ? withLineBehind(std::move(text), lastLineOf(*table), section + '.' + assignment)
                              : withSection(std::move(text), section, assignment);
}

} // namespace

std::expected<std::string, ConfigError> withTomlValue(const std::string& text, const ConfigKey& key,
                                                      const ConfigValue& value)
{
    const auto root = parseToml(key.name, text);
    if (!root)
        return std::unexpected(root.error());
    const toml::node* node = findNode(*root, key.name);
    if (node == nullptr)
        return withNewKey(text, *root, key, tomlValue(value));
    const std::size_t begin = offsetOf(text, node->source().begin);
    std::string changed = text;
    return changed.replace(begin, offsetOf(text, node->source().end) - begin, tomlValue(value));
}

} // namespace obm
