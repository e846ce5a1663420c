// Makes the rows of config_keys.cpp: one function a type of key, so that a row says only what is its own.
// Private to core/config.
#pragma once

#include "config/config_key.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace obm::key_rows {

// A field of a section, as a pair of members: reading and writing cannot name different ones.
template <class Section, class T>
struct Field
{
    Section Config::* section;
    T Section::* member;

    [[nodiscard]] const T& in(const Config& config) const { return config.*section.*member; }
    [[nodiscard]] T& in(Config& config) const { return config.*section.*member; }
};

// A problem of every value that the rule refuses: what was expected instead.
template <class T, class Rule>
auto refuseUnless(Rule accepts, const std::string& expected)
{
    return [accepts, expected](const ConfigValue& value) -> std::optional<std::string> {
        const T* typed = std::get_if<T>(&value);
        if (typed != nullptr && accepts(*typed))
            return std::nullopt;
        return "expected " + expected;
    };
}

template <class Section, class Rule>
ConfigKey text(std::string name, Field<Section, std::string> field, std::string expected, Rule accepts)
{
    ConfigKey key;
    key.name = std::move(name);
    key.type = ConfigType::Text;
    key.problem = refuseUnless<std::string>(accepts, expected);
    key.expected = std::move(expected);
    key.read = [field](const Config& config) { return ConfigValue(field.in(config)); };
    key.write = [field](Config& config, const ConfigValue& value) { field.in(config) = std::get<std::string>(value); };
    return key;
}

template <class Section, class Rule>
ConfigKey number(std::string name, Field<Section, int> field, std::string expected, Rule accepts)
{
    ConfigKey key;
    key.name = std::move(name);
    key.type = ConfigType::Number;
    key.problem = refuseUnless<std::int64_t>(accepts, expected);
    key.expected = std::move(expected);
    key.read = [field](const Config& config) { return ConfigValue(std::int64_t{field.in(config)}); };
    key.write = [field](Config& config, const ConfigValue& value) {
        field.in(config) = static_cast<int>(std::get<std::int64_t>(value));
    };
    return key;
}

template <class Section>
ConfigKey range(std::string name, Field<Section, int> field, int least, int most)
{
    return number(std::move(name), field, fmt::format("a whole number from {} to {}", least, most),
                  [least, most](std::int64_t value) { return value >= least && value <= most; });
}

template <class Section>
ConfigKey oneNumberOf(std::string name, Field<Section, int> field, const std::vector<int>& choices)
{
    ConfigKey key = number(std::move(name), field, fmt::format("one of {}", fmt::join(choices, ", ")),
                           [choices](std::int64_t value) {
                               return std::ranges::any_of(choices, [value](int choice) { return choice == value; });
                           });
    for (const int choice : choices)
        key.choices.push_back(std::to_string(choice));
    return key;
}

// A word for each value of the field. Every value of T has one: a missing word is a broken invariant.
template <class Section, class T>
ConfigKey oneWordOf(std::string name, Field<Section, T> field, const std::vector<std::pair<std::string, T>>& choices)
{
    using Choice = std::pair<std::string, T>;
    std::vector<std::string> words;
    for (const Choice& choice : choices)
        words.push_back(choice.first);

    ConfigKey key;
    key.name = std::move(name);
    key.type = ConfigType::Text;
    key.expected = fmt::format("one of {}", fmt::join(words, ", "));
    key.choices = words;
    const auto isChoice = [words](const std::string& word) { return std::ranges::find(words, word) != words.end(); };
    key.problem = refuseUnless<std::string>(isChoice, key.expected);
    key.read = [field, choices](const Config& config) {
        return ConfigValue(std::ranges::find(choices, field.in(config), &Choice::second)->first);
    };
    key.write = [field, choices](Config& config, const ConfigValue& value) {
        field.in(config) = std::ranges::find(choices, std::get<std::string>(value), &Choice::first)->second;
    };
    return key;
}

template <class Section>
ConfigKey oneWordOf(std::string name, Field<Section, std::string> field, const std::vector<std::string>& words)
{
    std::vector<std::pair<std::string, std::string>> choices;
    for (const std::string& word : words)
        choices.emplace_back(word, word);
    return oneWordOf(std::move(name), field, choices);
}

} // namespace obm::key_rows
