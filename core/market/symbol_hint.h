// Finds the symbol of a depth update that could not be parsed, as far as its text can be followed.
// Why: whatever is wrong with a message, the symbol it was for should be told; that one syncs again, the others go on.
#pragma once

#include <string_view>

namespace obm {

// The text of the "s" of the outermost object, or nothing ("") if it is not there or not plain.
std::string_view symbolHint(std::string_view data);

} // namespace obm
