// The depth streams on a local exchange: real sockets, real time, deadlines that end a test soon and still forgive a
// loaded machine.
#pragma once

#include "exchange/depth_stream.h"
#include "localexchange/local_exchange.h"
#include "support/stream_recorder.h"

#include <QStringList>

#include <memory>

namespace obm::test {

inline constexpr int streamWaitMs = 30'000;
inline const QStringList twoSymbols = {QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT")};
inline const QStringList sixSymbols = {QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                                       QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT")};

inline StreamLimits shortLimits()
{
    StreamLimits limits;
    limits.requestIntervalMs = 20;
    limits.reconnect = {.firstMs = 50, .capMs = 200};
    limits.tickMs = 50;
    limits.handOverQuietMs = 1'000;
    limits.seed = 1;
    return limits;
}

inline Fault faultOf(const char* spec)
{
    return parseFault(QString::fromLatin1(spec)).value();
}

struct StreamSetup
{
    explicit StreamSetup(const StreamLimits& streamLimits = shortLimits(), const QStringList& symbols = sixSymbols,
                         const QList<Fault>& faults = {})
    {
        LocalExchangeOptions options;
        options.symbols = symbols;
        options.faults = faults;
        exchange = std::make_unique<LocalExchange>(options);
        if (const auto started = exchange->start(); !started)
            qFatal("%s", qPrintable(started.error()));
        ExchangeConfig config;
        config.wsUrl = exchange->wsUrl().toString().toStdString();
        config.depthSpeed = DepthSpeed::Ms100;
        stream = std::make_unique<DepthStream>(config, recorder.sink(), streamLimits);
    }

    [[nodiscard]] StreamCounters counters() const { return stream->status().counters; }
    [[nodiscard]] SymbolStreamStatus symbol(const char* name) const
    {
        for (const SymbolStreamStatus& status : stream->status().symbols)
            if (status.symbol == name)
                return status;
        return {};
    }
    [[nodiscard]] bool isWhole() const
    {
        const StreamChain total = recorder.total();
        return total.gaps == 0 && total.repeats == 0 && recorder.malformed() == 0 && recorder.disputed() == 0;
    }

    std::unique_ptr<LocalExchange> exchange;
    StreamRecorder recorder;
    std::unique_ptr<DepthStream> stream;
};

} // namespace obm::test
