#include "config/config_loader.h"

#include "config/config_checks.h"
#include "config/config_file.h"
#include "config/config_key.h"
#include "config/config_text.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <unistd.h>

namespace obm {

namespace {

using Given = std::expected<void, ConfigError>;
using Shorthand = std::vector<std::pair<std::string, std::string>>;

constexpr const char* configFileName = "/obmonitor/obmonitor.toml";

// A free port each: two demos on one machine do not meet.
const Shorthand embeddedKeys = {{"kafka.bootstrap_servers", "embedded"}, {"redis.url", "embedded"}};
const Shorthand demoKeys = {{"exchange.ws_url", "local"},
                            {"exchange.rest_url", "local"},
                            {"kafka.bootstrap_servers", "embedded"},
                            {"redis.url", "embedded"},
                            {"metrics.listen", "127.0.0.1:0"}};

bool fits(ConfigType type, FileValue::Form form)
{
    using Form = FileValue::Form;
    switch (type) {
    case ConfigType::Text:
        return form == Form::Text;
    case ConfigType::Number:
        return form == Form::Number;
    case ConfigType::TextOrList:
        return form == Form::Text || form == Form::List;
    case ConfigType::Property:
        return form == Form::Text || form == Form::Number || form == Form::Boolean;
    }
    std::unreachable();
}

class Loading
{
public:
    Given fromFile(const FileValue& value)
    {
        const auto key = findConfigKey(value.name);
        if (!key)
            return std::unexpected(ConfigError{value.name, value.place, key.error()});
        if (!fits(key->type, value.form))
            return std::unexpected(
                ConfigError{key->name, value.place, refusalOf(*key, "expected " + key->expected, value.formName)});
        const auto* number = std::get_if<std::int64_t>(&value.value);
        const bool asText = key->type == ConfigType::Property && number != nullptr;
        const ConfigValue given = asText ? ConfigValue(std::to_string(*number)) : value.value;
        if (const auto refused = refusal(*key, given))
            return std::unexpected(ConfigError{key->name, value.place, *refused});
        take(*key, given, value.place);
        return {};
    }

    Given fromText(const ConfigKey& key, std::string_view text, const std::string& place)
    {
        const auto value = checkedValue(key, text);
        if (!value)
            return std::unexpected(ConfigError{key.name, place, value.error()});
        take(key, *value, place);
        return {};
    }

    LoadedConfig loaded;

private:
    void take(const ConfigKey& key, const ConfigValue& value, const std::string& place)
    {
        key.write(loaded.config, value);
        loaded.origins[key.name] = place;
    }
};

// Empty where the environment names no home.
std::string personsFile(const ConfigSources& sources)
{
    const auto variable = [&](const char* name) {
        const auto found = sources.environment.find(name);
        return found == sources.environment.end() ? std::string() : found->second;
    };
    if (const std::string folder = variable("XDG_CONFIG_HOME"); folder.starts_with('/'))
        return folder + configFileName;
    const std::string home = variable("HOME");
    return home.empty() ? "" : home + "/.config" + configFileName;
}

std::optional<std::string> fileOf(const ConfigSources& sources)
{
    if (sources.file)
        return sources.file;
    // Where none is named; the first that is there counts.
    for (const std::string& file : {personsFile(sources), sources.systemFile}) {
        std::error_code ignored; // a folder that cannot be entered holds no file for us
        if (!file.empty() && std::filesystem::exists(file, ignored))
            return file;
    }
    return std::nullopt;
}

Given loadFile(Loading& loading, const ConfigSources& sources)
{
    const auto file = fileOf(sources);
    if (!file)
        return {};
    const auto values = readConfigFile(*file);
    if (!values)
        return std::unexpected(values.error());
    loading.loaded.files.push_back(*file);
    for (const FileValue& value : *values) {
        if (auto given = loading.fromFile(value); !given)
            return given;
    }
    return {};
}

Given loadEnvironment(Loading& loading, const ConfigSources& sources)
{
    for (const auto& [variable, text] : sources.environment) {
        if (!variable.starts_with(variablePrefix))
            continue;
        const auto key = findConfigVariable(variable);
        if (!key)
            return std::unexpected(ConfigError{"", variable, key.error()});
        if (auto given = loading.fromText(*key, text, variable); !given)
            return given;
    }
    return {};
}

Given loadShorthand(Loading& loading, const Shorthand& keys, const std::string& place)
{
    for (const auto& [name, text] : keys) {
        if (auto given = loading.fromText(findConfigKey(name).value(), text, place); !given)
            return given;
    }
    return {};
}

Given loadShorthands(Loading& loading, const ConfigSources& sources)
{
    Given given;
    if (sources.embedded)
        given = loadShorthand(loading, embeddedKeys, "--embedded");
    if (given && sources.demo)
        given = loadShorthand(loading, demoKeys, "--demo");
    if (given && sources.role)
        given = loadShorthand(loading, {{"pipeline.role", *sources.role}}, "--role");
    if (given && sources.symbols)
        given = loadShorthand(loading, {{"exchange.symbols", *sources.symbols}}, "--symbols");
    return given;
}

Given loadSet(Loading& loading, const std::string& text)
{
    const std::string place = "--set";
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return std::unexpected(ConfigError{"", place, "expected section.key=value"});
    const auto key = findConfigKey(std::string_view(text).substr(0, equals));
    if (!key)
        return std::unexpected(ConfigError{text.substr(0, equals), place, key.error()});
    if (key->secret) // other users see the command line of every process
        return std::unexpected(
            ConfigError{key->name, place, "expected in the file or as " + key->variable() + ": it is a secret"});
    return loading.fromText(*key, std::string_view(text).substr(equals + 1), place);
}

Given loadSets(Loading& loading, const ConfigSources& sources)
{
    for (const std::string& text : sources.sets) {
        if (auto given = loadSet(loading, text); !given)
            return given;
    }
    return {};
}

Given checkRules(const LoadedConfig& loaded, bool headless)
{
    const auto broken = firstBrokenRule(loaded.config, headless);
    if (!broken)
        return {};
    const auto origin = loaded.origins.find(broken->key);
    const std::string place = origin == loaded.origins.end() ? "default" : origin->second;
    return std::unexpected(ConfigError{broken->key, place, broken->expected});
}

} // namespace

std::map<std::string, std::string> processEnvironment()
{
    std::map<std::string, std::string> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (const std::size_t equals = text.find('='); equals != std::string_view::npos)
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

std::string configFileInUse(const ConfigSources& sources)
{
    return fileOf(sources).value_or(personsFile(sources));
}

std::optional<std::string> overriddenBy(const LoadedConfig& loaded, const std::string& key)
{
    const auto origin = loaded.origins.find(key);
    const auto isInFile = [&](const std::string& file) { return origin->second.starts_with(file + ':'); };
    if (origin == loaded.origins.end() || std::ranges::any_of(loaded.files, isInFile))
        return std::nullopt;
    return origin->second;
}

std::expected<LoadedConfig, ConfigError> loadConfig(const ConfigSources& sources)
{
    Loading loading;
    for (const auto load : {loadFile, loadEnvironment, loadShorthands, loadSets}) {
        if (const auto given = load(loading, sources); !given)
            return std::unexpected(given.error());
    }
    // By what it talks to, not by how it was asked: --set may have turned a demo to the real exchange.
    loading.loaded.config.simulated = loading.loaded.config.exchange.isLocal();
    if (const auto kept = checkRules(loading.loaded, sources.headless); !kept)
        return std::unexpected(kept.error());
    return std::move(loading.loaded);
}

} // namespace obm
