// All that a window may ask of the pipeline, whether it runs in this process or elsewhere (role viewer).
// Values come back at once, as they are now; nothing here waits for another thread. Thread: main.
#pragma once

#include "book/book_view.h"
#include "config/config.h"
#include "monitor/redis_book.h"
#include "pipeline/book_board.h"
#include "pipeline/status.h"

#include <map>
#include <memory>
#include <string>

namespace obm {

class PipelineLink
{
public:
    virtual ~PipelineLink() = default;

    [[nodiscard]] virtual const Config& config() const = 0;   // with real addresses
    [[nodiscard]] virtual std::string attachedTo() const = 0; // "this process", "redis://... and kafka ..."
    // Why there is no local book to hold what Redis returns against; empty: there is one.
    [[nodiscard]] virtual std::string noLocalBook() const = 0;

    [[nodiscard]] virtual PipelineStatus status() const = 0;

    // Replaces the symbols whose books are kept in view, with the levels wanted of each side.
    virtual void watchBooks(std::map<std::string, std::size_t> levelsBySymbol) = 0;
    [[nodiscard]] virtual std::shared_ptr<const BookView> book(const std::string& symbol) const = 0;

    // What Redis returns for these symbols, read again twice a second, beside the pipeline.
    virtual void watchRedis(std::vector<std::string> symbols) = 0;
    [[nodiscard]] virtual std::shared_ptr<const RedisBook> redisBook(const std::string& symbol) const = 0;

    [[nodiscard]] virtual bool canResync() const = 0;
    virtual void resync(const std::string& symbol) = 0;
};

} // namespace obm
