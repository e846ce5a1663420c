// Bare text: a line that begins with '+' is a --set, any other a variable of the environment.
#include "fuzz/config_text.h"

#include <ranges>

namespace obm::fuzz {

void tryInput(std::string_view input)
{
    ConfigSources sources;
    sources.systemFile.clear();
    for (const auto part : std::views::split(input, '\n')) {
        const std::string line(part.begin(), part.end());
        const std::size_t equals = line.find('=');
        if (line.starts_with('+'))
            sources.sets.push_back(line.substr(1));
        else if (equals != std::string::npos && !line.starts_with("HOME=") && !line.starts_with("XDG_CONFIG_HOME="))
            sources.environment[line.substr(0, equals)] = line.substr(equals + 1);
    }
    if (const auto loaded = loadConfig(sources))
        checkPrint(*loaded);
    else
        checkRefusal(loaded.error());
}

} // namespace obm::fuzz
