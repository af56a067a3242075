#!/bin/bash
# Writes a small root file system with Python and a shell to standard output, as a tar of files that Debian packages of this
# machine have installed.
set -euo pipefail

packages=$(apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    python3 dash bash coreutils grep findutils procps | grep '^[a-z0-9]' | grep -v '^debconf$\|^perl\|^mailcap' | sort -u)
links=$(mktemp -d)
trap 'rm -rf "$links"' EXIT
mkdir -p "$links/usr/bin" "$links/tmp" "$links/workspace" "$links/proc" "$links/dev" "$links/sys" "$links/etc"
chmod 1777 "$links/tmp"
for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$links/$folder"; done
ln -s python3 "$links/usr/bin/python"
echo 'root:x:0:0:root:/root:/bin/sh' >"$links/etc/passwd"

# shellcheck disable=SC2086
{ dpkg -L $packages 2>/dev/null || true; } | grep '^/' \
    | grep -v '^/usr/share/\(doc\|man\|locale\|info\|lintian\|bug\|perl\)' \
    | sed -E 's#^/(bin|sbin|lib|lib64)(/|$)#/usr/\1\2#' | sort -u \
    | while read -r path; do if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\n' "${path#/}"; fi; done \
    | grep -v '^\(etc\|var\|proc\|dev\|sys\|tmp\)\(/\|$\)' >"$links/list"
tar -C "$links" --no-recursion -cf "$links/rootfs.tar" bin sbin lib lib64 usr/bin/python tmp workspace proc dev sys etc etc/passwd
tar -C / --no-recursion -rf "$links/rootfs.tar" -T "$links/list"
cat "$links/rootfs.tar"
