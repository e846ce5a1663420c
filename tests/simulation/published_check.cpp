#include "simulation/published_check.h"

#include <limits>
#include <string_view>

namespace obm::sim {

namespace {

constexpr std::string_view liveId = R"("u":)";
constexpr std::string_view fullId = R"("lastUpdateId":)";

std::int64_t idOf(const std::map<std::string, std::string>& values, const std::string& symbol, std::string_view name)
{
    const auto value = values.find(symbol);
    return value == values.end() ? 0 : numberAfter(value->second, name).value_or(0);
}

// Than the one that is due, or of an older count.
bool isOlder(std::int64_t id, std::int64_t due)
{
    return due > 0 && (SimExchange::countOf(id) != SimExchange::countOf(due) || id < due);
}

// The array after "name": up to its end.
std::string_view arrayAfter(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find(name);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = json.substr(at + name.size());
    return rest.starts_with("[]") ? rest.substr(0, 2) : rest.substr(0, rest.find("]]") + 2);
}

// The truth's levels from the best on, without a hole: how far it goes is the book's affair, but something there is.
bool isTop(std::string_view published, const std::vector<TrueLevel>& truth, std::size_t levelsMax)
{
    const std::string whole = levelsText(truth, levelsMax);
    if (published == whole)
        return true;
    if (published.size() <= 2 || published.size() >= whole.size())
        return false;
    const std::string_view inner = published.substr(0, published.size() - 1);
    return std::string_view(whole).starts_with(inner) && whole[inner.size()] == ',';
}

} // namespace

SimRedis::Watch PublishedCheck::watch()
{
    return {.onLive = [this](const std::string& symbol, const std::string& json) { onLive(symbol, json); },
            .onFull = [this](const std::string& symbol, const std::string& json) { onFull(symbol, json); }};
}

void PublishedCheck::onLive(const std::string& symbol, const std::string& json)
{
    const std::int64_t id = numberAfter(json, liveId).value_or(0);
    noteId(m_liveIds, symbol, id);
    const TrueBook* truth = truthOf(symbol, id);
    if (!truth || !isTop(arrayAfter(json, R"("b":)"), truth->bids, m_liveLevels) ||
        !isTop(arrayAfter(json, R"("a":)"), truth->asks, m_liveLevels))
        blame(symbol, "a live field that was never true: ", json);
}

void PublishedCheck::onFull(const std::string& symbol, const std::string& json)
{
    constexpr std::size_t every = std::numeric_limits<std::size_t>::max();
    const std::int64_t id = numberAfter(json, fullId).value_or(0);
    noteId(m_fullIds, symbol, id);
    const TrueBook* truth = truthOf(symbol, id);
    if (!truth || !isTop(arrayAfter(json, R"("bids":)"), truth->bids, every) ||
        !isTop(arrayAfter(json, R"("asks":)"), truth->asks, every))
        blame(symbol, "a whole book that was never true: ", json);
    const auto partition = numberAfter(json, R"("partition":)");
    const auto offset = numberAfter(json, R"("offset":)");
    if (!partition || !offset || !m_log.held(static_cast<int>(*partition), *offset, id))
        blame(symbol, "a whole book whose event was not where it says: ", json);
}

const TrueBook* PublishedCheck::truthOf(const std::string& symbol, std::int64_t id)
{
    ++m_values;
    return m_exchange.at(m_exchange.indexOf(symbol), id);
}

void PublishedCheck::noteId(std::map<std::string, std::int64_t>& ids, const std::string& symbol, std::int64_t id)
{
    std::int64_t& last = ids[symbol];
    // Once the ids have begun anew, who takes over may meet the end of the old count in Kafka once more.
    if (id < last && SimExchange::countOf(last) == m_exchange.count())
        m_complain("u of " + symbol + " went back from " + std::to_string(last) + " to " + std::to_string(id));
    last = id;
}

void PublishedCheck::blame(const std::string& symbol, const std::string& what, const std::string& json)
{
    const TrueBook* truth = truthOf(symbol, m_liveIds[symbol]);
    m_complain(what + json +
               (truth ? "\ntrue: " + levelsText(truth->bids, m_liveLevels) + ' ' + levelsText(truth->asks, m_liveLevels)
                      : "\nno event has this u"));
}

void PublishedCheck::onLost(const SimRedis::Data& data)
{
    m_liveIds.clear();
    m_fullIds.clear();
    for (const auto& [symbol, json] : data.live)
        m_liveIds[symbol] = idOf(data.live, symbol, liveId);
    for (const auto& [symbol, json] : data.full)
        m_fullIds[symbol] = idOf(data.full, symbol, fullId);
}

std::string PublishedCheck::whatLags(const SimRedis& redis, std::int64_t nowMs, std::int64_t ageMaxMs) const
{
    for (int symbol = 0; symbol < m_exchange.symbolCount(); ++symbol) {
        const std::string& name = m_exchange.name(symbol);
        const std::int64_t due = m_exchange.eventIdBefore(symbol, nowMs - ageMaxMs);
        const auto status = redis.status(name, nowMs);
        if (!status || status->find(R"("state":"live")") == std::string::npos)
            return name + " is not live: " + status.value_or("no status");
        if (isOlder(idOf(redis.data().live, name, liveId), due))
            return name + " is not up to date";
        if (isOlder(idOf(redis.data().full, name, fullId), due))
            return "the whole book of " + name + " is not up to date";
    }
    return {};
}

} // namespace obm::sim
