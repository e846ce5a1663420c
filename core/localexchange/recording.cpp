#include "localexchange/recording.h"

#include <QFile>

#include <algorithm>
#include <charconv>
#include <optional>

namespace obm::localexchange {

namespace {

std::expected<QByteArray, QString> readFile(const QString& folder, const QString& name)
{
    QFile file(folder + QLatin1Char('/') + name);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()));
    return file.readAll();
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// What follows the first `"name":`. Enough for these files: their only strings are symbols and decimals.
std::string_view afterKey(std::string_view json, std::string_view quotedName)
{
    const std::size_t at = json.find(quotedName);
    return at == std::string_view::npos ? std::string_view() : json.substr(at + quotedName.size());
}

std::optional<NumberField> numberAfter(std::string_view json, std::string_view quotedName)
{
    const std::string_view rest = afterKey(json, quotedName);
    NumberField field;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), field.value);
    if (rest.empty() || error != std::errc{})
        return std::nullopt;
    field.from = static_cast<std::size_t>(rest.data() - json.data());
    field.size = static_cast<std::size_t>(end - rest.data());
    return field;
}

std::string_view symbolIn(std::string_view data)
{
    const std::string_view rest = afterKey(data, R"("s":")");
    return rest.substr(0, rest.find('"'));
}

// {"stream":"x","data":{...}} -> {...}
std::string_view dataOf(std::string_view line)
{
    const std::string_view rest = afterKey(line, R"("data":)");
    return rest.empty() ? rest : rest.substr(0, rest.rfind('}'));
}

bool readNumbers(RecordedEvent& event)
{
    const auto eventTime = numberAfter(event.data, R"("E":)");
    const auto transactionTime = numberAfter(event.data, R"("T":)");
    const auto firstId = numberAfter(event.data, R"("U":)");
    const auto lastId = numberAfter(event.data, R"("u":)");
    const auto previousLastId = numberAfter(event.data, R"("pu":)");
    if (!eventTime || !transactionTime || !firstId || !lastId || !previousLastId)
        return false;
    event.eventTime = *eventTime;
    event.transactionTime = *transactionTime;
    event.firstId = *firstId;
    event.lastId = *lastId;
    event.previousLastId = *previousLastId;
    return true;
}

} // namespace

std::string_view RecordedEvent::bids() const
{
    return afterKey(data, R"("b":)");
}

std::string_view RecordedEvent::asks() const
{
    return afterKey(data, R"("a":)");
}

std::expected<Recording, QString> Recording::load(const QString& folder)
{
    Recording recording;
    if (const auto loaded = recording.loadSnapshots(folder); !loaded)
        return std::unexpected(loaded.error());
    if (const auto loaded = recording.loadEvents(folder); !loaded)
        return std::unexpected(loaded.error());
    if (const auto found = recording.findBridges(); !found)
        return std::unexpected(found.error());
    recording.measure();
    return recording;
}

std::expected<void, QString> Recording::loadSnapshots(const QString& folder)
{
    const QString index = QStringLiteral("snapshots.tsv");
    const auto table = readFile(folder, index);
    if (!table)
        return std::unexpected(table.error());
    for (const QByteArray& row : table->split('\n').mid(1)) {
        const QList<QByteArray> columns = row.split('\t');
        if (row.isEmpty())
            continue;
        const auto body = readFile(folder, QString::fromUtf8(columns.back().trimmed()));
        if (!body)
            return std::unexpected(body.error());
        const std::string_view json = viewOf(*body);
        const auto id = numberAfter(json, R"("lastUpdateId":)");
        const auto time = numberAfter(json, R"("E":)");
        RecordedSymbol symbol;
        symbol.name = columns.front().toStdString();
        if (!id || !time || !symbol.snapshot.loadSnapshot(afterKey(json, R"("bids":)"), afterKey(json, R"("asks":)")))
            return std::unexpected(
                QStringLiteral("%1: %2: no depth snapshot").arg(folder, QString::fromUtf8(columns.back().trimmed())));
        symbol.snapshotId = id->value;
        symbol.snapshotTimeMs = time->value;
        m_symbols.push_back(std::move(symbol));
    }
    if (m_symbols.empty())
        return std::unexpected(QStringLiteral("%1/%2: no symbols").arg(folder, index));
    return {};
}

std::expected<void, QString> Recording::loadEvents(const QString& folder)
{
    auto lines = readFile(folder, QStringLiteral("depth.ndjson"));
    const auto times = readFile(folder, QStringLiteral("depth.recv_ns"));
    if (!lines || !times)
        return std::unexpected(lines ? times.error() : lines.error());
    m_bytes = *std::move(lines);
    std::vector<std::int64_t> previous(m_symbols.size(), 0);
    std::string_view rest = viewOf(m_bytes);
    std::string_view timesRest = viewOf(*times);
    for (int number = 1; !rest.empty(); ++number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        RecordedEvent event;
        event.data = dataOf(line);
        const auto symbol = std::find_if(m_symbols.begin(), m_symbols.end(),
                                         [&](const RecordedSymbol& s) { return s.name == symbolIn(event.data); });
        const auto time = std::from_chars(timesRest.data(), timesRest.data() + timesRest.size(), event.receivedNs);
        if (symbol == m_symbols.end() || time.ec != std::errc{} || !readNumbers(event))
            return std::unexpected(
                QStringLiteral("%1/depth.ndjson:%2: no depth event of a symbol with snapshot").arg(folder).arg(number));
        timesRest.remove_prefix(std::min(timesRest.size(), timesRest.find('\n') + 1));

        event.symbol = static_cast<std::size_t>(symbol - m_symbols.begin());
        std::int64_t& last = previous[event.symbol];
        if (last != 0 && event.previousLastId.value != last)
            return std::unexpected(QStringLiteral("%1/depth.ndjson:%2: not contiguous").arg(folder).arg(number));
        last = event.lastId.value;
        m_events.push_back(event);
    }
    return {};
}

std::expected<void, QString> Recording::findBridges()
{
    for (std::size_t i = 0; i < m_symbols.size(); ++i) {
        RecordedSymbol& symbol = m_symbols[i];
        const auto bridge = std::find_if(m_events.begin(), m_events.end(), [&](const RecordedEvent& event) {
            return event.symbol == i && event.lastId.value >= symbol.snapshotId;
        });
        if (bridge == m_events.end() || bridge->previousLastId.value > symbol.snapshotId)
            return std::unexpected(
                QStringLiteral("recording: %1: its snapshot does not bridge").arg(QString::fromStdString(symbol.name)));
        symbol.bridge = static_cast<std::size_t>(bridge - m_events.begin());
    }
    return {};
}

void Recording::measure()
{
    std::int64_t idMin = m_events.front().previousLastId.value;
    std::int64_t idMax = idMin;
    std::int64_t timeMin = m_events.front().eventTime.value;
    std::int64_t timeMax = timeMin;
    for (const RecordedEvent& event : m_events) {
        idMin = std::min(idMin, event.previousLastId.value);
        idMax = std::max(idMax, event.lastId.value);
        timeMin = std::min(timeMin, event.eventTime.value);
        timeMax = std::max(timeMax, event.eventTime.value);
    }
    constexpr std::int64_t pauseMs = 100; // between two passes
    m_idSpan = idMax - idMin + 1;
    m_firstTimeMs = timeMin;
    m_timeSpanMs = timeMax - timeMin + pauseMs;
}

} // namespace obm::localexchange
