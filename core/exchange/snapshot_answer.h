// What an answer to GET /fapi/v1/depth is: a snapshot, or which kind of failure. Source: Binance USD-M "Error Codes".
// Thread: plain functions; the parser is the caller's.
#pragma once

#include "exchange/rest_client.h"
#include "exchange/snapshot_result.h"
#include "market/depth_parser.h"

namespace obm {

[[nodiscard]] SnapshotResult readSnapshot(const RestAnswer& answer, DepthParser& parser);

} // namespace obm
