// SPDX-License-Identifier: Apache-2.0
// `serve --trace-file` and `trace-dump` together: what a call did stands in the file, without its
// secrets, and the dump says which rule fired and why.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/integration/gateway.hpp"

namespace catchrule::test {
namespace {

namespace fs = std::filesystem;

// A path that nobody uses; what is there at the end is removed.
struct TemporaryFile {
    fs::path path = fs::temp_directory_path() /
                    ("catchrule-trace-" + std::to_string(static_cast<long>(getpid())) + ".jsonl");
    TemporaryFile() { fs::remove(path); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { fs::remove(path); }

    std::string text() const {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

std::string example(const std::string& name) { return CATCHRULE_EXAMPLES "/bundles/" + name; }

// Two calls with a key whose spike arrest lets one of them pass, then one without a key.
void make_calls(const fs::path& trace_file) {
    const RunningGateway weather(example("demo-target"), {});
    std::vector<std::string> options = {"--environment", example("community-thread/environment"),
                                        "--trace-file", trace_file.string()};
    for (const std::string& word : override_of("weather.example.com", weather.port())) {
        options.push_back(word);
    }
    const RunningGateway gateway(example("community-thread/as-published"), options);
    HttpClient client(gateway.port());
    client.get("/thread/forecast/berlin?apikey=key-slow");
    const auto reply = client.get("/thread/forecast/berlin?apikey=key-slow",
                                  "Authorization: Bearer very-secret-token\r\nCookie: a=b\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    client.get("/thread/forecast/berlin");
}

std::string dump(const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {CATCHRULE_BINARY, "trace-dump"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    Process process(words);
    std::string out;
    while (const auto line = process.read_line(Milliseconds(10'000))) out += *line + '\n';
    EXPECT_EQ(process.wait(Milliseconds(10'000)), 0) << process.standard_error();
    return out;
}

TEST(TraceFile, TellsWhichRuleFiredAndWhatWasUnset) {
    const TemporaryFile file;
    make_calls(file.path);
    const std::string text = file.text();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
    EXPECT_EQ(fs::status(file.path).permissions() & fs::perms::all,
              fs::perms::owner_read | fs::perms::owner_write);
    for (const char* secret : {"key-slow", "very-secret-token", "a=b"}) {
        EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }

    const std::string screen = dump({file.path.string(), "--message", "2"});
    for (const char* expected :
         {"MESSAGE 2  GET /thread/forecast/berlin?apikey=*****", "FAULT    SpikeArrestViolation",
          "(fault.name equals \"SpikeArrestViolation\")", "fault_spike_arrest",
          "spikearrest.spike_protection.failed",
          "500 Internal Server Error, rule spike_arrest fired", "default  default_fault_rule",
          "UNSET    "}) {
        EXPECT_NE(screen.find(expected), std::string::npos) << expected << "\n" << screen;
    }
    EXPECT_NE(dump({file.path.string(), "--format", "json"}).find(R"("fired":"api_key_faults")"),
              std::string::npos);
}

TEST(TraceFile, ThatCannotBeWrittenIsRefused) {
    Process process({CATCHRULE_BINARY, "serve", example("demo-target"), "--listen", "127.0.0.1:0",
                     "--admin", "off", "--trace-file", "/nonexistent/trace.jsonl"});
    EXPECT_EQ(process.wait(Milliseconds(10'000)), 2);
    EXPECT_NE(process.standard_error().find("--trace-file /nonexistent/trace.jsonl: No such file"),
              std::string::npos)
        << process.standard_error();
}

}  // namespace
}  // namespace catchrule::test
