// SPDX-License-Identifier: Apache-2.0
// The file format by APPNOTE.TXT of PKWARE: local headers with the texts, then the central
// directory, then its end.
#include "tests/support/zip_file.hpp"

#include <cstddef>

namespace catchrule::test {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::uint32_t crc32(const std::string& text) {
    std::uint32_t crc = 0xFFFF'FFFFU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB8'8320U : 0U);
        }
    }
    return ~crc;
}

// What the local header and the central directory have in common.
void put_common(std::string& out, const ZipEntry& entry) {
    const std::uint32_t size =
        entry.said_size != 0 ? entry.said_size : static_cast<std::uint32_t>(entry.text.size());
    put(out, entry.encrypted ? 1 : 0, 2);
    put(out, entry.said_size != 0 ? 8 : 0, 2);  // deflated, where the sizes differ
    put(out, 0, 4);                             // time and date
    put(out, crc32(entry.text) ^ (entry.wrong_checksum ? 1U : 0U), 4);
    put(out, entry.text.size(), 4);
    put(out, size, 4);
    put(out, entry.name.size(), 2);
    put(out, 0, 2);  // extra field
}

}  // namespace

std::string zip_bytes(const std::vector<ZipEntry>& entries) {
    std::string out;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const std::size_t offset = out.size();
        put(out, 0x04034b50, 4);
        put(out, 20, 2);
        put_common(out, entry);
        out += entry.name + entry.text;

        put(directory, 0x02014b50, 4);
        put(directory, (3U << 8U) | 20U, 2);  // made on Unix
        put(directory, 20, 2);
        put_common(directory, entry);
        put(directory, 0, 6);  // comment, disk, internal attributes
        put(directory, (entry.link ? 0120777ULL : 0100644ULL) << 16U, 4);
        put(directory, offset, 4);
        directory += entry.name;
    }
    const std::size_t at = out.size();
    out += directory;
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, directory.size(), 4);
    put(out, at, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace catchrule::test
