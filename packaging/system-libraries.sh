#!/usr/bin/env bash
# Sees to it that the Debian or Ubuntu packages named as arguments are there: installs the missing ones where it may,
# else prints the one command that does. On other systems it does nothing: Windows and macOS need none of them.
set -eu

command -v dpkg-query >/dev/null 2>&1 || exit 0

# A compiler or a Python from elsewhere is as good as Debian's.
is_there() {
    case $1 in
        g++) command -v g++ >/dev/null 2>&1 && return ;;
        python3-venv) "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null && return ;;
    esac
    dpkg-query -W -f='${Status}\n' "$1" 2>/dev/null | grep -q '^install ok installed$'
}

missing=()
for package in "$@"; do
    is_there "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        echo "Some system packages are missing. Install them with this command, then run make again:" >&2
        echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
        exit 1
    fi
fi
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
