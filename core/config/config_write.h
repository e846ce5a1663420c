// Changes single keys of a configuration file as a person would by hand: comments, order and all other keys stay as
// they are, byte for byte. Why not print the whole of it: the file belongs to who wrote it.
// A value is replaced in its place; a key that is not there comes behind the last one of its table, and a table that is
// not there at the file's end. Only the comments inside a list go with the list.
// Nothing is taken on trust: the new text is read again, and has to say the old values with these changes.
// Thread: any. Errors: the file stays what it was.
#pragma once

#include "config/config_error.h"
#include "config/config_key.h"

#include <expected>
#include <map>
#include <string>

namespace obm {

using ConfigChanges = std::map<std::string, ConfigValue>; // by the key's name

// `file` stands in the places of errors only.
[[nodiscard]] std::expected<std::string, ConfigError> withChanges(const std::string& text, const std::string& file,
                                                                  const ConfigChanges& changes);

// Atomically: another process reads the old file or the new one. A file that is not there yet is made, with its folder,
// for its owner only (it may come to hold a password); one that is there keeps its mode, and a link stays a link.
[[nodiscard]] std::expected<void, ConfigError> writeConfigFile(const std::string& file, const ConfigChanges& changes);

} // namespace obm
