// SPDX-License-Identifier: Apache-2.0
// Two rounds. The first hides values by their names: variables, headers, and `name=value`,
// `"name":"value"` and `<name>value</name>` within texts. The second hides the same values where
// they stand without a name: a key that a policy copied is as secret as the key.
#include "engine/trace_mask.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <variant>
#include <vector>

#include "engine/model.hpp"
#include "engine/trace.hpp"

namespace catchrule::trace {

namespace {

constexpr std::size_t shortest_secret = 8;  // a shorter value may turn up by chance
constexpr std::size_t most_secrets = 64;    // of a call, for the second round

constexpr std::array<std::string_view, 22> secret_fields{"authorization",  "proxy-authorization",
                                                         "cookie",         "set-cookie",
                                                         "apikey",         "api-key",
                                                         "api_key",        "x-apikey",
                                                         "x-api-key",      "x-api_key",
                                                         "x-auth-token",   "x-goog-api-key",
                                                         "access_token",   "refresh_token",
                                                         "id_token",       "client_secret",
                                                         "client_id",      "client-secret",
                                                         "consumersecret", "consumer_secret",
                                                         "password",       "secret"};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool is_word(char c) {
    return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '_' || c == '-';
}

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// A header or parameter in the name of a variable: `request.header.Cookie.values` -> `Cookie`.
std::string_view field_of(std::string_view name) {
    for (const std::string_view part : {".header.", ".queryparam.", ".formparam."}) {
        const auto at = name.find(part);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = name.substr(at + part.size());
        return rest.substr(0, rest.find('.'));
    }
    return {};
}

// Properties that tell what was configured, not what was sent.
bool is_configuration(std::string_view property) {
    constexpr std::array<std::string_view, 16> names{"Expression",
                                                     "expression",
                                                     "ExpressionResult",
                                                     "expressionResult",
                                                     "Tree",
                                                     "To",
                                                     "From",
                                                     "type",
                                                     "action",
                                                     "result",
                                                     "internal",
                                                     "enforcement",
                                                     "name",
                                                     "names",
                                                     "verdict",
                                                     "kind"};
    return property.starts_with("stepDefinition") ||
           std::find(names.begin(), names.end(), property) != names.end();
}

class Masker {
public:
    explicit Masker(const Masks& masks) : masks_(masks) {}

