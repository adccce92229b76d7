// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

using Kind = MapOperation::Kind;
using Scope = KeyValueMap::Scope;
using Part = KeyValueMap::Part;

constexpr std::array<std::pair<std::string_view, Scope>, 4> scopes{
    {{"organization", Scope::organization},
     {"environment", Scope::environment},
     {"apiproxy", Scope::apiproxy},
     {"policy", Scope::policy}}};

class MapLoader {
public:
    MapLoader(Context& context, const File& file) : context_(context), file_(file) {}

    KeyValueMap load(const Element& root) {
        file_.expect(root, {{"name", "enabled", "continueOnError", "async", "mapIdentifier"},
                            {"DisplayName", "Description", "Properties", "FaultRules", "Scope",
                             "MapName", "ExpiryTimeInSecs", "ExpiryTimeInSeconds", "ExclusiveCache",
                             "InitialEntries", "Get", "Put", "Delete"}});
        if (const auto name = root.attribute("mapIdentifier"))
            map_.map = name->value.trimmed().value;
        for (const Element& child : root.children("InitialEntries")) initial_entries(child);
        bool does_something = false;
        for (const Element& child : root.children()) {
            does_something = operation(child) || does_something;
            setting(child);
        }
        if (!does_something && map_.operations.empty()) {
            file_.error(code::missing_part, root.span(),
                        "expected Get, Put or Delete in KeyValueMapOperations");
        }
        return std::move(map_);
    }

private:
    void setting(const Element& element) {
        const std::string_view name = element.name();
        if (name == "Scope" && load_once(file_, element, scoped_)) scope(element);
        if (name == "MapName" && load_once(file_, element, named_)) map_.map_name = part(element);
        if (name == "ExclusiveCache") {
            file_.expect_text(element);
            load_boolean(file_, element.text(), name, false);
        }
        if (name == "ExpiryTimeInSecs" || name == "ExpiryTimeInSeconds") expiry(element);
    }

    void scope(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (text.value.empty()) return;
        for (const auto& [name, scope] : scopes) {
            if (name == text.value) {
                map_.scope = scope;
                return;
            }
        }
        file_.error(code::bad_value, text.span(),
                    "expected organization, environment, apiproxy or policy for Scope, found \"" +
                        text.value + "\"");
    }

    // How long the vendor caches what it read; here a map is always read itself (SEM-79).
    void expiry(const Element& element) {
        file_.expect_text(element, {"ref"});
        const Text text = element.text().trimmed();
        load_reference(context_, element, "ref");
        if (!text.value.empty() && !parse_integer(text.value, -1)) {
            file_.error(code::bad_value, text.span(),
                        "expected an integer of -1 or more for " + std::string(element.name()) +
                            ", found \"" + text.value + "\"");
        }
    }

    void initial_entries(const Element& element) {
        file_.expect(element, {{}, {"Entry"}});
        for (const Element& entry : element.children("Entry")) {
            file_.expect(entry, {{}, {"Key", "Value"}});
            if (auto made = written(entry, Kind::seed)) map_.operations.push_back(*std::move(made));
        }
    }

    bool operation(const Element& element) {
        if (element.name() == "Get") return get(element);
        if (element.name() == "Put") return put(element);
        if (element.name() != "Delete") return false;
        file_.expect(element, {{}, {"Key"}});
        if (auto key = key_of(element))
            map_.operations.push_back({.kind = Kind::remove, .key = *std::move(key)});
        return true;
    }

    bool get(const Element& element) {
        file_.expect(element, {{"assignTo", "index"}, {"Key"}});
        KeyValueMap::Operation get{.kind = Kind::get, .key = {}};
        get.assign_to = load_reference(context_, element, "assignTo");
        if (get.assign_to.empty()) {
            file_.error(code::missing_part, element.span(), "expected attribute assignTo of Get");
        }
        if (const auto index = element.attribute("index")) {
            const Text text = index->value.trimmed();
            const auto number = parse_integer(text.value, 1);
            if (!number) {
                file_.error(
                    code::bad_policy_value, text.span(),
                    "InvalidIndex: expected an integer of 1 or more, found \"" + text.value + "\"");
            }
            get.index = number.value_or(0);
        }
        if (auto key = key_of(element)) {
            get.key = *std::move(key);
            map_.operations.push_back(std::move(get));
        }
        return true;
    }

    bool put(const Element& element) {
        file_.expect(element, {{"override"}, {"Key", "Value"}});
        bool replaces = true;
        if (const auto flag = element.attribute("override"))
            replaces = load_boolean(file_, flag->value, "override", true);
        if (auto made = written(element, replaces ? Kind::put : Kind::put_absent))
            map_.operations.push_back(*std::move(made));
        return true;
    }

    // Key and Values of a Put or an Entry.
    std::optional<KeyValueMap::Operation> written(const Element& element, Kind kind) {
        auto key = key_of(element);
        KeyValueMap::Operation made{.kind = kind, .key = {}};
        for (const Element& value : element.children("Value")) made.values.push_back(part(value));
        if (made.values.empty()) {
            file_.error(code::missing_part, element.span(),
                        "expected Value in " + std::string(element.name()));
            return std::nullopt;
        }
        if (!key) return std::nullopt;
        made.key = *std::move(key);
        return made;
    }

    std::optional<std::vector<Part>> key_of(const Element& element) {
        std::vector<Part> key;
        for (const Element& parts : element.children("Key")) {
            file_.expect(parts, {{}, {"Parameter"}});
            for (const Element& parameter : parts.children("Parameter"))
                key.push_back(part(parameter));
        }
        if (!key.empty()) return key;
        file_.error(code::missing_part, element.span(),
                    "expected Key with a Parameter in " + std::string(element.name()));
        return std::nullopt;
    }

    Part part(const Element& element) {
        file_.expect_text(element, {"ref"});
        return {.ref = load_reference(context_, element, "ref"),
                .text = element.text().trimmed().value};
    }

    Context& context_;
    const File& file_;
    KeyValueMap map_;
    bool scoped_ = false;
    bool named_ = false;
};

}  // namespace

KeyValueMap load_key_value_map(Context& context, const File& file, const Element& root) {
    return MapLoader(context, file).load(root);
}

}  // namespace catchrule::xml
