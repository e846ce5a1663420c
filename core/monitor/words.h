// What the monitor says to a person, in the language of the window; English as written where that has no translation.
// fmt checks the English text against its values when it is compiled. A translation that cannot take them is left
// aside. scripts/translations finds the texts by calls that are written obm::words("..."): with the namespace, which
// becomes the context, and with no literal right after the text, which would become a comment for the translator.
// Not for the log, which is English. Thread: any; the translation is set before the first call.
#pragma once

#include <fmt/format.h>

#include <string>

namespace obm {

// Gives back what it has no translation of. Why not QCoreApplication::translate() at once: without a translator that
// takes longer than to format the text, and there is one of each symbol at each look.
using Translation = std::string (*)(const char* english);
void setWordsTranslation(Translation translation); // null: English

// A name, out of a table or a toText(); somewhere it is marked: QT_TRANSLATE_NOOP("obm", "...").
[[nodiscard]] std::string term(std::string name);

// text: a literal.
[[nodiscard]] std::string wordsOf(fmt::string_view text, fmt::format_args values);

template <typename... Values>
[[nodiscard]] std::string words(fmt::format_string<Values...> text, Values&&... values)
{
    const fmt::string_view english = text;
    if constexpr (sizeof...(Values) == 0)
        return term({english.data(), english.size()});
    else
        return wordsOf(english, fmt::make_format_args(values...));
}

} // namespace obm
