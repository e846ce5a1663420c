#include "market/event_ids.h"

#include "market/outer_fields.h"

#include <charconv>

namespace obm {

namespace {

constexpr std::int64_t none = -1;

std::int64_t idAt(std::string_view value)
{
    std::int64_t id = none;
    std::from_chars(value.data(), value.data() + value.size(), id);
    return id;
}

} // namespace

std::optional<EventIds> eventIds(std::string_view data)
{
    EventIds ids{none, none};
    text::forEachOuterField(data, [&](std::string_view key, std::string_view value) {
        if (key == "u")
            ids.lastId = idAt(value);
        else if (key == "pu")
            ids.previousLastId = idAt(value);
        return ids.lastId > none && ids.previousLastId > none;
    });
    const bool areIds = ids.previousLastId > none && ids.previousLastId <= ids.lastId &&
                        ids.lastId - ids.previousLastId <= maxIdsPerEvent;
    return areIds ? std::optional(ids) : std::nullopt;
}

} // namespace obm
