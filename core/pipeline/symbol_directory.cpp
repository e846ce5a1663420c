#include "pipeline/symbol_directory.h"

#include "config/config_rules.h"

#include <QLoggingCategory>

#include <algorithm>
#include <iterator>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcSymbols, "obm.symbols")

std::vector<std::string> without(const std::vector<std::string>& all, const std::vector<std::string>& some)
{
    std::vector<std::string> rest;
    std::ranges::copy_if(all, std::back_inserter(rest),
                         [&](const std::string& symbol) { return std::ranges::find(some, symbol) == some.end(); });
    return rest;
}

void say(const char* what, const std::vector<std::string>& symbols)
{
    QStringList names;
    for (const std::string& symbol : symbols)
        names << QString::fromStdString(symbol);
    if (!names.isEmpty())
        qCInfo(lcSymbols).noquote() << what << names.join(QStringLiteral(", "));
}

} // namespace

std::vector<std::string> SymbolSelection::streamed() const
{
    return without(symbols, {rejected.begin(), rejected.end()});
}

SymbolDirectory::SymbolDirectory(const ExchangeConfig& config, RestClient& rest,
                                 std::function<void(const SymbolSelection&)> onChange)
    : m_configured(config.symbols)
    , m_all(config.allSymbols)
    , m_onChange(std::move(onChange))
    , m_client(rest, {[this](const ExchangeInfo& info) { onInfo(info); }, {}})
{}

void SymbolDirectory::start()
{
    if (!m_all)
        select({m_configured, {}});
    m_client.start();
}

void SymbolDirectory::onInfo(const ExchangeInfo& info)
{
    if (m_all) {
        selectAll(tradingPerpetuals(info));
        return;
    }
    std::set<std::string_view> known;
    for (const SymbolListing& listing : info.symbols)
        known.insert(listing.symbol);
    SymbolSelection selection{m_configured, {}};
    for (const std::string& symbol : m_configured)
        if (!known.contains(symbol))
            selection.rejected.insert(symbol);
    for (const std::string& symbol : selection.rejected)
        if (!m_selection.rejected.contains(symbol))
            qCWarning(lcSymbols).noquote()
                << QString::fromStdString(symbol) << "is rejected: the exchange does not know it";
    select(std::move(selection));
}

// While the exchange halts all trading its symbols are not gone: their books would be deleted in Redis.
void SymbolDirectory::selectAll(std::vector<std::string> symbols)
{
    if (symbols.empty())
        qCWarning(lcSymbols) << "exchangeInfo names no symbol that trades: the selection stays as it is";
    else if (symbols.size() > symbolsMax)
        qCWarning(lcSymbols) << "exchangeInfo names" << symbols.size() << "symbols, over the limit of" << symbolsMax
                             << ": the selection stays as it is";
    else
        select({std::move(symbols), {}});
}

void SymbolDirectory::select(SymbolSelection selection)
{
    if (selection == m_selection)
        return;
    if (m_all && !m_selection.symbols.empty()) {
        say("new at the exchange:", without(selection.symbols, m_selection.symbols));
        say("gone from the exchange:", without(m_selection.symbols, selection.symbols));
    }
    m_selection = std::move(selection);
    m_onChange(m_selection);
}

} // namespace obm
