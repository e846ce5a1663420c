#include "exchange/exchange_info_client.h"

#include "config/config_rules.h"
#include "exchange/clock.h"
#include "market/depth_parser.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcInfo, "obm.exchange.info")

constexpr int httpOk = 200;

} // namespace

bool isTradingPerpetual(const SymbolListing& listing)
{
    return listing.status == "TRADING" && listing.contractType.ends_with("PERPETUAL");
}

std::vector<std::string> tradingPerpetuals(const ExchangeInfo& info)
{
    std::vector<std::string> symbols;
    for (const SymbolListing& listing : info.symbols)
        if (isTradingPerpetual(listing) && isSymbol(listing.symbol))
            symbols.push_back(listing.symbol);
    std::ranges::sort(symbols);
    const auto doubles = std::ranges::unique(symbols);
    symbols.erase(doubles.begin(), doubles.end());
    return symbols;
}

ExchangeInfoClient::ExchangeInfoClient(RestClient& rest, ExchangeInfoSink sink, const ExchangeInfoLimits& limits,
                                       QObject* parent)
    : QObject(parent)
    , m_rest(rest)
    , m_sink(std::move(sink))
    , m_limits(limits)
    , m_backoff(limits.retry, seedOrRandom(limits.seed))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ExchangeInfoClient::ask);
}

void ExchangeInfoClient::start()
{
    if (m_request == 0)
        ask();
}

void ExchangeInfoClient::stop()
{
    m_timer.stop();
    m_rest.cancel(std::exchange(m_request, 0));
}

void ExchangeInfoClient::ask()
{
    const std::int64_t nowMs = m_rest.nowMs();
    const std::int64_t chanceMs = m_rest.budget().nextChanceMs(exchangeInfoWeight, nowMs);
    if (chanceMs > nowMs) {
        // A long block is looked at again meanwhile: the clock may be set.
        m_timer.start(static_cast<int>(std::min(chanceMs - nowMs, minuteMs)));
        return;
    }
    m_request = m_rest.get(QStringLiteral("/fapi/v1/exchangeInfo"), {}, exchangeInfoWeight, this,
                           [this](const RestAnswer& answer) { onAnswer(answer); });
}

void ExchangeInfoClient::onAnswer(const RestAnswer& answer)
{
    m_request = 0;
    if (const auto info = read(answer))
        succeed(*info);
    else
        fail(info.error());
}

std::expected<ExchangeInfo, std::string> ExchangeInfoClient::read(const RestAnswer& answer)
{
    if (answer.fault != RestFault::None || answer.httpStatus != httpOk)
        return std::unexpected(answer.errorText.toStdString());
    DepthParser parser; // once an hour: its megabytes need not stay
    auto info = parser.parseExchangeInfo({answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
    if (!info)
        return std::unexpected(std::string(toText(info.error().fault)) + ": " + info.error().detail);
    if (info->symbols.empty()) // taken at its word it would end every stream
        return std::unexpected("no symbols in the answer");
    return std::move(*info);
}

void ExchangeInfoClient::succeed(const ExchangeInfo& info)
{
    m_backoff.reset();
    m_rest.budget().setIpLimit(info.weightLimitPerMinute);
    ++m_status.succeeded;
    m_status.lastSuccessMs = utcMs();
    m_status.symbols = static_cast<int>(info.symbols.size());
    m_status.lastError.clear();
    if (m_limits.refreshMs > 0)
        m_timer.start(static_cast<int>(m_limits.refreshMs));
    m_sink.onInfo(info);
}

void ExchangeInfoClient::fail(const std::string& error)
{
    ++m_status.failed;
    m_status.lastError = error;
    const std::int64_t delayMs = m_backoff.nextDelayMs();
    m_timer.start(static_cast<int>(delayMs));
    qCWarning(lcInfo).noquote() << "exchangeInfo:" << QString::fromStdString(error) << "- again in" << delayMs << "ms";
    if (m_sink.onFailure)
        m_sink.onFailure(error);
}

} // namespace obm
