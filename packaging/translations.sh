#!/usr/bin/env bash
# Collects the window's texts, and compiles what was translated. Run by `make translations`.
set -eu
cd "$(dirname "$0")/.."
tools=.venv/bin
texts=resources/translations
mapfile -t sources < <(find fastclip_desktop/gui -name '*.py' | LC_ALL=C sort)
collect=("$tools/pyside6-lupdate" "${sources[@]}" -source-language en_US -locations none -no-obsolete)
"${collect[@]}" -target-language de_DE -ts "$texts/fastclip_de.ts"
# English stands in the code; only what depends on a number needs forms.
"${collect[@]}" -target-language en_US -pluralonly -ts "$texts/fastclip_en.ts"
for language in de en; do
    "$tools/pyside6-lrelease" "$texts/fastclip_$language.ts" -qm "fastclip_desktop/gui/translations/fastclip_$language.qm"
done
