// Who takes which stream: hands each event to the connections that subscribed, under the name they subscribed with.
// A frame is made once per name and form (combined or raw) and shared by all its takers.
// Thread: the local exchange's.
#pragma once

#include "localexchange/market.h"
#include "localexchange/stream_session.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm::localexchange {

struct StreamHubStatus
{
    std::size_t connections = 0;
    std::size_t streams = 0; // with at least one taker
    std::uint64_t framesSent = 0;
    std::uint64_t connectionsOpened = 0;
};

class StreamHub
{
public:
    explicit StreamHub(Market& market);
    ~StreamHub();

    void add(QWebSocket* socket, QTcpSocket* transport, bool silent);
    void publish(std::size_t symbol, SpeedSet speeds, std::string_view data);
    // As it is, outside every stream's form, to the takers of this symbol, or to all (nullopt).
    void sendAside(std::optional<std::size_t> symbol, const QString& frame);
    // Those who take this symbol, or any (nullopt), get nothing more of it until they subscribe again.
    void deaden(std::optional<std::size_t> symbol);
    [[nodiscard]] std::vector<StreamSession*> takersOf(std::optional<std::size_t> symbol) const;
    [[nodiscard]] bool isBehind() const;
    [[nodiscard]] StreamHubStatus status() const;

    std::function<StreamSession::Reply(const QString& method, const QStringList& streams)> onControl;

private:
    struct Stream
    {
        QString name;
        Speed speed;
        std::vector<StreamSession*> takers;
        std::set<StreamSession*> dead; // takers who get nothing
    };

    void subscribe(StreamSession* connection, const QString& name);
    void unsubscribe(StreamSession* connection, const QString& name);
    void remove(StreamSession* connection);
    void dropTaker(std::size_t symbol, const QString& name, StreamSession* connection);
    void sendTo(const Stream& stream, std::string_view data);
    [[nodiscard]] std::optional<std::size_t> symbolOf(const QString& name, Speed& speed) const;
    [[nodiscard]] bool isWanted(std::size_t symbol, Speed speed) const;

    Market& m_market;
    std::unordered_map<std::string, std::size_t> m_symbols;
    std::vector<std::vector<Stream>> m_streams; // by symbol
    std::vector<std::unique_ptr<StreamSession>> m_connections;
    std::vector<std::unique_ptr<StreamSession>> m_closed; // until their own signal has returned
    StreamHubStatus m_counters;
    QObject m_context; // of calls queued to later; last, so that none comes after the rest is gone
};

} // namespace obm::localexchange
