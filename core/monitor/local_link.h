// A window's link to the pipeline of its own process.
// Thread: main. Reading Redis has a thread of its own (obm-watch), which is there while somebody looks at it.
#pragma once

#include "monitor/pipeline_link.h"
#include "monitor/redis_watch.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_thread.h"

#include <memory>
#include <string>
#include <vector>

namespace obm {

class LocalLink : public PipelineLink
{
public:
    // After pipeline.start(): only then its addresses are real. The pipeline outlives the link.
    explicit LocalLink(Pipeline& pipeline);

    [[nodiscard]] const Config& config() const override { return m_pipeline.config(); }
    [[nodiscard]] std::string attachedTo() const override;
    [[nodiscard]] std::string noLocalBook() const override { return {}; }

    [[nodiscard]] PipelineStatus status() const override { return m_pipeline.status(); }

    void watchBooks(std::map<std::string, std::size_t> levelsBySymbol) override;
    [[nodiscard]] std::shared_ptr<const BookView> book(const std::string& symbol) const override;

    void watchRedis(std::vector<std::string> symbols) override;
    // Null until it was read for the first time, and where it is not watched.
    [[nodiscard]] std::shared_ptr<const RedisBook> redisBook(const std::string& symbol) const override;

    [[nodiscard]] bool canResync() const override { return config().pipeline.role != Role::Producer; }
    void resync(const std::string& symbol) override { m_pipeline.resync(symbol); }

private:
    Pipeline& m_pipeline;
    LatestValue<RedisBooks> m_redisBooks;
    StageThread<RedisWatch> m_watch{QStringLiteral("obm-watch")}; // last: it publishes until it ends
};

} // namespace obm
