#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# text.sh FILE INCLUDE WHAT: copies the sources, adds `#include INCLUDE` at the end of FILE (made if
# there is none) and expects tools/layers to exit 1 and to print just `FILE:<that line>: WHAT`.
set -euo pipefail

file=$1
include=$2
what=$3
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cd "$repo"
find grammar engine proxy tools -type f -name '*.[hc]pp' -print0 |
    tar -c --null --files-from=- | tar -x -C "$copy"
mkdir -p "$copy/$(dirname "$file")"
printf '\n#include %s\n' "$include" >>"$copy/$file"
expected="$file:$(wc -l <"$copy/$file"): $what"

status=0
printed=$(tools/layers "$copy") || status=$?
if [[ $status -ne 1 || $printed != "$expected" ]]; then
    printf 'expected exit status 1 and:\n%s\n' "$expected"
    printf 'but got exit status %s and:\n%s\n' "$status" "$printed"
    exit 1
fi
printf '%s\n' "$printed"
