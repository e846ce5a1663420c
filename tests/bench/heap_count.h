// What operator new gave away and has not got back, malloc's rounding and header included. Linking heap_count.cpp
// replaces it in the whole program. Why not malloc's own statistics: they take what it keeps in caches for used.
// Thread: the only one of its program.
#pragma once

#include <cstddef>

namespace obm::bench {

[[nodiscard]] std::size_t heapBytes();

// What is made while one lives is never counted, whoever frees it: the world around what is measured.
class Uncounted
{
public:
    Uncounted();
    ~Uncounted();
    Uncounted(const Uncounted&) = delete;
    Uncounted& operator=(const Uncounted&) = delete;

private:
    bool m_wasCounting;
};

} // namespace obm::bench
