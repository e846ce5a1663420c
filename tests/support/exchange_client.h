// A plain client of Binance's protocol for tests: sockets and QJson only, nothing of obmonitor's own client.
#pragma once

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>

namespace obm::test {

struct ClientEvent
{
    QString stream; // empty: raw
    QString symbol;
    qint64 eventTimeMs = 0;
    qint64 firstId = 0;
    qint64 lastId = 0;
    qint64 previousLastId = 0;
    QJsonArray bids;
    QJsonArray asks;
    QByteArray data; // the data object, as received where it came raw or as the last field of its frame
};

class StreamClient : public QObject
{
public:
    explicit StreamClient(const QUrl& url)
    {
        connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) { onText(text); });
        connect(&m_socket, &QWebSocket::connected, this, [this] { m_connected = true; });
        connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_closed = true; });
        connect(&m_socket, &QWebSocket::pong, this, [this] { ++m_pongs; });
        m_socket.open(url);
    }

    void request(const QString& method, const QStringList& params, int id)
    {
        const QJsonObject body{{QStringLiteral("method"), method},
                               {QStringLiteral("params"), QJsonArray::fromStringList(params)},
                               {QStringLiteral("id"), id}};
        sendText(QString::fromUtf8(QJsonDocument(body).toJson(QJsonDocument::Compact)));
    }
    void sendText(const QString& text) { m_socket.sendTextMessage(text); }
    void ping() { m_socket.ping(); }
    void clear() { m_events.clear(); }

    [[nodiscard]] bool isConnected() const { return m_connected; }
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] int closeCode() const { return m_socket.closeCode(); }
    [[nodiscard]] int pongs() const { return m_pongs; }
    [[nodiscard]] const QList<ClientEvent>& events() const { return m_events; }
    [[nodiscard]] const QList<QJsonObject>& answers() const { return m_answers; } // what is no depth event
    [[nodiscard]] int maxFrameChars() const { return m_maxFrameChars; }

    [[nodiscard]] QList<ClientEvent> eventsOf(const QString& symbol) const
    {
        QList<ClientEvent> chosen;
        std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(chosen),
                     [&](const ClientEvent& event) { return event.symbol == symbol; });
        return chosen;
    }

private:
    void onText(const QString& text)
    {
        m_maxFrameChars = std::max(m_maxFrameChars, static_cast<int>(text.size()));
        const QByteArray bytes = text.toUtf8();
        const QJsonObject frame = QJsonDocument::fromJson(bytes).object();
        const bool combined = frame.contains(QLatin1String("stream"));
        const QJsonObject data = combined ? frame.value(QLatin1String("data")).toObject() : frame;
        if (data.value(QLatin1String("e")).toString() != QLatin1String("depthUpdate")) {
            m_answers << frame;
            return;
        }
        const auto number = [&data](const char* key) { return data.value(QLatin1String(key)).toInteger(); };
        const qsizetype dataFrom = combined ? bytes.indexOf("\"data\":") + 7 : 0;
        m_events << ClientEvent{frame.value(QLatin1String("stream")).toString(),
                                data.value(QLatin1String("s")).toString(),
                                number("E"),
                                number("U"),
                                number("u"),
                                number("pu"),
                                data.value(QLatin1String("b")).toArray(),
                                data.value(QLatin1String("a")).toArray(),
                                bytes.mid(dataFrom, bytes.size() - dataFrom - (combined ? 1 : 0))};
    }

    QWebSocket m_socket;
    QList<ClientEvent> m_events;
    QList<QJsonObject> m_answers;
    int m_pongs = 0;
    int m_maxFrameChars = 0;
    bool m_connected = false;
    bool m_closed = false;
};

struct RestReply
{
    int status = 0; // 0: no answer
    QByteArray body;
    QByteArray usedWeight;
    QByteArray retryAfter;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

class RestClient
{
public:
    explicit RestClient(QUrl base)
        : m_base(std::move(base))
    {}

    RestReply get(const QString& pathAndQuery)
    {
        constexpr int deadlineMs = 20'000;
        QNetworkRequest request(m_base.resolved(QUrl(pathAndQuery)));
        request.setTransferTimeout(deadlineMs);
        QNetworkReply* reply = m_network.get(request);
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        const RestReply result{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                               reply->rawHeader("X-MBX-USED-WEIGHT-1M"), reply->rawHeader("Retry-After")};
        reply->deleteLater();
        return result;
    }
    RestReply depth(const QString& symbol, int limit)
    {
        return get(QStringLiteral("/fapi/v1/depth?symbol=%1&limit=%2").arg(symbol).arg(limit));
    }

private:
    QUrl m_base;
    QNetworkAccessManager m_network;
};

} // namespace obm::test
