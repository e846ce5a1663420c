// obmonitor as a process of its own, as a user starts it: what it prints, how it ends, signals to it.
// It sees none of the caller's configuration, and ends with the test whatever becomes of that; when a test has failed
// its output is shown. Thread: that of the test; all waits are for events, with a deadline.
#pragma once

#include <QByteArray>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <optional>

namespace obm::test {

class Program
{
public:
    static constexpr int deadlineMs = 30'000;
    using Variables = QMap<QString, QString>; // on top of its environment

    // name: for the output of a failed test.
    Program(QString name, const QStringList& arguments, const Variables& variables = {});
    ~Program();
    Program(const Program&) = delete;

    // The first match in what it has printed to either stream; waits for it. Invalid: it ended, or took too long.
    QRegularExpressionMatch await(const QString& pattern);
    // The exit code; none: it crashed, was killed or took too long.
    std::optional<int> awaitExit(int limitMs = deadlineMs);
    void signal(int number);
    // SIGTERM, then awaitExit().
    std::optional<int> stop();
    // SIGKILL, and gone.
    void kill();

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] QString out() const { return QString::fromUtf8(m_out); }
    [[nodiscard]] QString err() const { return QString::fromUtf8(m_err); }
    void showOutput() const;

    // Where the program keeps what belongs to the session; the default is a folder of its own.
    static Variables inRuntimeFolder(const QString& folder);

private:
    void take();

    QString m_name;
    QTemporaryDir m_home;
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

} // namespace obm::test
