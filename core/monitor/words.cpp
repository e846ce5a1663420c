#include "monitor/words.h"

#include <atomic>

namespace obm {

namespace {

std::atomic<Translation> wordsTranslation = nullptr;

} // namespace

void setWordsTranslation(Translation translation)
{
    wordsTranslation = translation;
}

std::string term(std::string name)
{
    if (const Translation translate = wordsTranslation)
        return translate(name.c_str());
    return name;
}

std::string wordsOf(fmt::string_view text, fmt::format_args values)
{
    if (const Translation translate = wordsTranslation) {
        try {
            return fmt::vformat(translate(text.data()), values);
        } catch (const fmt::format_error&) {
            return fmt::vformat(text, values);
        }
    }
    return fmt::vformat(text, values);
}

} // namespace obm
