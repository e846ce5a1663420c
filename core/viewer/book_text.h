// A view of a book out of the texts that Redis holds for it: the live field for its best levels, the whole book where
// more are wanted. Thread: any; pure functions. Errors: nothing, where a text is no book.
#pragma once

#include "book/book_view.h"

#include <cstddef>
#include <optional>
#include <string>

namespace obm {

[[nodiscard]] std::optional<BookView> viewOfLive(const std::string& symbol, const std::string& json);
// At most `levelsMax` of each side.
[[nodiscard]] std::optional<BookView> viewOfFull(const std::string& symbol, const std::string& json,
                                                 std::size_t levelsMax);

} // namespace obm
