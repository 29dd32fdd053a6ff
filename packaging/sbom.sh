#!/usr/bin/env bash
# Lists what the application is built of, as CycloneDX, in dist/: sbom.sh UV PYTHON
set -eu
cd "$(dirname "$0")/.."
uv=$1
python=$2
version=$(sed -nE 's/^version = "(.+)"/\1/p' pyproject.toml)
tools=build/package-env
if [ ! -d "$tools" ]; then
    UV_PROJECT_ENVIRONMENT=$tools "$uv" sync -q --frozen --no-default-groups --group package --no-editable --python "$python"
fi
mkdir -p dist
list=dist/fastclip-desktop-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m).cdx.json
"$uv" tool run --quiet --python "$python" --from cyclonedx-bom==7.5.0 cyclonedx-py environment --pyproject pyproject.toml \
    --output-reproducible --output-file "$list" "$tools"
echo "$list"
