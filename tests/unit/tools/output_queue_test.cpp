// SPDX-License-Identifier: Apache-2.0
#include "tools/output_queue.hpp"

#include <array>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace catchrule::tools {
namespace {

// A pipe whose ends close with it.
class Pipe {
public:
    Pipe() {
        std::signal(SIGPIPE, SIG_IGN);
        EXPECT_EQ(::pipe(ends_.data()), 0);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_reader();
        ::close(ends_[1]);
    }
    int writer() const { return ends_[1]; }
    void close_reader() {
        if (ends_[0] >= 0) ::close(ends_[0]);
        ends_[0] = -1;
    }
    std::string read(std::size_t bytes) const {
        std::string out(bytes, '\0');
        std::size_t got = 0;
        while (got < bytes) {
            const auto count = ::read(ends_[0], out.data() + got, bytes - got);
            if (count <= 0) break;
            got += static_cast<std::size_t>(count);
        }
        out.resize(got);
        return out;
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

TEST(OutputQueue, KeepsTheOrder) {
    const Pipe pipe;
    {
        OutputQueue queue(pipe.writer());
        for (const char* text : {"one ", "two ", "three"}) queue.push(text);
    }
    EXPECT_EQ(pipe.read(13), "one two three");
}

TEST(OutputQueue, TakesAsMuchAsItsLimitAndDropsTheNextWhole) {
    const Pipe pipe;
    // Nobody reads: what the pipe itself holds is in it before the limit is tried.
    ASSERT_EQ(::fcntl(pipe.writer(), F_SETPIPE_SZ, 4096), 4096);
    const std::string full(4096, 'p');
    ASSERT_EQ(::write(pipe.writer(), full.data(), full.size()), 4096);
    OutputQueue queue(pipe.writer(), 10);
    queue.push("12345");
    queue.push("67890");
    EXPECT_EQ(queue.dropped(), 0U);
    queue.push("x");
    EXPECT_EQ(queue.dropped(), 1U);
    EXPECT_EQ(pipe.read(4106), full + "1234567890");
}

TEST(OutputQueue, EndsThoughTheReaderIsStuck) {
    const Pipe pipe;
    OutputQueue queue(pipe.writer());
    queue.push(std::string(1024 * 1024, 'x'));
}

TEST(OutputQueue, CountsWhatIsLostWhenTheReaderLeaves) {
    Pipe pipe;
    pipe.close_reader();
    OutputQueue queue(pipe.writer());
    queue.push("lost");
    while (queue.dropped() == 0) std::this_thread::yield();
    queue.push("lost too");
    EXPECT_EQ(queue.dropped(), 2U);
}

}  // namespace
}  // namespace catchrule::tools
