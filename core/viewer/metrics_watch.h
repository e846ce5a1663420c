// Reads another process' /metrics once a second.
// Thread: lives in the thread that made it. Errors: a sentence in whyNot().
#pragma once

#include "viewer/told_status.h"

#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

#include <optional>
#include <string>

QT_FORWARD_DECLARE_CLASS(QNetworkReply)

namespace obm {

class MetricsWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr int readMs = 1'000;
    static constexpr int readAgainMsMax = 8'000; // after failures
    static constexpr int deadlineMs = 3'000;
    static constexpr qint64 bytesMax = 16 * 1024 * 1024;

    // An empty URL is never read.
    explicit MetricsWatch(const std::string& url);

    [[nodiscard]] const std::optional<ToldStatus>& told() const { return m_told; }
    // Why nothing is told now; empty where something is.
    [[nodiscard]] const std::string& whyNot() const { return m_whyNot; }

private:
    void ask();
    void take(QNetworkReply& reply);
    void fail(const std::string& why);

    QUrl m_url;
    QNetworkAccessManager m_network;
    QTimer m_timer;
    std::optional<ToldStatus> m_told;
    std::string m_whyNot;
};

} // namespace obm
