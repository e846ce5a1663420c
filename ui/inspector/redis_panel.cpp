#include "ui/inspector/redis_panel.h"

#include "ui/format/format.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace obm {

QString factsOf(const RedisBook& book, std::int64_t nowEpochMs)
{
    QStringList parts;
    if (book.lastId > 0)
        parts << RedisPanel::tr("u %1").arg(book.lastId);
    if (book.ageMs >= 0)
        parts << RedisPanel::tr("changed %1 ago").arg(format::age(book.ageMs));
    parts << (book.state.empty() ? RedisPanel::tr("nobody keeps this book")
                                 : RedisPanel::tr("%1, kept by %2")
                                       .arg(QString::fromStdString(book.state), QString::fromStdString(book.owner)));
    const std::int64_t readAgoMs = nowEpochMs - book.readEpochMs;
    if (book.readEpochMs > 0 && readAgoMs > 2'000)
        parts << RedisPanel::tr("read %1 ago").arg(format::age(readAgoMs));
    return parts.join(QStringLiteral(" · "));
}

QString verdictOf(const RedisBook* book, const QString& noLocalBook)
{
    if (!book)
        return RedisPanel::tr("not read yet");
    if (!book->error.empty())
        return QString::fromStdString(book->error);
    if (!noLocalBook.isEmpty())
        return RedisPanel::tr("nothing to compare with: %1").arg(noLocalBook);
    if (!book->isCompared)
        return RedisPanel::tr("not compared: the local book of this u is not known (any more)");
    if (book->differing.empty())
        return RedisPanel::tr("equal to the local book at this u");
    if (book->differing.size() == 1)
        return RedisPanel::tr("1 row differs from the local book at this u");
    return RedisPanel::tr("%1 rows differ from the local book at this u").arg(book->differing.size());
}

RedisPanel::RedisPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(theme)
    , m_facts(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("redisPanel"));
    setAccessibleName(tr("What Redis returns"));
    m_facts->setObjectName(QStringLiteral("redisFacts"));
    m_facts->setAccessibleName(tr("Its age and owner"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setObjectName(QStringLiteral("redisVerdict"));
    for (QLabel* label : {m_facts, m_verdict})
        label->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("redisRows"));
    m_table->setAccessibleName(tr("Rows in Redis and in the local book"));
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 6 / 5);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {RedisRowsModel::LocalBid, RedisRowsModel::LocalAsk})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    auto* const column = new QVBoxLayout(this);
    column->addWidget(m_facts);
    column->addWidget(m_verdict);
    column->addWidget(m_table, 1);
    column->addStretch();
}

void RedisPanel::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_model.setTheme(theme);
}

void RedisPanel::showBook(std::shared_ptr<const RedisBook> book, const QString& noLocalBook, std::int64_t nowEpochMs)
{
    const QString facts = book && book->error.empty() ? factsOf(*book, nowEpochMs) : QString();
    if (facts != m_facts->text())
        m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    const bool isCompared = book && book->error.empty() && noLocalBook.isEmpty() && book->isCompared;
    const Condition condition = !isCompared               ? Condition::Starting
                                : book->differing.empty() ? Condition::Good
                                                          : Condition::Bad;
    setVerdict(verdictOf(book.get(), noLocalBook),
               m_theme.of(book && !book->error.empty() ? Condition::Bad : condition));
    m_model.setBook(std::move(book));
    for (const int column : {RedisRowsModel::LocalBid, RedisRowsModel::LocalAsk})
        m_table->setColumnHidden(column, !noLocalBook.isEmpty());
    m_table->setVisible(m_model.rowCount() > 0);
}

void RedisPanel::setVerdict(const QString& text, const QColor& colour)
{
    if (text != m_verdict->text())
        m_verdict->setText(text);
    QPalette inked = m_verdict->palette();
    if (inked.color(QPalette::WindowText) == colour)
        return;
    inked.setColor(QPalette::WindowText, colour);
    m_verdict->setPalette(inked);
}

} // namespace obm
