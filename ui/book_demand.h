// Who looks at which books. Several panels look at once, the pipeline hears of one set: the union, with the most
// levels that anybody wants of a symbol, and only when it changes.
// Thread: main.
#pragma once

#include "monitor/pipeline_link.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace obm {

class BookDemand
{
public:
    using Levels = std::map<std::string, std::size_t>; // of each side, by symbol

    explicit BookDemand(PipelineLink& link)
        : m_link(link)
    {}

    // Replaces what `who` wants. Nothing: it looks at nothing (any more).
    void setBooks(const void* who, Levels levels);
    void setRedis(const void* who, std::set<std::string> symbols);

private:
    void tellBooks();
    void tellRedis();

    PipelineLink& m_link;
    std::map<const void*, Levels> m_books;
    std::map<const void*, std::set<std::string>> m_redis;
    Levels m_toldBooks;
    std::set<std::string> m_toldRedis;
};

} // namespace obm
