#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# compile.sh may|may_not HEADER FOLDERS COMPILER...: compiles `#include "HEADER"` with the include
# path of a module (FOLDERS, joined by `|`); `may_not` expects that the HEADER is not found.
set -euo pipefail

verdict=$1
header=$2
IFS='|' read -r -a folders <<<"$3"
shift 3
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $repo/$header ]] || { echo "there is no $header"; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '#include "%s"\n' "$header" >"$scratch/one.cpp"
status=0
LC_ALL=C "$@" -fsyntax-only "${folders[@]/#/-I}" "$scratch/one.cpp" 2>"$scratch/said" || status=$?
cat "$scratch/said"

found=yes
if grep -F -- "$header" "$scratch/said" | grep -qE 'No such file|file not found'; then found=no; fi
case $verdict in
    may) [[ $status -eq 0 ]] ;;
    may_not) [[ $status -ne 0 && $found == no ]] ;;
    *) exit 2 ;;
esac || { echo "expected that this module $verdict include $header"; exit 1; }
