// The exchange's truth as a file: one JSON line per event and symbol with the top of book at its u, for tests to
// compare.
// {"s":"BTCUSDT","u":1,"b":[["p","q"],...],"a":[...]}, the best ten of each side, texts as the market last sent them.
// Thread: the local exchange's. Written through at least every flushIntervalMs.
#pragma once

#include "localexchange/market.h"

#include <QFile>
#include <QTimer>

#include <expected>
#include <string>

namespace obm::localexchange {

inline constexpr std::size_t truthLevels = 10;

// One line of the file, without its end.
std::string truthJson(std::string_view symbol, const BookText& book);

class TruthLog
{
public:
    static constexpr int flushIntervalMs = 200;
    static constexpr std::size_t bufferBytesMax = 1024 * 1024;

    std::expected<void, QString> open(const QString& path);
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    ~TruthLog();

    void write(std::string_view symbol, const BookText& book);
    void flush();

private:
    QFile m_file;
    QTimer m_timer;
    std::string m_buffer;
};

} // namespace obm::localexchange
