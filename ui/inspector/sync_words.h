// Why a book changed its state, in words for a person.
// Thread: main (translated).
#pragma once

#include "book/sync_state.h"

#include <QString>

namespace obm {

QString reasonWords(SyncReason reason);
// With where the events of a gap were lost.
QString reasonWords(const SyncTransition& transition);

// The ids that show it: "book 100, event pu 102 u 110".
QString idWords(const SyncTransition& transition);

} // namespace obm
