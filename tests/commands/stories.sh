#!/usr/bin/env bash
# Stories: which reports are one act, whatever the order in which they came.
. "$(dirname "$0")/common.sh"
records="python3 $root/tests/commands/records.py"

# put LEDGER: the plan on standard input, added.
put() {
    $records > "$room/plan.jsonl"
    gives 0 "$entente" add --quiet --input record --ledger "$1" "$room/plan.jsonl"
}

# stories LEDGER: one line each: who, whom, day, how many reports, whether told by a party.
stories() {
    sqlite3 "$1" "SELECT actor, recipient, event, day, reports, told_by_a_party FROM acts ORDER BY 1, 2, 3, 4, 5"
}

# told LEDGER LINE...: exactly these stories are in it.
told() {
    ledger=$1
    shift
    printf '%s\n' "$@" | sort > "$room/wanted"
    stories "$ledger" | sort > "$room/stories"
    diff "$room/wanted" "$room/stories" >&2 || fail "other stories than wanted"
}

# A report that moves to the day on which the same words told the act first leaves its day empty. Who had joined it there
# must not stay behind.
first='copy 2021-05-10 North_Post
  REQUEST NOR FIN : Norway asked Finland on Monday to reopen the northern road for lorries at once.'
joined='other 2021-05-11 South_Post
  REQUEST NOR FIN : A road closed since the winter was again the wish of Oslo towards Helsinki.'
before='before 2021-05-07 East_Post
  REQUEST NOR FIN : Norway asked Finland on Monday to reopen the northern road for lorries at once.'
put "$room/moved.db" <<< "$first"
put "$room/moved.db" <<< "$joined"
told "$room/moved.db" 'NOR|FIN|REQUEST|2021-05-10|2|0'
put "$room/moved.db" <<< "$before"
told "$room/moved.db" 'NOR|FIN|REQUEST|2021-05-07|2|0' 'NOR|FIN|REQUEST|2021-05-11|1|0'
