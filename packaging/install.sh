#!/bin/sh
# Installs the program of a release, once its checksum is right:
#
#   sh install.sh [--from ADDRESS] [--to FOLDER]
#
# ADDRESS is that of a folder with the archives of one release and their SHA256SUMS; where this file comes
# with a release, it stands below already. FOLDER is where the program goes, ~/.local/bin without.
set -eu
from=""
to="${HOME:-}/.local/bin"

fail() {
  echo "error: $1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || fail "$1 of what? sh install.sh --from ADDRESS --to FOLDER"
  case "$1" in
    --from) from="$2" ;;
    --to) to="$2" ;;
    *) fail "unknown option $1; there are --from and --to" ;;
  esac
  shift 2
done
[ -n "$from" ] || fail "where is the release? sh install.sh --from https://example.org/tearsheet/v1.2.3"
command -v curl >/dev/null || fail "curl is needed to fetch the release"

case "$(uname -s)" in
  Linux) system=unknown-linux-gnu ;;
  Darwin) system=apple-darwin ;;
  *) fail "releases have no program for $(uname -s) that this can install; there are archives at $from" ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) target="x86_64-$system" ;;
  arm64 | aarch64) target="aarch64-$system" ;;
  *) fail "releases have no program for $(uname -m)" ;;
esac
if [ "$system" = unknown-linux-gnu ] && ldd --version 2>&1 | grep -qi musl; then
  fail "releases need glibc, which this Linux does not have: compile the source with cargo"
fi

# Nothing but these two ways: what comes by another could have been changed on its way.
fetch() {
  curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' \
    "${from%/}/$1" --output "$work/$1" || fail "cannot fetch ${from%/}/$1"
}

checksum() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1" | cut -d ' ' -f 1
  else
    shasum -a 256 "$1" | cut -d ' ' -f 1
  fi
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
fetch SHA256SUMS
line="$(grep -E "^[0-9a-f]{64} [ *]tearsheet-v[^/]*-$target\.tar\.gz\$" "$work/SHA256SUMS" | head -n 1)"
[ -n "$line" ] || fail "the release at $from has no program for $target"
archive="${line#* ?}"
fetch "$archive"
[ "$(checksum "$work/$archive")" = "${line%% *}" ] || fail "$archive is not what SHA256SUMS says; nothing was installed"

tar -xzf "$work/$archive" -C "$work"
mkdir -p "$to"
# Beside the old one first, so that there is always a whole program.
cp "$work/${archive%.tar.gz}/tearsheet" "$to/.tearsheet.new"
chmod 755 "$to/.tearsheet.new"
mv "$to/.tearsheet.new" "$to/tearsheet"
echo "$("$to/tearsheet" --version) is in $to"
case ":$PATH:" in
  *":$to:"*) ;;
  *) echo "hint: $to is not in your PATH" ;;
esac
