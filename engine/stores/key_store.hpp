// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
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
    /// A compiled resource; without a pattern it covers every path, or none when it is no pattern
    /// at all.
    struct Resource {
        explicit Resource(const std::string& text);
        bool covers(std::string_view path) const;

        bool every_path = false;
        std::optional<grammar::Pattern> pattern;
    };
    /// What a product grants on which proxy: its own lists, or one of its operation configurations.
    struct Grant {
        std::vector<std::string> proxies;             ///< empty = all
        std::vector<Resource> resources;              ///< empty = everything
        const OperationConfig* operations = nullptr;  ///< same order as `resources`
    };
    struct Offer {
        const Product* product = nullptr;
        std::vector<Grant> grants;
    };
    struct Holder {
        const App* app = nullptr;
        const Credential* credential = nullptr;
        const Developer* developer = nullptr;  ///< null when the app names none that is known
        const Company* company = nullptr;      ///< null likewise
    };
    /// What lets a call pass.
    struct Match {
        const Product* product = nullptr;
        const OperationConfig* config = nullptr;
        const ProductOperation* operation = nullptr;
    };

    static Offer offer_of(const Product& product);
    static std::optional<Match> match(const Offer& offer, const KeyQuery& query);
    std::optional<Match> product_for(const Credential& credential, const KeyQuery& query) const;

    Environment environment_;
    std::unordered_map<std::string_view, Offer> offers_;
    std::unordered_map<std::string_view, Holder> holders_;
};

}  // namespace catchrule
