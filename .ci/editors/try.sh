#!/usr/bin/env bash
# A site as `init --editors` makes it passes the checkers that editors have, and a slip in it does not.
#   .ci/editors/try.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
work=$(realpath "$here/../../target")/editors
rm -rf "$work"
mkdir -p "$work"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check taplo==0.9.3
"$program" --quiet --root "$work" init site --editors
cp "$here/package.json" "$work/site/"
cd "$work/site"
npm install --no-package-lock --no-audit --no-fund --silent

settings() { "$work/venv/bin/taplo" check tearsheet.toml >"$work/settings" 2>&1; }
front_matter() { npx remark content --frail --quiet >/dev/null 2>"$work/front-matter"; }
fail() { echo "$1"; cat "$2"; exit 1; }

settings || fail "the settings do not pass:" "$work/settings"
front_matter || fail "the front matter does not pass:" "$work/front-matter"

sed -i 's/^page_size = .*/page_size = "many"/' tearsheet.toml
! settings || fail "a slip in the settings passes" "$work/settings"
grep -q '"many"' "$work/settings" || fail "another slip is told:" "$work/settings"
slip=$(grep -rl '^rights: ' content/articles | sort | head -n 1)
sed -i 's/^rights: .*/rights: all/' "$slip"
! front_matter || fail "a slip in front matter passes" "$work/front-matter"
grep -q 'one of the allowed values' "$work/front-matter" || fail "another slip is told:" "$work/front-matter"
echo "settings and front matter are checked as they should be"
