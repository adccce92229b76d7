#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# listed.sh: sources_listed.sh finds a forgotten file, and finds none once a list above it names it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/engine/policies"
touch "$tree/engine/policies/quota.cpp" "$tree/engine/decide.cpp"
printf 'module(SOURCES decide.cpp)  # policies/quota.cpp\n' >"$tree/engine/CMakeLists.txt"

status=0
printed=$("$here/sources_listed.sh" "$tree") || status=$?
if [[ $status -ne 1 || $printed != 'engine/policies/quota.cpp: named in no CMakeLists.txt' ]]; then
    printf 'unexpected: exit status %s and:\n%s\n' "$status" "$printed"
    exit 1
fi
printf 'module(SOURCES decide.cpp policies/quota.cpp)\n' >"$tree/engine/CMakeLists.txt"
"$here/sources_listed.sh" "$tree"
