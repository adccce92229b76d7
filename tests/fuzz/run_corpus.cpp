// SPDX-License-Identifier: Apache-2.0
// Feeds a fuzz target every file of its corpus, each also cut at every place and with each byte
// changed once, so that an ordinary build runs it too.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::size_t inputs = 0;

void feed(const std::string& text) {
    ++inputs;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

void feed_variants(const std::string& text) {
    constexpr std::size_t most_variants =
        400;  // a large file is cut and changed at some places only
    feed(text);
    const std::size_t step = text.size() / most_variants + 1;
    for (std::size_t i = 0; i < text.size(); i += step) {
        feed(text.substr(0, i));
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 0x15);
        feed(changed);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream in(entry.path(), std::ios::binary);
        feed_variants({std::istreambuf_iterator<char>(in), {}});
    }
    std::printf("%zu inputs\n", inputs);
    return inputs == 0 ? 1 : 0;
}
