#include "pipeline/pipeline.h"

#include <QLoggingCategory>

#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcPipeline, "obm.pipeline")

} // namespace

Pipeline::Pipeline(Config config, bool takeOver)
    : m_config(std::move(config))
    , m_takeOver(takeOver)
{}

Pipeline::~Pipeline()
{
    stop();
}

std::expected<void, QString> Pipeline::start()
{
    auto actual = m_localParts.start(m_config);
    if (!actual)
        return std::unexpected(actual.error());
    m_config = std::move(*actual);
    const Role role = m_config.pipeline.role;
    if (role != Role::Producer) {
        startStore();
        startBook();
    }
    if (role != Role::Handler)
        startFeed();
    return {};
}

void Pipeline::startStore()
{
    m_store.start([this] {
        return std::make_unique<StoreStage>(m_config.redis, m_config.exchange.restUrl, m_takeOver, m_inbox,
                                            m_storeStatus);
    });
}

void Pipeline::startBook()
{
    const auto onSymbols = [this](const std::vector<std::string>& symbols) {
        QMetaObject::invokeMethod(
            this, [this, symbols] { m_feed.post([symbols](FeedStage& feed) { feed.setSymbols(symbols); }); });
    };
    m_book.start([this, onSymbols] {
        return std::make_unique<BookStage>(m_config,
                                           BookStage::Outputs{m_inbox, m_board, m_bookStatus, onSymbols,
                                                              [this](const QString& line) { reportFatal(line); }});
    });
}

void Pipeline::startFeed()
{
    m_feed.start([this] {
        return std::make_unique<FeedStage>(m_config, m_feedStatus, [this](const QString& line) { reportFatal(line); });
    });
}

void Pipeline::reportFatal(const QString& line)
{
    QMetaObject::invokeMethod(this, [this, line] { Q_EMIT failed(line); });
}

QStringList Pipeline::stop()
{
    QStringList late;
    stopStage(m_feed, feedDeadline, late);
    stopStage(m_book, bookDeadline, late);
    stopStage(m_store, storeDeadline, late);
    return late;
}

template <typename Stage>
void Pipeline::stopStage(StageThread<Stage>& thread, std::chrono::milliseconds deadline, QStringList& late)
{
    thread.post([](Stage& stage) { stage.finish(); });
    if (thread.quit(deadline))
        return;
    late << thread.name();
    qCCritical(lcPipeline).noquote() << thread.name() << "did not end within" << deadline.count() << "ms";
}

PipelineStatus Pipeline::status() const
{
    return {m_feedStatus.get(), m_bookStatus.get(), m_storeStatus.get()};
}

void Pipeline::resync(const std::string& symbol)
{
    m_book.post([symbol](BookStage& book) { book.resync(symbol); });
}

} // namespace obm
