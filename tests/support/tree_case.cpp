// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tree_case.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "tests/support/zip_file.hpp"

namespace catchrule::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

// {repeat 3}x{/repeat} is xxx.
std::string expanded(const std::string& line) {
    const std::size_t begin = line.find("{repeat ");
    const std::size_t end = line.find("{/repeat}");
    if (begin == std::string::npos || end == std::string::npos) return line;
    const std::size_t inner = line.find('}', begin) + 1;
    std::string out = line.substr(0, begin);
    const int times = std::stoi(line.substr(begin + 8));
    for (int i = 0; i < times; ++i) out += line.substr(inner, end - inner);
    return out + line.substr(end + 9);
}

class TreeReader {
public:
    explicit TreeReader(fs::path folder) : folder_(std::move(folder)) {}

    TreeCase read(const fs::path& file) {
        std::ifstream stream(file);
        if (!stream) throw std::runtime_error(file.string() + ": cannot be read");
        for (std::string line; std::getline(stream, line);) {
            if (line.starts_with("== ")) {
                close();
                open(words_of(line.substr(3)));
            } else if (in_load_) {
                if (!line.empty()) result_.loads.back().expected.push_back(line);
            } else {
                text_ += expanded(line) + '\n';
            }
        }
        close();
        return std::move(result_);
    }

private:
    void open(const std::vector<std::string>& words) {
        const std::string& verb = words.at(0);
        in_load_ = verb == "load";
        if (verb == "load") {
            TreeLoad& load = result_.loads.emplace_back();
            for (std::size_t i = 1; i < words.size(); ++i) {
                const bool option = words[i].find('=') != std::string::npos;
                (option ? load.options : load.paths).push_back(words[i]);
            }
        } else if (verb == "folder") {
            fs::create_directories(folder_ / words.at(1));
        } else if (verb == "dangling") {
            fs::create_directories((folder_ / words.at(1)).parent_path());
            fs::create_symlink("nowhere", folder_ / words.at(1));
        } else if (verb == "zip") {
            zip_ = words.at(1);
        } else if (verb == "entry") {
            entry_ = entry_of(words);
        } else if (verb == "end") {
            write(*zip_, zip_bytes(entries_));
            zip_.reset();
            entries_.clear();
        } else {
            file_ = verb;
        }
    }

    // What was open before the section that begins now.
    void close() {
        if (file_) write(*file_, text_);
        if (entry_) {
            entry_->text = text_;
            entries_.push_back(*entry_);
        }
        file_.reset();
        entry_.reset();
        text_.clear();
    }

    static ZipEntry entry_of(const std::vector<std::string>& words) {
        ZipEntry entry;
        entry.name = words.at(1);
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (words[i] == "link") entry.link = true;
            if (words[i] == "encrypted") entry.encrypted = true;
            if (words[i] == "checksum") entry.wrong_checksum = true;
            if (words[i].starts_with("size="))
                entry.said_size = static_cast<std::uint32_t>(std::stoul(words[i].substr(5)));
        }
        return entry;
    }

    void write(const std::string& path, const std::string& text) {
        fs::create_directories((folder_ / path).parent_path());
        std::ofstream(folder_ / path, std::ios::binary) << text;
    }

    fs::path folder_;
    TreeCase result_;
    bool in_load_ = false;
    std::optional<std::string> file_;
    std::optional<std::string> zip_;
    std::optional<ZipEntry> entry_;
    std::vector<ZipEntry> entries_;
    std::string text_;
};

}  // namespace

TreeCase make_tree(const fs::path& file, const fs::path& folder) {
    return TreeReader(folder).read(file);
}

}  // namespace catchrule::test
