// A way to Redis that can be held: what a client sends waits on it, and arrives when it is released. A write whose
// sender is frozen meanwhile arrives long after its time. Thread: the test's, whose event loop has to run.
#pragma once

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <vector>

namespace obm::test {

class HeldLink : public QObject
{
public:
    explicit HeldLink(QString serverPath)
        : m_serverPath(std::move(serverPath))
    {
        connect(&m_listener, &QLocalServer::newConnection, this, &HeldLink::join);
        if (!m_listener.listen(m_folder.filePath(QStringLiteral("link"))))
            qFatal("%s", qPrintable(m_listener.errorString()));
    }

    [[nodiscard]] QString url() const { return QStringLiteral("unix://") + m_listener.fullServerName(); }

    void hold() { m_isHeld = true; }
    [[nodiscard]] bool holdsSomething() const
    {
        return std::ranges::any_of(m_pairs, [](const auto& pair) { return pair->client->bytesAvailable() > 0; });
    }
    // What Redis has answered since the release, in its protocol's bytes.
    [[nodiscard]] const QByteArray& answer() const { return m_answer; }
    void release()
    {
        m_isHeld = false;
        m_answer.clear();
        for (const auto& pair : m_pairs)
            forward(*pair);
    }

private:
    struct Pair
    {
        QLocalSocket* client;
        QLocalSocket server;
    };

    void join()
    {
        while (QLocalSocket* client = m_listener.nextPendingConnection()) {
            Pair& pair = *m_pairs.emplace_back(std::make_unique<Pair>(client));
            pair.server.connectToServer(m_serverPath);
            connect(client, &QLocalSocket::readyRead, this, [this, &pair] { forward(pair); });
            connect(client, &QLocalSocket::disconnected, &pair.server, &QLocalSocket::disconnectFromServer);
            connect(&pair.server, &QLocalSocket::readyRead, this, [this, &pair] { giveBack(pair); });
            connect(&pair.server, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
            forward(pair);
        }
    }

    void forward(Pair& pair)
    {
        if (!m_isHeld)
            pair.server.write(pair.client->readAll());
    }

    void giveBack(Pair& pair)
    {
        const QByteArray bytes = pair.server.readAll();
        m_answer += bytes;
        pair.client->write(bytes);
    }

    QString m_serverPath;
    QTemporaryDir m_folder;
    QLocalServer m_listener;
    std::vector<std::unique_ptr<Pair>> m_pairs; // the clients are the listener's children
    bool m_isHeld = false;
    QByteArray m_answer;
};

} // namespace obm::test
