// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/step.hpp"
#include "engine/stores/environment.hpp"
#include "grammar/pattern.hpp"

namespace catchrule {

/// The keys of an environment, indexed once. Immutable, freely read by several threads.
class KeyStore {
public:
    explicit KeyStore(Environment environment);
    KeyStore(const KeyStore&) = delete;
    KeyStore& operator=(const KeyStore&) = delete;

    /// key -> app -> developer -> an approved product that covers proxy, environment and path
    /// (POLICIES 4.3). Products are tried in the order of the credential.
    KeyReply find(const KeyQuery& query, Millis now) const;

private:
    /// A product with its resources compiled.
    struct Offer {
        const Product* product = nullptr;
        bool every_path = false;
        std::vector<grammar::Pattern> paths;

        bool covers(const KeyQuery& query) const;
    };
    struct Holder {
        const App* app = nullptr;
        const Credential* credential = nullptr;
        const Developer* developer = nullptr;  ///< null when the app names none that is known
    };

    const Product* product_for(const Credential& credential, const KeyQuery& query) const;

    Environment environment_;
    std::unordered_map<std::string_view, Offer> offers_;
    std::unordered_map<std::string_view, Holder> holders_;
};

}  // namespace catchrule
