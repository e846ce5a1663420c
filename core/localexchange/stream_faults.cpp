#include "localexchange/stream_faults.h"

#include <fmt/format.h>

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <array>

namespace obm::localexchange {

namespace {

constexpr std::array connectionFaults{FaultKind::ServerShutdown, FaultKind::HalfOpen, FaultKind::Cut,
                                      FaultKind::DeadStream};

bool isConnectionFault(FaultKind kind)
{
    return std::ranges::find(connectionFaults, kind) != connectionFaults.end();
}

const QString& oversizeFrame()
{
    static const QString frame = QStringLiteral("{\"stream\":\"oversize\",\"data\":\"") +
                                 QString(4 * 1024 * 1024, QLatin1Char('x')) + QStringLiteral("\"}");
    return frame;
}

QString shutdownEvent()
{
    return QStringLiteral("{\"e\":\"serverShutdown\",\"E\":%1}").arg(QDateTime::currentMSecsSinceEpoch());
}

} // namespace

StreamFaults::StreamFaults(FaultPlan& plan, StreamHub& hub, QStringList symbols)
    : m_plan(plan)
    , m_hub(hub)
    , m_symbols(std::move(symbols))
{
    m_clock.start();
}

bool StreamFaults::hit(FaultKind kind, std::size_t symbol)
{
    return m_plan.hit(kind, m_symbols[static_cast<qsizetype>(symbol)], nowMs()).has_value();
}

void StreamFaults::pass(const MarketEvent& event)
{
    if (m_plan.isEmpty() && m_lanes.empty())
        m_hub.publish(event.symbol, event.speeds, event.data);
    else
        passThroughFaults(event);
}

void StreamFaults::passThroughFaults(const MarketEvent& event)
{
    strikeConnections(event.symbol);
    if (hit(FaultKind::Stall, event.symbol) || hit(FaultKind::Drop, event.symbol))
        return;
    if (passSpoiled(event))
        return;
    if (hit(FaultKind::Oversize, event.symbol))
        m_hub.sendAside(event.symbol, oversizeFrame());

    Lane& lane = laneOf(event);
    const std::string data = hit(FaultKind::Malformed, event.symbol) ? malformed(event) : std::string(event.data);
    if (!lane.held && hit(FaultKind::Reorder, event.symbol)) {
        lane.held = data;
        return;
    }
    sendMaybeLate(lane, data);
    const auto duplicate = m_plan.hit(FaultKind::Duplicate, m_symbols[static_cast<qsizetype>(event.symbol)], nowMs());
    for (int more = duplicate ? duplicate->times : 0; more > 0; --more)
        sendMaybeLate(lane, data);
    if (lane.held)
        sendMaybeLate(lane, *std::exchange(lane.held, std::nullopt));
}

// In a frame that cannot be read at all.
bool StreamFaults::passSpoiled(const MarketEvent& event)
{
    if (hit(FaultKind::Garbled, event.symbol)) {
        const std::string_view half = event.data.substr(0, event.data.size() / 2);
        m_hub.sendAside(event.symbol, QStringLiteral("{\"stream\":\"garbled\",\"data\":") +
                                          QString::fromLatin1(half.data(), static_cast<qsizetype>(half.size())));
        return true;
    }
    if (!hit(FaultKind::Binary, event.symbol))
        return false;
    for (StreamSession* connection : m_hub.takersOf(event.symbol))
        connection->sendBinary(QByteArray(event.data.data(), static_cast<qsizetype>(event.data.size())));
    return true;
}

StreamFaults::Lane& StreamFaults::laneOf(const MarketEvent& event)
{
    Lane& lane = m_lanes[{event.symbol, event.speeds.bits()}];
    lane.symbol = event.symbol;
    lane.speeds = event.speeds;
    return lane;
}

void StreamFaults::sendMaybeLate(Lane& lane, std::string_view data)
{
    const auto fault = m_plan.hit(FaultKind::Delay, m_symbols[static_cast<qsizetype>(lane.symbol)], nowMs());
    if (fault || !lane.delayed.empty())
        delay(lane, data, fault ? fault->ms : 0);
    else
        m_hub.publish(lane.symbol, lane.speeds, data);
}

// What follows a late message waits behind it: a delay changes no order.
void StreamFaults::delay(Lane& lane, std::string_view data, int ms)
{
    const qint64 earliest = lane.delayed.empty() ? 0 : lane.delayed.back().dueMs;
    const qint64 due = std::max(nowMs() + ms, earliest);
    lane.delayed.push_back({std::string(data), due});
    if (lane.delayed.size() > delayedMax)
        lane.delayed.front().dueMs = 0;
    QTimer::singleShot(static_cast<int>(due - nowMs()), Qt::PreciseTimer, this, [this, &lane] { sendDue(lane); });
}

void StreamFaults::sendDue(Lane& lane)
{
    while (!lane.delayed.empty() && lane.delayed.front().dueMs <= nowMs()) {
        const Delayed next = std::move(lane.delayed.front());
        lane.delayed.pop_front();
        m_hub.publish(lane.symbol, lane.speeds, next.data);
    }
}

void StreamFaults::onGiven(const Fault& fault)
{
    if (!isConnectionFault(fault.kind) || fault.after > 0)
        return;
    const qsizetype index = m_symbols.indexOf(fault.symbol);
    const auto symbol = index < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(index));
    if (fault.afterMs == 0)
        strike(fault.kind, symbol);
    else
        QTimer::singleShot(fault.afterMs, Qt::PreciseTimer, this,
                           [this, kind = fault.kind, symbol] { strike(kind, symbol); });
}

