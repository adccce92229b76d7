// SPDX-License-Identifier: Apache-2.0
// The bundle `ten-policies` of this folder through the real program: a table of calls that has each
// policy do what it can, the lines that MessageLogging left, and limits under many connections.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <latch>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/integration/gateway.hpp"
#include "tests/integration/ten_policies_calls.hpp"
#include "tests/support/datagram_sink.hpp"

namespace catchrule::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

// A folder of its own below the temporary one; gone with this.
struct TemporaryFolder {
    TemporaryFolder() {
        std::string pattern = (fs::temp_directory_path() / "catchrule-ten-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no folder " << pattern;
        path = pattern;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { fs::remove_all(path); }

    fs::path path;
};

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Lines lines_of(const fs::path& file) {
    Lines lines;
    std::istringstream in(text_of(file));
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// The bundle, all it talks to, and where its lines go. end() before the lines are read.
class TenPolicies {
public:
    TenPolicies() : gateway_(std::in_place, bundle(), options()) {}

    std::uint16_t port() const { return gateway_->port(); }
    void end() { gateway_.reset(); }
    Lines logged(const char* name) const { return lines_of(logs() / name); }
    Lines syslog(std::size_t expected) { return syslog_.wait_for(expected); }
    const ScriptedTarget& notes() const { return notes_; }

private:
    fs::path logs() const { return folder_.path / "logs"; }

    // A copy whose syslog server is the socket of this test: the port in a policy is a literal.
    std::string bundle() const {
        const fs::path copy = folder_.path / "ten-policies";
        fs::create_directories(copy);
        fs::copy(CATCHRULE_BUNDLES "/ten-policies/apiproxy", copy / "apiproxy",
                 fs::copy_options::recursive);
        const fs::path policy = copy / "apiproxy/policies/log_fault.xml";
        std::string text = text_of(policy);
        const std::string placeholder = "<Port>5514<";
        const auto at = text.find(placeholder);
        if (at == std::string::npos) ADD_FAILURE() << "no port in " << text;
        text.replace(at, placeholder.size(), "<Port>" + std::to_string(syslog_.port()) + "<");
        std::ofstream(policy, std::ios::binary) << text;
        return copy.string();
    }

    Lines options() const {
        const std::string own = CATCHRULE_BUNDLES "/ten-policies/";
        Lines words = {"--workers", "2", "--log-folder", logs().string()};
        words.insert(words.end(), {"--shared-flows", own + "sharedflows"});
        words.insert(words.end(), {"--environment", own + "environment"});
        for (const auto& more : {override_of("side.example", side_.port()),
                                 override_of("notes.example", notes_.port()),
                                 override_of("down.example", down_.port())}) {
            words.insert(words.end(), more.begin(), more.end());
        }
        return words;
    }

    TemporaryFolder folder_;
    DatagramSink syslog_;
    ScriptedTarget side_;
    ScriptedTarget notes_;
    Socket down_ = Socket::bound(-1);
    std::optional<RunningGateway> gateway_;
};

std::string request_of(const PolicyCall& call) {
    std::string out = std::string(call.verb) + " /ten" + call.path + " HTTP/1.1\r\nHost: h\r\n";
    for (const std::string& header : parts_of(call.headers)) out += header + "\r\n";
    const std::string body = call.sent;
    if (!body.empty()) out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return out + "\r\n" + body;
}

void expect_reply(const PolicyCall& call, const HttpReply& reply) {
    EXPECT_EQ(reply.status, call.status);
    EXPECT_EQ(reply.body, call.body);
    EXPECT_EQ(reply.header("X-Fault"), call.fault);
    expect_headers(reply, call.expected);
}

// ` /map/get 200`
std::string path_and_status(const PolicyCall& call) {
    const std::string path = call.path;
    return " " + path.substr(0, path.find('?')) + " " + std::to_string(call.status);
}

// What the policies log of the calls in the table, in their order.
Lines call_lines() {
    Lines lines;
    for (const PolicyCall& call : policy_calls())
        lines.push_back(call.verb + path_and_status(call));
    return lines;
}

Lines fault_lines() {
    constexpr const char* user_error = "<11>";  // facility 1, severity 3
    Lines lines;
    for (const PolicyCall& call : policy_calls()) {
        if (*call.fault == '\0') continue;
        lines.push_back(std::string(user_error) + call.fault + path_and_status(call));
    }
    return lines;
}

TEST(TenPolicies, EveryCallAndItsLogLines) {
    TenPolicies at;
    HttpClient client(at.port());
    std::size_t made = 0;
    int notes = 0;
    for (const PolicyCall& call : policy_calls()) {
        SCOPED_TRACE(std::string(call.verb) + " " + call.path);
        const auto reply = client.ask(request_of(call));
        ASSERT_TRUE(reply);
        expect_reply(call, *reply);
        ++made;
        if (std::string(call.path).starts_with("/ask/notify")) ++notes;
    }
    // Nobody waited for these.
    for (int i = 0; i < 500 && at.notes().requests() < notes; ++i) {
        std::this_thread::sleep_for(Milliseconds(10));
    }
    EXPECT_EQ(at.notes().requests(), notes);
    const std::string noted = at.notes().last_request();
    EXPECT_TRUE(noted.starts_with("POST /slow HTTP/1.1\r\n")) << noted;
    EXPECT_TRUE(noted.ends_with("\r\n\r\n{\"word\":\"one\"}") ||
                noted.ends_with("\r\n\r\n{\"word\":\"two\"}"))
        << noted;

    at.end();
    EXPECT_EQ(at.logged("calls.log"), call_lines());
    EXPECT_EQ(at.syslog(fault_lines().size()), fault_lines());
    EXPECT_EQ(at.logged("_bodies.log"), (Lines{"first", "second"}));
    EXPECT_EQ(at.logged("strict.log"), Lines{});
    const Lines cloud = at.logged("cloud.jsonl");
    ASSERT_EQ(cloud.size(), 1U);
    EXPECT_TRUE(cloud[0].ends_with(R"("logName":"cloud","severity":"WARNING",)"
                                   R"("resource":{"type":"api"},)"
                                   R"("labels":{"proxy":"ten-policies"},"message":"rain"})"))
        << cloud[0];

    std::cout << "count: ten policies, " << made << " calls, " << fault_lines().size()
              << " faults\n";
    EXPECT_GE(made, 60U);
}

struct Crowd {
    const char* path;
    int connections;
    int calls;  // of each
    int allowed;
};

// Calls on many connections at once; how many replies there were of each status.
std::map<int, int> statuses_of(const Crowd& crowd, std::uint16_t port) {
    std::mutex mutex;
    std::map<int, int> statuses;
    std::latch start(crowd.connections);
    std::vector<std::jthread> callers;
    callers.reserve(static_cast<std::size_t>(crowd.connections));
    for (int i = 0; i < crowd.connections; ++i) {
        callers.emplace_back([&] {
            HttpClient client(port);
            start.arrive_and_wait();
            for (int call = 0; call < crowd.calls; ++call) {
                const auto reply = client.get(std::string("/ten") + crowd.path);
                const std::lock_guard lock(mutex);
                ++statuses[reply ? reply->status : 0];
            }
        });
    }
    callers.clear();
    return statuses;
}

TEST(TenPolicies, TwoWorkersLetPassWhatIsAllowedAndNoMore) {
    const Crowd crowds[] = {
        {"/quota/flexi", 32, 6, 40},
        {"/quota/rolling", 32, 6, 40},
        {"/quota/product?apikey=many", 32, 6, 40},
        {"/spike/fixed?id=crowd", 32, 2, 1},
    };
    TenPolicies at;
    std::map<std::string, int> expected_lines;
    std::size_t refused = 0;
    for (const Crowd& crowd : crowds) {
        SCOPED_TRACE(crowd.path);
        const int over = crowd.connections * crowd.calls - crowd.allowed;
        const std::map<int, int> expected = {{200, crowd.allowed}, {429, over}};
        EXPECT_EQ(statuses_of(crowd, at.port()), expected);
        const std::string path = crowd.path;
        const std::string start = "GET " + path.substr(0, path.find('?')) + " ";
        expected_lines[start + "200"] = crowd.allowed;
        expected_lines[start + "429"] = over;
        refused += static_cast<std::size_t>(over);
    }
    at.end();
    std::map<std::string, int> lines;
    for (const std::string& line : at.logged("calls.log")) ++lines[line];
    EXPECT_EQ(lines, expected_lines);
    EXPECT_EQ(at.syslog(refused).size(), refused);
}

}  // namespace
}  // namespace catchrule::test
