#!/usr/bin/env bash
# Builds every package that this system can into dist/, and says at the end which it could not, and why. dist/ is emptied
# first: no two versions mix. `make package` runs it: package.sh UV PYTHON
set -eu
cd "$(dirname "$0")/.."
uv=$1
python=$2
version=$(sed -nE 's/^version = "(.+)"/\1/p' pyproject.toml)
application=dist/fastclip-desktop
missed=()
made=()

step() { printf '\n== %s\n' "$1"; }

rm -rf dist

step "Wheel and source"
"$uv" build -q --out-dir dist
made+=("dist/fastclip_desktop-$version-py3-none-any.whl" "dist/fastclip_desktop-$version.tar.gz")

step "Libraries of the application"
# llama.cpp would be compiled for the processor of this machine alone, and fail on others.
UV_PROJECT_ENVIRONMENT=build/package-env "$uv" sync -q --frozen --no-default-groups --group package --no-editable \
    --reinstall-package fastclip-desktop --config-settings-package 'llama-cpp-python:cmake.define.GGML_NATIVE=OFF' \
    --python "$python"
tools=build/package-env/bin
[ -d "$tools" ] || tools=build/package-env/Scripts

step "Application"
QT_QPA_PLATFORM=offscreen "$tools/python" packaging/icons.py build/icons
"$tools/pyinstaller" --noconfirm --log-level ERROR --workpath build/pyinstaller --distpath dist fastclip.spec >build/pyinstaller.log 2>&1 ||
    { cat build/pyinstaller.log >&2; exit 1; }
if [ -f packaging/notices.py ]; then
    "$tools/python" packaging/notices.py "$application"
fi
"$tools/python" packaging/sizes.py "$application"
"$application/fastclip" --version
made+=("$application")

case $(uname -s) in
MINGW* | MSYS* | CYGWIN*)
    step "Installer"
    powershell=(powershell.exe -NoProfile -ExecutionPolicy Bypass -File)
    "${powershell[@]}" packaging/windows/sign.ps1 "$application/fastclip-desktop.exe" "$application/fastclip.exe"
    "${powershell[@]}" packaging/windows/installer.ps1 -Application "$application" -Version "$version" -Out dist
    made+=("dist/FastClip-$version-windows-x86_64-setup.exe")
    ;;
Darwin)
    step "Disk image"
    "$tools/python" packaging/notices.py dist/FastClip.app/Contents/Resources
    bash packaging/macos/sign.sh dist/FastClip.app
    image=$(bash packaging/macos/dmg.sh dist/FastClip.app "$version" dist)
    bash packaging/macos/notarise.sh "$image"
    made+=("$image")
    ;;
esac

if [ "$(uname -s)" = Linux ]; then
    step "Debian package"
    if command -v dpkg-shlibdeps >/dev/null 2>&1; then
        "$tools/python" packaging/linux/deb.py "$application" build/icons "$version" dist
        made+=("dist/fastclip-desktop_${version}_$(dpkg --print-architecture).deb")
    else
        missed+=("The Debian package needs dpkg-shlibdeps, of the package dpkg-dev.")
    fi

    step "AppImage"
    "$tools/python" packaging/linux/appimage.py "$application" build/icons "$version" dist
    image="dist/FastClip-$version-$(uname -m).AppImage"
    if [ -f "$image" ]; then
        made+=("$image")
    else
        made+=("dist/FastClip.AppDir")
        missed+=("The AppImage needs appimagetool, or mksquashfs and a runtime that APPIMAGE_RUNTIME names; its folder runs.")
    fi

    step "Flatpak"
    manifest=packaging/linux/app.fastclip.Desktop.flatpak.json
    if ! command -v flatpak-builder >/dev/null 2>&1; then
        missed+=("The Flatpak needs flatpak-builder.")
    elif ! flatpak info org.freedesktop.Sdk//24.08 >/dev/null 2>&1; then
        flatpak-builder --show-manifest "$manifest" >/dev/null
        missed+=("The Flatpak needs org.freedesktop.Platform and org.freedesktop.Sdk 24.08 from Flathub; its manifest is in order.")
    else
        "$tools/python" packaging/linux/flatpak.py "$application" build/icons "$version" build/flatpak
        flatpak-builder --force-clean --disable-rofiles-fuse --repo=build/flatpak-repo build/flatpak-app "$manifest"
        flatpak build-bundle build/flatpak-repo "dist/FastClip-$version.flatpak" app.fastclip.Desktop
        made+=("dist/FastClip-$version.flatpak")
    fi
else
    missed+=("The Debian package, the AppImage and the Flatpak are built on Linux.")
fi
[ "$(uname -s)" = Darwin ] || missed+=("FastClip.app and its disk image are built on macOS; see docs/releasing.md.")
case $(uname -s) in
    MINGW* | MSYS* | CYGWIN*) ;;
    *) missed+=("The installer for Windows is built on Windows; see docs/releasing.md.") ;;
esac

step "Portable archive"
made+=("$("$tools/python" packaging/portable.py "$application" "$version" dist)")

step "Checksums"
"$tools/python" packaging/checksums.py dist
made+=("dist/SHA256SUMS")

step "Made"
printf '  %s\n' "${made[@]}"
step "Not made here"
printf '  %s\n' "${missed[@]}"
