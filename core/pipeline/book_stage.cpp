#include "pipeline/book_stage.h"

#include "concurrent/clock.h"
#include "kafka/partitioner.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcBook, "obm.book")

constexpr int auditShare = 10; // audits use a tenth of the weight

BookSetLimits bookLimits(const Config& config)
{
    BookSetLimits limits;
    limits.liveLevels = static_cast<std::size_t>(config.redis.liveLevels);
    limits.fullIntervalMs = config.redis.fullIntervalMs;
    limits.sync.snapshotLimit = static_cast<std::size_t>(config.exchange.snapshotLimit);
    const int weight = depthWeight(config.exchange.snapshotLimit);
    limits.auditIntervalMs = minuteMs * weight * auditShare / config.exchange.weightPerMinute;
    limits.coldAtOnceMax = config.exchange.weightPerMinute / weight;
    return limits;
}

SymbolStamp stampOf(const BookRow& row, std::int64_t nowEpochMs)
{
    return {row.symbol,
            {.state = row.state,
             .lastId = row.lastId,
             .ageMs = row.eventAgeMs.value_or(row.stateForMs),
             .gaps = row.counters.gaps,
             .resyncs = row.counters.resyncs,
             .owner = {},
             .updatedAtMs = nowEpochMs}};
}

} // namespace

BookStage::BookStage(const Config& config, Outputs outputs)
    : m_config(config)
    , m_outputs(std::move(outputs))
    , m_rest(config.exchange)
    , m_snapshots(m_rest, config.exchange.snapshotLimit,
                  {[this](const std::string& symbol) { m_books.onSnapshotRequested(symbol); },
                   [this](const std::string& symbol, SnapshotResult result) { onSnapshot(symbol, std::move(result)); }})
    , m_directory(config.exchange, m_rest, [this](const SymbolSelection& selection) { select(selection); })
    , m_books(bookLimits(config), {&steadyUs, &epochMs}, bookOutputs())
    , m_leftBooks(config.redis, config.exchange.restUrl)
    , m_wishNotifier(m_outputs.inbox.wishFileDescriptor(), QSocketNotifier::Read)
{
    connect(&m_tickTimer, &QTimer::timeout, this, &BookStage::tick);
    m_tickTimer.start(statusIntervalMs);
    connect(&m_stampTimer, &QTimer::timeout, this, &BookStage::putStamps);
    m_stampTimer.start(stampIntervalMs);
    connect(&m_boardTimer, &QTimer::timeout, this, &BookStage::refreshBoard);
    m_fullTimer.setSingleShot(true);
    m_fullTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_fullTimer, &QTimer::timeout, this, &BookStage::publish);
    connect(&m_wishNotifier, &QSocketNotifier::activated, this, [this] {
        m_outputs.inbox.acknowledgeWish();
        if (m_outputs.inbox.takeAllWanted())
            m_books.handOnAll();
        publish();
    });
    m_directory.start();
    publishStatus();
}

// Not before the symbols are known: the first assignment is when books are resumed.
void BookStage::join()
{
    if (auto consumer = Consumer::create(m_config.kafka, consumerCallbacks()))
        m_consumer = std::move(*consumer);
    else
        m_outputs.onFatal(QString::fromStdString(consumer.error().text));
}

BookSetOutputs BookStage::bookOutputs()
{
    return {
        .requestSnapshot = [this](const std::string& symbol, int priority) { m_snapshots.request(symbol, priority); },
        .cancelSnapshot = [this](const std::string& symbol) { m_snapshots.cancel(symbol); },
        .kept =
            [this](const std::vector<std::string>& symbols) {
                m_outputs.inbox.change(OwnershipChange::Kind::Claim, symbols);
            },
        .live =
            [this](BookText text) {
                m_outputs.board.keepTop(text);
                m_outputs.inbox.putLive(std::move(text));
            },
        .full = [this](BookText text) { m_outputs.inbox.putFull(std::move(text)); },
        .hasRoomForFull = [this] { return m_outputs.inbox.hasRoom(); }};
}

ConsumerCallbacks BookStage::consumerCallbacks()
{
    return {.onMessage = [this](const ConsumedMessage& message) { onMessage(message); },
            .onBatchEnd = [this] { publish(); },
            .onAssigned = [this](const std::vector<int>& partitions) { return onAssigned(partitions); },
            .onRevoked = [this](const std::vector<int>& partitions) { onRevoked(partitions); }};
}

