// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"

namespace catchrule {

/// What to do with a step that attaches a policy type we do not run (`--unsupported`).
enum class Unsupported : std::uint8_t {
    error,  ///< refuse the bundle
    skip,   ///< load with a warning; the step does nothing
    fault,  ///< load with a warning; the step faults when it runs
};

struct LoadOptions {
    Unsupported unsupported = Unsupported::error;
    bool strict = false;     ///< tolerated oddities are errors (SEM-23)
    bool rule_index = true;  ///< false: decisions try every rule in turn (`--no-index`)
    EndpointKind fragment_endpoint = EndpointKind::proxy;  ///< what a bare fragment belongs to
    std::string fragment_name = "default";                 ///< name of that endpoint
    /// Where FlowCallouts find shared flows: shared-flow bundles, or folders that hold several.
    std::vector<std::string> shared_flows;
    grammar::Limits limits;
    std::uint32_t max_file_bytes = 16 * 1024 * 1024;
    std::uint32_t max_element_depth = 256;
    std::uint32_t max_files = 10'000;
    /// Of a zip archive: bytes, packed and unpacked; unpacked bytes for each packed one; entries.
    std::uint64_t max_archive_bytes = 64 * 1024 * 1024;
    std::uint64_t max_archive_ratio = 200;
    std::uint32_t max_archive_entries = 10'000;
    /// More problems of one file are counted, not kept; whether there was an error is never lost.
    std::uint32_t max_problems_per_file = 1'000;
};

/// One problem of one file. `source` is null when the file could not be read; then `path` says
/// which.
struct Problem {
    FilePtr source;
    std::string path;
    grammar::Diagnostic diagnostic;

    /// file:line:col text with caret, or `path: error: ...`.
    std::string render() const;
};

/// A bundle, or none, and every problem found, file by file in document order.
struct Loaded {
    std::shared_ptr<const Bundle> bundle;  ///< null when there was an error
    std::vector<Problem> problems;
    bool readable = true;  ///< false: the path itself cannot be read (exit status 2)
};

/// Loads what `path` names: a bundle directory (the one that holds `apiproxy/`, or `apiproxy/`
/// itself) or a zip of it, the same of a shared flow (`sharedflowbundle/`), one ProxyEndpoint or
/// TargetEndpoint file, or a bare FaultRules / DefaultFaultRule fragment (several root elements
/// allowed). The shared flows that a bundle calls become part of it. Reports all problems; warnings
/// come with a bundle. No state; call it from any thread.
Loaded load_bundle(const std::string& path, const LoadOptions& options = {});

/// The same from memory: one endpoint file or fragment. `name` is what messages print.
Loaded load_text(const std::string& name, std::string text, const LoadOptions& options = {});

/// A load-time finding id and what it means; codes CR2xx.
struct LoadCode {
    std::string_view id;
    std::string_view name;
    std::string_view meaning;
};
const std::vector<LoadCode>& load_codes();

}  // namespace catchrule
