#!/bin/sh
# Writes what packages carry beside the program: manual pages and completions.
#
#   sh extras.sh PROGRAM FOLDER
set -eu
program="$1"
folder="$2"
mkdir -p "$folder/man" "$folder/completions"
"$program" man > "$folder/man/tearsheet.1"
commands="$("$program" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on && /^  [a-z]/ { print $1 }')"
for command in $commands; do
  [ "$command" = help ] || "$program" man "$command" > "$folder/man/tearsheet-$command.1"
done
for shell in bash zsh fish elvish powershell; do
  "$program" completions "$shell" > "$folder/completions/tearsheet.$shell"
done
