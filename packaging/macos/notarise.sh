#!/usr/bin/env bash
# Has Apple notarise a signed disk image, and staples the ticket to it: notarise.sh IMAGE
# NOTARY_KEY names a file with a key of App Store Connect, NOTARY_KEY_ID and NOTARY_ISSUER say whose it is.
# Without them it says so and leaves the image as it is.
set -eu
image=$1
if [ -z "${NOTARY_KEY:-}" ] || [ -z "${NOTARY_KEY_ID:-}" ] || [ -z "${NOTARY_ISSUER:-}" ]; then
    echo "Not notarised: NOTARY_KEY, NOTARY_KEY_ID and NOTARY_ISSUER are needed." >&2
    exit 0
fi
credentials=(--key "$NOTARY_KEY" --key-id "$NOTARY_KEY_ID" --issuer "$NOTARY_ISSUER")
answer=$(xcrun notarytool submit "$image" "${credentials[@]}" --wait --output-format json) || true
number=$(plutil -extract id raw -o - - <<<"$answer")
status=$(plutil -extract status raw -o - - <<<"$answer")
if [ "$status" != Accepted ]; then
    xcrun notarytool log "$number" "${credentials[@]}" >&2
    echo "Apple's answer for $image was: $status" >&2
    exit 1
fi
xcrun stapler staple "$image"
xcrun stapler validate "$image"
spctl --assess --type open --context context:primary-signature --verbose "$image"
