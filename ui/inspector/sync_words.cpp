#include "ui/inspector/sync_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace obm {

namespace {

QString tr(const char* text) // in the context that lupdate gives to it here
{
    return QCoreApplication::translate("obm", text);
}

} // namespace

QString reasonWords(SyncReason reason)
{
    switch (reason) {
    case SyncReason::Created:
        return tr("kept here from now on");
    case SyncReason::FirstEvent:
        return tr("first event");
    case SyncReason::SnapshotLoaded:
        return tr("snapshot loaded");
    case SyncReason::Bridged:
        return tr("proven by the event after the snapshot");
    case SyncReason::Resumed:
        return tr("goes on where it, or its last owner, left off");
    case SyncReason::NotResumed:
        return tr("the events do not go on from the book that was left");
    case SyncReason::SnapshotFailed:
        return tr("the exchange delivered no snapshot");
    case SyncReason::UnknownSymbol:
        return tr("the exchange does not know the symbol");
    case SyncReason::Gap:
        return tr("gap: at least one event is missing");
    case SyncReason::Malformed:
        return tr("an event could not be read");
    case SyncReason::Crossed:
        return tr("crossed: best bid not below best ask");
    case SyncReason::StaleSnapshot:
        return tr("the snapshot is older than the events kept");
    case SyncReason::BadSnapshot:
        return tr("the snapshot is empty, unsorted or crossed");
    case SyncReason::RangeExhausted:
        return tr("the price left the proven range");
    case SyncReason::IdsWentBack:
        return tr("the exchange's ids went back");
    case SyncReason::Audit:
        return tr("it differed from a fresh snapshot");
    case SyncReason::Operator:
        return tr("somebody asked for it");
    }
    return {};
}

QString reasonWords(const SyncTransition& transition)
{
    const QString words = reasonWords(transition.reason);
    return transition.origin ? words + QStringLiteral(", ") + tr(toWords(*transition.origin)) : words;
}

QString idWords(const SyncTransition& transition)
{
    QStringList parts;
    if (transition.lastId > 0)
        parts << tr("book %1").arg(transition.lastId);
    if (transition.eventLastId > 0)
        parts << tr("event pu %1 u %2").arg(transition.eventPreviousId).arg(transition.eventLastId);
    return parts.join(QStringLiteral(", "));
}

} // namespace obm
