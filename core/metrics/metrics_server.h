// /metrics, /healthz and /readyz over HTTP, for Prometheus and for whatever restarts or routes around a process.
// Threads: a few of its own (civetweb's). They call the callbacks, several at a time: these must be thread-safe and
// short, and everything they touch must outlive the server. The destructor waits for the calls that run. Limits: named
// below. Only GET and HEAD (405), only these paths (404), one request a connection. Errors: a value that names the
// address.
#pragma once

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
    bool ok = false;         // 200 or 503
    std::string contentType; // "text/plain; charset=utf-8" when empty
    std::string body;        // the reasons
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
    static constexpr int workersMax = 6;
    static constexpr int waitingConnectionsMax = 16;
    static constexpr int requestTimeoutMs = 3'000; // for all of a request: a peer that dribbles is let go
    static constexpr int requestBytesMax = 8 * 1024;

    // "127.0.0.1:9464", "[::1]:9464"; port 0 is any free one.
    [[nodiscard]] static std::expected<std::unique_ptr<MetricsServer>, MetricsError> start(const std::string& listen,
                                                                                           MetricsSource source);
    ~MetricsServer();
    MetricsServer(const MetricsServer&) = delete;
    MetricsServer& operator=(const MetricsServer&) = delete;

    [[nodiscard]] std::uint16_t port() const; // the real one
    [[nodiscard]] std::string url() const;    // "http://127.0.0.1:9464"

private:
    struct Impl;
    explicit MetricsServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> d;
};

} // namespace obm
