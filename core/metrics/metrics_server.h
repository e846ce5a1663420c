// /metrics, /healthz and /readyz over HTTP, for Prometheus and for whatever restarts or routes around a process.
// Thread: the callbacks are called in the server's own thread, one at a time: they must be thread-safe towards the
// rest of the program and short, and all they touch must outlive the server.
// Only GET and HEAD (405), only these paths (404), one request a connection; limits in http_server.h.
// Errors: a value that names the address.
#pragma once

#include "metrics/http_server.h"

#include <prometheus/metric_family.h>

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace obm {

struct HealthAnswer
{
    bool ok = false;  // 200 or 503
    std::string body; // the reasons
    std::string contentType = "text/plain; charset=utf-8";
};

struct MetricsSource
{
    std::function<std::vector<prometheus::MetricFamily>()> metrics;
    std::function<HealthAnswer()> health;
    std::function<HealthAnswer()> readiness;
};

struct MetricsError
{
    std::string listen;
    std::string reason;

    [[nodiscard]] std::string line() const;
};

class MetricsServer
{
public:
    // "127.0.0.1:9464", "[::1]:9464"; port 0 is any free one.
    [[nodiscard]] static std::expected<std::unique_ptr<MetricsServer>, MetricsError> start(const std::string& listen,
                                                                                           MetricsSource source);

    [[nodiscard]] std::uint16_t port() const { return m_server.port(); } // the real one
    [[nodiscard]] std::string url() const;                               // "http://127.0.0.1:9464"

private:
    MetricsServer(const std::string& listen, http::ListeningSocket socket, MetricsSource source);

    std::string m_host;
    http::Server m_server;
};

} // namespace obm
