// SPDX-License-Identifier: Apache-2.0
// Runs the command lines of *.case files with the real program. A file is a list of blocks:
//
//     # any comment
//     $ catchrule eval 'a = "1"' --var a=1
//     true
//     2> a line of standard error
//     [0]
//
// $THREAD is the folder of the community-thread bundles. A line ending in ` ...` matches any line
// that starts so; a line `...` any number of lines. The command runs in tests/cli/data through sh.
// UPDATE_GOLDEN=1 rewrites blocks without such lines.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Block {
    std::string comment;  // with line breaks, before the command
    std::string command;
    std::vector<std::string> output{};  // stdout, then stderr lines with "2> "
    std::string status{};               // "[0]"
};

struct CaseFile {
    std::string name;
    std::vector<Block> blocks;
};

std::vector<std::string> lines_of(std::istream& in) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

CaseFile read_cases(const fs::path& path) {
    CaseFile file{.name = path.stem().string(), .blocks = {}};
    std::ifstream in(path);
    std::string comment;
    bool open = false;
    for (const std::string& line : lines_of(in)) {
        if (!open && !line.starts_with("$ ")) {
            comment += line + '\n';
        } else if (!open) {
            file.blocks.push_back({.comment = comment, .command = line.substr(2)});
            comment.clear();
            open = true;
        } else if (line.size() >= 3 && line.front() == '[' && line.back() == ']' &&
                   line.find_first_not_of("0123456789", 1) == line.size() - 1) {
            file.blocks.back().status = line;
            open = false;
        } else {
            file.blocks.back().output.push_back(line);
        }
    }
    EXPECT_FALSE(open) << path << ": the last block has no [STATUS]";
    return file;
}

std::vector<fs::path> case_files() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(CATCHRULE_CLI_CASES)) {
        if (entry.path().extension() == ".case") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// The block as it comes out of the program.
Block run(const Block& asked) {
    const fs::path error =
        fs::temp_directory_path() /
        ("catchrule-cli-" + std::to_string(static_cast<long>(getpid())) + ".err");
    const std::string script = "cd '" CATCHRULE_CLI_CASES
                               "/data' && THREAD=../../../examples/bundles/community-thread; "
                               "catchrule() { '" CATCHRULE_PROGRAM "' \"$@\"; } && { " +
                               asked.command + "\n} 2>'" + error.string() + "'";
    Block out{.comment = asked.comment, .command = asked.command};
    std::FILE* pipe = popen(script.c_str(), "r");  // NOLINT(bugprone-command-processor)
    if (pipe == nullptr) return out;
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        text.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    out.status = '[' + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : 256) + ']';
    std::istringstream said(text);
    out.output = lines_of(said);
    std::ifstream complained(error);
    for (const std::string& line : lines_of(complained)) out.output.push_back("2> " + line);
    fs::remove(error);
    return out;
}

bool is_wild(const std::string& line) { return line == "..." || line.ends_with(" ..."); }

bool line_matches(const std::string& expected, const std::string& actual) {
    if (!expected.ends_with(" ...")) return expected == actual;
    return actual.starts_with(expected.substr(0, expected.size() - 4));
}

bool matches(const std::vector<std::string>& expected, std::size_t i,
             const std::vector<std::string>& actual, std::size_t j) {
    if (i == expected.size()) return j == actual.size();
    if (expected[i] == "...") {
        for (std::size_t k = j; k <= actual.size(); ++k) {
            if (matches(expected, i + 1, actual, k)) return true;
        }
        return false;
    }
    return j < actual.size() && line_matches(expected[i], actual[j]) &&
           matches(expected, i + 1, actual, j + 1);
}

std::string text_of(const Block& block) {
    std::string out = block.comment + "$ " + block.command + '\n';
    for (const std::string& line : block.output) out += line + '\n';
    return out + block.status + '\n';
}

class Cli : public testing::TestWithParam<fs::path> {};

TEST_P(Cli, PrintsWhatTheFileSays) {
    const CaseFile file = read_cases(GetParam());
    ASSERT_FALSE(file.blocks.empty());
    const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
    std::string rewritten;
    for (const Block& block : file.blocks) {
        const Block actual = run(block);
        const bool wild = std::any_of(block.output.begin(), block.output.end(), is_wild);
        if (update && !wild) {
            rewritten += text_of(actual);
            continue;
        }
        rewritten += text_of(block);
        EXPECT_TRUE(block.status == actual.status && matches(block.output, 0, actual.output, 0))
            << "expected:\n"
            << text_of(block) << "\nactual:\n"
            << text_of(actual);
    }
    if (update) std::ofstream(GetParam()) << rewritten;
}

INSTANTIATE_TEST_SUITE_P(Files, Cli, testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
