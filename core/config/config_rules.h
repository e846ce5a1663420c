// What a single text of the configuration may look like. Pure functions; limits are named here.
// Thread: any.
#pragma once

#include <initializer_list>
#include <string_view>

namespace obm {

inline constexpr std::size_t symbolBytesMax = 64;
inline constexpr std::size_t symbolsMax = 2'000;      // the exchange trades about 800
inline constexpr std::size_t kafkaNameBytesMax = 249; // Kafka's own limit of a topic's name
inline constexpr std::size_t redisKeyBytesMax = 512;
inline constexpr std::size_t urlBytesMax = 2'048;
inline constexpr std::size_t plainTextBytesMax = 1'024;

[[nodiscard]] bool isPlainText(std::string_view text);  // UTF-8 without control characters
[[nodiscard]] bool isSymbol(std::string_view text);     // what can stand in a stream's name and in a Redis key
[[nodiscard]] bool isIpv6(std::string_view text);       // by its characters, without brackets
[[nodiscard]] bool isKafkaName(std::string_view text);  // letters, digits, '.', '_', '-'; not "." or ".."
[[nodiscard]] bool isServerList(std::string_view text); // "host:port,host", the port may be left out
[[nodiscard]] bool isUrl(std::string_view text, std::initializer_list<std::string_view> schemes);
[[nodiscard]] bool isListenAddress(std::string_view text); // "host:port" or "[::1]:port"
[[nodiscard]] bool isLiveKey(std::string_view text);
[[nodiscard]] bool isFullKey(std::string_view text); // has {symbol}, once
[[nodiscard]] bool isPropertyName(std::string_view text);
[[nodiscard]] bool isPropertyValue(std::string_view text); // of several lines, where it is a certificate

} // namespace obm
