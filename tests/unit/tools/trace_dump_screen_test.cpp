// SPDX-License-Identifier: Apache-2.0
// The dump of a recording as a terminal gets it, compared with a file; UPDATE_GOLDEN=1 rewrites it.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "engine/traces/read_trace.hpp"
#include "tools/trace_dump_text.hpp"

namespace catchrule::tools {
namespace {

std::string screens_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    trace::Reader reader(in);
    std::string out;
    for (std::size_t number = 1; auto call = reader.next(); ++number) {
        trace::mask(*call);
        out += trace_dump_text(*call, number, {.cut = true});
    }
    EXPECT_FALSE(reader.error());
    return out;
}

TEST(TraceDumpScreen, HasOneHundredColumns) {
    const std::string folder = CATCHRULE_SOURCE "/tests/cli/data/traces/";
    const std::string screen = screens_of(folder + "edge.xml") + screens_of(folder + "own.jsonl");
    std::istringstream lines(screen);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;

    const std::string golden = CATCHRULE_TOOLS_DATA "/trace_dump.txt";
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << screen;
    std::ifstream in(golden, std::ios::binary);
    const std::string expected((std::istreambuf_iterator<char>(in)),
                               std::istreambuf_iterator<char>());
    EXPECT_EQ(screen, expected);
}

}  // namespace
}  // namespace catchrule::tools
