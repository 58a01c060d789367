#!/usr/bin/env bash
# The whole product on our own pages: builds, reads examples/ into a new ledger, and asks it one question.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
tools/setup.sh
make --no-print-directory all BUILD="$build"
ledger=$build/demo/ledger.db
rm -rf "$build/demo"
mkdir -p "$build/demo"
"$build/entente" add --ledger "$ledger" examples/interview.txt examples/page.html examples/feed.xml examples/russia-armenia
echo
echo "How did Russia and Armenia stand on 15 October 2020?"
echo
"$build/entente" stand RUS ARM --on 2020-10-15 --ledger "$ledger"
cat <<END

The ledger lies in $ledger: one SQLite file. Four things to try next:
  $build/entente stand Russia Armenia --on 2024-06-01 --ledger $ledger
  $build/entente duties ARM --actor RUS --ledger $ledger
  $build/entente read --format text examples/page.html
  sqlite3 $ledger "SELECT actor, recipient, day, event, sentence FROM acts LIMIT 5"
END
