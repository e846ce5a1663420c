// Names that the library gives in English and panels show by QCoreApplication::translate(): listed here so that the
// linguist tools find them. The functions toText() make them.
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
};

} // namespace

} // namespace obm