void StreamFaults::strikeConnections(std::optional<std::size_t> symbol)
{
    for (const FaultKind kind : connectionFaults)
        strike(kind, symbol);
}

// A fault of all symbols strikes all connections, one of a symbol those that take it. It waits for a connection.
void StreamFaults::strike(FaultKind kind, std::optional<std::size_t> symbol)
{
    if (m_hub.takersOf(symbol).empty())
        return;
    const QString name = symbol ? m_symbols[static_cast<qsizetype>(*symbol)] : QString();
    const auto fault = m_plan.hit(kind, name, nowMs());
    if (!fault)
        return;
    if (kind == FaultKind::DeadStream)
        return m_hub.deaden(fault->symbol.isEmpty() ? std::nullopt : symbol);
    for (StreamSession* connection : m_hub.takersOf(fault->symbol.isEmpty() ? std::nullopt : symbol)) {
        if (kind == FaultKind::Cut)
            connection->cut();
        else if (kind == FaultKind::HalfOpen)
            connection->freeze();
        else
            shutDown(*connection, fault->ms);
    }
}

void StreamFaults::shutDown(StreamSession& connection, int afterMs)
{
    connection.send(shutdownEvent());
    QTimer::singleShot(afterMs, &connection, [&connection] { connection.cut(); });
}

StreamSession::Reply StreamFaults::replyTo(const QString& method, const QStringList& streams)
{
    for (const QString& name : streams) {
        const auto stream = parseStreamName(name.toStdString());
        const QString symbol = stream ? QString::fromStdString(stream->symbol) : QString();
        if (method == QLatin1String("SUBSCRIBE") && m_plan.hit(FaultKind::RefuseSubscribe, symbol, nowMs()))
            return StreamSession::Reply::Refused;
        if (m_plan.hit(FaultKind::NoAnswer, symbol, nowMs()))
            return StreamSession::Reply::Withheld;
    }
    return StreamSession::Reply::Given;
}

std::string StreamFaults::malformed(const MarketEvent& event)
{
    const std::string symbol = m_symbols[static_cast<qsizetype>(event.symbol)].toStdString();
    switch (m_malformedCount++ % 3) {
    case 0:
        return fmt::format(R"({{"e":"depthUpdate","E":"soon","s":"{}","U":"a","u":"b","pu":null,"b":17,"a":{{}}}})",
                           symbol);
    case 1:
        return fmt::format(R"({{"e":"depthUpdate","s":"{}"}})", symbol);
    default:
        return fmt::format(R"({{"e":"depthUpdate","E":1,"T":1,"s":"{0}","ps":"{0}","U":{1},"u":{1},"pu":{1},)"
                           R"("b":[["NaN","1e400"]],"a":[["-1","0x10"]],"st":1}})",
                           symbol, event.lastId);
    }
}

} // namespace obm::localexchange
