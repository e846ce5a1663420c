#include "support/site.h"

#include "support/topic_reader.h"

#include <QJsonDocument>
#include <QTest>

namespace obm::test {

namespace {

QStringList set(const QString& key, const QString& value)
{
    return {QStringLiteral("--set"), key + QLatin1Char('=') + value};
}

// Of a page of metrics, as Site::metric() tells it.
double sumOf(const QByteArray& page, const QString& metric, const QString& label = {})
{
    double sum = -1;
    for (const QByteArray& line : page.split('\n')) {
        const QString text = QString::fromUtf8(line);
        const QString head = text.section(QLatin1Char(' '), 0, -2);
        if (head.section(QLatin1Char('{'), 0, 0) == metric && head.contains(label))
            sum = std::max(sum, 0.0) + text.section(QLatin1Char(' '), -1).toDouble();
    }
    return sum;
}

qint64 idOf(const QByteArray& message)
{
    return QJsonDocument::fromJson(message).object().value(QLatin1String("u")).toInteger();
}

} // namespace

Site::Site(QStringList symbols, const QStringList& exchangeArguments)
    : exchange(exchangeArguments)
    , watch(redis.url(), symbols)
    , m_symbols(std::move(symbols))
{}

Site::~Site()
{
    m_programs.clear(); // while exchange and Redis are still there: a clean stop is quick
}

Program& Site::run(const QString& name, const QStringList& arguments, const Program::Variables& variables)
{
    const QStringList common =
        QStringList{QStringLiteral("--headless"), QStringLiteral("--symbols"), m_symbols.join(QLatin1Char(','))} +
        exchange.configuration() + set(QStringLiteral("redis.url"), QString::fromStdString(redis.url())) +
        set(QStringLiteral("metrics.listen"), QStringLiteral("127.0.0.1:0"));
    auto& program = m_programs[name];
    program = nullptr; // one that was run under this name ends first
    program = std::make_unique<Program>(name, common + arguments, variables);
    return *program;
}

Program& Site::runAll(const QStringList& more)
{
    return run(QStringLiteral("all"), kafka.arguments() + more);
}

std::string Site::kafkaServers(const QString& name)
{
    return program(name).await(QStringLiteral("^(?:SIMULATED )?kafka (\\S+) topic")).captured(1).toStdString();
}

RestReply Site::get(const QString& path, const QString& name)
{
    const QString address = program(name).await(QStringLiteral("^(?:SIMULATED )?metrics (\\S+)/metrics$")).captured(1);
    return RestClient(QUrl(address)).get(path);
}

double Site::metric(const QString& metric, const QString& label, const QString& name)
{
    return sumOf(get(QStringLiteral("/metrics"), name).body, metric, label);
}

bool Site::awaitNoSnapshotNeeded(const QString& name, int withinMs)
{
    return QTest::qWaitFor(
        [&] {
            const QByteArray page = get(QStringLiteral("/metrics"), name).body; // one: an audit may end between two
            const double snapshots = sumOf(page, QStringLiteral("obmonitor_rest_snapshots_total"));
            return snapshots >= 0 && snapshots == sumOf(page, QStringLiteral("obmonitor_book_audits_total"));
        },
        withinMs);
}

bool Site::allLive()
{
    const auto statuses = watch.statuses();
    return statuses.size() == m_symbols.size() && watch.lastIds().size() == m_symbols.size() &&
           std::all_of(statuses.begin(), statuses.end(), [](const QJsonObject& status) {
               return status.value(QLatin1String("state")).toString() == QLatin1String("live");
           });
}

bool Site::awaitAllLive(int withinMs)
{
    return QTest::qWaitFor([this] { return allLive(); }, withinMs);
}

bool Site::awaitCaughtUp()
{
    const TruthReader& truth = exchange.truth();
    return QTest::qWaitFor(
        [&] {
            const auto ids = watch.lastIds();
            return std::all_of(m_symbols.begin(), m_symbols.end(), [&](const QString& symbol) {
                return ids.value(symbol) >= truth.lastId(symbol).value_or(0);
            });
        },
        limitMs);
}

TruthReader Site::killExchange()
{
    watch.pause();
    (void)exchange.truth(); // it writes down what was seen
    exchange.kill();
    return exchange.truth();
}

bool Site::hasOnlyBooksSince(const TruthReader& ofTheOld)
{
    const auto liveIds = watch.lastIds(); // first: what is in Redis by now is in the truth by then
    const auto fullIds = watch.lastFullIds();
    const TruthReader& truth = exchange.truth();
    const auto isNew = [&](const QString& symbol, qint64 u) {
        return u > ofTheOld.lastId(symbol).value_or(0) && truth.topAt(symbol, u);
    };
    return std::ranges::all_of(m_symbols, [&](const QString& symbol) {
        return isNew(symbol, liveIds.value(symbol)) && isNew(symbol, fullIds.value(symbol));
    });
}

QString Site::fault()
{
    return watch.faultAgainst(exchange.truth());
}

QString Site::originFault(const std::string& servers) const
{
    constexpr int partitions = 6;
    std::map<std::pair<int, qint64>, const TopicMessage*> byPlace;
    std::map<int, qint64> firstOffsets; // the embedded broker keeps 5 MiB of a partition
    const std::vector<TopicMessage> messages = readTopic(servers, partitions, kafka.topic());
    for (const TopicMessage& message : messages) {
        byPlace[{message.partition, message.offset}] = &message;
        firstOffsets.try_emplace(message.partition, message.offset);
    }
    for (const FullSeen& full : watch.fulls()) {
        const auto first = firstOffsets.find(full.partition);
        if (first != firstOffsets.end() && full.offset < first->second)
            continue;
        const auto found = byPlace.find({full.partition, full.offset});
        if (found == byPlace.end() || found->second->key != full.symbol || idOf(found->second->value) != full.lastId)
            return QStringLiteral("%1: partition %2, offset %3 does not hold u %4")
                .arg(full.symbol)
                .arg(full.partition)
                .arg(full.offset)
                .arg(full.lastId);
    }
    return {};
}

void Site::showOutputOnFailure() const
{
    if (!QTest::currentTestFailed())
        return;
    exchange.showOutput();
    for (const auto& [name, program] : m_programs)
        program->showOutput();
}

} // namespace obm::test
