#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# chroot-demo.sh [--worktree] [COMMAND...]: runs tools/demo (or COMMAND) on a copy of the repository
# in a fresh Debian 12 made by debootstrap; checks its time and output. Needs root; removes it all.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$repo"
limit=360 # seconds that the demo may take, packages included
cache=${CATCHRULE_CHROOT_CACHE:-/var/tmp/catchrule-chroot}

say() { printf 'chroot: %s\n' "$*"; }
fail() { printf 'chroot: error: %s\n' "$*" >&2; exit 1; }

worktree=no
if [[ ${1:-} == --worktree ]]; then worktree=yes; shift; fi
[[ $(id -u) -eq 0 ]] || fail 'this needs root'
tools/setup package

work=$(mktemp -d /var/tmp/catchrule-demo.XXXXXX)
root=$work/root

# Ends what still runs inside, one process at a time, then unmounts and removes everything.
clean_up() {
    local process
    for process in /proc/[0-9]*; do
        if [[ $(readlink "$process/root" 2>/dev/null) == "$root" ]]; then
            kill -KILL "${process#/proc/}" 2>/dev/null || true
        fi
    done
    if mountpoint -q "$root/proc"; then umount "$root/proc" || umount -l "$root/proc"; fi
    if ! mountpoint -q "$root/proc"; then rm -rf --one-file-system "$work"; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# `URI CODENAME COMPONENT` of each Debian 12 source that this machine's apt reads.
debian_sources() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
        'Identifier: Packages' 'Origin: Debian' | awk '$2 ~ /^bookworm/' | sort -u
}

bootstrap() {
    debootstrap --variant=minbase "$@" >"$work/debootstrap.log" 2>&1 || {
        tail -n 20 "$work/debootstrap.log" >&2
        fail 'debootstrap failed'
    }
}

# The bare system, from a tarball of at most a week ago if there is one.
make_root() {
    local mirror=$1 tarball=$cache/bookworm-minbase.tar
    mkdir -p "$cache"
    if [[ -z $(find "$tarball" -mtime -7 2>/dev/null) ]]; then
        say 'fetching the base system'
        # With --make-tarball, debootstrap only fetches.
        bootstrap --make-tarball="$tarball.new" bookworm "$work/fetch" "$mirror"
        mv "$tarball.new" "$tarball"
    fi
    say 'unpacking the base system'
    bootstrap --unpack-tarball="$tarball" bookworm "$root" "$mirror"
}

# The same mirror, proxies and keys as outside, and nothing else of this machine.
copy_apt_settings() {
    local path
    debian_sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|Check-|Allow)' \
        >"$root/etc/apt/apt.conf.d/00outside" || true
    for path in /etc/apt/{auth.conf,auth.conf.d,trusted.gpg,trusted.gpg.d,preferences.d} \
        /etc/ssl/certs/ca-certificates.crt /etc/resolv.conf /etc/hosts; do
        if [[ -e $path ]]; then
            mkdir -p "$root${path%/*}"
            cp -rL --remove-destination "$path" "$root${path%/*}/"
        fi
    done
}

copy_repository() {
    mkdir -p "$root/root/catchrule"
    if [[ $worktree == yes ]]; then
        say 'copying the work tree'
        git ls-files -z --cached --others --exclude-standard |
            tar -c --null --ignore-failed-read --files-from=- | tar -x -C "$root/root/catchrule"
    else
        say "copying commit $(git rev-parse --short HEAD)"
        git archive HEAD | tar -x -C "$root/root/catchrule"
    fi
}

# At most two cores, an almost empty environment.
inside() {
    local name environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb)
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        if [[ -n ${!name:-} ]]; then environment+=("$name=${!name}"); fi
    done
    taskset -c "$(two_cores)" chroot "$root" env -i "${environment[@]}" \
        bash -c 'cd /root/catchrule && exec "$@"' bash "$@"
}
two_cores() {
    taskset -cp $$ | sed 's/.*: //' | tr , '\n' |
        awk -F- '{ for (i = $1; i <= ($2 == "" ? $1 : $2); ++i) print i }' | head -n 2 | paste -sd,
}

mirror=$(debian_sources | awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
[[ -n $mirror ]] || fail "this machine's apt knows no Debian 12 mirror (try apt-get update)"
make_root "$mirror"
copy_apt_settings
copy_repository
mount -t proc proc "$root/proc"

if [[ $# -gt 0 ]]; then
    say "running $*"
    inside "$@" </dev/null
    exit
fi

say 'running tools/demo'
mkdir -p build
output=$repo/build/chroot-demo.log
status=0
started=$SECONDS
inside tools/demo </dev/null >"$output" 2>&1 || status=$?
took=$((SECONDS - started))
say "tools/demo: exit status $status, $took s; its output is in build/chroot-demo.log"
[[ $status -eq 0 ]] || { tail -n 40 "$output" >&2; fail 'tools/demo failed'; }
tests/package/demo_output.sh "$output" || fail 'its output is not what it should be'
[[ $took -lt $limit ]] || fail "it took $took s, the limit is $limit s"
say 'ok'
