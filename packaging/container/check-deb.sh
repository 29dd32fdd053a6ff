#!/bin/bash
# Installs the Debian package in a bare Debian that has no Python, and uses it there as an ordinary user without any
# network: opens the window on a screen of its own, makes a clip by times and one by words, and asks the local API.
#
#   check-deb.sh PACKAGE.deb [--base FOLDER] [--suite bookworm] [--mirror URL] [--picture window.png]
#
# Needs root, debootstrap and python3. --base names a folder where the bare system is kept for the next time. What else
# is made is taken away again.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
base="" suite=bookworm mirror=http://deb.debian.org/debian picture=window.png package=""
while (($#)); do
    case $1 in
    --base | --suite | --mirror | --picture) declare "${1#--}=$2" && shift 2 ;;
    *) package=$(realpath "$1") && shift ;;
    esac
done
if [[ ! -f $package ]] || ((EUID)); then
    echo "Usage, as root: check-deb.sh PACKAGE.deb [--base FOLDER] [--suite NAME] [--mirror URL] [--picture FILE]" >&2
    exit 2
fi

# The system lives in mounts of this process tree alone: they go with it, whatever happens.
if [[ ${IN_NAMESPACE:-} != yes ]]; then
    arguments=("$package" --suite "$suite" --mirror "$mirror" --picture "$(realpath "$picture")")
    [[ -z $base ]] || arguments+=(--base "$(realpath "$base")")
    IN_NAMESPACE=yes exec unshare --mount --pid --ipc --uts --fork --kill-child -- "$0" "${arguments[@]}"
fi

scratch=$(mktemp -d)
root=$scratch/root
cleanup() {
    umount -l "$root/proc" "$root/dev/shm" 2>/dev/null || true
    rm -rf --one-file-system "$scratch"
}
trap cleanup EXIT

say() { printf '%5d s  %s\n' "$SECONDS" "$*"; }
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
quietly() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; echo "Failed: $*" >&2; exit 1; }; }

if [[ -n $base && -d $base/usr ]]; then
    cp -a "$base" "$root"
    say "Bare system taken from $base"
else
    quietly debootstrap --variant=minbase "$suite" "$root" "$mirror"
    [[ -z $base ]] || cp -a "$root" "$base"
    say "Bare system made: $(du -sxm "$root" | cut -f1) MB of $(. "$root/etc/os-release" && echo "$PRETTY_NAME")"
fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"

# Python's packages, that is: Debian calls each of them python3-something or libpython.
pythons() { inside dpkg-query -W -f '${Package}\n' | grep -c python || true; }
(($(pythons) == 0)) || { echo "There is Python in the bare system already." >&2; exit 1; }
cp "$package" "$root/root/"
quietly inside apt-get update
before=$(inside dpkg-query -W | wc -l)
quietly inside apt-get install -y --no-install-recommends "/root/$(basename "$package")"
rm "$root/root/$(basename "$package")"
say "Installed with $(($(inside dpkg-query -W | wc -l) - before - 1)) packages that it depends on;" \
    "$(inside du -sm /usr/lib/fastclip-desktop | cut -f1) MB of its own"
(($(pythons) == 0)) || { echo "The package brought Debian's Python in." >&2; exit 1; }

quietly inside apt-get install -y --no-install-recommends xvfb xdotool curl
quietly inside useradd --create-home newcomer
install -m 755 "$here/first-steps.sh" "$root/usr/local/bin/first-steps"
say "Screen, mouse and curl brought in for the check alone"

# No network from here on but the machine's own.
unshare --net -- /bin/bash -c '
    ip link set lo up
    exec chroot --userspec=newcomer:newcomer "$1" \
        env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/newcomer LANG=C.UTF-8 first-steps
' - "$root" | while read -r line; do say "$line"; done
python3 -B "$here/../../tests/frozen/screen.py" "$root/home/newcomer/window.xwd" "$picture"
say "The window's picture is $picture"
say "Everything passed"
