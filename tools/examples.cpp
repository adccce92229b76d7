// SPDX-License-Identifier: Apache-2.0
#include "tools/examples.hpp"

#include <array>

namespace catchrule::tools {

namespace {

struct Examples {
    std::string_view command;
    std::string_view text;
};

constexpr std::array table{
    Examples{"", R"(Examples:
  catchrule explain apiproxy --fault SpikeArrestViolation
  catchrule eval 'request.verb = "GET"' --var request.verb=GET
  catchrule check apiproxy
  catchrule COMMAND --help

Exit status: 0 answered, 1 findings, 2 bad usage or something that cannot be read.)"},
    Examples{"check", R"(Examples:
  catchrule check apiproxy
  catchrule check weather.zip workspace/src/main/apigee --shared-flows common/sharedflows
  catchrule check --strict --format json proxies/default.xml
  cat rules.xml | catchrule check -

Exit status: 0 no error, 1 errors (with --strict warnings too), 2 a path cannot be read.)"},
    Examples{"eval", R"(Examples:
  catchrule eval 'request.verb = "GET"' --var request.verb=GET
  catchrule eval 'ratelimit.q.exceed.count > 0' --var-json ratelimit.q.exceed.count=1 --explain
  catchrule eval --exit-status 'fault.name = "InvalidApiKey"' --vars variables.json

Exit status: 0 answered, 1 false with --exit-status, 2 the condition cannot be read.)"},
    Examples{"render", R"(Examples:
  catchrule render '(a = "1") && (b = "2") && (c = "3")')"},
    Examples{"explain", R"(Examples:
  catchrule explain apiproxy --fault InvalidApiKey
  catchrule explain apiproxy --fault SpikeArrestViolation --policy spike_protection
  catchrule explain apiproxy --fault ErrorResponseCode --var response.status.code=404
  catchrule explain rules.xml --fault QuotaViolation --endpoint target --format json
  catchrule explain apiproxy --fault InvalidApiKey --format xml

Exit status: 0 answered, 2 a bundle that does not load.)"},
    Examples{"trace-dump", R"(Examples:
  catchrule trace-dump session.xml
  catchrule trace-dump session.xml --message 2 --format json
  catchrule explain apiproxy --fault InvalidApiKey --format xml | catchrule trace-dump -

Exit status: 0 answered, 2 a file that cannot be read or is no recording.)"},
    Examples{"serve", R"(Examples:
  catchrule serve apiproxy --listen 127.0.0.1:8080
  catchrule serve apiproxy target --listen 127.0.0.1:0 --admin 127.0.0.1:0 --explain \
      --environment environment --target-override api.example.com=127.0.0.1:9000,tls=off

SIGTERM drains and exits 0.)"},
    Examples{"semantics", R"(Examples:
  catchrule semantics
  catchrule semantics --format json)"},
    Examples{"faults", R"(Examples:
  catchrule faults
  catchrule faults InvalidApiKey)"},
};

}  // namespace

std::string_view examples_of(std::string_view command) {
    for (const Examples& row : table) {
        if (row.command == command) return row.text;
    }
    return {};
}

}  // namespace catchrule::tools
