#include "localexchange/stream_hub.h"

#include <algorithm>

namespace obm::localexchange {

namespace {

constexpr qint64 behindBytes = 8 * 1024 * 1024; // unsent on one connection

} // namespace

StreamHub::StreamHub(Market& market)
    : m_market(market)
{
    for (const Listing& listing : market.listings())
        m_symbols.emplace(listing.symbol, m_symbols.size());
    m_streams.resize(m_symbols.size());
}

StreamHub::~StreamHub() = default;

void StreamHub::add(QWebSocket* socket, QTcpSocket* transport, bool silent)
{
    StreamSession::Events events{
        [this](const QString& method, const QStringList& names) { return onControl(method, names); },
        [this](StreamSession* connection, const QString& name) { subscribe(connection, name); },
        [this](StreamSession* connection, const QString& name) { unsubscribe(connection, name); },
        [this](StreamSession* connection) { remove(connection); },
        [this] { m_market.resume(); },
    };
    ++m_counters.connectionsOpened;
    m_connections.push_back(std::make_unique<StreamSession>(socket, transport, std::move(events), silent));
    m_connections.back()->begin();
}

std::optional<std::size_t> StreamHub::symbolOf(const QString& name, Speed& speed) const
{
    const auto parsed = parseStreamName(name.toStdString());
    if (!parsed)
        return std::nullopt;
    const auto found = m_symbols.find(parsed->symbol);
    if (found == m_symbols.end())
        return std::nullopt;
    speed = parsed->speed;
    return found->second;
}

void StreamHub::subscribe(StreamSession* connection, const QString& name)
{
    Speed speed{};
    const auto symbol = symbolOf(name, speed);
    if (!symbol)
        return;
    auto& streams = m_streams[*symbol];
    auto stream = std::find_if(streams.begin(), streams.end(), [&](const Stream& s) { return s.name == name; });
    if (stream == streams.end())
        stream = streams.insert(streams.end(), Stream{name, speed, {}, {}});
    stream->takers.push_back(connection);
    stream->dead.erase(connection);
    m_market.setWanted(*symbol, speed, true);
    m_market.play();
}

void StreamHub::unsubscribe(StreamSession* connection, const QString& name)
{
    Speed speed{};
    if (const auto symbol = symbolOf(name, speed))
        dropTaker(*symbol, name, connection);
}

void StreamHub::dropTaker(std::size_t symbol, const QString& name, StreamSession* connection)
{
    auto& streams = m_streams[symbol];
    const auto stream = std::find_if(streams.begin(), streams.end(), [&](const Stream& s) { return s.name == name; });
    if (stream == streams.end())
        return;
    const Speed speed = stream->speed;
    std::erase(stream->takers, connection);
    stream->dead.erase(connection);
    if (stream->takers.empty())
        streams.erase(stream);
    if (!isWanted(symbol, speed))
        m_market.setWanted(symbol, speed, false);
}

bool StreamHub::isWanted(std::size_t symbol, Speed speed) const
{
    const auto& streams = m_streams[symbol];
    return std::any_of(streams.begin(), streams.end(), [&](const Stream& stream) { return stream.speed == speed; });
}

// Called from within the connection's own signal: it goes when that has returned.
void StreamHub::remove(StreamSession* connection)
{
    for (const QString& name : connection->streams())
        unsubscribe(connection, name);
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [&](const auto& owned) { return owned.get() == connection; });
    if (found == m_connections.end())
        return;
    m_closed.push_back(std::move(*found));
    m_connections.erase(found);
    QMetaObject::invokeMethod(&m_context, [this] { m_closed.clear(); }, Qt::QueuedConnection);
    m_market.resume();
}

void StreamHub::publish(std::size_t symbol, SpeedSet speeds, std::string_view data)
{
    // By index: sending may cut a connection, and so end a stream.
    for (std::size_t i = 0; i < m_streams[symbol].size(); ++i) {
        if (speeds.has(m_streams[symbol][i].speed))
            sendTo(Stream(m_streams[symbol][i]), data);
    }
}

void StreamHub::sendTo(const Stream& stream, std::string_view data)
{
    const QString raw = QString::fromUtf8(data.data(), static_cast<qsizetype>(data.size()));
    QString combined;
    for (StreamSession* taker : stream.takers) {
        if (stream.dead.contains(taker))
            continue;
        if (taker->isCombined() && combined.isEmpty())
            combined =
                QLatin1String("{\"stream\":\"") + stream.name + QLatin1String("\",\"data\":") + raw + QLatin1Char('}');
        taker->send(taker->isCombined() ? combined : raw);
        ++m_counters.framesSent;
    }
}

void StreamHub::sendAside(std::optional<std::size_t> symbol, const QString& frame)
{
    for (StreamSession* connection : takersOf(symbol))
        connection->send(frame);
}

void StreamHub::deaden(std::optional<std::size_t> symbol)
{
    for (std::size_t i = symbol.value_or(0); i < (symbol ? *symbol + 1 : m_streams.size()); ++i)
        for (Stream& stream : m_streams[i])
            stream.dead.insert(stream.takers.begin(), stream.takers.end());
}

std::vector<StreamSession*> StreamHub::takersOf(std::optional<std::size_t> symbol) const
{
    std::vector<StreamSession*> takers;
    if (!symbol) {
        for (const auto& connection : m_connections)
            takers.push_back(connection.get());
        return takers;
    }
    for (const Stream& stream : m_streams[*symbol])
        takers.insert(takers.end(), stream.takers.begin(), stream.takers.end());
    std::sort(takers.begin(), takers.end());
    takers.erase(std::unique(takers.begin(), takers.end()), takers.end());
    return takers;
}

bool StreamHub::isBehind() const
{
    return std::any_of(m_connections.begin(), m_connections.end(), [](const auto& connection) {
        return !connection->isFrozen() && connection->unsentBytes() > behindBytes;
    });
}

StreamHubStatus StreamHub::status() const
{
    StreamHubStatus status = m_counters;
    status.connections = m_connections.size();
    for (const auto& streams : m_streams)
        status.streams += streams.size();
    return status;
}

} // namespace obm::localexchange
