// Reads /fapi/v1/exchangeInfo: which symbols trade, and the weight limit of this IP, which it sets in the shared
// budget. It asks until there is an answer, then again each refresh interval; a failure later keeps the last answer
// standing. Source: Binance USD-M "Exchange Information". Thread: lives in the thread that made it, as does its
// RestClient; callbacks come there.
#pragma once

#include "exchange/backoff.h"
#include "exchange/rest_client.h"
#include "market/exchange_info.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace obm {

// symbols = "all": TRADING, and of a contract type that ends in PERPETUAL, for exchanges' perpetuals on shares and
// metals (TRADIFI_PERPETUAL) are traded and streamed like the others. Sorted, without doubles, and without names that
// could not be configured either: they become parts of keys and addresses.
[[nodiscard]] bool isTradingPerpetual(const SymbolListing& listing);
[[nodiscard]] std::vector<std::string> tradingPerpetuals(const ExchangeInfo& info);

struct ExchangeInfoSink
{
    std::function<void(const ExchangeInfo& info)> onInfo;
    std::function<void(const std::string& error)> onFailure; // tried again by itself; may be empty
};

struct ExchangeInfoClientStatus
{
    std::uint64_t succeeded = 0;
    std::uint64_t failed = 0;
    std::int64_t lastSuccessMs = 0; // UTC; 0: never
    int symbols = 0;                // of the last answer
    std::string lastError;          // "" after a success
};

struct ExchangeInfoLimits
{
    std::int64_t refreshMs = 3600'000; // 0: once
    BackoffLimits retry{1'000, 60'000};
    std::uint64_t seed = 0; // 0: a random one
};

class ExchangeInfoClient : public QObject
{
    Q_OBJECT

public:
    ExchangeInfoClient(RestClient& rest, ExchangeInfoSink sink, const ExchangeInfoLimits& limits = {},
                       QObject* parent = nullptr);

    void start(); // asks now
    void stop();

    [[nodiscard]] const ExchangeInfoClientStatus& status() const { return m_status; }

private:
    void ask();
    void onAnswer(const RestAnswer& answer);
    [[nodiscard]] static std::expected<ExchangeInfo, std::string> read(const RestAnswer& answer);
    void succeed(const ExchangeInfo& info);
    void fail(const std::string& error);

    RestClient& m_rest;
    ExchangeInfoSink m_sink;
    ExchangeInfoLimits m_limits;
    Backoff m_backoff;
    QTimer m_timer;                      // the next attempt
    RestClient::RequestId m_request = 0; // 0: none in flight
    ExchangeInfoClientStatus m_status;
};

} // namespace obm
