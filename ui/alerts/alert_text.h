// Alerts in a person's words. Thread: any; pure functions.
#pragma once

#include "monitor/alerts.h"

#include <QString>

#include <array>

namespace obm {

inline constexpr std::array<AlertKind, alertKindCount> alertKinds = {
    AlertKind::SymbolNotLive, AlertKind::SymbolSilent, AlertKind::Lag, AlertKind::Redis, AlertKind::Weight};

[[nodiscard]] QString nameOf(AlertKind kind);
[[nodiscard]] QString lineOf(const Alert& alert); // its symbol once, and what is wrong

} // namespace obm
