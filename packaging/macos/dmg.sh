#!/usr/bin/env bash
# Makes the disk image of FastClip.app, with a link to the folder Applications beside it: dmg.sh APP VERSION OUT
set -eu
app=$1
version=$2
out=$3
image=$out/FastClip-$version-macos-$(uname -m).dmg

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ditto "$app" "$folder/FastClip.app"
ln -s /Applications "$folder/Applications"
rm -f "$image"
hdiutil create -quiet -volname "FastClip $version" -srcfolder "$folder" -fs HFS+ -format ULFO "$image"
if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --sign "$MACOS_IDENTITY" --timestamp "$image"
fi
echo "$image"
