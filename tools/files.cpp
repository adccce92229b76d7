// SPDX-License-Identifier: Apache-2.0
#include "tools/files.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace catchrule::tools {

std::optional<std::string> read_file(const std::string& path) {
    const auto drain = [](std::istream& in) {
        return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    };
    if (path == "-") return drain(std::cin);
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string text = drain(file);
    if (file.bad()) return std::nullopt;
    return text;
}

Loaded load_path(const std::string& path, const LoadOptions& options) {
    if (path == "-") return load_text("<stdin>", read_file(path).value_or(""), options);
    return load_bundle(path, options);
}

std::shared_ptr<const Bundle> load_or_complain(const std::string& path, const LoadOptions& options,
                                               std::ostream& err) {
    Loaded loaded = load_path(path, options);
    for (const Problem& problem : loaded.problems) err << problem.render();
    if (loaded.bundle == nullptr && loaded.problems.empty()) {
        err << "catchrule: cannot read " << path << '\n';
    } else if (loaded.bundle == nullptr) {
        err << "catchrule: " << path << " does not load\n";
    }
    return std::move(loaded.bundle);
}

std::optional<Semantics> read_switches(const Switches& switches, std::ostream& err) {
    Semantics semantics;
    for (const auto& [key, value] : switches) {
        const std::string error = semantics.set(key, value);
        if (error.empty()) continue;
        err << "catchrule: " << error << '\n';
        return std::nullopt;
    }
    return semantics;
}

}  // namespace catchrule::tools
