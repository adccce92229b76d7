// SPDX-License-Identifier: Apache-2.0
#include "proxy/http/headers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace catchrule::proxy {
namespace {

constexpr std::size_t request_id_limit = 128;

constexpr std::array<std::string_view, 8> hop_by_hop = {
    "Connection", "Keep-Alive", "Proxy-Connection",  "Proxy-Authenticate",
    "TE",         "Trailer",    "Transfer-Encoding", "Upgrade"};

// Connection may not take these away from the next hop.
constexpr std::array<std::string_view, 3> end_to_end = {"Host", "Content-Length", "Content-Type"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string> connection_options(const Fields& headers) {
    std::vector<std::string> options;
    for (std::string_view list : headers.all("Connection")) {
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            if (const auto option = trimmed(list.substr(0, comma)); !option.empty()) {
                options.emplace_back(option);
            }
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
    }
    return options;
}

bool contains(const auto& words, std::string_view word) {
    return std::ranges::any_of(words, [&](std::string_view each) { return same_word(each, word); });
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

void remove_hop_by_hop(Fields& headers) {
    for (const std::string& option : connection_options(headers)) {
        if (!contains(end_to_end, option)) headers.remove(option);
    }
    for (const std::string_view name : hop_by_hop) headers.remove(name);
}

void prepare_inbound(Message& request, const Client& client, const std::string& request_id) {
    Fields& headers = request.headers;
    remove_hop_by_hop(headers);
    headers.remove("Expect");
    std::vector<std::string> dropped;
    for (const std::string_view name : headers.names()) {
        if (same_word(name.substr(0, 9), "X-Apigee-")) dropped.emplace_back(name);
    }
    for (const std::string& name : dropped) headers.remove(name);
    headers.set("X-Request-ID", request_id);

    std::string forwarded;
    for (const std::string_view hop : headers.all("X-Forwarded-For")) {
        forwarded.append(hop).append(", ");
    }
    headers.set("X-Forwarded-For", forwarded + client.ip);
    headers.set("X-Forwarded-Proto", client.scheme);
    const std::string host(headers.first("Host").value_or(""));
    if (host.empty()) {
        headers.remove("X-Forwarded-Host");
    } else {
        headers.set("X-Forwarded-Host", host);
    }
}

std::string_view acceptable_request_id(const Message& request) {
    if (request.headers.count("X-Request-ID") != 1) return {};
    const std::string_view id = *request.headers.first("X-Request-ID");
    const bool visible = std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f'; });
    return visible && id.size() <= request_id_limit ? id : std::string_view{};
}

std::string make_request_id() {
    thread_local boost::uuids::random_generator generator;
    return to_string(generator());
}

}  // namespace catchrule::proxy
