#include "redis/tls.h"

#ifdef OBM_REDIS_TLS
#include <hiredis/hiredis.h>
#include <hiredis/hiredis_ssl.h>
#include <openssl/ssl.h>

#include <memory>
#endif

namespace obm {

#ifdef OBM_REDIS_TLS

namespace {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Tls = std::unique_ptr<SSL, decltype(&SSL_free)>;

std::unexpected<RedisError> failed(std::string text)
{
    return std::unexpected(RedisError{RedisErrorKind::Away, "TLS: " + std::move(text)});
}

bool prepare(SSL_CTX* context)
{
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_default_verify_paths(context) == 1;
}

} // namespace

std::expected<void, RedisError> startTls(redisContext* context, const std::string& host)
{
    const TlsContext common(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    if (!common || !prepare(common.get()))
        return failed("the system's certificates cannot be loaded");
    Tls tls(SSL_new(common.get()), &SSL_free);
    if (!tls || SSL_set_tlsext_host_name(tls.get(), host.c_str()) != 1 || SSL_set1_host(tls.get(), host.c_str()) != 1)
        return failed("the host name cannot be checked");
    if (redisInitiateSSL(context, tls.get()) != REDIS_OK)
        return failed(context->errstr);
    (void)tls.release(); // the context owns it now
    return {};
}

#else

std::expected<void, RedisError> startTls(redisContext*, const std::string&)
{
    return std::unexpected(RedisError{RedisErrorKind::Other, "this build has no TLS for Redis"});
}

#endif

} // namespace obm
