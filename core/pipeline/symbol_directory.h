// Which symbols this process keeps: those of the configuration, or every trading perpetual, checked against
// exchangeInfo now and each hour. Configured symbols do not wait for the exchange's answer: they begin at once, and one
// that it does not know is named then. Thread: lives in the thread that made it (obm-book, or obm-feed in a pure
// producer); the callback comes there.
#pragma once

#include "config/config.h"
#include "exchange/exchange_info_client.h"
#include "exchange/rest_client.h"

#include <QObject>

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace obm {

struct SymbolSelection
{
    std::vector<std::string> symbols; // to keep, rejected ones included
    std::set<std::string> rejected;   // of these, unknown to the exchange: named, without a stream
    [[nodiscard]] std::vector<std::string> streamed() const;
    friend bool operator==(const SymbolSelection&, const SymbolSelection&) = default;
};

class SymbolDirectory : public QObject
{
    Q_OBJECT

public:
    SymbolDirectory(const ExchangeConfig& config, RestClient& rest,
                    std::function<void(const SymbolSelection&)> onChange);

    void start(); // calls back at once with the configured symbols; with `all` after the exchange's first answer
    [[nodiscard]] const ExchangeInfoClientStatus& status() const { return m_client.status(); }

private:
    void onInfo(const ExchangeInfo& info);
    void selectAll(std::vector<std::string> symbols);
    void select(SymbolSelection selection);

    std::vector<std::string> m_configured;
    bool m_all;
    std::function<void(const SymbolSelection&)> m_onChange;
    SymbolSelection m_selection;
    ExchangeInfoClient m_client;
};

} // namespace obm
