// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "engine/step.hpp"

namespace catchrule::proxy {

/// Files of lines in one folder, with rotation: `NAME` becomes `NAME.1`, that `NAME.2`, and so on.
/// One thread. At most `most_open` files are open; the one not written for longest is closed.
class LogFiles {
public:
    static constexpr std::size_t most_open = 64;

    explicit LogFiles(std::string folder);

    /// Appends a line; false when it could not be written.
    bool append(const std::string& name, std::string_view line, const LogRotation& rotation,
                Millis now);

private:
    struct File {
        std::ofstream stream;
        std::int64_t bytes = 0;
        Millis since = 0;        // its first line, as far as known
        std::uint64_t used = 0;  // of uses_
    };

    File* open(const std::string& name, const LogRotation& rotation, Millis now);
    void rotate(const std::string& name, const LogRotation& rotation);
    void close_oldest();
    std::string path_of(const std::string& name) const { return folder_ + '/' + name; }

    std::string folder_;
    std::map<std::string, File> files_;
    std::map<std::string, bool> started_;  // names whose rotation on start-up is done
    std::uint64_t uses_ = 0;
};

}  // namespace catchrule::proxy
