#!/usr/bin/env bash
# The answers on a made ledger of invented reports: duties put to the test, movers, series, search, coverage, export.
. "$(dirname "$0")/common.sh"
cd "$root"
python3 tests/commands/answers.py "$entente" "$room" || fail "see above"
