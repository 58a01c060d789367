#!/usr/bin/env bash
# Every example in the knowledge, or in the golden files: `=` must be found and `!` must not.
. "$(dirname "$0")/common.sh"
cd "$root"
if [ "$3" = lexicon ]; then
    "$entente" kb check
else
    files=$(find tests/golden -name '*.txt' | sort)
    [ -n "$files" ] || exit 77
    # shellcheck disable=SC2086
    "$entente" kb check $files
fi
