// SPDX-License-Identifier: Apache-2.0
// Any bytes as a recording: no crash, errors have a place, and what was read survives being written
// in our own format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "engine/traces/read_trace.hpp"
#include "engine/traces/summary.hpp"
#include "engine/traces/write_trace.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catchrule::trace;
    std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
    Reader reader(in, {.message_bytes = 65536, .depth = 30});
    while (auto call = reader.next()) {
        mask(*call);
        summarize(*call);
        std::istringstream again(trace_line(reader.session(), *call));
        Reader second(again);
        const auto read = second.next();
        if (!read || second.error() || read->points.size() != call->points.size()) std::abort();
        edge_xml(reader.session(), {&*call, 1});
    }
    const auto& error = reader.error();
    if (error && (error->line == 0 || error->column == 0 || error->message.empty())) std::abort();
    return 0;
}
