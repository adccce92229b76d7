// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/xml/bundle_files.hpp"
#include "engine/xml/load_bundle.hpp"
#include "engine/xml/load_values.hpp"
#include "engine/xml/reader.hpp"
#include "engine/xml/shared_flow_library.hpp"

namespace catchrule::xml {

/// The files of a bundle that are XML, by folder.
class Parts {
public:
    void add(const std::string& folder, const File* file) { files_[folder].push_back(file); }
    std::vector<const File*> in(std::string_view folder) const {
        const auto found = files_.find(folder);
        return found == files_.end() ? std::vector<const File*>() : found->second;
    }

private:
    std::map<std::string, std::vector<const File*>, std::less<>> files_;
};

/// One load under way: the bundle it makes, what it has read, what was wrong.
class Loading {
public:
    explicit Loading(const LoadOptions& options) : options_(options) {}
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;

    Bundle& bundle() { return *bundle_; }
    Context& context() { return context_; }
    const LoadOptions& options() const { return options_; }
    bool has_errors() const { return report_.has_errors(); }

    /// Makes `files` the next files of the bundle and reads them as XML. A file that is broken is
    /// reported and remembered, so that what it may define is not said to be missing.
    Parts parse(const BundleFiles& files);
    /// The same for one file.
    const File* parse(FilePtr source);
    /// More files than allowed: nothing further is worth looking at.
    bool too_many() const { return too_many_; }

    /// The only root of a file of a bundle, if it is what should be there (empty = anything).
    std::optional<Element> root(const File& file, std::string_view expected) const;

    /// Adds the policy of each file to the current scope.
    void load_policies(const std::vector<const File*>& files);

    /// The steps of the shared flow in `parts`, as the next of Bundle::shared_flows, in a scope of
    /// its own; returns its index.
    int load_shared_flow(const std::string& name, const BundleFiles& files);

    /// Loads the shared flows that attached FlowCallouts name, those that these call, and so on.
    void resolve_calls(const SharedFlowLibrary& library);

    /// An error without a place, among those of the files read last.
    void problem(const FileProblem& problem);

    /// The outcome.
    Loaded finish();

    /// `default.xml:3`.
    std::string place(const Location& location) const;

private:
    void load_policy(const File& file);
    void note_unattached();
    void index_rules();
    void check_cycles();
    int called_flow(const FlowCall& call, const SharedFlowLibrary& library);

    const LoadOptions& options_;
    std::shared_ptr<Bundle> bundle_ = std::make_shared<Bundle>();
    Report report_{options_.max_problems_per_file};
    Context context_{*bundle_, options_, report_};
    std::deque<File> files_;  // stable: others point to them
    std::map<std::uint32_t, const File*> by_index_;
    std::map<std::string, int, std::less<>> flows_;  // name -> index into Bundle::shared_flows
    bool too_many_ = false;
};

/// Loads one bundle; of a directory with both kinds the one that `layout` says. Any thread.
Loaded load_one(const std::string& path, std::optional<Layout> layout, const LoadOptions& options,
                const SharedFlowLibrary& library);

}  // namespace catchrule::xml
