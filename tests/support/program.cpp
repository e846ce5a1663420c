#include "support/program.h"

#include <QDeadlineTimer>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>

namespace obm::test {

namespace {

constexpr int shownLinesMax = 80;

QProcessEnvironment cleanEnvironment(const QString& home, const Program::Variables& variables)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        if (name.startsWith(QLatin1String("OBMONITOR_")))
            environment.remove(name);
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    return environment;
}

} // namespace

Program::Program(QString name, const QStringList& arguments, const Variables& variables)
    : m_name(std::move(name))
{
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { take(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this] { take(); });
    m_process.setProcessEnvironment(cleanEnvironment(m_home.path(), variables));
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a test may crash
    m_process.start(QStringLiteral(OBM_PROGRAM), arguments);
    if (!m_process.waitForStarted(deadlineMs))
        qFatal("%s does not start: %s", OBM_PROGRAM, qPrintable(m_process.errorString()));
}

Program::~Program()
{
    if (isRunning()) {
        signal(SIGCONT);
        if (!stop())
            kill();
    }
    if (QTest::currentTestFailed())
        showOutput();
}

void Program::take()
{
    m_out += m_process.readAllStandardOutput();
    m_err += m_process.readAllStandardError();
}

QRegularExpressionMatch Program::await(const QString& pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    const QDeadlineTimer deadline(deadlineMs);
    for (;;) {
        const bool isLast = !isRunning() || deadline.hasExpired();
        take();
        for (const QByteArray& text : {m_out, m_err})
            if (const auto match = expression.match(QString::fromUtf8(text)); match.hasMatch())
                return match;
        if (isLast)
            return {};
        const qsizetype size = m_out.size() + m_err.size();
        (void)QTest::qWaitFor([&] { return m_out.size() + m_err.size() != size || !isRunning(); },
                              static_cast<int>(deadline.remainingTime()));
    }
}

std::optional<int> Program::awaitExit(int limitMs)
{
    const bool hasEnded = QTest::qWaitFor([this] { return !isRunning(); }, limitMs);
    take();
    if (!hasEnded || m_process.exitStatus() != QProcess::NormalExit)
        return std::nullopt;
    return m_process.exitCode();
}

void Program::signal(int number)
{
    if (isRunning())
        ::kill(static_cast<pid_t>(processId()), number);
}

std::optional<int> Program::stop()
{
    signal(SIGTERM);
    return awaitExit();
}

void Program::kill()
{
    m_process.kill();
    m_process.waitForFinished(deadlineMs);
    take();
}

void Program::showOutput() const
{
    const QStringList lines = (out() + err()).split(QLatin1Char('\n'));
    std::fprintf(stderr, "---- %s, its last lines:\n%s\n", qPrintable(m_name),
                 qPrintable(lines.mid(std::max<qsizetype>(0, lines.size() - shownLinesMax)).join(QLatin1Char('\n'))));
}

Program::Variables Program::inRuntimeFolder(const QString& folder)
{
    return {{QStringLiteral("XDG_RUNTIME_DIR"), folder}};
}

} // namespace obm::test
