#include "support/live_window.h"

#include "ui/overview/overview_panel.h"

#include <QAbstractItemModel>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>

#include <algorithm>

namespace obm::test {

LiveWindow::LiveWindow(Config config)
{
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    config.kafka.bootstrapServers = "embedded";
    config.redis.url = m_redis.url();
    config.metrics.listen.clear();
    m_pipeline = std::make_unique<Pipeline>(std::move(config));
    if (const auto started = m_pipeline->start(); !started)
        qFatal("%s", qPrintable(started.error()));
    m_link = std::make_unique<LocalLink>(*m_pipeline);
    m_monitor = std::make_unique<Monitor>(m_link->config());
    m_window = std::make_unique<MainWindow>(*m_link, *m_monitor);
    m_window->resize(1280, 800); // larger than the screen that an offscreen platform has
    m_window->show();
}

QString LiveWindow::overview() const
{
    return find<OverviewPanel>("overviewPanel")->text();
}

int LiveWindow::liveBooks() const
{
    const auto book = status().book;
    return book ? static_cast<int>(std::ranges::count(book->set.books, SyncState::Live, &BookRow::state)) : 0;
}

int LiveWindow::rowWith(const char* table, const QStringList& texts) const
{
    const QAbstractItemModel* model = find<QTableView>(table)->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells << model->index(row, column).data().toString();
        const QString all = cells.join(QLatin1Char('\n'));
        if (std::ranges::all_of(texts, [&](const QString& text) { return all.contains(text); }))
            return row;
    }
    return -1;
}

qint64 LiveWindow::redisWrites()
{
    static const QRegularExpression calls(QStringLiteral("^cmdstat_(?:hset|set):calls=(\\d+)"),
                                          QRegularExpression::MultilineOption);
    qint64 sum = 0;
    auto found = calls.globalMatch(QString::fromStdString(m_redis.text({"INFO", "commandstats"})));
    while (found.hasNext())
        sum += found.next().captured(1).toLongLong();
    return sum;
}

} // namespace obm::test
