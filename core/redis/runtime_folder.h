// ${XDG_RUNTIME_DIR:-/tmp}/obmonitor-UID: the folder of this user's running embedded servers, 0700.
// For each: redis-PID.sock and redis-PID.json, which says what it is. PID is the process that keeps the server.
// Why refuse a folder of somebody else: below /tmp anyone can make it first, and would own the sockets in it.
// Thread: any one; file system calls only, and a connect to see whether a socket is alive.
#pragma once

#include "redis/error.h"

#include <QString>

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace obm {

// What is told about a running server to whoever looks for it.
struct EmbeddedAnnouncement
{
    std::string url;                  // unix:///...
    bool simulated = false;           // --demo: the books are made up
    std::vector<std::string> symbols; // empty: whatever there is
    std::string kafka;                // the servers of its process' Kafka; empty: not known yet
    std::string metrics;              // http://.../metrics of its process; empty: there is none
};

[[nodiscard]] QString runtimeFolder();

// Makes the folder, narrows it to 0700 when it is ours and wider; the error names it and what is wrong.
[[nodiscard]] std::expected<void, RedisError> prepareRuntimeFolder(const QString& folder);

// Removes what processes that are gone left behind.
void removeStaleSockets(const QString& folder);

[[nodiscard]] QString announcementPathOf(const QString& socketPath);
[[nodiscard]] bool announce(const QString& socketPath, const EmbeddedAnnouncement& announcement);

// The newest server that takes connections; with simulatedOnly the newest demo.
[[nodiscard]] std::optional<EmbeddedAnnouncement> newestAnnounced(const QString& folder, bool simulatedOnly);
// The server at this URL.
[[nodiscard]] std::optional<EmbeddedAnnouncement> announcedAt(const QString& folder, const std::string& url);

} // namespace obm
