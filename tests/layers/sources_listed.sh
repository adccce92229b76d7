#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sources_listed.sh [DIR]: each source file of the tree at DIR (default: this one) must be named in a
# CMakeLists.txt above it, or from the top by another. Prints those that are not; then exits 1.
set -euo pipefail
export LC_ALL=C

cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"
folders=()
for folder in grammar engine proxy tools examples tests; do
    if [[ -d $folder ]]; then folders+=("$folder"); fi
done

# The source files that a CMakeLists.txt names, as paths from the top.
named_in() {
    local folder=${1%/*}
    sed 's/#.*//' "$1" | tr -s ' \t()";' '\n' | grep -E '[.][hc](pp)?$' |
        sed -E "s|^[$][{]CMAKE_CURRENT_SOURCE_DIR[}]/||
                /^[$][{]PROJECT_SOURCE_DIR[}]/! s|^|$folder/|
                s|^[$][{]PROJECT_SOURCE_DIR[}]/||" || true
}

sources() { find "${folders[@]}" -type f -name '*.[hc]pp' -o -type f -name '*.[hc]'; }
named() {
    local list
    find "${folders[@]}" -name CMakeLists.txt | while IFS= read -r list; do named_in "$list"; done
}

forgotten=$(comm -23 <(sources | sort) <(named | sort) | sed 's|$|: named in no CMakeLists.txt|')
if [[ -n $forgotten ]]; then
    printf '%s\n' "$forgotten"
    exit 1
fi
