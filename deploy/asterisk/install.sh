#!/bin/sh
# Put this configuration into an Asterisk's configuration folder:  ./install.sh [FOLDER, default /etc/asterisk]
#
# Reads from the environment:
#   HAMSEDA_AMI_SECRET     the password of the manager interface; required, the same as in Hamseda's own settings
#   HAMSEDA_AMI_USERNAME   its user name (default hamseda)
#   HAMSEDA_AMI_PORT       its port (default 5038)
#   SIP_BIND               address and port for the phones (default 0.0.0.0:5060)
#
# A file that was there and is different is kept beside it as NAME.before-hamseda, and those of later times as
# NAME.before-hamseda.2 and so on: what you changed in ours is not lost. The phones and the trunk are yours:
# pjsip_operators.conf and pjsip_trunk.conf are written once and never touched again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/etc/asterisk}
username=${HAMSEDA_AMI_USERNAME:-hamseda}
port=${HAMSEDA_AMI_PORT:-5038}
bind=${SIP_BIND:-0.0.0.0:5060}

refuse() {
    echo "install.sh: $1" >&2
    exit 1
}

# ensure_plain NAME VALUE: Asterisk ends a value at a semicolon and strips blanks, so such secrets would never match.
ensure_plain() {
    case $2 in
        '' | *[!A-Za-z0-9_.:-]*) refuse "$1 may hold letters, digits and _ . : - only" ;;
    esac
}

[ -n "${HAMSEDA_AMI_SECRET:-}" ] || refuse "set HAMSEDA_AMI_SECRET first, for example to the output of: openssl rand -hex 24"
[ "${#HAMSEDA_AMI_SECRET}" -ge 16 ] || refuse "HAMSEDA_AMI_SECRET must have 16 characters or more"
ensure_plain HAMSEDA_AMI_SECRET "$HAMSEDA_AMI_SECRET"
ensure_plain HAMSEDA_AMI_USERNAME "$username"
ensure_plain HAMSEDA_AMI_PORT "$port"
ensure_plain SIP_BIND "$bind"
[ -d "$target" ] || refuse "there is no folder $target; is Asterisk installed?"

random_password() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# keep NAME: a copy of the file that is there, under the first name that is free.
keep() {
    copy=$target/$1.before-hamseda
    number=2
    while [ -e "$copy" ]; do
        copy=$target/$1.before-hamseda.$number
        number=$((number + 1))
    done
    cp -p "$target/$1" "$copy"
    echo "kept $copy"
}

# write NAME: fill in the places of our file and put it there. The secrets go through sed's script on its standard
# input, so that no other user of this machine sees them in the list of processes.
write() {
    fresh=$target/.$1.hamseda
    (umask 077 && : >"$fresh")
    {
        printf 's/${HAMSEDA_AMI_SECRET}/%s/\n' "$HAMSEDA_AMI_SECRET"
        printf 's/${HAMSEDA_AMI_USERNAME}/%s/\n' "$username"
        printf 's/${HAMSEDA_AMI_PORT}/%s/\n' "$port"
        printf 's/${SIP_BIND}/%s/\n' "$bind"
        printf 's/${PHONE_PASSWORD}/%s/\n' "$(random_password)"
    } | sed -f - "$here/$1" >"$fresh"
    if [ -e "$target/$1" ]; then
        if cmp -s "$fresh" "$target/$1"; then
            rm "$fresh"
            return
        fi
        keep "$1"
    fi
    chmod 640 "$fresh"
    # Asterisk runs as its own user on most machines and must be able to read its secrets.
    chgrp asterisk "$fresh" 2>/dev/null || true
    mv "$fresh" "$target/$1"
    echo "wrote $target/$1"
}

for name in manager.conf pjsip.conf extensions.conf features.conf; do
    write "$name"
done
for name in pjsip_operators.conf pjsip_trunk.conf; do
    [ -e "$target/$name" ] || write "$name"
done
if [ ! -e "$target/modules.conf" ] || [ -n "${MINIMAL_MODULES:-}" ]; then
    write modules.conf
fi
