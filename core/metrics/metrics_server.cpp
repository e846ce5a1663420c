#include "metrics/metrics_server.h"

#include <prometheus/text_serializer.h>

#include <exception>
#include <string_view>

namespace obm {

namespace {

HttpResponse metricsResponse(const MetricsSource& source)
{
    const prometheus::TextSerializer serializer;
    return {HttpStatus::Ok, "text/plain; version=0.0.4; charset=utf-8", serializer.Serialize(source.metrics())};
}

HttpResponse healthResponse(HealthAnswer answer)
{
    return {answer.ok ? HttpStatus::Ok : HttpStatus::Unavailable, std::move(answer.contentType),
            std::move(answer.body)};
}

HttpResponse respond(const MetricsSource& source, const HttpRequest& request)
{
    const std::string& path = request.path;
    if (path != "/metrics" && path != "/healthz" && path != "/readyz")
        return {.status = HttpStatus::NotFound, .body = "here are /metrics, /healthz and /readyz\n"};
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = HttpStatus::MethodNotAllowed, .body = "GET or HEAD\n"};
    if (path == "/metrics")
        return metricsResponse(source);
    return healthResponse(path == "/healthz" ? source.health() : source.readiness());
}

// An exception of a library below (memory, formatting) costs this one answer and not the process.
HttpResponse respondOrFail(const MetricsSource& source, const HttpRequest& request)
{
    try {
        return respond(source, request);
    } catch (const std::exception&) {
        return {.status = HttpStatus::InternalError, .body = "failed\n"};
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
    auto socket = listenOn(listen);
    if (!socket)
        return std::unexpected(MetricsError{listen, socket.error()});
    return std::unique_ptr<MetricsServer>(new MetricsServer(listen, std::move(*socket), std::move(source)));
}

MetricsServer::MetricsServer(const std::string& listen, ListeningSocket socket, MetricsSource source)
    : m_host(listen.substr(0, listen.rfind(':')))
    , m_server(std::move(socket),
               [source = std::move(source)](const HttpRequest& request) { return respondOrFail(source, request); })
{}

std::string MetricsServer::url() const
{
    return "http://" + m_host + ":" + std::to_string(port());
}

} // namespace obm
