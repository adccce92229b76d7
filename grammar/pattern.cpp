// SPDX-License-Identifier: Apache-2.0
#include "grammar/pattern.hpp"

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "grammar/glob.hpp"
#include "grammar/messages.hpp"
#include "grammar/regex_code.hpp"

namespace catchrule::grammar {

struct Pattern::Impl {
    std::variant<Glob, RegexCode> matcher;
};

Pattern::Pattern(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Parsed<Pattern> Pattern::compile(Operator op, std::string_view text) {
    Parsed<Pattern> result;
    const auto accept = [&result](auto matcher) {
        result.value = Pattern(std::make_unique<const Impl>(Impl{std::move(matcher)}));
    };
    if (op == Operator::java_regex) {
        auto code = compile_java_regex(text, RegexUse::whole_value, RegexLife::kept);
        result.diagnostics = std::move(code.diagnostics);
        if (code) accept(std::move(*code));
        return result;
    }
    if (text.size() > Glob::max_bytes) {
        result.diagnostics.push_back(make_diagnostic(
            Problem::pattern_too_long, {0, static_cast<std::uint32_t>(text.size())},
            "expected a pattern of at most " + std::to_string(Glob::max_bytes) + " bytes"));
        return result;
    }
    accept(op == Operator::matches ? Glob::matches(text) : Glob::matches_path(text));
    return result;
}

std::size_t Pattern::bytes() const {
    if (const Glob* glob = std::get_if<Glob>(&impl_->matcher)) return glob->bytes();
    const pcre2_code* code = std::get<RegexCode>(impl_->matcher).code.get();
    std::size_t code_size = 0;
    std::size_t machine_code_size = 0;
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &code_size);
    pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &machine_code_size);
    return code_size + machine_code_size;
}

Match Pattern::match(std::string_view subject) const {
    if (const Glob* glob = std::get_if<Glob>(&impl_->matcher)) {
        return glob->match(subject) ? Match::yes : Match::no;
    }
    return match_regex(std::get<RegexCode>(impl_->matcher).code.get(), subject);
}

}  // namespace catchrule::grammar
