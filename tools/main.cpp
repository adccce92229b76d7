// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <exception>
#include <iostream>
#include <variant>

#include <unistd.h>

#include "tools/command.hpp"

int main(int argc, char** argv) {
    using namespace catchrule::tools;
    try {
        std::ios::sync_with_stdio(false);
        const CommandLine line = parse_command_line(argc, argv);
        std::cout << line.out;
        std::cerr << line.err;
        if (!line.command) return line.exit;

        const bool terminal = isatty(STDOUT_FILENO) == 1;
        const char* no_color = std::getenv("NO_COLOR");
        Streams streams{.out = std::cout,
                        .err = std::cerr,
                        .terminal = terminal,
                        .colour = terminal && (no_color == nullptr || *no_color == '\0')};
        const int status =
            std::visit([&](const auto& command) { return run(command, streams); }, *line.command);
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "catchrule: cannot write to standard output\n";
            return unusable;
        }
        return status;
    } catch (const std::exception& error) {
        std::cerr << "catchrule: " << error.what() << '\n';
        return unusable;
    }
}
