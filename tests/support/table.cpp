// SPDX-License-Identifier: Apache-2.0
#include "tests/support/table.hpp"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace catchrule::test {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&out](std::uint32_t bits) { out += static_cast<char>(bits); };
    const auto tail = [&](unsigned shift) { byte(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        tail(6);
    } else {
        byte(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
    }
    tail(0);
}

std::string decoded(std::string_view field) {
    constexpr std::string_view start = "<U+";
    std::string out;
    while (!field.empty()) {
        const std::size_t close = field.starts_with(start) ? field.find('>') : std::string::npos;
        std::uint32_t code = 0;
        if (close != std::string::npos &&
            std::from_chars(field.data() + start.size(), field.data() + close, code, 16).ptr ==
                field.data() + close) {
            append_utf8(out, code);
            field.remove_prefix(close + 1);
        } else {
            out += field.front();
            field.remove_prefix(1);
        }
    }
    return out;
}

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> fields;
    while (true) {
        const std::size_t tab = line.find('\t');
        fields.push_back(decoded(line.substr(0, tab)));
        if (tab == std::string_view::npos) return fields;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

std::vector<Row> read_table(const std::filesystem::path& path, std::size_t fields) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::vector<Row> rows;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.starts_with("# ")) continue;
        rows.push_back({number, split(line)});
        if (rows.back().fields.size() < fields) {
            throw std::runtime_error(path.string() + ":" + std::to_string(number) + ": expected " +
                                     std::to_string(fields) + " fields between tabs");
        }
    }
    return rows;
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            out += c;
            continue;
        }
        char token[16];
        std::snprintf(token, sizeof token, "<U+%04X>", static_cast<unsigned>(byte));
        out += token;
    }
    return out;
}

}  // namespace catchrule::test
