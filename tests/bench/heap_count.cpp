#include "bench/heap_count.h"

#include "market/invariant.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

std::size_t bytesCounted = 0;
bool isCounting = true;

// In front of each block, in as many bytes as its alignment takes: what it counts for.
struct alignas(std::max_align_t) Tag
{
    std::size_t bytes;
};

// As if there were no tag.
std::size_t costOf(void* memory)
{
    constexpr std::size_t header = sizeof(std::size_t);
    constexpr std::size_t least = 32;
    return std::max(malloc_usable_size(memory) + header - sizeof(Tag), least);
}

} // namespace

// Not inlined: the compiler would warn of memory from malloc that goes to delete.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    void* const memory = std::malloc(sizeof(Tag) + size);
    obm::require(memory, "memory for a benchmark");
    Tag* const tag = new (memory) Tag{isCounting ? costOf(memory) : 0};
    bytesCounted += tag->bytes;
    return tag + 1;
}

[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    if (!memory)
        return;
    Tag* const tag = static_cast<Tag*>(memory) - 1;
    bytesCounted -= tag->bytes;
    std::free(tag);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    operator delete(memory);
}

namespace obm::bench {

std::size_t heapBytes()
{
    return bytesCounted;
}

Uncounted::Uncounted()
    : m_wasCounting(std::exchange(isCounting, false))
{}

Uncounted::~Uncounted()
{
    isCounting = m_wasCounting;
}

} // namespace obm::bench
