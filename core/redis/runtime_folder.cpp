#include "redis/runtime_folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSaveFile>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcFolder, "obm.redis.embedded")

constexpr mode_t ownerOnly = 0700;

std::unexpected<RedisError> refused(const QString& folder, const std::string& why)
{
    return std::unexpected(RedisError{.kind = RedisErrorKind::Other, .text = folder.toStdString() + ": " + why});
}

enum class SocketState { Alive, Dead, Unknown };

SocketState stateOf(const QString& socketPath)
{
    sockaddr_un address{};
    const QByteArray path = QFile::encodeName(socketPath);
    if (static_cast<std::size_t>(path.size()) >= sizeof address.sun_path)
        return SocketState::Unknown;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return SocketState::Unknown;
    const int result = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int error = errno;
    ::close(fd);
    if (result == 0 || error == EAGAIN) // EAGAIN: its queue is full
        return SocketState::Alive;
    return error == ECONNREFUSED || error == ENOENT ? SocketState::Dead : SocketState::Unknown;
}

bool isProcessGone(qint64 processId)
{
    return ::kill(static_cast<pid_t>(processId), 0) != 0 && errno == ESRCH;
}

qint64 processIdOf(const QFileInfo& file)
{
    return file.completeBaseName().section(u'-', 1).toLongLong();
}

QString socketPathOf(const QFileInfo& file)
{
    return file.absolutePath() + u'/' + file.completeBaseName() + QStringLiteral(".sock");
}

QFileInfoList filesIn(const QString& folder, const QString& pattern)
{
    const QDir::Filters filters = QDir::Files | QDir::System | QDir::NoSymLinks;
    return QDir(folder).entryInfoList({pattern}, filters, QDir::Time);
}

std::optional<EmbeddedAnnouncement> readAnnouncement(const QFileInfo& file)
{
    constexpr qint64 bytesMax = 1024 * 1024;
    QFile input(file.filePath());
    if (!input.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(input.read(bytesMax));
    if (!document.isObject())
        return std::nullopt;
    EmbeddedAnnouncement announcement;
    announcement.url = document[u"url"].toString().toStdString();
    announcement.simulated = document[u"simulated"].toBool();
    announcement.kafka = document[u"kafka"].toString().toStdString();
    announcement.metrics = document[u"metrics"].toString().toStdString();
    for (const QJsonValue& symbol : document[u"symbols"].toArray())
        announcement.symbols.push_back(symbol.toString().toStdString());
    return announcement;
}

} // namespace

QString runtimeFolder()
{
    QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (base.isEmpty())
        base = QStringLiteral("/tmp");
    return base + QStringLiteral("/obmonitor-") + QString::number(::getuid());
}

std::expected<void, RedisError> prepareRuntimeFolder(const QString& folder)
{
    const QByteArray path = QFile::encodeName(folder);
    if (::mkdir(path.constData(), ownerOnly) != 0 && errno != EEXIST)
        return refused(folder, std::string("cannot be made: ") + std::strerror(errno));
    struct stat found{};
    if (::lstat(path.constData(), &found) != 0)
        return refused(folder, std::strerror(errno));
    if (!S_ISDIR(found.st_mode))
        return refused(folder, "is not a folder; remove it");
    if (found.st_uid != ::getuid())
        return refused(folder, "belongs to another user; remove it, or set XDG_RUNTIME_DIR");
    if ((found.st_mode & 0777) == ownerOnly)
        return {};
    qCWarning(lcFolder).noquote() << folder << "was open to others: narrowed to 0700";
    if (::chmod(path.constData(), ownerOnly) != 0)
        return refused(folder, std::string("cannot be narrowed to 0700: ") + std::strerror(errno));
    return {};
}

void removeStaleSockets(const QString& folder)
{
    for (const QFileInfo& file : filesIn(folder, QStringLiteral("redis-*"))) {
        const qint64 processId = processIdOf(file);
        const bool isLeftOver = processId == ::getpid() || (processId > 0 && isProcessGone(processId));
        if (isLeftOver && stateOf(socketPathOf(file)) == SocketState::Dead)
            QFile::remove(file.filePath());
    }
}

QString announcementPathOf(const QString& socketPath)
{
    const QFileInfo socket(socketPath);
    return socket.absolutePath() + u'/' + socket.completeBaseName() + QStringLiteral(".json");
}

bool announce(const QString& socketPath, const EmbeddedAnnouncement& announcement)
{
    QJsonArray symbols;
    for (const std::string& symbol : announcement.symbols)
        symbols.append(QString::fromStdString(symbol));
    const QJsonObject content{{QStringLiteral("url"), QString::fromStdString(announcement.url)},
                              {QStringLiteral("simulated"), announcement.simulated},
                              {QStringLiteral("symbols"), symbols},
                              {QStringLiteral("kafka"), QString::fromStdString(announcement.kafka)},
                              {QStringLiteral("metrics"), QString::fromStdString(announcement.metrics)}};
    QSaveFile file(announcementPathOf(socketPath));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(content).toJson(QJsonDocument::Compact)) > 0 &&
           file.commit();
}

std::optional<EmbeddedAnnouncement> newestAnnounced(const QString& folder, bool simulatedOnly)
{
    for (const QFileInfo& file : filesIn(folder, QStringLiteral("redis-*.json"))) {
        const std::optional<EmbeddedAnnouncement> announcement = readAnnouncement(file);
        const bool isWanted = announcement && (announcement->simulated || !simulatedOnly);
        if (isWanted && stateOf(socketPathOf(file)) == SocketState::Alive)
            return announcement;
    }
    return std::nullopt;
}

std::optional<EmbeddedAnnouncement> announcedAt(const QString& folder, const std::string& url)
{
    for (const QFileInfo& file : filesIn(folder, QStringLiteral("redis-*.json")))
        if (auto announcement = readAnnouncement(file); announcement && announcement->url == url)
            return announcement;
    return std::nullopt;
}

} // namespace obm
