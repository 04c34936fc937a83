#!/usr/bin/env bash
# Packs a program for the machine that this runs on, installs each package where there is nothing else, and
# makes a site with it. All of it happens in a temporary folder, and nothing is asked of a registry.
#
#   packaging/try.sh PROGRAM
set -euo pipefail
program="$(realpath "$1")"
here="$(cd "$(dirname "$0")" && pwd)"
target="$(rustc -vV | sed -n 's/^host: //p')"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Makes a site with the program at $1, where it is the only one.
try() {
  local folder="$work/site-$2"
  PATH="$(dirname "$1"):/usr/local/bin:/usr/bin:/bin" tearsheet --quiet init "$folder"
  "$1" --quiet --root "$folder" build
  test -s "$folder/public/index.html"
  # What the program answers comes through.
  if "$1" --root "$folder" list nothing 2>/dev/null; then exit 1; else test $? -eq 2; fi
  echo "$2: $("$1" --version)"
}

python3 "$here/assemble.py" packages --target "$target" --program "$program" --out "$work/packages" >/dev/null
python3 "$here/assemble.py" launcher --out "$work/packages" >/dev/null

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$work"/packages/*.whl
"$work/venv/bin/pip" check >/dev/null
try "$work/venv/bin/tearsheet" wheel

# The packages of other systems are nowhere to be had, as they are optional.
npm install --global --prefix "$work/npm" --cache "$work/cache" --offline --no-audit --no-fund --silent \
  "$work"/packages/tearsheet-*-*-*.tgz "$work"/packages/tearsheet-[0-9]*.tgz
try "$work/npm/bin/tearsheet" npm

# A release as .github/workflows/release.yml makes it, on the disk.
name="tearsheet-v$("$program" --version | cut -d ' ' -f 2)-$target"
mkdir -p "$work/release/$name"
cp "$program" "$work/release/$name/"
sh "$here/extras.sh" "$program" "$work/release/$name"
tar -czf "$work/release/$name.tar.gz" -C "$work/release" "$name"
(cd "$work/release" && sha256sum -- *.tar.gz > SHA256SUMS)
# What package managers want, filled in with the sums of a whole release.
sums="$(cut -c 1-64 "$work/release/SHA256SUMS")"
for other in $(python3 "$here/assemble.py" targets); do
  case "$other" in *windows*) end=zip ;; *) end=tar.gz ;; esac
  echo "$sums  ${name%"-$target"}-$other.$end"
done > "$work/sums"
fill() {
  python3 "$here/assemble.py" fill --repository https://example.org/tearsheet --publisher Example \
    --releases https://example.org/tearsheet/v1 --sums "$1" --out "$work/filled" "${@:2}"
}
test "$(fill "$work/sums" | wc -l)" -eq 5
if grep -rq '{{' "$work/filled"; then exit 1; fi
grep -q '^from="https://example.org/tearsheet/v1"$' "$work/filled/install.sh"
# A release that lacks an archive is none to lead anybody to.
if fill "$work/release/SHA256SUMS" 2>/dev/null >&2; then exit 1; fi

sh "$here/install.sh" --from "file://$work/release" --to "$work/bin" >/dev/null
try "$work/bin/tearsheet" install.sh
