// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace catchrule::test {

/// A line of a data file.
struct Row {
    std::size_t line = 0;
    std::vector<std::string> fields;
};

/// The lines of a data file whose fields stand between tabs; empty lines and those that begin with
/// `# ` are left out. `<U+000A>` in a field stands for that character. Throws when the file cannot
/// be read or a line has less than `fields` fields.
std::vector<Row> read_table(const std::filesystem::path& path, std::size_t fields);

/// The field as it stands in such a file.
std::string encoded(std::string_view text);

}  // namespace catchrule::test
