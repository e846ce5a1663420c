// A broken invariant stops the program with a message, in release too: going on would publish what nobody can trust.
#pragma once

namespace obm {

[[noreturn]] void stopOnBrokenInvariant(const char* what);

inline void require(bool holds, const char* what)
{
    if (!holds) [[unlikely]]
        stopOnBrokenInvariant(what);
}

} // namespace obm
