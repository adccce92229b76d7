// SPDX-License-Identifier: Apache-2.0
#include "engine/xml/load_resources.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

namespace catchrule::xml {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

void append_utf8(std::uint32_t c, std::string& out) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
    } else {
        out += static_cast<char>(0xE0U | (c >> 12U));
        tail(6);
        tail(0);
    }
}

/// Takes a property set apart.
class PropertyReader {
public:
    explicit PropertyReader(std::string_view text) : text_(text) {}

    // The next property; false at the end.
    bool next(std::string& key, std::string& value) {
        for (;;) {
            skip([](char c) { return is_blank(c) || is_line_end(c); });
            if (text_.empty()) return false;
            if (text_.front() != '#' && text_.front() != '!') break;
            skip([](char c) { return !is_line_end(c); });
        }
        key = read_while([](char c) { return !is_blank(c) && c != '=' && c != ':'; });
        skip(is_blank);
        if (!text_.empty() && (text_.front() == '=' || text_.front() == ':')) {
            text_.remove_prefix(1);
            skip(is_blank);
        }
        value = read_while([](char) { return true; });
        return true;
    }

private:
    template <class Is>
    void skip(Is is) {
        while (!text_.empty() && is(text_.front())) text_.remove_prefix(1);
    }

    // Up to the end of the line, or to a character that ends it, escapes decoded.
    template <class Goes>
    std::string read_while(Goes goes) {
        std::string out;
        while (!text_.empty() && !is_line_end(text_.front()) && goes(text_.front())) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '\\') {
                read_escape(out);
            } else {
                out += c;
            }
        }
        return out;
    }

    void read_escape(std::string& out) {
        if (text_.empty()) return;
        const char c = text_.front();
        text_.remove_prefix(1);
        if (is_line_end(c)) {  // the value goes on in the next line
            if (c == '\r' && text_.starts_with('\n')) text_.remove_prefix(1);
            return skip(is_blank);
        }
        if (c == 'u') return read_unicode(out);
        if (c == 'n') out += '\n';
        if (c == 't') out += '\t';
        if (c == 'r') out += '\r';
        if (c == 'f') out += '\f';
        if (c != 'n' && c != 't' && c != 'r' && c != 'f') out += c;
    }

    void read_unicode(std::string& out) {
        constexpr std::size_t digits = 4;
        std::uint32_t code = 0;
        const char* const begin = text_.data();
        const char* const end = begin + std::min(digits, text_.size());
        const auto [stop, error] = std::from_chars(begin, end, code, 16);
        if (error != std::errc() || stop != begin + digits) return;
        text_.remove_prefix(digits);
        append_utf8(code, out);
    }

    std::string_view text_;
};

}  // namespace

void add_properties(std::string_view set, std::string_view text, Resources::Texts& out) {
    PropertyReader reader(text);
    std::string key;
    std::string value;
    Resources::Texts found;
    while (reader.next(key, value)) {
        std::string name("propertyset.");
        found.insert_or_assign(name.append(set).append(".").append(key), value);
    }
    out.merge(found);
}

void add_resources(const BundleFiles& files, Resources& out) {
    for (const BundleFile& file : files.resources) {
        if (file.problem) continue;
        const std::filesystem::path path(file.source->name());
        const std::string_view text = file.source->text();
        out.files.emplace(file.folder + "/" + path.filename().string(), text);
        if (file.folder == "properties" && path.extension() == ".properties")
            add_properties(path.stem().string(), text, out.properties);
    }
}

}  // namespace catchrule::xml
