#!/usr/bin/env bash
# Installs what the build needs on Debian 12: as root, or with sudo. --check only says what is missing.
set -eu
packages="gcc make meson ninja-build pkg-config libjson-c-dev libsqlite3-dev zlib1g-dev libdeflate-dev
  libutf8proc-dev libxxhash-dev nettle-dev libcmocka-dev iso-codes python3-minimal sqlite3"
missing=""
for p in $packages; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
if [ "${1:-}" = --check ]; then
    echo "entente: these packages are missing; 'make setup' installs them:$missing" >&2
    exit 0
fi
root=""
[ "$(id -u)" = 0 ] || root=sudo
$root apt-get update -qq
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
