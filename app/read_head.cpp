#include "app/read_head.h"

#include "app/read_page.h"
#include "app/unix_signals.h"
#include "redis/embedded_server.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace obm {

namespace {

constexpr int exitFailed = 1;

// Which Redis to read, once a running embedded one is found.
struct ReadTarget
{
    RedisConfig redis;
    bool isSimulated = false;
};

std::optional<ReadTarget> findTarget(const Config& config, const ReadOptions& options)
{
    if (!options.demo && !config.redis.isEmbedded())
        return ReadTarget{.redis = config.redis, .isSimulated = config.simulated};
    const std::optional<EmbeddedAnnouncement> running = EmbeddedServer::newestRunning(options.demo);
    if (!running)
        return std::nullopt;
    RedisConfig redis = config.redis;
    redis.url = running->url;
    return ReadTarget{.redis = std::move(redis), .isSimulated = running->simulated};
}

class ReadRun
{
public:
    ReadRun(const ReadTarget& target, const ReadOptions& options, const ReadOutput& output)
        : m_target(target)
        , m_options(options)
        , m_output(output)
        , m_symbol(QString::fromStdString(options.symbol).toUpper())
        , m_reader(target.redis)
    {}

    // One reading; false when there is nothing left to do.
    bool next();
    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void show(const BookReading& reading);
    void showMissing();
    void complain(const std::string& line);
    void redraw(const std::string& page);

    ReadTarget m_target;
    ReadOptions m_options;
    ReadOutput m_output;
    QString m_symbol;
    BookReader m_reader;
    std::string m_complaint; // said once, until something else has to be said
    std::ptrdiff_t m_linesShown = 0;
    int m_readings = 0;
    int m_exitCode = 0;
};

bool ReadRun::next()
{
    const auto reading = m_reader.read(m_symbol.toStdString());
    const bool isFound = reading && reading->live;
    if (!reading)
        complain(fmt::format("Redis at {}: {}; trying again", m_target.redis.url, reading.error().text));
    else if (isFound || (reading->status && !m_options.json))
        show(*reading);
    else
        showMissing();
    ++m_readings;
    const bool isLast = m_options.count && m_readings >= *m_options.count;
    m_exitCode = isLast && !isFound ? exitFailed : 0;
    m_output.out.flush();
    return !isLast && m_output.out.good(); // not good: whoever read our output has left
}

void ReadRun::show(const BookReading& reading)
{
    m_complaint.clear();
    if (m_options.json)
        m_output.out << *reading.live << '\n';
    else
        redraw(readPage(m_symbol, reading, m_target.isSimulated, QDateTime::currentMSecsSinceEpoch()).toStdString());
}

void ReadRun::showMissing()
{
    constexpr std::size_t namesMax = 10;
    const auto symbols = m_reader.symbols();
    if (!symbols)
        return complain(fmt::format("Redis at {}: {}; trying again", m_target.redis.url, symbols.error().text));
    const std::size_t named = std::min(symbols->size(), namesMax);
    std::string there = fmt::format("{}", fmt::join(symbols->begin(), symbols->begin() + named, ", "));
    if (named < symbols->size())
        there += fmt::format(" and {} more", symbols->size() - named);
    complain(fmt::format("{} is not in {}; there {}", m_symbol.toStdString(), m_target.redis.liveKey,
                         symbols->empty() ? "is no symbol at all" : "are " + there));
}

void ReadRun::complain(const std::string& line)
{
    if (line == m_complaint)
        return;
    m_complaint = line;
    m_linesShown = 0; // the page above stays, a new one begins below this line
    m_output.err << "obmonitor read: " << line << '\n' << std::flush;
}

// On a terminal a page takes the place of the one before it; elsewhere a blank line parts them.
void ReadRun::redraw(const std::string& page)
{
    if (m_output.isTerminal && m_linesShown > 0)
        m_output.out << "\x1b[" << m_linesShown << "A\x1b[J";
    else if (!m_output.isTerminal && m_readings > 0)
        m_output.out << '\n';
    m_output.out << page;
    m_linesShown = std::ranges::count(page, '\n');
}

} // namespace

int runRead(const Config& config, const ReadOptions& options)
{
    return runRead(config, options, {.out = std::cout, .err = std::cerr, .isTerminal = ::isatty(STDOUT_FILENO) == 1});
}

int runRead(const Config& config, const ReadOptions& options, const ReadOutput& output)
{
    const std::optional<ReadTarget> target = findTarget(config, options);
    if (!target) {
        output.err << "obmonitor read: no " << (options.demo ? "demo" : "embedded Redis") << " runs on this machine as "
                   << "this user; `obmonitor " << (options.demo ? "--demo" : "--embedded") << "` starts one\n";
        return exitFailed;
    }
    if (target->isSimulated && options.json) // a page says it itself
        output.err << "obmonitor read: SIMULATED data\n";
    const UnixSignals unixSignals([](int) { QCoreApplication::quit(); });
    ReadRun run(*target, options, output);
    if (!run.next())
        return run.exitCode();
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&run] {
        if (!run.next())
            QCoreApplication::exit(run.exitCode());
    });
    timer.start(options.intervalMs);
    return QCoreApplication::exec();
}

} // namespace obm
