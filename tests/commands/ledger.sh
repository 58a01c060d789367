#!/usr/bin/env bash
# The ledger as its users meet it: twice is once, order and jobs do not matter, a killed writer leaves whole documents.
. "$(dirname "$0")/common.sh"
cd "$root"
export XDG_DATA_HOME=$room

# What is in a ledger, as bytes.
taken() {
    for unit in event statement claim dyad-month; do
        "$entente" export --ledger "$1" --unit $unit
    done
}

gives 0 "$entente" add --ledger "$room/one.db" examples
taken "$room/one.db" > "$room/one"
[ "$(wc -l < "$room/one")" -gt 100 ] || fail "nothing to speak of was added"
gives 0 "$entente" add --ledger "$room/one.db" examples
grep -q ' 0 added' "$room/err" || fail "the same documents were added twice"
taken "$room/one.db" > "$room/again"
same "$room/again" "$room/one" "adding the same again changed something"

for jobs in 2 4; do
    gives 0 "$entente" add --jobs $jobs --ledger "$room/$jobs.db" examples
    taken "$room/$jobs.db" > "$room/jobs"
    same "$room/jobs" "$room/one" "$jobs jobs made another ledger than one"
done

find examples -type f | sort -r > "$room/turned"
find examples -type f | sort | shuf --random-source="$entente" > "$room/shuffled"
for order in turned shuffled; do
    # shellcheck disable=SC2046
    gives 0 "$entente" add --ledger "$room/$order.db" $(cat "$room/$order")
    taken "$room/$order.db" > "$room/now"
    same "$room/now" "$room/one" "the order of adding ($order) made another ledger"
done

# A finding of any kind opens down to the line of the lexicon that read it.
for unit in event statement claim; do
    gives 0 "$entente" export --ledger "$room/one.db" --unit $unit --format csv
    id=$(sed -n 2p "$room/out" | cut -d, -f1)
    gives 0 "$entente" why --ledger "$room/one.db" "$id"
    grep -qE '^  rule +en/[a-z/]+\.txt:[0-9]+$' "$room/out" || fail "why names no rule for the $unit $id"
done

# From record to record: what was coded elsewhere can be added.
gives 0 "$entente" read --headlines --format jsonl examples
cp "$room/out" "$room/records.jsonl"
gives 0 "$entente" add --input record --ledger "$room/records.db" "$room/records.jsonl"
taken "$room/records.db" > "$room/records"
same "$room/records" "$room/one" "records made another ledger than their pages"

# Killed at any time, a ledger holds whole documents, and running again completes it.
for wait in 0.00 0.02 0.05 0.08 0.12 0.2 0.3; do
    rm -f "$room"/killed.db*
    "$entente" add --quiet --ledger "$room/killed.db" examples > /dev/null 2>&1 &
    writer=$!
    sleep $wait
    kill -9 $writer 2> /dev/null || true
    wait $writer 2> /dev/null || true
    gives 0 "$entente" add --quiet --ledger "$room/killed.db" examples
    [ "$(sqlite3 "$room/killed.db" 'pragma integrity_check; pragma foreign_key_check')" = ok ] || fail "killed after $wait s: the ledger is not whole"
    taken "$room/killed.db" > "$room/killed"
    same "$room/killed" "$room/one" "killed after $wait s and run again: another ledger"
done
