// A pipeline as a window sees it, that says what a test puts in.
#pragma once

#include "monitor/pipeline_link.h"

#include <string>
#include <utility>
#include <vector>

namespace obm::test {

class ScriptedLink : public PipelineLink
{
public:
    Config configuration;
    std::string reason;
    PipelineStatus statuses;
    std::map<std::string, std::shared_ptr<const BookView>> books;
    std::map<std::string, std::shared_ptr<const RedisBook>> redisBooks;
    bool isResyncPossible = true;

    std::map<std::string, std::size_t> watchedBooks; // as asked last
    std::vector<std::string> watchedRedis;
    std::vector<std::string> resyncs;
    mutable int statusCalls = 0; // how often somebody looked

    [[nodiscard]] const Config& config() const override { return configuration; }
    [[nodiscard]] std::string attachedTo() const override { return "a test"; }
    [[nodiscard]] std::string noLocalBook() const override { return reason; }
    [[nodiscard]] PipelineStatus status() const override
    {
        ++statusCalls;
        return statuses;
    }

    void watchBooks(std::map<std::string, std::size_t> levelsBySymbol) override
    {
        watchedBooks = std::move(levelsBySymbol);
    }
    [[nodiscard]] std::shared_ptr<const BookView> book(const std::string& symbol) const override
    {
        const auto found = books.find(symbol);
        return found == books.end() ? nullptr : found->second;
    }

    void watchRedis(std::vector<std::string> symbols) override { watchedRedis = std::move(symbols); }
    [[nodiscard]] std::shared_ptr<const RedisBook> redisBook(const std::string& symbol) const override
    {
        const auto found = redisBooks.find(symbol);
        return found == redisBooks.end() ? nullptr : found->second;
    }

    [[nodiscard]] bool canResync() const override { return isResyncPossible; }
    void resync(const std::string& symbol) override { resyncs.push_back(symbol); }
};

} // namespace obm::test
