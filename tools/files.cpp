// SPDX-License-Identifier: Apache-2.0
#include "tools/files.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

namespace catchrule::tools {

std::optional<std::string> read_file(const std::string& path, std::size_t most) {
    const auto drain = [most](std::istream& in) -> std::optional<std::string> {
        std::string text;
        std::string chunk(std::size_t{64} * 1024, '\0');
        while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
               in.gcount() > 0) {
            text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
            if (text.size() > most) return std::nullopt;
        }
        return in.bad() ? std::nullopt : std::optional(std::move(text));
    };
    if (path == "-") return drain(std::cin);
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return drain(file);
}

Loaded load_path(const std::string& path, const LoadOptions& options) {
    if (path != "-") return load_bundle(path, options);
    auto text = read_file(path, options.max_file_bytes);
    if (text) return load_text("<stdin>", std::move(*text), options);
    Loaded unreadable;
    unreadable.readable = false;
    return unreadable;
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
