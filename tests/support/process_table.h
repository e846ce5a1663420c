// What /proc says of other processes. Thread: any. A process that is gone has nothing.
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>
#include <QString>

namespace obm::test {

inline QByteArray ofProcess(qint64 processId, const char* what)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(processId).arg(QLatin1String(what)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray commandLineOf(qint64 processId)
{
    return ofProcess(processId, "cmdline").replace('\0', ' ');
}

inline QByteArray environmentOf(qint64 processId)
{
    return ofProcess(processId, "environ").replace('\0', '\n');
}

// The processes that a process has started and not yet awaited.
inline QList<qint64> childrenOf(qint64 processId)
{
    QList<qint64> children;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QByteArray stat = ofProcess(name.toLongLong(), "stat"); // "PID (NAME) STATE PARENT ..."; any NAME
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 1).simplified().split(' ');
        if (fields.size() > 1 && fields[1].toLongLong() == processId)
            children << name.toLongLong();
    }
    return children;
}

} // namespace obm::test
