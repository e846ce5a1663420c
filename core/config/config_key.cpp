#include "config/config_key.h"

#include "config/nearest_name.h"

#include <algorithm>

namespace obm {

namespace {

// "redis.live_levels" -> "REDIS_LIVE_LEVELS"
std::string variablePart(std::string text)
{
    const auto upper = [](char c) {
        return c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    };
    std::ranges::transform(text, text.begin(), upper);
    return text;
}

// "SASL_PASSWORD" -> "sasl.password"
std::string propertyPart(std::string text)
{
    const auto lower = [](char c) {
        return c == '_' ? '.' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    std::ranges::transform(text, text.begin(), lower);
    return text;
}

template <class NameOf>
std::string suggestion(std::string_view kind, std::string_view name, NameOf nameOf)
{
    std::vector<std::string> known;
    for (const ConfigKey& key : configKeys())
        known.push_back(nameOf(key));
    const std::string nearest = nearestName(name, known);
    return "expected a known " + std::string(kind) + (nearest.empty() ? "" : "; the nearest is " + nearest);
}

} // namespace

std::string ConfigKey::section() const
{
    return type == ConfigType::Property ? std::string(propertySection) : name.substr(0, name.find('.'));
}

std::string ConfigKey::bareName() const
{
    return name.substr(section().size() + 1);
}

std::string ConfigKey::variable() const
{
    return std::string(variablePrefix) + variablePart(name);
}

std::expected<ConfigKey, std::string> findConfigKey(std::string_view name)
{
    const auto& keys = configKeys();
    if (const auto found = std::ranges::find(keys, name, &ConfigKey::name); found != keys.end())
        return *found;
    const std::string properties = std::string(propertySection) + ".";
    if (name.size() > properties.size() && name.starts_with(properties))
        return propertyKey(std::string(name.substr(properties.size())));
    return std::unexpected(suggestion("key", name, [](const ConfigKey& key) { return key.name; }));
}

std::expected<ConfigKey, std::string> findConfigVariable(std::string_view variable)
{
    const auto& keys = configKeys();
    if (const auto found = std::ranges::find(keys, variable, &ConfigKey::variable); found != keys.end())
        return *found;
    const std::string properties = std::string(variablePrefix) + variablePart(std::string(propertySection)) + "_";
    if (variable.size() > properties.size() && variable.starts_with(properties))
        return propertyKey(propertyPart(std::string(variable.substr(properties.size()))));
    return std::unexpected(suggestion("variable", variable, [](const ConfigKey& key) { return key.variable(); }));
}

} // namespace obm
