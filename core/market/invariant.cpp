#include "market/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace obm {

void stopOnBrokenInvariant(const char* what)
{
    std::fprintf(stderr, "obmonitor: broken invariant: %s\n", what);
    std::abort();
}

} // namespace obm
