// Binance's USD-M depth protocol on one loopback port: WebSocket streams and REST, from synthetic markets or a
// recording, with faults on demand. For --demo, tests and benchmarks. Why its own code throughout: its books are the
// truth that tests hold the pipeline against, so nothing of core/market or core/book may be used here. Beside the
// exchange's paths it has /control/ for tests in another process: fault?spec=SPEC, fault?clear=1, truth?symbol=S,
// listing?symbol=S&status=STATUS, state, sync (flushes the truth file), still (synthetic markets send what is pending
// and change no more). Thread: lives in the thread that made it (event loop needed); every method is called there.
#pragma once

#include "localexchange/fault.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace obm {

struct LocalExchangeOptions
{
    quint16 port = 0;    // 0: any
    QStringList symbols; // synthetic markets; empty: the six best known; ignored with a recording
    std::uint64_t seed = 1;
    bool busy = false;    // synthetic markets: each symbol changes in every interval of its streams
    QString recordingDir; // empty: synthetic
    double speed = 1.0;   // of a recording
    bool loop = false;
    int weightLimit = 2400; // per UTC minute
    QString truthFile;      // empty: none. One JSON line per event, the top of book at its u
    QList<Fault> faults;
    // Called with each depth event just before it goes to its streams: a benchmark's clock starts there.
    std::function<void(const std::string& symbol, std::int64_t lastId, std::string_view data)> onSend;
};

// What `--symbols N` means: the best known names first, then S0001USDT, S0002USDT, ...
QStringList syntheticSymbols(int count);

class LocalExchange : public QObject
{
    Q_OBJECT

public:
    explicit LocalExchange(LocalExchangeOptions options, QObject* parent = nullptr);
    ~LocalExchange() override;

    std::expected<void, QString> start(); // listens on 127.0.0.1; the error names what is wrong
    [[nodiscard]] QUrl wsUrl() const;     // ws://127.0.0.1:PORT/public/stream
    [[nodiscard]] QUrl restUrl() const;   // http://127.0.0.1:PORT
    [[nodiscard]] QStringList symbols() const;

    void inject(const Fault& fault);
    void clearFaults();
    // What exchangeInfo says of a symbol from now on. Only TRADING ones have a stream; false: unknown symbol.
    bool setListingStatus(const QString& symbol, const QString& status);
    void flushTruth();

Q_SIGNALS:
    void finished(); // a recording without loop has been played to its end

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};

} // namespace obm
