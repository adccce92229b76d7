// SPDX-License-Identifier: Apache-2.0
#include "engine/step.hpp"

namespace catchrule {

namespace {

const std::string* find_in(const Resources::Texts& texts, std::string_view name) {
    const auto found = texts.find(name);
    return found == texts.end() ? nullptr : &found->second;
}

}  // namespace

const std::string* StepContext::resource(std::string_view url) const {
    constexpr std::string_view separator = "://";
    const std::size_t end = url.find(separator);
    if (resources == nullptr || end == std::string_view::npos) return nullptr;
    std::string name(url.substr(0, end));
    return find_in(resources->files, name.append("/").append(url.substr(end + separator.size())));
}

const std::string* StepContext::property(std::string_view set_and_key) const {
    if (resources == nullptr) return nullptr;
    std::string name("propertyset.");
    return find_in(resources->properties, name.append(set_and_key));
}

void set_failed_flags(Variables& variables, std::string_view prefix, std::string_view policy,
                      bool failed) {
    std::string name(prefix);
    name.append(".failed");
    variables.define(name, Value::boolean(failed));
    name.resize(prefix.size() + 1);
    name.append(policy).append(".failed");
    variables.define(name, Value::boolean(failed));
}

}  // namespace catchrule
