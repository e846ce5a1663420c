#include "ui/alerts/alert_text.h"

#include <QCoreApplication>

namespace obm {

QString nameOf(AlertKind kind)
{
    return QCoreApplication::translate("alert", toText(kind));
}

QString lineOf(const Alert& alert)
{
    const QString symbol = QString::fromStdString(alert.symbol);
    const QString text = QString::fromStdString(alert.text);
    return symbol.isEmpty() || text.contains(symbol) ? text : QStringLiteral("%1: %2").arg(symbol, text);
}

} // namespace obm
