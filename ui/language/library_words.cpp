// Names that the library gives in English and panels show by QCoreApplication::translate(): listed here so that the
// linguist tools find them. The functions toText() make them.
#include <QtGlobal>

namespace obm {

namespace {

[[maybe_unused]] constexpr const char* words[] = {
    QT_TRANSLATE_NOOP("stage", "Exchange"),  QT_TRANSLATE_NOOP("stage", "Kafka in"),
    QT_TRANSLATE_NOOP("stage", "Kafka out"), QT_TRANSLATE_NOOP("stage", "Books"),
    QT_TRANSLATE_NOOP("stage", "Redis"),
};

} // namespace

} // namespace obm
