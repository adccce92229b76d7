// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace catchrule::test {

/// What is expected of one `== load`: problems in order as `FILE:LINE:COLUMN SEVERITY CODE text`.
struct TreeLoad {
    std::vector<std::string> paths;
    std::vector<std::string> options;  ///< KEY=VALUE
    std::vector<std::string> expected;
};

/// A file of tests/conformance/bundles, which describes files and what loading them reports:
///
///     # any comment, before the first section
///     == PATH                  a file with the text that follows; {repeat N}...{/repeat} in a line
///                              stands for N copies
///     == folder PATH           an empty folder
///     == dangling PATH         a link to nowhere
///     == zip PATH              the entries up to `== end` become an archive
///     == entry NAME [link|encrypted|checksum|size=N]
///     == end
///     == load PATH... [KEY=VALUE...]   with the lines of what is reported
struct TreeCase {
    std::vector<TreeLoad> loads;
};

/// Makes the files of a case in `folder`; throws when the case cannot be read.
TreeCase make_tree(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace catchrule::test
