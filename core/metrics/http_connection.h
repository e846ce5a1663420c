// One request and its response on a non-blocking socket, with a deadline for each of the two.
// Why a deadline for the whole and not for a silence: a peer that sends a byte a second would never be silent.
// Thread: that of the Server. Time is an argument, in milliseconds of the steady clock.
#pragma once

#include "metrics/http_message.h"
#include "metrics/listening_socket.h"

#include <cstdint>
#include <functional>
#include <string>

namespace obm::http {

class Connection
{
public:
    static constexpr std::int64_t requestMsMax = 2'000;
    static constexpr std::int64_t responseMsMax = 10'000; // until the peer has taken it, and closed
    // So long each of them is left alone even if others wait for the place: a request is there well before, and a
    // response is taken.
    static constexpr std::int64_t requestGraceMs = 50;
    static constexpr std::int64_t responseGraceMs = 250;

    using Answer = std::function<Response(const Request&)>;

    Connection(FileDescriptor fd, std::int64_t nowMs);

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] short wantedEvents() const; // for poll()
    [[nodiscard]] std::int64_t deadlineMs() const { return m_deadlineMs; }
    [[nodiscard]] std::int64_t displaceableFromMs() const { return m_displaceableFromMs; }

    // Goes on as far as the socket lets it. False: it is over, drop the connection.
    [[nodiscard]] bool advance(const Answer& answer, std::int64_t nowMs);
    // Before it is dropped for any other reason: what the peer did not take of its response leaves the kernel too.
    void reset() const;

private:
    // After the response what else the peer sends is read and thrown away until it closes: to close with bytes unread
    // is a reset, and a reset may overtake the response.
    enum class Step { Request, Response, Linger };

    void grant(std::int64_t graceMs, std::int64_t msMax, std::int64_t nowMs);
    bool readRequest(const Answer& answer, std::int64_t nowMs);
    void beginResponse(const Response& response, bool withBody, std::int64_t nowMs);
    bool writeResponse();
    bool discardInput();

    FileDescriptor m_fd;
    Step m_step = Step::Request;
    std::int64_t m_displaceableFromMs = 0;
    std::int64_t m_deadlineMs = 0;
    std::string m_input;
    std::string m_output;
    std::size_t m_sent = 0;
};

} // namespace obm::http
