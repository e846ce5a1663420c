// The depth streams of many symbols over as many WebSocket connections as they need, kept alive for ever.
// Every depth event of a subscribed symbol goes to the sink once, in the exchange's order per symbol, with the bytes of
// its `data` as received. What the exchange does not send is said: a dead path, a silent symbol, a refused
// subscription. A quiet stream and a dead one look alike: the connection of a silent symbol is renewed now and then,
// without losing an event of the others. Sources: Binance USD-M "Websocket Market Streams", "Live
// Subscribing/Unsubscribing", "Diff. Book Depth Streams". Thread: lives in the thread that made it (event loop needed);
// the sink is called there, once a message, without a queue. Errors: never final. A lost connection comes back with
// back-off; what went wrong is in status() and in notices.
#pragma once

#include "config/config.h"
#include "exchange/stream_limits.h"
#include "exchange/stream_status.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <string_view>

namespace obm {

struct StreamMessage
{
    std::string_view symbol; // upper case, as configured
    std::string_view data;   // valid during the call only
    qint64 receivedMs;       // UTC, stamped when the socket handed it over
    bool followsGap;         // events of this symbol are missing before it
};
using DepthSink = std::function<void(const StreamMessage&)>;

class DepthStream : public QObject
{
    Q_OBJECT

public:
    DepthStream(const ExchangeConfig& config, DepthSink sink, const StreamLimits& limits = {},
                QObject* parent = nullptr);
    ~DepthStream() override;

    void start(const QStringList& symbols);
    // Subscribes the new ones and unsubscribes those gone, without touching the streams of the others.
    void setSymbols(const QStringList& symbols);
    void stop(); // closes every connection; start() begins anew
    // Moves every connection to a fresh one without losing an event. It happens by itself before the exchange's 24 h.
    void rollOver();

    [[nodiscard]] ExchangeStreamStatus status() const;

Q_SIGNALS:
    // Something an operator wants to read, at human rate: a loss, a refusal, an alarm and its end. Logged as well.
    void noticed(bool isWarning, const QString& text);

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};

} // namespace obm
