#!/bin/sh
# Gets the program that a host builds the site with, from the first of these that there is:
#   TEARSHEET_ARCHIVE  the address of a .tar.gz with the program in it, as releases have
#   Cargo.toml         the source of Tearsheet, where this repository is a copy of it
#   TEARSHEET_SOURCE   the address of a git repository with the source
# Set one of the variables in the settings of the host. The program lies in ./.tearsheet-program/ then,
# which the host keeps for the next build; that of another version is replaced.
set -eu
folder="$PWD/.tearsheet-program"
program="$folder/bin/tearsheet"
wanted="VERSION ${TEARSHEET_ARCHIVE:-} ${TEARSHEET_SOURCE:-}"
if [ -x "$program" ] && [ "$(cat "$folder/from" 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi
mkdir -p "$folder/bin"
if [ -n "${TEARSHEET_ARCHIVE:-}" ]; then
  curl --fail --silent --show-error --location "$TEARSHEET_ARCHIVE" --output "$folder/archive.tar.gz"
  tar -xzf "$folder/archive.tar.gz" -C "$folder/bin" --strip-components=1
  rm "$folder/archive.tar.gz"
elif grep -qs '^name = "tearsheet"$' Cargo.toml; then
  cargo install --locked --features full --path . --root "$folder"
elif [ -n "${TEARSHEET_SOURCE:-}" ]; then
  cargo install --locked --features full --git "$TEARSHEET_SOURCE" --root "$folder" tearsheet
else
  echo "no program: set TEARSHEET_ARCHIVE or TEARSHEET_SOURCE, as get-tearsheet.sh says" >&2
  exit 1
fi
echo "$wanted" > "$folder/from"
"$program" --version
