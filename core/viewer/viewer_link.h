// A window's link to a pipeline that runs in other processes: what Redis holds, how far Kafka's group is behind, and
// what the other process' metrics tell. It talks to no exchange, joins no group and writes nothing.
// Thread: main. All reading is done by obm-viewer, obm-lag and, while somebody looks at Redis itself, obm-watch.
#pragma once

#include "monitor/pipeline_link.h"
#include "monitor/redis_watch.h"
#include "pipeline/stage_thread.h"
#include "viewer/lag_watch.h"
#include "viewer/viewer_source.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace obm {

class ViewerLink : public PipelineLink
{
public:
    // With real addresses: neither Redis nor Kafka "embedded".
    explicit ViewerLink(Config config);

    [[nodiscard]] const Config& config() const override { return m_config; }
    [[nodiscard]] std::string attachedTo() const override;
    [[nodiscard]] std::string noLocalBook() const override;

    [[nodiscard]] PipelineStatus status() const override;

    void watchBooks(std::map<std::string, std::size_t> levelsBySymbol) override;
    [[nodiscard]] std::shared_ptr<const BookView> book(const std::string& symbol) const override;

    void watchRedis(std::vector<std::string> symbols) override;
    [[nodiscard]] std::shared_ptr<const RedisBook> redisBook(const std::string& symbol) const override;

    [[nodiscard]] bool canResync() const override { return false; }
    void resync(const std::string& /*symbol*/) override {}

private:
    Config m_config;
    ViewerValues m_values;
    LatestValue<RedisBooks> m_redisBooks;
    StageThread<LagWatch> m_lag{QStringLiteral("obm-lag")}; // these last: they publish until they end
    StageThread<ViewerSource> m_source{QStringLiteral("obm-viewer")};
    StageThread<RedisWatch> m_watch{QStringLiteral("obm-watch")};
};

} // namespace obm
