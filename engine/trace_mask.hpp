// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace catchrule {
struct Bundle;
}

namespace catchrule::trace {

struct Call;

/// What stands in place of a secret.
inline constexpr std::string_view mask_text = "*****";

/// Names whose values no written trace shows, besides those of is_secret_variable() and
/// is_secret_field().
struct Masks {
    std::set<std::string, std::less<>> variables;
    std::set<std::string> fields;  ///< headers and parameters, in lower case

    /// What a bundle's VerifyAPIKey policies take their keys from.
    static Masks of(const Bundle& bundle);
};

/// Variables that are always masked: `private.*`, the secret headers and parameters of a message,
/// and names that end in `.access_token`, `.client_secret` and the like.
bool is_secret_variable(std::string_view name);

/// Headers and parameters that are always masked, ASCII case ignored: Authorization,
/// Proxy-Authorization, Cookie, Set-Cookie, x-apikey, apikey, access_token, client_secret and the
/// like.
bool is_secret_field(std::string_view name);

/// Puts mask_text in place of every secret value of the call: in variables, headers, parameters of
/// URIs and forms, operands, and wherever else the same value, of at least eight bytes, turns up.
/// Doing it twice changes nothing.
void mask(Call& call, const Masks& masks = {});

}  // namespace catchrule::trace
