#!/usr/bin/env bash
# Signs FastClip.app from the inside out: sign.sh APP
# MACOS_IDENTITY names the certificate, such as "Developer ID Application: … (TEAMID)". Without it the signature is ad hoc:
# Macs with Apple silicon run it where it was built, Gatekeeper stops it elsewhere, and it cannot be notarised.
set -eu
app=$1
here=$(cd "$(dirname "$0")" && pwd)
identity=${MACOS_IDENTITY:--}
options=(--force --sign "$identity")
if [ "$identity" = - ]; then
    echo "MACOS_IDENTITY is not set: the signature is ad hoc." >&2
else
    # The hardened runtime would refuse libraries whose signature, being ad hoc, names no team.
    options+=(--options runtime --timestamp)
fi

# The command line is the same program under another name; see packaging/program.py.
ln -sf ../MacOS/fastclip-desktop "$app/Contents/Resources/fastclip"

main=$app/Contents/MacOS/fastclip-desktop
while IFS= read -r -d '' file; do
    case $(file -b "$file") in
        Mach-O*) ;;
        *) continue ;;
    esac
    [ "$file" != "$main" ] || continue
    codesign "${options[@]}" "$file"
done < <(find "$app/Contents" -type f -print0)

while IFS= read -r framework; do
    codesign "${options[@]}" "$framework"
done < <(find "$app/Contents" -type d -name '*.framework' | awk '{ print length, $0 }' | sort -rn | cut -d' ' -f2-)

codesign "${options[@]}" --entitlements "$here/app.entitlements" "$app"
codesign --verify --deep --strict --verbose=2 "$app"