void BookStage::select(const SymbolSelection& selection)
{
    const SymbolSelection before = std::exchange(m_selection, selection);
    m_outputs.symbols(selection.streamed());
    if (!m_consumer)
        join();
    if (m_partitionCount == 0)
        return; // where the symbols belong is known with the first assignment
    place();
    rejectUnknown();
    for (const std::string& symbol : before.rejected)
        if (!selection.rejected.contains(symbol))
            m_books.onListed(symbol);
}

void BookStage::place()
{
    const std::vector<std::string> gone =
        m_books.setSymbols(m_selection.symbols,
                           [count = m_partitionCount](std::string_view symbol) { return partitionOf(symbol, count); });
    if (!gone.empty())
        m_outputs.inbox.change(OwnershipChange::Kind::Remove, gone);
}

void BookStage::rejectUnknown()
{
    for (const std::string& symbol : m_selection.rejected)
        m_books.onRejected(symbol);
}

std::map<int, std::int64_t> BookStage::onAssigned(const std::vector<int>& partitions)
{
    if (const int count = m_consumer->partitionCount(); count > 0)
        m_partitionCount = count;
    else if (m_partitionCount == 0)
        m_partitionCount = m_config.kafka.partitions;
    place();
    const LeftBooks left = m_leftBooks.read(m_books.newcomers(partitions));
    const std::map<int, std::int64_t> resumed = m_books.assign(partitions, left);
    rejectUnknown(); // a book begins anew with its assignment, and the exchange may have been asked before
    qCInfo(lcBook) << "assigned" << partitions.size() << "of" << m_partitionCount << "partitions," << resumed.size()
                   << "with books to go on with," << left.size() << "books found in Redis";
    putStamps();
    return resumed;
}

void BookStage::onRevoked(const std::vector<int>& partitions)
{
    if (m_finishing)
        m_books.publishRest();
    const std::vector<std::string> released = m_books.revoke(partitions);
    if (!m_finishing) // else the store writes what it has and releases everything itself
        m_outputs.inbox.change(OwnershipChange::Kind::Release, released);
    qCInfo(lcBook) << "gave back" << partitions.size() << "partitions with" << released.size() << "books";
}

void BookStage::onMessage(const ConsumedMessage& message)
{
    m_books.onMessage(
        {message.key, message.value, message.partition, message.offset, message.timestampMs, message.mark});
    m_consumer->markApplied(message.partition, message.offset);
}

void BookStage::onSnapshot(const std::string& symbol, SnapshotResult result)
{
    if (result) {
        m_books.onSnapshot(symbol, *result);
        publish();
    } else if (result.error().isFinal()) {
        qCWarning(lcBook).noquote() << "the exchange refuses the snapshot of" << QString::fromStdString(symbol) << ':'
                                    << QString::fromStdString(result.error().detail);
        m_books.onSnapshotRefused(symbol);
    } else {
        m_books.onSnapshotFailed(symbol);
    }
}

void BookStage::publish()
{
    m_books.publish();
    m_outputs.inbox.wake();
    if (const auto due = m_books.nextFullMs())
        m_fullTimer.start(static_cast<int>(std::max<std::int64_t>(0, *due - steadyMs())));
}

void BookStage::tick()
{
    m_books.tick();
    publishStatus();
    if (m_outputs.board.watched().empty())
        m_boardTimer.stop();
    else if (!m_boardTimer.isActive())
        m_boardTimer.start(BookBoard::refreshMs);
}

void BookStage::refreshBoard()
{
    for (const auto& [symbol, levelsMax] : m_outputs.board.watched())
        m_outputs.board.publish(symbol, m_books.view(symbol, levelsMax));
}

void BookStage::putStamps()
{
    std::vector<SymbolStamp> stamps;
    const std::int64_t now = epochMs();
    for (const BookRow& row : m_books.status().books)
        stamps.push_back(stampOf(row, now));
    m_outputs.inbox.putStamps(std::move(stamps));
}

void BookStage::publishStatus()
{
    BookStatus status{steadyMs(),           m_books.status(),     m_consumer ? m_consumer->status() : ConsumerStatus{},
                      m_snapshots.status(), m_directory.status(), m_snapshots.places()};
    m_journal.note(status.set, status.takenMs);
    m_outputs.status.publish(std::move(status));
}

void BookStage::resync(const std::string& symbol)
{
    m_books.resync(symbol);
}

void BookStage::finish()
{
    m_finishing = true;
    if (m_consumer && !m_consumer->stop())
        qCWarning(lcBook) << "leaving the consumer group took too long";
    m_tickTimer.stop();
    m_stampTimer.stop();
}

} // namespace obm
