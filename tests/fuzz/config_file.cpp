// The text of a configuration file; and a change put into it.
#include "config/config_write.h"
#include "fuzz/config_text.h"

namespace obm::fuzz {

void tryInput(std::string_view input)
{
    constexpr std::int64_t levels = 7;
    const auto changed = withChanges(std::string(input), "a.toml", {{"redis.live_levels", levels}});
    const auto loaded = loadToml(input);
    if (!loaded)
        checkRefusal(loaded.error());
    else
        checkPrint(*loaded);
    if (!changed)
        return checkRefusal(changed.error());
    const auto after = loadToml(*changed);
    require(!loaded || after.has_value(), "a change leaves a file that can be loaded");
    require(!after || after->config.redis.liveLevels == levels, "a change is there");
}

} // namespace obm::fuzz
