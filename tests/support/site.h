// What an end-to-end test runs: one exchange, one Kafka, one Redis, the programs between them, and a watch on the
// books. Ended in order with the test; a failed test shows what every process said. Thread: that of the test.
#pragma once

#include "support/book_watch.h"
#include "support/exchange_process.h"
#include "support/program.h"
#include "support/redis_process.h"
#include "support/site_kafka.h"

#include <QStringList>

#include <map>
#include <memory>
#include <string>

namespace obm::test {

class Site
{
public:
    static constexpr int limitMs = 30'000; // for what takes seconds, on a loaded machine

    // symbols: those that the exchange plays. exchangeArguments: more of them.
    Site(QStringList symbols, const QStringList& exchangeArguments);
    ~Site();

    // Starts obmonitor with this exchange and Redis, headless, with metrics on a free port; more arguments behind.
    Program& run(const QString& name, const QStringList& arguments, const Program::Variables& variables = {});
    Program& program(const QString& name) { return *m_programs.at(name); }
    // The whole pipeline in one program, "all".
    Program& runAll(const QStringList& more = {});

    ExchangeProcess exchange;
    SiteKafka kafka;
    RedisProcess redis;
    BookWatch watch;

    [[nodiscard]] const QStringList& symbols() const { return m_symbols; }
    // Where a program that was run found itself: "127.0.0.1:1234".
    std::string kafkaServers(const QString& name = QStringLiteral("all"));
    RestReply get(const QString& path, const QString& name = QStringLiteral("all")); // of its metrics' port

    // Sum over the labels that contain `label`; -1: no such metric.
    double metric(const QString& metric, const QString& label = {}, const QString& name = QStringLiteral("all"));
    // It got no snapshot but those of audits. One that came and is not judged yet is not counted among them.
    [[nodiscard]] bool awaitNoSnapshotNeeded(const QString& name, int withinMs = limitMs);

    // Every symbol's status is live, and Redis has its book.
    [[nodiscard]] bool allLive();
    [[nodiscard]] bool awaitAllLive(int withinMs = limitMs);
    // Redis comes to hold, of every symbol, at least what the exchange has said by now.
    [[nodiscard]] bool awaitCaughtUp();
    // kill -9; returns its truth. The watch is paused: what the exchange had sent and not yet written down, nobody can
    // compare. Once it is started again: whether Redis holds no book any more, live or whole, of the old one.
    TruthReader killExchange();
    [[nodiscard]] bool hasOnlyBooksSince(const TruthReader& ofTheOld);
    // Empty: all that was seen until now is the truth. Else what is wrong.
    [[nodiscard]] QString fault();
    // Where each message of Kafka's topic that a whole book names is not the one with its u; empty: none.
    [[nodiscard]] QString originFault(const std::string& servers) const;
    // In a test's cleanup().
    void showOutputOnFailure() const;

private:
    QStringList m_symbols;
    std::map<QString, std::unique_ptr<Program>> m_programs;
};

} // namespace obm::test
