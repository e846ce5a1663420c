#include "market/symbol_hint.h"

#include "market/outer_fields.h"

namespace obm {

std::string_view symbolHint(std::string_view data)
{
    std::string_view symbol;
    text::forEachOuterField(data, [&](std::string_view key, std::string_view value) {
        if (key != "s" || !value.starts_with('"'))
            return false;
        std::size_t at = 0;
        const std::string_view told = text::takeQuoted(value, at).value_or("");
        if (!told.contains('\\'))
            symbol = told;
        return !symbol.empty();
    });
    return symbol;
}

} // namespace obm
