#include "app/exchange_head.h"

#include "app/unix_signals.h"
#include "localexchange/local_exchange.h"

#include <fmt/format.h>

#include <QCoreApplication>

#include <cstdio>
#include <expected>

namespace obm {

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;
constexpr int symbolsMax = 2'000;

int complain(int exitCode, const QString& what)
{
    fmt::print(stderr, "obmonitor exchange: {}\n", what.toStdString());
    return exitCode;
}

// "6" or "BTCUSDT,ETHUSDT".
std::expected<QStringList, QString> parseSymbols(const QString& text)
{
    bool isCount = false;
    const int count = text.toInt(&isCount);
    if (isCount && count >= 1 && count <= symbolsMax)
        return syntheticSymbols(count);
    QStringList names = text.toUpper().split(QLatin1Char(','), Qt::SkipEmptyParts);
    names.removeDuplicates();
    if (isCount || names.isEmpty() || names.size() > symbolsMax)
        return std::unexpected(
            QStringLiteral("--symbols %1: expected 1 to %2, or names A,B,C").arg(text).arg(symbolsMax));
    return names;
}

std::expected<LocalExchangeOptions, QString> resolve(const ExchangeOptions& options)
{
    constexpr int portMax = 65'535;
    if (options.port < 0 || options.port > portMax)
        return std::unexpected(QStringLiteral("--port %1: expected 0 to %2").arg(options.port).arg(portMax));
    if (!(options.speed > 0.0))
        return std::unexpected(QStringLiteral("--speed %1: expected a number above 0").arg(options.speed));
    const auto symbols = parseSymbols(QString::fromStdString(options.symbols));
    if (!symbols)
        return std::unexpected(symbols.error());

    LocalExchangeOptions resolved;
    resolved.port = static_cast<quint16>(options.port);
    resolved.symbols = *symbols;
    resolved.seed = options.seed;
    resolved.busy = options.busy;
    resolved.recordingDir = QString::fromStdString(options.recordingDir);
    resolved.speed = options.speed;
    resolved.loop = options.loop;
    resolved.weightLimit = options.weightLimit;
    resolved.truthFile = QString::fromStdString(options.truthFile);
    for (const std::string& spec : options.faults) {
        const auto fault = parseFault(QString::fromStdString(spec));
        if (!fault)
            return std::unexpected(fault.error());
        resolved.faults.append(*fault);
    }
    return resolved;
}

} // namespace

int runExchange(const ExchangeOptions& options)
{
    const auto resolved = resolve(options);
    if (!resolved)
        return complain(exitUsage, resolved.error());

    const UnixSignals unixSignals([](int) { QCoreApplication::quit(); });
    LocalExchange exchange(*resolved);
    if (options.exitWhenDone)
        QObject::connect(&exchange, &LocalExchange::finished, &exchange, [] { QCoreApplication::quit(); });
    if (const auto started = exchange.start(); !started)
        return complain(exitFailed, started.error());
    fmt::print("ws_url={} rest_url={}\n", exchange.wsUrl().toString().toStdString(),
               exchange.restUrl().toString().toStdString());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace obm
