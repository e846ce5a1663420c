#include "ui/about/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace obm {

namespace {

QString configurationText(const ConfigSources& sources)
{
    const QString file = QString::fromStdString(configFileInUse(sources));
    if (file.isEmpty())
        return AboutDialog::tr("no file");
    return QFileInfo::exists(file) ? file : AboutDialog::tr("%1 (not there yet)").arg(file);
}

QString redisText(const Config& config)
{
    const QString url = QString::fromStdString(config.redis.url);
    return config.pipeline.role == Role::Producer
               ? AboutDialog::tr("not used by a producer")
               : AboutDialog::tr("%1, key %2").arg(url, QString::fromStdString(config.redis.liveKey));
}

QLabel* makeText(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setWordWrap(true);
    return label;
}

QString asText(const std::vector<AboutRow>& rows)
{
    QString text;
    for (const AboutRow& row : rows)
        text += QStringLiteral("%1: %2\n").arg(row.name, row.text);
    return text;
}

QHBoxLayout* makeHead(QWidget* parent)
{
    const int side = parent->fontMetrics().height() * 4;
    auto* icon = new QLabel(parent);
    icon->setPixmap(QApplication::windowIcon().pixmap(side, side));
    auto* title = new QLabel(QStringLiteral("obmonitor"), parent);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    title->setFont(large);
    auto* texts = new QVBoxLayout;
    texts->addStretch();
    texts->addWidget(title);
    texts->addWidget(new QLabel(
        AboutDialog::tr("Keeps the order books of Binance USD-M futures right, and shows that they are"), parent));
    texts->addStretch();
    auto* head = new QHBoxLayout;
    head->addWidget(icon);
    head->addLayout(texts, 1);
    return head;
}

} // namespace

std::vector<AboutRow> aboutRows(const StartUp& startUp, const Config& config)
{
    const QString servers = QString::fromStdString(config.kafka.bootstrapServers);
    return {{AboutDialog::tr("Versions"), startUp.versions.trimmed()},
            {AboutDialog::tr("Licence"),
             AboutDialog::tr("GNU General Public License, version 3 or later; without any warranty")},
            {AboutDialog::tr("Configuration"), configurationText(startUp.sources)},
            {AboutDialog::tr("Window layout"), QSettings().fileName()},
            {AboutDialog::tr("Messages"),
             AboutDialog::tr("Kafka %1, topic %2").arg(servers, QString::fromStdString(config.kafka.topic))},
            {AboutDialog::tr("Books"), redisText(config)}};
}

AboutDialog::AboutDialog(const std::vector<AboutRow>& rows, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About obmonitor"));
    auto* form = new QFormLayout;
    form->setVerticalSpacing(fontMetrics().height() / 2);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (const AboutRow& row : rows) {
        QLabel* text = makeText(row.text, this);
        text->setAccessibleName(row.name);
        form->addRow(row.name, text);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("&Close"));
    QPushButton* copy = buttons->addButton(tr("C&opy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyAbout"));
    connect(copy, &QPushButton::clicked, this, [rows] { QApplication::clipboard()->setText(asText(rows)); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->setSpacing(fontMetrics().height());
    all->addLayout(makeHead(this));
    all->addLayout(form);
    all->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

} // namespace obm
