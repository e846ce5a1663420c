#include "localexchange/local_exchange.h"

#include "localexchange/control.h"
#include "localexchange/fault_plan.h"
#include "localexchange/port.h"
#include "localexchange/recorded_market.h"
#include "localexchange/rest_api.h"
#include "localexchange/stream_faults.h"
#include "localexchange/stream_hub.h"
#include "localexchange/symbol_profile.h"
#include "localexchange/synthetic_market.h"
#include "localexchange/truth_log.h"

namespace obm {

using namespace localexchange;

namespace {

constexpr int defaultSymbolCount = 6;

std::expected<std::unique_ptr<Market>, QString> makeMarket(const LocalExchangeOptions& options)
{
    if (!options.recordingDir.isEmpty()) {
        auto recording = Recording::load(options.recordingDir);
        if (!recording)
            return std::unexpected(recording.error());
        return std::make_unique<RecordedMarket>(*std::move(recording), options.speed, options.loop);
    }
    const QStringList names = options.symbols.isEmpty() ? syntheticSymbols(defaultSymbolCount) : options.symbols;
    std::vector<std::string> symbols;
    for (const QString& name : names)
        symbols.push_back(name.toStdString());
    return std::make_unique<SyntheticMarket>(symbols, options.seed, options.busy);
}

QStringList namesOf(const std::vector<Listing>& listings)
{
    QStringList names;
    for (const Listing& listing : listings)
        names << QString::fromStdString(listing.symbol);
    return names;
}

} // namespace

// Declared in the order in which they depend on each other: connections go before streams, streams before the market.
struct LocalExchange::Impl
{
    struct Running
    {
        Running(LocalExchange& owner, std::unique_ptr<Market> source, const LocalExchangeOptions& options)
            : market(std::move(source))
            , listings(market->listings())
            , plan(options.seed)
            , hub(*market)
            , faults(plan, hub, namesOf(listings))
            , rest(*market, listings, plan, options.weightLimit)
            , control({owner, *market, listings, hub, plan, rest})
        {}

        std::unique_ptr<Market> market;
        std::vector<Listing> listings;
        TruthLog truth;
        FaultPlan plan;
        Port port;
        StreamHub hub;
        StreamFaults faults;
        RestApi rest;
        Control control;
    };

    LocalExchangeOptions options;
    std::unique_ptr<Running> running;

    void connectParts(LocalExchange& owner) const;
    void onEvent(const MarketEvent& event) const;
    [[nodiscard]] bool hit(FaultKind kind) const;
};

bool LocalExchange::Impl::hit(FaultKind kind) const
{
    return running->plan.hit(kind, QString(), running->faults.nowMs()).has_value();
}

void LocalExchange::Impl::onEvent(const MarketEvent& event) const
{
    const Listing& listing = running->listings[event.symbol];
    if (event.bookKnown && running->truth.isOpen())
        running->truth.write(listing.symbol, running->market->book(event.symbol, truthLevels));
    if (listing.status != "TRADING")
        return;
    if (options.onSend)
        options.onSend(listing.symbol, event.lastId, event.data);
    running->faults.pass(event);
}

void LocalExchange::Impl::connectParts(LocalExchange& owner) const
{
    Running& parts = *running;
    parts.market->onEvent = [this](const MarketEvent& event) { onEvent(event); };
    parts.market->onFinished = [&owner] { Q_EMIT owner.finished(); };
    parts.market->isBehind = [&parts] { return parts.hub.isBehind(); };
    parts.hub.onControl = [&parts](const QString& method, const QStringList& streams) {
        return parts.faults.replyTo(method, streams);
    };
    parts.port.mayConnect = [this] { return !hit(FaultKind::RefuseConnections); };
    parts.port.onWebSocket = [this, &parts](QWebSocket* socket, QTcpSocket* transport) {
        parts.hub.add(socket, transport, hit(FaultKind::SilentAck));
    };
    parts.port.onRequest = [&parts](const HttpRequest& request) {
        return Control::concerns(request) ? parts.control.answer(request)
                                          : parts.rest.answer(request, parts.faults.nowMs());
    };
}

LocalExchange::LocalExchange(LocalExchangeOptions options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Impl>())
{
    d->options = std::move(options);
}

LocalExchange::~LocalExchange() = default;

std::expected<void, QString> LocalExchange::start()
{
    auto market = makeMarket(d->options);
    if (!market)
        return std::unexpected(market.error());
    d->running = std::make_unique<Impl::Running>(*this, *std::move(market), d->options);
    d->connectParts(*this);
    if (!d->options.truthFile.isEmpty()) {
        if (const auto opened = d->running->truth.open(d->options.truthFile); !opened)
            return opened;
    }
    for (const Fault& fault : d->options.faults)
        inject(fault);
    return d->running->port.listen(d->options.port);
}

QUrl LocalExchange::wsUrl() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/public/stream").arg(d->running->port.number()));
}

QUrl LocalExchange::restUrl() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(d->running->port.number()));
}

QStringList LocalExchange::symbols() const
{
    return namesOf(d->running->listings);
}

void LocalExchange::inject(const Fault& fault)
{
    if (fault.kind == FaultKind::SnapshotStale)
        d->running->rest.keepBooks(fault.symbol);
    d->running->plan.add(fault, d->running->faults.nowMs());
    d->running->faults.onGiven(fault);
}

void LocalExchange::clearFaults()
{
    d->running->plan.clear();
}

bool LocalExchange::setListingStatus(const QString& symbol, const QString& status)
{
    for (Listing& listing : d->running->listings) {
        if (listing.symbol == symbol.toStdString()) {
            listing.status = status.toStdString();
            return true;
        }
    }
    return false;
}

void LocalExchange::flushTruth()
{
    d->running->truth.flush();
}

QStringList syntheticSymbols(int count)
{
    QStringList names;
    for (const std::string& name : symbolNames(count))
        names << QString::fromStdString(name);
    return names;
}

} // namespace obm
