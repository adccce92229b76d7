// SPDX-License-Identifier: Apache-2.0
#include "engine/known_variables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <vector>

#include "engine/failed_prefix.hpp"

namespace catchrule {
namespace {

using grammar::Type;
using grammar::Value;

constexpr bool read_only = true;
constexpr bool writable = false;

// `{n}` is a number, any other placeholder at least one character, dots included, since policy
// names may hold dots. Of several rows that match, the first one counts.
constexpr KnownVariable rows[] = {
    // messages
    {"request.verb", Type::text, writable},
    {"request.uri", Type::text, writable},
    {"request.path", Type::text, writable},
    {"request.querystring", Type::text, writable},
    {"request.version", Type::text, writable},
    {"request.content", Type::text, writable},
    {"request.formstring", Type::text, writable},
    {"request.headers.names", Type::text, read_only},
    {"request.headers.names.string", Type::text, read_only},
    {"request.headers.count", Type::integer, read_only},
    {"request.header.{name}.values.count", Type::integer, read_only},
    {"request.header.{name}.values.string", Type::text, read_only},
    {"request.header.{name}.values", Type::text, read_only},
    {"request.header.{name}.{n}", Type::text, writable},
    {"request.header.{name}", Type::text, writable},
    {"request.queryparams.names", Type::text, read_only},
    {"request.queryparams.names.string", Type::text, read_only},
    {"request.queryparams.count", Type::integer, read_only},
    {"request.queryparam.{name}.values.count", Type::integer, read_only},
    {"request.queryparam.{name}.values.string", Type::text, read_only},
    {"request.queryparam.{name}.values", Type::text, read_only},
    {"request.queryparam.{name}.{n}", Type::text, writable},
    {"request.queryparam.{name}", Type::text, writable},
    {"request.formparams.names", Type::text, read_only},
    {"request.formparams.names.string", Type::text, read_only},
    {"request.formparams.count", Type::integer, read_only},
    {"request.formparam.{name}.values.count", Type::integer, read_only},
    {"request.formparam.{name}.values.string", Type::text, read_only},
    {"request.formparam.{name}.values", Type::text, read_only},
    {"request.formparam.{name}.{n}", Type::text, writable},
    {"request.formparam.{name}", Type::text, writable},
    {"request.transportid", Type::text, read_only},
    {"request.url", Type::text, read_only},
    {"response.content", Type::text, writable},
    {"response.status.code", Type::integer, writable},
    {"response.reason.phrase", Type::text, writable},
    {"response.version", Type::text, writable},
    {"response.headers.names", Type::text, read_only},
    {"response.headers.names.string", Type::text, read_only},
    {"response.headers.count", Type::integer, read_only},
    {"response.header.{name}.values.count", Type::integer, read_only},
    {"response.header.{name}.values.string", Type::text, read_only},
    {"response.header.{name}.values", Type::text, read_only},
    {"response.header.{name}.{n}", Type::text, writable},
    {"response.header.{name}", Type::text, writable},
    {"error.content", Type::text, writable},
    {"error.message", Type::text, read_only},
    {"error.status.code", Type::integer, read_only},
    {"error.reason.phrase", Type::text, read_only},
    {"error.state", Type::text, read_only},
    {"error.transport.message", Type::text, read_only},
    {"error.version", Type::text, writable},
    {"error.headers.names", Type::text, read_only},
    {"error.headers.names.string", Type::text, read_only},
    {"error.headers.count", Type::integer, read_only},
    {"error.header.{name}.values.count", Type::integer, read_only},
    {"error.header.{name}.values.string", Type::text, read_only},
    {"error.header.{name}.values", Type::text, read_only},
    {"error.header.{name}.{n}", Type::text, writable},
    {"error.header.{name}", Type::text, writable},
    {"message.verb", Type::text, writable},
    {"message.uri", Type::text, writable},
    {"message.path", Type::text, writable},
    {"message.querystring", Type::text, writable},
    {"message.version", Type::text, writable},
    {"message.content", Type::text, writable},
    {"message.status.code", Type::integer, read_only},
    {"message.reason.phrase", Type::text, read_only},
    {"message.formstring", Type::text, writable},
    {"message.transport.message", Type::text, read_only},
    {"message.headers.names", Type::text, read_only},
    {"message.headers.names.string", Type::text, read_only},
    {"message.headers.count", Type::integer, read_only},
    {"message.header.{name}.values.count", Type::integer, read_only},
    {"message.header.{name}.values.string", Type::text, read_only},
    {"message.header.{name}.values", Type::text, read_only},
    {"message.header.{name}.{n}", Type::text, writable},
    {"message.header.{name}", Type::text, writable},
    {"message.queryparams.names", Type::text, read_only},
    {"message.queryparams.names.string", Type::text, read_only},
    {"message.queryparams.count", Type::integer, read_only},
    {"message.queryparam.{name}.values.count", Type::integer, read_only},
    {"message.queryparam.{name}.values.string", Type::text, read_only},
    {"message.queryparam.{name}.values", Type::text, read_only},
    {"message.queryparam.{name}.{n}", Type::text, writable},
    {"message.queryparam.{name}", Type::text, writable},
    {"message.formparams.names", Type::text, read_only},
    {"message.formparams.names.string", Type::text, read_only},
    {"message.formparams.count", Type::integer, read_only},
    {"message.formparam.{name}.values.count", Type::integer, read_only},
    {"message.formparam.{name}.values.string", Type::text, read_only},
    {"message.formparam.{name}.values", Type::text, read_only},
    {"message.formparam.{name}.{n}", Type::text, writable},
    {"message.formparam.{name}", Type::text, writable},

    // faults
    {"fault.name", Type::text, read_only},
    {"fault.type", Type::text, read_only},
    {"fault.category", Type::text, read_only},
    {"fault.subcategory", Type::text, read_only},
    {"fault.reason", Type::text, read_only},
    {"is.error", Type::boolean, read_only},

    // the call and where it runs
    {"messageid", Type::text, read_only},
    {"apiproxy.name", Type::text, read_only},
    {"apiproxy.revision", Type::text, read_only},
    {"apiproxy.basepath", Type::text, read_only},
    {"application.basepath", Type::text, read_only},
    {"current.flow.name", Type::text, read_only},
    {"current.flow.description", Type::text, read_only},
    {"environment.name", Type::text, read_only},
    {"organization.name", Type::text, read_only},
    {"proxy.name", Type::text, read_only},
    {"proxy.basepath", Type::text, read_only},
    {"proxy.pathsuffix", Type::text, read_only},
    {"proxy.url", Type::text, read_only},
    {"proxy.client.ip", Type::text, read_only},
    {"proxy.flow.name", Type::text, read_only},
    {"target.flow.name", Type::text, read_only},
    {"route.name", Type::text, read_only},
    {"route.target", Type::text, read_only},
    {"router.uuid", Type::text, read_only},
    {"virtualhost.name", Type::text, read_only},
    {"virtualhost.aliases", Type::text, read_only},
    {"virtualhost.ip", Type::text, read_only},
    {"virtualhost.port", Type::integer, read_only},
    {"virtualhost.ssl.enabled", Type::boolean, read_only},
    {"apigee.metrics.policy.{policy}.timeTaken", Type::long_integer, read_only},

    {"client.cn", Type::text, read_only},
    {"client.country", Type::text, read_only},
    {"client.email.address", Type::text, read_only},
    {"client.host", Type::text, read_only},
    {"client.ip", Type::text, read_only},
    {"client.locality", Type::text, read_only},
    {"client.organization", Type::text, read_only},
    {"client.organization.unit", Type::text, read_only},
    {"client.port", Type::integer, read_only},
    {"client.received.start.time", Type::text, read_only},
    {"client.received.start.timestamp", Type::long_integer, read_only},
    {"client.received.end.time", Type::text, read_only},
    {"client.received.end.timestamp", Type::long_integer, read_only},
    {"client.resolved.ip", Type::text, read_only},
    {"client.scheme", Type::text, read_only},
    {"client.sent.start.time", Type::text, read_only},
    {"client.sent.start.timestamp", Type::long_integer, read_only},
    {"client.sent.end.time", Type::text, read_only},
    {"client.sent.end.timestamp", Type::long_integer, read_only},
    {"client.ssl.enabled", Type::text, read_only},
    {"client.state", Type::text, read_only},

    {"system.time", Type::text, read_only},
    {"system.time.year", Type::integer, read_only},
    {"system.time.month", Type::integer, read_only},
    {"system.time.day", Type::integer, read_only},
    {"system.time.dayofweek", Type::integer, read_only},
    {"system.time.hour", Type::integer, read_only},
    {"system.time.minute", Type::integer, read_only},
    {"system.time.second", Type::integer, read_only},
    {"system.time.millisecond", Type::integer, read_only},
    {"system.time.zone", Type::text, read_only},
    {"system.timestamp", Type::long_integer, read_only},
    {"system.interface.{name}", Type::text, read_only},
    {"system.pod.name", Type::text, read_only},
    {"system.region.name", Type::text, read_only},
    {"system.uuid", Type::text, read_only},

    {"target.basepath", Type::text, read_only},
    {"target.copy.pathsuffix", Type::boolean, writable},
    {"target.copy.queryparams", Type::boolean, writable},
    {"target.cn", Type::text, read_only},
    {"target.country", Type::text, read_only},
    {"target.email.address", Type::text, read_only},
    {"target.expectedcn", Type::text, writable},
    {"target.host", Type::text, read_only},
    {"target.ip", Type::text, read_only},
    {"target.locality", Type::text, read_only},
    {"target.name", Type::text, read_only},
    {"target.organization", Type::text, read_only},
    {"target.organization.unit", Type::text, read_only},
    {"target.port", Type::integer, read_only},
    {"target.received.start.time", Type::text, read_only},
    {"target.received.start.timestamp", Type::long_integer, read_only},
    {"target.received.end.time", Type::text, read_only},
    {"target.received.end.timestamp", Type::long_integer, read_only},
    {"target.scheme", Type::text, read_only},
    {"target.sent.start.time", Type::text, read_only},
    {"target.sent.start.timestamp", Type::long_integer, read_only},
    {"target.sent.end.time", Type::text, read_only},
    {"target.sent.end.timestamp", Type::long_integer, read_only},
    {"target.ssl.enabled", Type::boolean, writable},
    {"target.state", Type::text, read_only},
    {"target.url", Type::text, writable},
    {"loadbalancing.failedservers", Type::text, read_only},
    {"loadbalancing.isfallback", Type::boolean, read_only},
    {"loadbalancing.targetserver", Type::text, read_only},

    // what policies publish
    {"ratelimit.{policy}.class.allowed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.class.used.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.class.available.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.class.total.exceed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.class.exceed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.class", Type::text, read_only},
    {"ratelimit.{policy}.allowed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.used.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.available.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.total.exceed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.exceed.count", Type::long_integer, read_only},
    {"ratelimit.{policy}.expiry.time", Type::long_integer, read_only},
    {"ratelimit.{policy}.identifier", Type::text, read_only},
    {"verifyapikey.{policy}.client_id", Type::text, writable},
    {"verifyapikey.{policy}.client_secret", Type::text, writable},
    {"verifyapikey.{policy}.redirection_uris", Type::text, writable},
    {"verifyapikey.{policy}.DisplayName", Type::text, writable},
    {"verifyapikey.{policy}.developer.{name}", Type::text, writable},
    {"verifyapikey.{policy}.app.{name}", Type::text, writable},
    {"verifyapikey.{policy}.apiproduct.{name}", Type::text, writable},
    {"oauthV2.{policy}.fault.name", Type::text, writable},
    {"oauthV2.{policy}.fault.cause", Type::text, writable},
    {"servicecallout.requesturi", Type::text, writable},
    {"servicecallout.{policy}.target.url", Type::text, writable},
    {"servicecallout.{policy}.expectedcn", Type::text, writable},
    {"assertcondition.{policy}.truthValue", Type::boolean, writable},
    {"responsecache.{policy}.cachehit", Type::boolean, writable},
    {"lookupcache.{policy}.cachehit", Type::boolean, writable},
    {"lookupcache.{policy}.cachekey", Type::text, writable},
    {"lookupcache.{policy}.cachename", Type::text, writable},
    {"lookupcache.{policy}.assignto", Type::text, writable},
    {"responsecache.{policy}.cachekey", Type::text, writable},
};

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether `name` fits a row's name. Rows have two placeholders at most, so this does not run away.
bool fits(std::string_view pattern, std::string_view name) {
    const auto open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == name;
    if (name.substr(0, open) != pattern.substr(0, open)) return false;
    const auto close = pattern.find('}', open);
    const bool number = pattern.substr(open, close - open) == "{n";
    const std::string_view rest = pattern.substr(close + 1);
    name.remove_prefix(open);
    if (rest.empty()) return number ? is_digits(name) : !name.empty();
    for (std::size_t size = 1; size < name.size(); ++size) {
        if (number && !is_digits(name.substr(0, size))) return false;
        if (name[size] == rest[0] && fits(rest, name.substr(size))) return true;
    }
    return false;
}

// `ratelimit` is a reserved name (POLICIES 3.2).
bool is_reserved(std::string_view name) { return name.starts_with("ratelimit."); }

std::string_view first_segment(std::string_view name) { return name.substr(0, name.find('.')); }

const KnownVariable* find_row(std::string_view name) {
    static const auto by_segment = [] {
        std::map<std::string_view, std::vector<const KnownVariable*>> made;
        for (const KnownVariable& row : rows) made[first_segment(row.name)].push_back(&row);
        return made;
    }();
    const auto segment = by_segment.find(first_segment(name));
    if (segment == by_segment.end()) return nullptr;
    for (const KnownVariable* row : segment->second) {
        if (fits(row->name, name)) return row;
    }
    return nullptr;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    return number;
}

bool is_word(std::string_view text, std::string_view lower_case) {
    return std::equal(
        text.begin(), text.end(), lower_case.begin(), lower_case.end(),
        [](char c, char l) { return c == l || (c >= 'A' && c <= 'Z' && c + 32 == l); });
}

std::optional<Value> parse_value(Type type, std::string_view text) {
    switch (type) {
        case Type::boolean:
            if (is_word(text, "true")) return Value::boolean(true);
            if (is_word(text, "false")) return Value::boolean(false);
            break;
        case Type::integer:
            if (const auto n = parse_number<std::int32_t>(text)) return Value::integer(*n);
            break;
        case Type::long_integer:
            if (const auto n = parse_number<std::int64_t>(text)) return Value::long_integer(*n);
            break;
        case Type::single:
            if (const auto n = parse_number<float>(text)) return Value::single(*n);
            break;
        case Type::real:
            if (const auto n = parse_number<double>(text)) return Value::real(*n);
            break;
        case Type::null:
        case Type::text:
            break;
    }
    return std::nullopt;
}

}  // namespace

std::span<const KnownVariable> known_variables() { return rows; }

std::optional<Type> documented_type(std::string_view name) {
    if (is_failed_flag(name)) return Type::boolean;
    const KnownVariable* row = find_row(name);
    if (row == nullptr) return std::nullopt;
    return row->type;
}

bool is_read_only(std::string_view name) {
    if (is_failed_flag(name)) return is_reserved(name);
    const KnownVariable* row = find_row(name);
    return row != nullptr && row->read_only;
}

Value typed_value(std::string_view name, std::string_view text) {
    const auto type = documented_type(name);
    if (!type) return Value::text(text);
    return parse_value(*type, text).value_or(Value::text(text));
}

}  // namespace catchrule
