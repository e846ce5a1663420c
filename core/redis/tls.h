// TLS on a fresh connection to Redis, with the system's certificates and the host's name checked.
// Why not hiredis' own redisCreateSSLContext: it checks the chain but not for whom the certificate was made.
// Thread: that of the connection; blocks up to the context's timeout.
#pragma once

#include "redis/error.h"

#include <expected>
#include <string>

struct redisContext;

namespace obm {

// Without OBM_REDIS_TLS: always an error.
[[nodiscard]] std::expected<void, RedisError> startTls(redisContext* context, const std::string& host);

} // namespace obm
