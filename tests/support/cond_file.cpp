// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cond_file.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

namespace catchrule::testing {
namespace {

std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

std::optional<std::string> json_string(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') return std::nullopt;
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (++i == text.size()) return std::nullopt;
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view values = "\"\\/\b\f\n\r\t";
        if (const std::size_t known = names.find(text[i]); known != std::string_view::npos) {
            out += values[known];
            continue;
        }
        unsigned code = 0;
        const std::string_view hex = text.substr(std::min(i + 1, text.size()), 4);
        const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
        if (text[i] != 'u' || hex.size() != 4 || read.ptr != hex.data() + 4) return std::nullopt;
        append_utf8(out, code);
        i += 4;
    }
    return out;
}

// SEM-36: an integer is Integer, or Long beyond 32 bits; a fraction is Double.
std::optional<Variable> json_number(std::string_view text) {
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto read = std::from_chars(text.data(), end, whole);
    if (read.ec == std::errc{} && read.ptr == end) {
        using Integer = std::numeric_limits<std::int32_t>;
        if (whole < Integer::min() || whole > Integer::max()) return whole;
        return static_cast<std::int32_t>(whole);
    }
    double fraction = 0;
    const auto read_real = std::from_chars(text.data(), end, fraction);
    if (read_real.ec != std::errc{} || read_real.ptr != end) return std::nullopt;
    return fraction;
}

std::optional<Variable> json_scalar(std::string_view text) {
    if (text == "null") return Variable{};
    if (text == "true") return Variable{true};
    if (text == "false") return Variable{false};
    if (text.starts_with('"')) {
        if (auto string = json_string(text)) return Variable{*std::move(string)};
        return std::nullopt;
    }
    return json_number(text);
}

std::string unescape_line_breaks(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool line_break =
            text.substr(i).starts_with("\\n") && (i == 0 || text[i - 1] != '\\');
        out += line_break ? '\n' : text[i];
        i += line_break;
    }
    return out;
}

bool read_option(std::string_view option, grammar::ComparisonRules& rules) {
    if (option == "null-greater-than=documented") return rules.null_greater_than_documented = true;
    if (option == "relational-strings=numeric") return rules.relational_strings_numeric = true;
    return option == "profile=edge" || option == "profile=x";  // nothing of a condition hangs on it
}

bool read_position(std::string_view text, grammar::Position& position) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    const auto number = [](std::string_view digits, std::uint32_t& out) {
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        return read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    };
    return number(text.substr(0, colon), position.line) &&
           number(text.substr(colon + 1), position.column);
}

// `true`, `false`, `error L:C message`, `render TEXT`, with `[option]` before.
bool read_expectation(std::string_view head, CondCase& result) {
    while (take(head, "[")) {
        const std::size_t close = head.find(']');
        if (close == std::string_view::npos || !read_option(head.substr(0, close), result.rules)) {
            return false;
        }
        head = trim(head.substr(close + 1));
    }
    if (head == "true" || head == "false") {
        result.expected = head == "true";
        return true;
    }
    if (take(head, "error ")) {
        result.kind = CondCase::Kind::fails;
        const std::size_t space = std::min(head.find(' '), head.size());
        result.text = trim(head.substr(space));
        return read_position(head.substr(0, space), result.position);
    }
    if (take(head, "render ")) {
        result.kind = CondCase::Kind::renders;
        result.text = trim(head);
        return true;
    }
    return false;
}

class Reader {
public:
    Reader(std::string_view file_name, CondFile& out) : file_name_(file_name), out_(out) {
        stem_ = file_name.substr(0, file_name.rfind('.'));
    }

    void line(std::string_view raw) {
        ++line_;
        const std::string_view line = trim(raw);
        if (line.empty()) {
            setting_ = false;
        } else if (line.starts_with('#')) {
            const std::string_view label = trim(line.substr(1));
            if (!label.starts_with("source:")) label_ = label.substr(0, label.find(':'));
        } else if (line.starts_with("set ")) {
            set(line.substr(4));
        } else {
            add_case(line);
        }
    }

private:
    void problem(std::string_view why) {
        out_.problems.push_back(std::string(file_name_) + ':' + std::to_string(line_) + ": " +
                                std::string(why));
    }

    void set(std::string_view rest) {
        if (!setting_) variables_.clear();
        setting_ = true;
        const std::size_t equals = rest.find(" = ");
        if (equals == std::string_view::npos) return problem("expected 'set NAME = JSON'");
        const auto value = json_scalar(trim(rest.substr(equals + 3)));
        if (!value) return problem("expected a JSON string, number, true, false or null");
        variables_[std::string(trim(rest.substr(0, equals)))] = *value;
    }

    void add_case(std::string_view line) {
        const std::size_t bar = line.find(" |");
        if (bar == std::string_view::npos) return problem("expected 'EXPECTATION | EXPRESSION'");
        if (setting_) return problem("expected a blank line after 'set'");
        CondCase result;
        result.line = line_;
        result.variables = variables_;
        result.expression = unescape_line_breaks(trim(line.substr(bar + 2)));
        if (!read_expectation(trim(line.substr(0, bar)), result)) {
            return problem("expected true, false, error L:C message or render TEXT before '|'");
        }
        std::string name = stem_ + '_' + label_ + "_line" + std::to_string(line_);
        const auto odd = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; };
        std::replace_if(name.begin(), name.end(), odd, '_');
        name.erase(std::unique(name.begin(), name.end(),
                               [](char a, char b) { return a == '_' && b == '_'; }),
                   name.end());
        result.name = std::move(name);
        out_.cases.push_back(std::move(result));
    }

    std::string_view file_name_;
    CondFile& out_;
    std::string stem_;
    std::string label_;
    std::size_t line_ = 0;
    bool setting_ = false;
    Assignment variables_;
};

}  // namespace

grammar::Value to_value(const Variable& variable) {
    struct Visitor {
        grammar::Value operator()(std::monostate) const { return grammar::Value::null(); }
        grammar::Value operator()(bool b) const { return grammar::Value::boolean(b); }
        grammar::Value operator()(std::int32_t i) const { return grammar::Value::integer(i); }
        grammar::Value operator()(std::int64_t i) const { return grammar::Value::long_integer(i); }
        grammar::Value operator()(float f) const { return grammar::Value::single(f); }
        grammar::Value operator()(double d) const { return grammar::Value::real(d); }
        grammar::Value operator()(const std::string& s) const { return grammar::Value::text(s); }
    };
    return std::visit(Visitor{}, variable);
}

CondFile read_cond_text(std::string_view file_name, std::string_view text) {
    CondFile file;
    Reader reader(file_name, file);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        reader.line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return file;
}

CondFile read_cond_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".cond") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    CondFile all;
    for (const auto& path : paths) {
        std::ifstream stream(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        CondFile file = read_cond_text(path.filename().string(), text);
        std::move(file.cases.begin(), file.cases.end(), std::back_inserter(all.cases));
        std::move(file.problems.begin(), file.problems.end(), std::back_inserter(all.problems));
    }
    return all;
}

}  // namespace catchrule::testing
