#include "log/log_format.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace obm {

namespace {

constexpr std::string_view cutMark = "...";

std::string_view levelWord(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    }
    std::unreachable();
}

// Five columns.
std::string_view levelColumn(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "DEBUG";
    case LogLevel::Info:
        return "INFO ";
    case LogLevel::Warning:
        return "WARN ";
    case LogLevel::Error:
        return "ERROR";
    }
    std::unreachable();
}

// Also of the second set of control characters (U+0080 to U+009F): a terminal takes U+009B for the start of a command.
bool isSecondControl(std::string_view text, std::size_t at)
{
    if (at == 0 || text[at - 1] != '\xc2')
        return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte >= 0x80 && byte <= 0x9f;
}

// Quotes and backslashes are escaped only where they mean something.
std::string escaped(std::string_view text, bool json)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            out += "\\n";
        else if (byte < 0x20 || byte == 0x7f)
            out += fmt::format("\\u{:04x}", byte);
        else if (isSecondControl(text, at))
            out.replace(out.size() - 1, 1, fmt::format("\\u{:04x}", byte));
        else if (json && (c == '"' || c == '\\'))
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

} // namespace

std::string isoUtc(std::int64_t timeMs)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(timeMs)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string cutText(std::string_view text, std::size_t bytesMax)
{
    if (text.size() <= bytesMax)
        return std::string(text);
    std::size_t end = bytesMax < cutMark.size() ? 0 : bytesMax - cutMark.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) // in the middle of a character
        --end;
    return std::string(text.substr(0, end)).append(cutMark);
}

std::string cutToColumns(std::string_view text, std::size_t columns)
{
    const auto isCharacterStart = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isCharacterStart(text[at]) && ++characters > columns)
            return std::string(text.substr(0, at));
    }
    return std::string(text);
}

std::string toText(const LogLine& line)
{
    return fmt::format("{} {} {}  {}\n", isoUtc(line.timeMs), levelColumn(line.level), line.part,
                       escaped(cutText(line.text, logTextBytesMax), false));
}

std::string toJson(const LogLine& line)
{
    return fmt::format(R"({{"time":"{}","level":"{}","part":"{}","text":"{}"}})"
                       "\n",
                       isoUtc(line.timeMs), levelWord(line.level), escaped(line.part, true),
                       escaped(cutText(line.text, logTextBytesMax), true));
}

} // namespace obm
