#include "log/log_output.h"

#include "log/log_format.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <atomic>
#include <cerrno>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

namespace obm {

namespace {

// Qt's handler is a plain function, so the object it leads to has to be found somewhere.
std::atomic<LogOutput*> installed = nullptr;

constexpr std::size_t columnsDefault = 80;
constexpr const char* toLineStart = "\r\x1b[K"; // and clear the line

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    std::unreachable();
}

// Below the level a message is not even put together.
QString filterRules(LogLevel level)
{
    QString rules;
    if (level > LogLevel::Debug)
        rules += QStringLiteral("*.debug=false\n");
    if (level > LogLevel::Info)
        rules += QStringLiteral("*.info=false\n");
    if (level > LogLevel::Warning)
        rules += QStringLiteral("*.warning=false\n");
    return rules;
}

std::size_t columnsOf(int fd)
{
    winsize size{};
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : columnsDefault;
}

// A pipe that was closed costs the line and nothing else: main() ignores SIGPIPE.
void writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return;
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

} // namespace

LogOutput::LogOutput(const LogConfig& config, int fd)
    : m_config(config)
    , m_fd(fd)
    , m_isTerminal(isatty(fd) == 1)
{
    if (installed.exchange(this) != nullptr)
        qFatal("two log outputs at a time");
    QLoggingCategory::setFilterRules(filterRules(config.level));
    m_before = qInstallMessageHandler(&LogOutput::onQtMessage);
}

LogOutput::~LogOutput()
{
    qInstallMessageHandler(m_before);
    QLoggingCategory::setFilterRules(QString());
    installed = nullptr;
    clearStatusLine();
}

void LogOutput::onQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (LogOutput* output = installed.load())
        output->log(type, context, text);
}

void LogOutput::log(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const LogLevel level = levelOf(type);
    if (level < m_config.level) // QT_LOGGING_RULES may have let it through
        return;
    const std::string utf8 = text.toStdString();
    const LogLine line{QDateTime::currentMSecsSinceEpoch(), level,
                       context.category == nullptr ? "default" : context.category, utf8};
    const std::string bytes = m_config.format == LogFormat::Json ? toJson(line) : toText(line);
    const std::scoped_lock lock(m_mutex);
    redraw(bytes);
}

void LogOutput::setStatusLine(const std::string& text)
{
    if (!m_isTerminal)
        return;
    if (text.empty())
        return clearStatusLine();
    const std::scoped_lock lock(m_mutex);
    m_statusLine = text;
    redraw("");
}

void LogOutput::clearStatusLine()
{
    if (!m_isTerminal)
        return;
    const std::scoped_lock lock(m_mutex);
    if (m_statusLine.empty())
        return;
    m_statusLine.clear();
    writeAll(m_fd, toLineStart);
}

// The lines take the place of the status line, which follows them.
void LogOutput::redraw(const std::string& lines)
{
    if (m_statusLine.empty())
        return writeAll(m_fd, lines);
    const std::size_t columns = columnsOf(m_fd) - 1; // in the last one terminals wrap, some at once
    writeAll(m_fd, toLineStart + lines + cutToColumns(m_statusLine, columns));
}

} // namespace obm
