#include "viewer/metrics_watch.h"

#include "concurrent/clock.h"
#include "monitor/words.h"

#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <utility>

namespace obm {

MetricsWatch::MetricsWatch(const std::string& url)
    : m_url(QString::fromStdString(url))
    , m_whyNot(url.empty() ? obm::words("no metrics: viewer.metrics_url is not set")
                           : obm::words("the metrics were not read yet"))
{
    if (url.empty())
        return;
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MetricsWatch::ask);
    m_timer.start(0);
}

void MetricsWatch::ask()
{
    QNetworkRequest request(m_url);
    request.setTransferTimeout(deadlineMs);
    QNetworkReply* const reply = m_network.get(request);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > bytesMax)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        take(*reply);
        reply->deleteLater();
    });
}

void MetricsWatch::take(QNetworkReply& reply)
{
    if (reply.error() != QNetworkReply::NoError)
        return fail(reply.errorString().toStdString());
    const auto samples = parseMetrics(reply.readAll().toStdString());
    if (!samples)
        return fail(samples.error());
    ToldStatus told = toldStatus(*samples);
    BrokerLinkStatus& broker = told.feed.producer.broker; // since when is not told
    const bool isAsBefore = m_told && m_told->feed.producer.broker.state == broker.state;
    broker.sinceMs = isAsBefore ? m_told->feed.producer.broker.sinceMs : epochMs();
    m_told = std::move(told);
    m_whyNot.clear();
    m_timer.start(readMs);
}

void MetricsWatch::fail(const std::string& why)
{
    m_told.reset();
    m_whyNot = obm::words("no metrics: {}", why);
    m_timer.start(std::clamp(2 * m_timer.interval(), readMs, readAgainMsMax));
}

} // namespace obm
