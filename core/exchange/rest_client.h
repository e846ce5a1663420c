// The one way to the exchange's REST: a GET with an overall deadline, a size limit, and the weight accounting of every
// answer. Shared by all clients of a process, so that they share one budget and one connection pool. Thread: lives in
// the thread that made it, with every client that uses it. Redirects are not followed; TLS is verified.
#pragma once

#include "config/config.h"
#include "exchange/weight_budget.h"
#include "market/depth_parser.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <unordered_map>

QT_FORWARD_DECLARE_CLASS(QNetworkReply)

namespace obm {

enum class RestFault { None, Unreachable, TimedOut, TooLarge };

struct RestAnswer
{
    RestFault fault = RestFault::None; // None: there is an HTTP status
    int httpStatus = 0;
    QByteArray body;
    QString errorText; // for a person; empty with a 200
};

struct RestLimits
{
    int deadlineMs = 10'000; // the whole request, not its pauses
    qint64 bodyBytesMax = maxRestBytes;
};

class RestClient : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(const RestAnswer&)>;

    explicit RestClient(const ExchangeConfig& config, const RestLimits& limits = {}, QObject* parent = nullptr);
    ~RestClient() override;

    // `query` is percent-encoded already. The caller asked budget().canSpend. The callback comes later, once, unless
    // the returned request is cancelled or `context` dies first.
    using RequestId = quint64;
    RequestId get(const QString& path, const QByteArray& query, int weight, QObject* context, Callback callback);
    // No callback then. Its weight stays spent, and its answer is still listened to: it may say that all must stop.
    void cancel(RequestId id);

    [[nodiscard]] WeightBudget& budget() { return m_budget; }
    // UTC, to be asked before anything of the budget: one that was set meanwhile is made known to it.
    [[nodiscard]] std::int64_t nowMs();

private:
    struct Request;
    void readBody(Request& request);
    void finish(RequestId id);
    [[nodiscard]] static RestAnswer answerOf(Request& request);
    void account(const Request& request, int httpStatus);

    QUrl m_baseUrl;
    RestLimits m_limits;
    WeightBudget m_budget;
    std::int64_t m_clockLeadMs; // of UTC before the steady clock, when it was looked at last
    QNetworkAccessManager m_network;
    std::unordered_map<RequestId, std::unique_ptr<Request>> m_requests;
    RequestId m_lastId = 0;
};

} // namespace obm
