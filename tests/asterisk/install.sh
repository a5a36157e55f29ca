#!/bin/sh
# Make sure that this machine has an Asterisk for the tests.
#
# One on the PATH is used as it is. Otherwise a small Debian root with Asterisk in it is made once, in a minute and
# 360 MB, in ${XDG_CACHE_HOME:-~/.cache}/hamseda/asterisk-root, and found again ever after. Needs root and mmdebstrap.
set -eu

if command -v asterisk >/dev/null; then
    echo "using $(command -v asterisk)"
    exit 0
fi

root=${XDG_CACHE_HOME:-$HOME/.cache}/hamseda/asterisk-root
if [ -d "$root" ]; then
    echo "using $root"
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v mmdebstrap >/dev/null; then
    echo "install.sh: install Asterisk, or install mmdebstrap and run this as root" >&2
    exit 1
fi

# Two runs at once make one root; what a killed run left behind has another name and is thrown away.
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9
if [ ! -d "$root" ]; then
    rm -rf --one-file-system "$root.partial"
    # Snapshots of the archive live longer than the date their index gives itself.
    mmdebstrap --quiet --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' \
        --include=asterisk,asterisk-moh-opsound-wav sid "$root.partial"
    chroot "$root.partial" asterisk -V
    mv "$root.partial" "$root"
fi
echo "using $root"
