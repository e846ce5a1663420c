#include "config/config_print.h"

#include "config/config_key.h"
#include "config/config_text.h"
#include "config/secret_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

namespace {

ConfigValue masked(const ConfigKey& key, const ConfigValue& value)
{
    return key.secret && value != ConfigValue(std::string()) ? ConfigValue(std::string(maskedSecret)) : value;
}

std::string line(const ConfigKey& key, const LoadedConfig& loaded)
{
    const std::string name = key.type == ConfigType::Property ? quoted(key.bareName()) : key.bareName();
    const auto origin = loaded.origins.find(key.name);
    // A place may be a path with anything in it; quoted, it cannot end the comment.
    const std::string comment = origin == loaded.origins.end() ? "" : " # from " + quoted(origin->second);
    return fmt::format("{} = {}{}\n", name, tomlValue(masked(key, key.read(loaded.config))), comment);
}

std::string properties(const LoadedConfig& loaded)
{
    std::string out = fmt::format("[{}]\n", propertySection);
    for (const auto& [property, value] : loaded.config.kafka.properties)
        out += line(propertyKey(property), loaded);
    return out;
}

} // namespace

std::string toToml(const LoadedConfig& loaded)
{
    std::string out;
    std::string section;
    for (const ConfigKey& key : configKeys()) {
        if (key.section() != section) {
            section = key.section();
            out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", section);
        }
        out += line(key, loaded);
    }
    return out + "\n" + properties(loaded);
}

std::string validLine(const LoadedConfig& loaded)
{
    if (loaded.files.empty())
        return "configuration is valid (no file)";
    return fmt::format("configuration is valid ({})", fmt::join(loaded.files, ", "));
}

} // namespace obm
