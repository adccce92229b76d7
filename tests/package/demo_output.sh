#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# demo_output.sh FILE: checks that FILE, what tools/demo printed, shows what the demo is for.
# Prints each expectation that is not met and exits 1 if there are any.
set -euo pipefail

output=$1
bad=0

# The part of the output under the heading TITLE.
part() { awk -v title="==== $1 ====" '/^==== / { inside = ($0 == title); next } inside' "$output"; }
complain() {
    echo "demo output: $*"
    bad=1
}
# expect PART COUNT PATTERN: at least COUNT lines under that heading match.
expect() {
    local found
    found=$(part "$1" | grep -cE -- "$3" || true)
    [[ $found -ge $2 ]] || complain "under \"$1\" $found line(s) match '$3', expected $2"
}

for screen in 'Too fast: spike arrest' 'SpikeArrestViolation, as-published'; do
    expect "$screen" 1 '^FIRED .*rule "spike_arrest"'
    expect "$screen" 2 '^ +step fault_(revalidate_)?spike_arrest .*SKIPPED .*UNSET'
    expect "$screen" 1 '^NOT REACHED .*quota_rule.*no_routes_matched_rule.*api_key_faults'
    expect "$screen" 1 '^DEFAULT .*default_fault_rule'
    expect "$screen" 1 '^ +step fault_generic_error +RAN'
done
expect 'SpikeArrestViolation, fixed' 1 '^ +step fault_spike_arrest +RAN'
expect 'InvalidApiKey, as-published' 1 '^FIRED .*rule "api_key_faults"'
expect 'InvalidApiKey, condition-moved' 1 '^FIRED .*rule "no_routes_matched_rule"'
expect 'InvalidApiKey, fixed' 1 '^ +step fault_invalid_key +RAN'

steps_of() { part "SpikeArrestViolation, $1" | grep -E '^ +step ' || true; }
[[ $(steps_of as-published) != "$(steps_of fixed)" ]] ||
    complain 'as-published and fixed have the same step lines'

for call in 'A good call' 'No key' 'A key that no one has' \
    'Too many: quota of the developer' 'A path without a route' \
    'The target says 404' 'The target is down'; do
    expect "$call" 1 '^GET .* HTTP/1[.]1 [1-5][0-9][0-9]'
done
exit "$bad"
