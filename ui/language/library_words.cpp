// Names that the library gives in English and panels show by QCoreApplication::translate(), the monitor by term():
// listed here so that the linguist tools find them. The functions toText() make them.
#include <QtGlobal>

namespace obm {

namespace {

[[maybe_unused]] constexpr const char* words[] = {
    QT_TRANSLATE_NOOP("stage", "Exchange"),
    QT_TRANSLATE_NOOP("stage", "Kafka in"),
    QT_TRANSLATE_NOOP("stage", "Kafka out"),
    QT_TRANSLATE_NOOP("stage", "Books"),
    QT_TRANSLATE_NOOP("stage", "Redis"),

    QT_TRANSLATE_NOOP("condition", "off"),
    QT_TRANSLATE_NOOP("condition", "starting"),
    QT_TRANSLATE_NOOP("condition", "good"),
    QT_TRANSLATE_NOOP("condition", "degraded"),
    QT_TRANSLATE_NOOP("condition", "bad"),

    QT_TRANSLATE_NOOP("severity", "note"),
    QT_TRANSLATE_NOOP("severity", "warning"),
    QT_TRANSLATE_NOOP("severity", "error"),

    QT_TRANSLATE_NOOP("alert", "symbol not live"),
    QT_TRANSLATE_NOOP("alert", "symbol silent"),
    QT_TRANSLATE_NOOP("alert", "lag"),
    QT_TRANSLATE_NOOP("alert", "Redis"),
    QT_TRANSLATE_NOOP("alert", "weight"),

    // reasonText() of the monitor
    QT_TRANSLATE_NOOP("obm", "created"),
    QT_TRANSLATE_NOOP("obm", "first event"),
    QT_TRANSLATE_NOOP("obm", "snapshot loaded"),
    QT_TRANSLATE_NOOP("obm", "bridged"),
    QT_TRANSLATE_NOOP("obm", "resumed"),
    QT_TRANSLATE_NOOP("obm", "snapshot failed"),
    QT_TRANSLATE_NOOP("obm", "unknown symbol"),
    QT_TRANSLATE_NOOP("obm", "gap"),
    QT_TRANSLATE_NOOP("obm", "malformed"),
    QT_TRANSLATE_NOOP("obm", "crossed"),
    QT_TRANSLATE_NOOP("obm", "stale snapshot"),
    QT_TRANSLATE_NOOP("obm", "bad snapshot"),
    QT_TRANSLATE_NOOP("obm", "range exhausted"),
    QT_TRANSLATE_NOOP("obm", "ids went back"),
    QT_TRANSLATE_NOOP("obm", "audit"),
    QT_TRANSLATE_NOOP("obm", "not resumed"),
    QT_TRANSLATE_NOOP("obm", "operator"),

    // where a gap's events were lost
    QT_TRANSLATE_NOOP("obm", "lost before Kafka (exchange or network)"),
    QT_TRANSLATE_NOOP("obm", "lost in the producer's queue, or while none ran"),
    QT_TRANSLATE_NOOP("obm", "lost in Kafka"),
    QT_TRANSLATE_NOOP("obm", "passed over in a rebalance"),

    // states of a connection
    QT_TRANSLATE_NOOP("obm", "waiting"),
    QT_TRANSLATE_NOOP("obm", "connecting"),
    QT_TRANSLATE_NOOP("obm", "subscribing"),
    QT_TRANSLATE_NOOP("obm", "silent"),
    QT_TRANSLATE_NOOP("obm", "delivering"),

    // faults of a snapshot
    QT_TRANSLATE_NOOP("obm", "unreachable"),
    QT_TRANSLATE_NOOP("obm", "timed out"),
    QT_TRANSLATE_NOOP("obm", "too large"),
    QT_TRANSLATE_NOOP("obm", "rate limited"),
    QT_TRANSLATE_NOOP("obm", "banned"),
    QT_TRANSLATE_NOOP("obm", "HTTP error"),
    QT_TRANSLATE_NOOP("obm", "rejected"),

    // kinds of alerts, within a sentence
    QT_TRANSLATE_NOOP("obm", "symbol not live"),
    QT_TRANSLATE_NOOP("obm", "symbol silent"),
    QT_TRANSLATE_NOOP("obm", "lag"),
    QT_TRANSLATE_NOOP("obm", "Redis"),
    QT_TRANSLATE_NOOP("obm", "weight"),
};

} // namespace

} // namespace obm
