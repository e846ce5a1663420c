#include "metrics/metrics_server.h"

#include <prometheus/text_serializer.h>

#include <exception>
#include <string_view>

namespace obm {

namespace {

http::Response metricsResponse(const MetricsSource& source)
{
    const prometheus::TextSerializer serializer;
    return {http::Status::Ok, "text/plain; version=0.0.4; charset=utf-8", serializer.Serialize(source.metrics())};
}

http::Response healthResponse(HealthAnswer answer)
{
    return {answer.ok ? http::Status::Ok : http::Status::Unavailable, std::move(answer.contentType),
            std::move(answer.body)};
}

http::Response respond(const MetricsSource& source, const http::Request& request)
{
    const std::string& path = request.path;
    if (path != "/metrics" && path != "/healthz" && path != "/readyz")
        return {.status = http::Status::NotFound, .body = "here are /metrics, /healthz and /readyz\n"};
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = http::Status::MethodNotAllowed, .body = "GET or HEAD\n"};
    if (path == "/metrics")
        return metricsResponse(source);
    return healthResponse(path == "/healthz" ? source.health() : source.readiness());
}

// An exception of a library below (memory, formatting) costs this one answer and not the process.
http::Response respondOrFail(const MetricsSource& source, const http::Request& request)
{
    try {
        return respond(source, request);
    } catch (const std::exception&) {
        return {.status = http::Status::InternalError, .body = "failed\n"};
    }
}

} // namespace

std::string MetricsError::line() const
{
    return "metrics cannot listen on " + listen + ": " + reason;
}

std::expected<std::unique_ptr<MetricsServer>, MetricsError> MetricsServer::start(const std::string& listen,
                                                                                 MetricsSource source)
{
    auto socket = http::listenOn(listen);
    if (!socket)
        return std::unexpected(MetricsError{listen, socket.error()});
    return std::unique_ptr<MetricsServer>(new MetricsServer(listen, std::move(*socket), std::move(source)));
}

MetricsServer::MetricsServer(const std::string& listen, http::ListeningSocket socket, MetricsSource source)
    : m_host(listen.substr(0, listen.rfind(':')))
    , m_server(std::move(socket),
               [source = std::move(source)](const http::Request& request) { return respondOrFail(source, request); })
{}

std::string MetricsServer::url() const
{
    return "http://" + m_host + ":" + std::to_string(port());
}

} // namespace obm
