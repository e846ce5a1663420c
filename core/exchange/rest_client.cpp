#include "exchange/rest_client.h"

#include "exchange/clock.h"

#include <QDateTime>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslError>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>

namespace obm {

namespace {

constexpr int httpOk = 200;

// Retry-After in seconds or as a date (RFC 9110, 10.2.3).
std::optional<std::int64_t> retryAfterMs(const QNetworkReply& reply, std::int64_t nowMs)
{
    const QByteArray text = reply.rawHeader("Retry-After").trimmed();
    bool isNumber = false;
    const qlonglong seconds = text.toLongLong(&isNumber);
    if (isNumber && seconds >= 0)
        return std::min<std::int64_t>(seconds, maxRetryAfterMs / 1000) * 1000;
    const QDateTime date = QDateTime::fromString(QString::fromLatin1(text), Qt::RFC2822Date);
    if (date.isValid())
        return std::max<std::int64_t>(0, date.toMSecsSinceEpoch() - nowMs);
    return std::nullopt;
}

} // namespace

struct RestClient::Request
{
    QNetworkReply* reply = nullptr; // owned; deleted later, for it may be emitting
    QTimer deadline;
    QByteArray body;
    RestFault fault = RestFault::None;
    QString tlsError;
    WeightBudget::SpendingId spending = 0;
    QPointer<QObject> context;
    Callback callback;

    ~Request()
    {
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    }
};

RestClient::RestClient(const ExchangeConfig& config, const RestLimits& limits, QObject* parent)
    : QObject(parent)
    , m_baseUrl(QString::fromStdString(config.restUrl))
    , m_limits(limits)
    , m_budget(config.weightPerMinute)
    , m_clockLeadMs(utcMs() - steadyMs())
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

RestClient::~RestClient() = default;

std::int64_t RestClient::nowMs()
{
    const std::int64_t nowMs = utcMs();
    const std::int64_t leadMs = nowMs - steadyMs();
    const std::int64_t jumpMs = leadMs - std::exchange(m_clockLeadMs, leadMs);
    if (std::abs(jumpMs) > minuteGuardMs)
        m_budget.onClockSet(jumpMs, nowMs);
    return nowMs;
}

RestClient::RequestId RestClient::get(const QString& path, const QByteArray& query, int weight, QObject* context,
                                      Callback callback)
{
    QUrl url = m_baseUrl;
    url.setPath(url.path() + path);
    url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    const RequestId id = ++m_lastId;
    Request& request = *(m_requests[id] = std::make_unique<Request>());
    request.spending = m_budget.spend(weight, nowMs());
    request.context = context;
    request.callback = std::move(callback);
    request.reply = m_network.get(QNetworkRequest(url));
    connect(request.reply, &QNetworkReply::readyRead, this, [this, &request] { readBody(request); });
    connect(request.reply, &QNetworkReply::sslErrors, this, [&request](const QList<QSslError>& errors) {
        for (const QSslError& error : errors)
            request.tlsError += error.errorString() + QStringLiteral("; ");
    });
    connect(request.reply, &QNetworkReply::finished, this, [this, id] { finish(id); }, Qt::QueuedConnection);
    request.deadline.setSingleShot(true);
    connect(&request.deadline, &QTimer::timeout, this, [&request] {
        request.fault = RestFault::TimedOut;
        request.reply->abort();
    });
    request.deadline.start(m_limits.deadlineMs);
    return id;
}

void RestClient::cancel(RequestId id)
{
    if (const auto found = m_requests.find(id); found != m_requests.end())
        found->second->callback = nullptr;
}

void RestClient::readBody(Request& request)
{
    if (request.fault != RestFault::None)
        return;
    request.body += request.reply->readAll();
    if (request.body.size() <= m_limits.bodyBytesMax)
        return;
    request.fault = RestFault::TooLarge;
    request.body.clear();
    request.reply->abort();
}

void RestClient::finish(RequestId id)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    const std::unique_ptr<Request> request = std::move(found->second);
    m_requests.erase(found);
    if (request->reply->isOpen())
        readBody(*request);
    const RestAnswer answer = answerOf(*request);
    account(*request, answer.httpStatus);
    if (request->context && request->callback)
        request->callback(answer);
}

RestAnswer RestClient::answerOf(Request& request)
{
    RestAnswer answer;
    const QNetworkReply& reply = *request.reply;
    answer.httpStatus = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.fault = request.fault;
    answer.body = std::move(request.body);
    if (answer.fault == RestFault::TimedOut)
        answer.errorText = QStringLiteral("no complete answer within %1 ms").arg(request.deadline.interval());
    else if (answer.fault == RestFault::TooLarge)
        answer.errorText = QStringLiteral("the answer is too large");
    else if (answer.httpStatus != httpOk && answer.httpStatus != 0)
        answer.errorText = QStringLiteral("HTTP %1").arg(answer.httpStatus); // a redirect included: none is followed
    else if (reply.error() != QNetworkReply::NoError)
        answer.errorText =
            request.tlsError.isEmpty() ? reply.errorString() : QStringLiteral("TLS refused: ") + request.tlsError;
    // An HTTP error has its status; without one, or with 200 and an error, the connection broke off.
    const bool isComplete = reply.error() == QNetworkReply::NoError || answer.httpStatus >= 300;
    if (answer.fault == RestFault::None && (!isComplete || answer.httpStatus == 0))
        answer.fault = RestFault::Unreachable;
    return answer;
}

void RestClient::account(const Request& request, int httpStatus)
{
    const std::int64_t answeredMs = nowMs();
    m_budget.onAnswered(request.spending, answeredMs);
    bool hasHeader = false;
    const int used = request.reply->rawHeader("X-MBX-USED-WEIGHT-1M").toInt(&hasHeader);
    if (hasHeader)
        m_budget.onUsedWeightHeader(used, answeredMs);
    m_budget.onHttpStatus(httpStatus, retryAfterMs(*request.reply, answeredMs), answeredMs);
}

} // namespace obm
