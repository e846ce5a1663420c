// What redis-server itself takes, by redis-benchmark: HSETs of a value like the handler's, one connection.
#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QString>

#include <string>

namespace obm::bench {

// 0: there is no redis-benchmark.
inline double hsetsPerSecond(const QString& socketPath, const std::string& value)
{
    constexpr int limitMs = 60'000;
    QProcess process;
    process.start(QStringLiteral("redis-benchmark"),
                  {QStringLiteral("-s"), socketPath, QStringLiteral("-n"), QStringLiteral("100000"),
                   QStringLiteral("-c"), QStringLiteral("1"), QStringLiteral("-P"), QStringLiteral("2"),
                   QStringLiteral("-q"), QStringLiteral("HSET"), QStringLiteral("bench:live"),
                   QStringLiteral("BTCUSDT"), QString::fromStdString(value)});
    process.waitForFinished(limitMs);
    const QRegularExpression figure(QStringLiteral("([0-9.]+) requests per second"));
    return figure.match(QString::fromUtf8(process.readAllStandardOutput())).captured(1).toDouble();
}

} // namespace obm::bench
