// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace catchrule::test {

/// Whether a shell command exits with 0.
inline bool succeeds(const std::string& command) { return std::system(command.c_str()) == 0; }

/// A path for a shell command; it must hold no single quote.
inline std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

/// The bytes of a file; empty when it cannot be read.
inline std::string read_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace catchrule::test
