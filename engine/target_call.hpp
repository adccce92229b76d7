// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/model.hpp"
#include "engine/step.hpp"

namespace catchrule {

/// Where a call to a target goes.
struct TargetUrl {
    std::string base;         ///< `target.url`: as configured, or as a policy set it
    std::string url;          ///< with path suffix and query
    bool overridden = false;  ///< a policy of the target's request flow set `target.url`
};

/// `target.url` if a policy of the target request flow set it, else `configured` rendered; then the
/// path suffix and the query of `sent`, the request that goes out, are appended unless
/// target.copy.pathsuffix or target.copy.queryparams is false.
TargetUrl target_url(const Template& configured, const Variables& variables, const Message& sent);

/// The call to another proxy of the gateway. By path: that path, then path suffix and query as
/// above; by name: the path suffix and query, which follow that proxy's base path.
LocalCall local_call(const LocalConnection& connection, const Variables& variables,
                     const Message& sent);

/// Whether `url` goes straight from the host to its end or a query (EmptyPath).
bool has_empty_path(std::string_view url);

/// Sets what a target call makes known: target.url, .scheme, .host, .port, .basepath, request.url.
void define_target_variables(const TargetUrl& target, Variables& variables);

/// What a target's properties let through: `request.retain.headers`, `retain.queryparams` and
/// `response.retain.headers`, each a comma-separated list, and the same with `.enabled`, which
/// counts where there is no list (vendor page "Endpoint properties reference"; SEM-63).
class RetainedFields {
public:
    /// Remembers what the request holds before the target's own flow runs.
    void begin(const Endpoint& target, const Message& request);

    /// The request to send: `request` itself, or a copy without what is not let through. What the
    /// target's request flow set goes out always. Valid until the next call.
    const Message* outbound(const Message* request);

    /// Takes from a target's response what is not let through.
    static void filter_response(const Endpoint& target, Message& response);

private:
    const Endpoint* target_ = nullptr;
    std::optional<Message> before_;
    Message sent_ = Message::request();
};

/// The fault of a call that brought no reply (CONTRACTS, "Target faults").
Fault failure_fault(TargetFailure failure, const Semantics& semantics);

}  // namespace catchrule
