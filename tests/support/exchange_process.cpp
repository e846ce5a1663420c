#include "support/exchange_process.h"

#include <QTest>

namespace obm::test {

ExchangeProcess::ExchangeProcess(QStringList arguments, TruthFile truthFile)
    : m_arguments(std::move(arguments))
    , m_truthFile(truthFile)
{
    start(0);
}

void ExchangeProcess::start(int port)
{
    QStringList own{QStringLiteral("exchange"), QStringLiteral("--port"), QString::number(port)};
    if (m_truthFile == TruthFile::Written) {
        m_truthFiles << m_folder.filePath(QStringLiteral("truth-%1.ndjson").arg(m_truthFiles.size()));
        own << QStringLiteral("--truth") << m_truthFiles.last();
    }
    m_program = std::make_unique<Program>(QStringLiteral("exchange"), own + m_arguments);
    const auto ready = m_program->await(QStringLiteral("^ws_url=(\\S+) rest_url=(\\S+)$"));
    if (!ready.hasMatch())
        qFatal("the exchange does not start: %s", qPrintable(m_program->err()));
    m_wsUrl = ready.captured(1);
    m_restUrl = QUrl(ready.captured(2));
}

void ExchangeProcess::restart()
{
    kill();
    start(m_restUrl.port());
}

QStringList ExchangeProcess::configuration() const
{
    return {QStringLiteral("--set"), QStringLiteral("exchange.ws_url=") + m_wsUrl, QStringLiteral("--set"),
            QStringLiteral("exchange.rest_url=") + m_restUrl.toString()};
}

QJsonObject ExchangeProcess::control(const QString& what)
{
    const RestReply reply = RestClient(m_restUrl).get(QStringLiteral("/control/") + what);
    if (reply.status != 200)
        qFatal("the exchange's control path: %s: %d %s", qPrintable(what), reply.status, reply.body.constData());
    return reply.json();
}

void ExchangeProcess::inject(const QString& fault)
{
    control(QStringLiteral("fault?spec=") + QString::fromLatin1(QUrl::toPercentEncoding(fault)));
}

void ExchangeProcess::clearFaults()
{
    control(QStringLiteral("fault?clear=1"));
}

int ExchangeProcess::faultHits()
{
    return control(QStringLiteral("state")).value(QLatin1String("faultHits")).toInt();
}

const TruthReader& ExchangeProcess::truth()
{
    if (m_program->isRunning())
        control(QStringLiteral("sync"));
    m_truth.clear();
    for (const QString& file : m_truthFiles)
        if (!m_truth.append(file))
            qFatal("%s cannot be read", qPrintable(file));
    return m_truth;
}

} // namespace obm::test
