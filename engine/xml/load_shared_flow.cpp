// SPDX-License-Identifier: Apache-2.0
// Shared flows become part of the bundle that calls them: their policies stand among its own, in a
// scope of their own.
#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_flows.hpp"
#include "engine/xml/loading.hpp"

namespace catchrule::xml {
namespace {

// The file whose steps run: `default`, else the first; the others are never called.
const File* main_flow(const std::vector<const File*>& files) {
    const auto named = std::find_if(files.begin(), files.end(),
                                    [](const File* file) { return file->stem() == "default"; });
    const File* const chosen = named == files.end() ? files.front() : *named;
    for (const File* file : files) {
        if (file == chosen) continue;
        file->warning(code::repeated, file->roots().front().span(),
                      "expected one SharedFlow in a shared-flow bundle, found another; it is "
                      "ignored, " +
                          chosen->stem() + " counts");
    }
    return chosen;
}

void expect_descriptor(const File& file, const Element& element) {
    file.expect(element, {{"name", "revision"},
                          {"ConfigurationVersion", "CreatedAt", "CreatedBy", "Description",
                           "DisplayName", "LastModifiedAt", "LastModifiedBy", "ManifestVersion",
                           "Policies", "Resources", "SharedFlows", "Spec", "subType", "validate"}});
}

}  // namespace

int Loading::load_shared_flow(const std::string& name, const BundleFiles& files) {
    const auto index = static_cast<int>(bundle_->shared_flows.size());
    flows_.emplace(name, index);
    bundle_->shared_flows.push_back({name, {}, {}});
    Scope caller = std::exchange(context_.scope, Scope{name});
    const Parts parts = parse(files);
    if (!too_many_) {
        for (const File* file : parts.in("")) {
            if (const auto element = root(*file, "SharedFlowBundle"))
                expect_descriptor(*file, *element);
        }
        load_policies(parts.in("policies"));
        const std::vector<const File*> flows = parts.in("sharedflows");
        const bool broken =
            std::any_of(files.files.begin(), files.files.end(),
                        [](const BundleFile& file) { return file.folder == "sharedflows"; });
        if (flows.empty() && !broken) {
            problem(
                {code::missing_part, files.root + "/sharedflows", "expected a SharedFlow file"});
        } else if (!flows.empty()) {
            const File& file = *main_flow(flows);
            if (const auto element = root(file, "SharedFlow")) {
                file.expect(*element, {{"name"}, {"Step", "Policy", "Description"}});
                SharedFlow flow{name, load_steps(context_, file, *element),
                                file.location(*element)};
                bundle_->shared_flows[static_cast<std::size_t>(index)] = std::move(flow);
            }
        }
    }
    context_.scope = std::move(caller);
    return index;
}

// The index of the flow that is called; -1 when there is none, which is told.
int Loading::called_flow(const FlowCall& call, const SharedFlowLibrary& library) {
    if (const auto known = flows_.find(call.name); known != flows_.end()) return known->second;
    if (const auto* entry = library.find(call.name)) {
        const auto known = flows_.find(entry->name);
        return known != flows_.end() ? known->second : load_shared_flow(entry->name, entry->files);
    }
    call.file->warning(code::missing_shared_flow, call.at,
                       "no shared flow named \"" + call.name +
                           "\" is known; a call that gets here fails with SharedFlowNotFound",
                       "say where it is with --shared-flows");
    return -1;
}

void Loading::resolve_calls(const SharedFlowLibrary& library) {
    // Loading a flow adds its own calls at the end.
    for (std::size_t i = 0; i < context_.calls.size() && !too_many_; ++i) {
        const FlowCall call = context_.calls[i];
        if (!context_.attached.contains(call.policy)) continue;
        const int flow = called_flow(call, library);
        Policy& policy = bundle_->policies[static_cast<std::size_t>(call.policy)];
        std::get<FlowCallout>(policy.config).index = flow;
    }
    check_cycles();
}

// Depth first over the flows, without recursion; a call of a flow that is being walked closes a
// cycle.
void Loading::check_cycles() {
    const std::size_t count = bundle_->shared_flows.size();
    std::vector<std::vector<const FlowCall*>> calls(count);
    const auto target = [&](const FlowCall& call) {
        const Policy& policy = bundle_->policies[static_cast<std::size_t>(call.policy)];
        return std::get<FlowCallout>(policy.config).index;
    };
    for (const FlowCall& call : context_.calls) {
        if (call.caller.empty() || target(call) < 0) continue;
        calls[static_cast<std::size_t>(flows_.at(call.caller))].push_back(&call);
    }
    enum class Walk : std::uint8_t { fresh, open, done };
    std::vector<Walk> state(count, Walk::fresh);
    std::vector<std::pair<std::size_t, std::size_t>> path;  // flow, next of its calls
    for (std::size_t start = 0; start < count; ++start) {
        if (state[start] == Walk::fresh) path.emplace_back(start, 0);
        while (!path.empty()) {
            auto& [flow, next] = path.back();
            state[flow] = Walk::open;
            if (next == calls[flow].size()) {
                state[flow] = Walk::done;
                path.pop_back();
                continue;
            }
            const FlowCall& call = *calls[flow][next++];
            const auto called = static_cast<std::size_t>(target(call));
            if (state[called] == Walk::fresh) path.emplace_back(called, 0);
            if (state[called] != Walk::open) continue;
            std::string chain;
            bool inside = false;
            for (const auto& [each, ignored] : path) {
                inside = inside || each == called;
                if (inside) chain += bundle_->shared_flows[each].name + " -> ";
            }
            call.file->error(code::shared_flow_cycle, call.at,
                             "shared flows call each other without end: " + chain + call.name,
                             "take this call out");
        }
    }
}

}  // namespace catchrule::xml