    void run(Call& call) {
        for (Point& point : call.points) by_name(point);
        if (secrets_.empty()) return;
        // A longer one may hold a shorter one.
        std::sort(secrets_.begin(), secrets_.end(),
                  [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (Point& point : call.points) by_value(point);
    }

private:
    bool is_secret(std::string_view name) const {
        if (is_secret_variable(name) || masks_.variables.contains(name)) return true;
        const std::string_view field = field_of(name);
        return !field.empty() && is_field(field) && !name.ends_with(".count");
    }

    bool is_field(std::string_view name) const {
        return is_secret_field(name) ||
               (!masks_.fields.empty() && masks_.fields.contains(lower(name)));
    }

    void learn(std::string_view secret) {
        if (secret.size() < shortest_secret || secret == mask_text) return;
        if (secrets_.size() >= most_secrets ||
            std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end()) {
            return;
        }
        secrets_.emplace_back(secret);
    }

    // The whole value, what follows `Bearer `, the values of cookies; decoded, too.
    void hide(std::string& value) {
        if (value == mask_text) return;
        learn(value);
        if (const auto blank = value.find(' '); blank != std::string::npos) {
            learn(std::string_view(value).substr(blank + 1));
        }
        for (std::size_t at = 0; at < value.size();) {
            const std::size_t end = std::min(value.find(';', at), value.size());
            const std::string_view pair = std::string_view(value).substr(at, end - at);
            if (const auto equals = pair.find('='); equals != std::string_view::npos) {
                learn(pair.substr(equals + 1));
            }
            at = end + 1;
        }
        if (value.find('%') != std::string::npos) {
            const Fields decoded = parse_query("v=" + value);
            for (const Field& field : decoded.items()) learn(field.value);
        }
        value = mask_text;
    }

    // Where the value of a name that ended at `at` stands; an empty span when none follows.
    static Range value_after(std::string_view text, std::size_t at) {
        const auto until = [&](std::string_view ends, std::size_t begin) {
            return Range{begin, std::min(text.find_first_of(ends, begin), text.size())};
        };
        const auto is = [&](char c) { return at < text.size() && text[at] == c; };
        const auto skip_blanks = [&] {
            while (at < text.size() && is_blank(text[at])) ++at;
        };
        if (is('=')) {
            ++at;
            if (is('"')) ++at;
            return until("&;\"'<># \t\r\n", at);
        }
        if (is('>')) return until("<", at + 1);
        if (is('\\')) ++at;  // JSON within JSON
        if (!is('"')) return {at, at};
        ++at;
        skip_blanks();
        if (!is(':')) return {at, at};
        ++at;
        skip_blanks();
        if (is('\\')) ++at;
        if (!is('"')) return {at, at};
        std::size_t end = ++at;
        while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        return {at, std::min(end, text.size())};
    }

    // Secret names within a text.
    void pairs(std::string& text) {
        if (text.find_first_of("=:>") == std::string::npos) return;
        std::string out;
        std::size_t copied = 0;
        for (std::size_t at = 0; at < text.size();) {
            if (!is_word(text[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < text.size() && is_word(text[at])) ++at;
            if (!is_field(std::string_view(text).substr(begin, at - begin))) continue;
            const Range value = value_after(text, at);
            if (value.begin == value.end) continue;
            std::string secret = text.substr(value.begin, value.end - value.begin);
            hide(secret);
            out.append(text, copied, value.begin - copied).append(secret);
            copied = at = value.end;
        }
        if (copied == 0) return;
        text = out.append(text, copied);
    }

    void pairs(std::optional<std::string>& text) {
        if (text) pairs(*text);
    }

    void by_name(Point& point) {
        for (Property& property : point.properties) {
            if (is_secret(property.name)) {
                hide(property.value);
            } else if (!is_configuration(property.name)) {
                pairs(property.value);
            }
        }
        if (point.message) {
            pairs(point.message->content);
            pairs(point.message->uri);
            for (Field& field : point.message->headers) {
                if (is_field(field.name)) {
                    hide(field.value);
                } else {
                    pairs(field.value);
                }
            }
        }
        if (point.accesses) {
            for (Access& access : *point.accesses) {
                if (!access.value) continue;
                if (is_secret(access.name)) {
                    hide(*access.value);
                } else {
                    pairs(*access.value);
                }
            }
        }
        if (!point.condition) return;
        for (AtomRecord& atom : point.condition->atoms) {
            by_name(atom.left);
            by_name(atom.right);
        }
    }

    void by_name(OperandRecord& operand) {
        if (operand.is_literal() || operand.is_unset()) return;
        if (is_secret(operand.variable)) {
            hide(operand.text);
            operand.type = grammar::Type::text;
        } else {
            pairs(operand.text);
        }
    }

    void known(std::string& text) const {
        for (const std::string& secret : secrets_) {
            std::string out;
            std::size_t copied = 0;
            for (std::size_t at = text.find(secret); at != std::string::npos;
                 at = text.find(secret, copied)) {
                out.append(text, copied, at - copied).append(mask_text);
                copied = at + secret.size();
            }
            if (copied != 0) text = out.append(text, copied);
        }
    }

    void known(std::optional<std::string>& text) const {
        if (text) known(*text);
    }

    void by_value(Point& point) const {
        for (Property& property : point.properties) {
            if (!is_configuration(property.name)) known(property.value);
        }
        if (point.message) {
            known(point.message->content);
            known(point.message->uri);
            for (Field& field : point.message->headers) known(field.value);
        }
        if (point.accesses) {
            for (Access& access : *point.accesses) known(access.value);
        }
        if (!point.condition) return;
        for (AtomRecord& atom : point.condition->atoms) {
            if (!atom.left.is_literal()) known(atom.left.text);
            if (!atom.right.is_literal()) known(atom.right.text);
        }
    }

    const Masks& masks_;
    std::vector<std::string> secrets_;
};

}  // namespace

Masks Masks::of(const Bundle& bundle) {
    Masks masks;
    for (const Policy& policy : bundle.policies) {
        const auto* verify = std::get_if<VerifyApiKey>(&policy.config);
        if (verify == nullptr || verify->key_ref.empty()) continue;
        masks.variables.insert(verify->key_ref);
        const std::string_view field = field_of(verify->key_ref);
        if (!field.empty()) masks.fields.insert(lower(field));
    }
    return masks;
}

bool is_secret_field(std::string_view name) {
    constexpr std::size_t longest = 20;
    if (name.size() > longest || name.empty()) return false;
    return std::find(secret_fields.begin(), secret_fields.end(), lower(name)) !=
           secret_fields.end();
}

bool is_secret_variable(std::string_view name) {
    if (name.starts_with("private.")) return true;
    if (const std::string_view field = field_of(name); !field.empty()) {
        return is_secret_field(field) && !name.ends_with(".count");
    }
    return is_secret_field(name.substr(name.rfind('.') + 1));
}

void mask(Call& call, const Masks& masks) { Masker(masks).run(call); }

}  // namespace catchrule::trace
