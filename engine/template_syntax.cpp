// SPDX-License-Identifier: Apache-2.0
#include "engine/template_syntax.hpp"

#include <algorithm>
#include <array>

namespace catchrule {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '%';
}

// The variable name at the front of `text`; empty when there is none.
std::string_view leading_name(std::string_view text, char suffix) {
    if (text.empty() || !(is_letter(text[0]) || text[0] == '_')) return {};
    const auto* end = std::find_if(text.begin(), text.end(),
                                   [suffix](char c) { return !is_name_char(c) || c == suffix; });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

class CallReader {
public:
    CallReader(std::string_view text, std::size_t at, char suffix)
        : text_(text), at_(at), suffix_(suffix) {}

    // Reads `a,b)` and the suffix. False where it is no call; then at() is where reading stopped.
    bool run(std::vector<Braced::Argument>& arguments) {
        if (ends_call(at_)) return at_ += 2, true;
        for (;; ++at_) {
            Braced::Argument argument;
            if (!(text_.substr(at_).starts_with('\'') ? quoted(argument) : plain(argument)))
                return false;
            arguments.push_back(argument);
            if (text_[at_] == ')') break;
        }
        if (!ends_call(at_)) return false;
        at_ += 2;
        return true;
    }

    std::size_t at() const { return at_; }

private:
    bool ends_call(std::size_t at) const {
        return at + 1 < text_.size() && text_[at] == ')' && text_[at + 1] == suffix_;
    }

    // A literal ends at a quote that a comma or the end of the call follows, so that
    // 'yyyy-MM-dd'T'HH:mm' is one.
    bool quoted(Braced::Argument& argument) {
        const std::size_t begin = at_ + 1;
        for (std::size_t end = text_.find('\'', begin); end != std::string_view::npos;
             end = text_.find('\'', end + 1)) {
            if (!text_.substr(end + 1).starts_with(',') && !ends_call(end + 1)) continue;
            argument = {text_.substr(begin, end - begin), begin, true};
            at_ = end + 1;
            return true;
        }
        return false;
    }

    // Up to a comma or ')' outside of brackets and quotes, for JSONPath and XPath as they are.
    bool plain(Braced::Argument& argument) {
        const std::size_t begin = at_;
        std::size_t open = 0;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (open == 0 && (c == ',' || c == ')')) {
                argument = {text_.substr(begin, at_ - begin), begin, false};
                return true;
            }
            if (c == '(' || c == '[') {
                ++open;
            } else if ((c == ')' || c == ']') && open > 0) {
                --open;
            } else if (open > 0 && (c == '\'' || c == '"')) {
                const std::size_t end = text_.find(c, at_ + 1);
                if (end == std::string_view::npos) return false;
                at_ = end;
            } else if (open == 0 && c == suffix_) {
                return false;
            }
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_;
    char suffix_;
};

}  // namespace

bool is_template_name(std::string_view text) {
    return !text.empty() && leading_name(text, '\0').size() == text.size();
}

Braced read_braced(std::string_view text, Template::Delimiters delimiters) {
    Braced braced;
    braced.name = leading_name(text, delimiters.suffix);
    const std::string_view rest = text.substr(braced.name.size());
    if (braced.name.empty() || rest.empty()) return braced;
    if (rest[0] == delimiters.suffix) {
        braced.kind = Braced::Kind::reference;
        braced.length = braced.name.size() + 1;
    } else if (rest[0] == ':') {
        // A default with another prefix in it is JSON or the like, not a default.
        const std::array stops{delimiters.prefix, delimiters.suffix};
        const auto end = rest.find_first_of(std::string_view(stops.data(), stops.size()));
        if (end == std::string_view::npos || rest[end] != delimiters.suffix) return braced;
        braced.kind = Braced::Kind::reference;
        braced.fallback = rest.substr(1, end - 1);
        braced.length = braced.name.size() + end + 1;
    } else if (rest[0] == '(') {
        CallReader reader(text.substr(0, Braced::max_call_bytes), braced.name.size() + 1,
                          delimiters.suffix);
        if (reader.run(braced.arguments)) {
            braced.kind = Braced::Kind::call;
            braced.length = reader.at();
        } else {
            braced.open_call = std::min(reader.at(), text.size());
        }
    }
    return braced;
}

}  // namespace catchrule
