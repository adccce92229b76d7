// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace catchrule::test {

/// An entry of a zip archive as it is written, right or wrong.
struct ZipEntry {
    std::string name;
    std::string text;
    bool link = false;            ///< a symbolic link in the eyes of Unix
    bool encrypted = false;       ///< says that it is; the text stays as it is
    std::uint32_t said_size = 0;  ///< says that it unpacks to so many bytes; 0 = the truth
    bool wrong_checksum = false;
};

/// The bytes of an archive that holds the entries as they are, without compression: what other
/// writers refuse to write.
std::string zip_bytes(const std::vector<ZipEntry>& entries);

}  // namespace catchrule::test
