#!/usr/bin/env bash
# Corrections: kept with who, when and why; they survive a new coding, and the order in which both come does not matter.
. "$(dirname "$0")/common.sh"
records="python3 $root/tests/commands/records.py"
ledger=$room/a.db
export ENTENTE_LEDGER=$ledger

stories() {
    sqlite3 "${1:-$ledger}" "SELECT actor, recipient, event, day, reports, told_by_a_party FROM acts ORDER BY 1, 2, 3, 4, 5"
}

# told LINE...: exactly these stories are in the ledger.
told() {
    printf '%s\n' "$@" | sed '/^$/d' | sort > "$room/wanted"
    stories | sort > "$room/stories"
    diff "$room/wanted" "$room/stories" >&2 || fail "other stories than wanted"
}

whole() {
    [ "$(sqlite3 "$1" 'pragma integrity_check; pragma foreign_key_check')" = ok ] || fail "$1 is not whole"
}

$records > "$room/plan.jsonl" <<'END'
clear 2021-03-02 North_Post
  CONSULT NOR FIN : The ministers of Norway and Finland spoke for an hour about the fish of the northern sea.
  SANCTION NOR BLR : Norway froze the money of two Belarusian banks and forbade new loans to them.
torn 2023-09-01 South_Post conflict
  AID SWE EST : Sweden gave Estonia four rescue boats and the money to man them for a year.
  REQUEST SWE EST day=2021-03-04 : Sweden asked Estonia on 4 March to open the archive of the old shipyard.
  AGREE SWE EST said=ally : Sweden is an ally of Estonia, the writer of these lines believes.
END
gives 0 "$entente" add --quiet --input record "$room/plan.jsonl"
clear_id=$(sqlite3 "$ledger" "SELECT id FROM documents WHERE origin = 'clear'")
torn_id=$(sqlite3 "$ledger" "SELECT id FROM documents WHERE origin = 'torn'")
sanction=$(sqlite3 "$ledger" "SELECT id FROM events WHERE event = 'SANCTION'")
talks=$(sqlite3 "$ledger" "SELECT id FROM events WHERE event = 'CONSULT'")
aid=$(sqlite3 "$ledger" "SELECT id FROM events WHERE event = 'AID'")
words='NOR|FIN|CONSULT|2021-03-02|1|0'
frozen='NOR|BLR|SANCTION|2021-03-02|1|0'

# ---- a date in conflict: out of every series, listed, settled ----
told "$words" "$frozen"
gives 0 "$entente" date
has "$room/out" "$torn_id"
gives 0 "$entente" why "$torn_id"
has "$room/out" 'contradict each other: kept out of every series until somebody settles the date'
gives 0 "$entente" date
! grep -q "$clear_id" "$room/out" || fail "a document without a conflict is listed"
gives 2 "$entente" date "$torn_id" 2021-03-05
has "$room/err" --because
gives 2 "$entente" date "$torn_id" 2021-03 --because 'no day'
gives 2 "$entente" date 00000000000000000000000000000000 2021-03-05 --because 'no such document'
gives 0 "$entente" date "$torn_id" 2021-03-05 --because 'the page shows its last update' --who 'A. Coder' --when 2024-01-02
told "$words" "$frozen" 'SWE|EST|AID|2021-03-05|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'
[ "$(sqlite3 "$ledger" "SELECT date(day * 86400, 'unixepoch') FROM claims")" = 2021-03-05 ] || fail "the claim's day was not settled"
[ "$(sqlite3 "$ledger" "SELECT count(*) FROM reading WHERE day > '2022'")" = 0 ] || fail "it is still counted as read on its old day"
gives 0 "$entente" date
! grep -q "$torn_id" "$room/out" || fail "a settled document is listed"
gives 0 "$entente" why "$torn_id"
has "$room/out" 'settled    2024-01-02 by A. Coder, as 2021-03-05: the page shows its last update'
! grep -q 'kept out' "$room/out" || fail "'why' says that a document is kept out, though its date is settled"
gives 0 "$entente" date "$torn_id" 2021-03-06 --because 'the printed page says so' --who 'B. Coder' --when 2024-01-03
told "$words" "$frozen" 'SWE|EST|AID|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'

# ---- a false finding ----
gives 2 "$entente" reject "$sanction"
gives 2 "$entente" reject 0123456789abcdef --because 'no such finding'
gives 0 "$entente" reject "$sanction" --because 'the banks were Latvian' --who 'A. Coder' --when 2024-02-01
told "$words" 'SWE|EST|AID|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'
gives 0 "$entente" export
! grep -q "$sanction" "$room/out" || fail "a withdrawn finding is exported"
[ "$(sqlite3 "$ledger" "SELECT count(*) FROM events WHERE id = '$sanction'")" = 1 ] || fail "a withdrawn finding is gone"
whole "$ledger"

# ---- and back again ----
gives 0 "$entente" why "$sanction"
has "$room/out" 'rejected   2024-02-01 by A. Coder: the banks were Latvian'
gives 2 "$entente" restore "$sanction"
has "$room/err" --because
gives 2 "$entente" restore 0123456789abcdef --because 'no such finding'
gives 2 "$entente" restore "$talks" --because 'nobody withdrew it'
has "$room/err" 'not withdrawn'
gives 0 "$entente" restore "$sanction" --because 'they were Belarusian' --who 'B. Coder' --when 2024-02-02
told "$words" "$frozen" 'SWE|EST|AID|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'
gives 0 "$entente" export
has "$room/out" "$sanction"
gives 0 "$entente" find --type SANCTION
has "$room/out" "$sanction"
gives 0 "$entente" why "$sanction"
has "$room/out" 'rejected   2024-02-01 by A. Coder: the banks were Latvian'
has "$room/out" 'restored   2024-02-02 by B. Coder: they were Belarusian'
gives 2 "$entente" restore "$sanction" --because 'twice'
gives 0 "$entente" export --unit correction
has "$room/out" "restore,$sanction,,they were Belarusian,B. Coder,2024-02-02"
claim=$(sqlite3 "$ledger" 'SELECT id FROM claims')
gives 0 "$entente" reject "$claim" --because 'an opinion' --when 2024-02-03
gives 0 "$entente" export --unit claim
! grep -q "$claim" "$room/out" || fail "a withdrawn claim is exported"
gives 0 "$entente" why "$claim"
has "$room/out" ': an opinion'
gives 0 "$entente" restore "$claim" --because 'opinions are what claims are' --when 2024-02-04
gives 0 "$entente" export --unit claim
has "$room/out" "$claim"
gives 0 "$entente" reject "$sanction" --because 'Latvian after all' --who 'A. Coder' --when 2024-02-05
told "$words" 'SWE|EST|AID|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'
whole "$ledger"

# ---- coded anew: what came out the same is left alone, the rest superseded, decisions heeded ----
mkdir "$room/words"
printf 'entity QQQ state\n  name  Quiet Place\n' > "$room/words/a.txt"
gives 0 "$entente" kb build --output "$room/more.kb" "$room/words"
another="--kb $build/entente.kb --kb $room/more.kb"
# shellcheck disable=SC2086
gives 0 "$entente" add --input record $another "$room/plan.jsonl"
has "$room/err" '0 added, 2 there already'
# shellcheck disable=SC2086
gives 0 "$entente" add --recode --input record $another "$room/plan.jsonl"
has "$room/err" '0 added, 2 there already'
[ "$(sqlite3 "$ledger" 'SELECT count(*) FROM documents')" = 2 ] || fail "what came out the same was kept twice"
aid=$(sqlite3 "$ledger" "SELECT id FROM events WHERE event = 'AID'")
gives 0 "$entente" why "$aid"
! grep -q superseded "$room/out" || fail "a coding that stands is told as superseded"
sed 's/"SANCTION"/"COERCE"/; s/"AID"/"COOPERATE"/' "$room/plan.jsonl" | sed '1s/"COERCE"/"SANCTION"/' > "$room/other.jsonl"
# shellcheck disable=SC2086
gives 0 "$entente" add --recode --input record $another "$room/other.jsonl"
has "$room/err" '1 added, 1 there already'
told "$words" 'SWE|EST|COOPERATE|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'
[ "$(sqlite3 "$ledger" 'SELECT count(*) FROM documents')" = 3 ] || fail "the old coding was not kept"
gives 0 "$entente" why "$aid"
has "$room/out" 'superseded by a newer coding'
[ "$(sqlite3 "$ledger" 'SELECT sum(documents) FROM days')" = 2 ] || fail "a document coded anew counts as read twice"
whole "$ledger"

# An act that the new coding no longer finds does not come back with what was decided of the old one.
gives 0 "$entente" reject "$aid" --because 'a loan' --when 2024-02-06
gives 0 "$entente" restore "$aid" --because 'a gift' --when 2024-02-07
told "$words" 'SWE|EST|COOPERATE|2021-03-06|1|0' 'SWE|EST|REQUEST|2021-03-04|1|0'

# Coded anew and then corrected is the same ledger as corrected and then coded anew.
for turn in 1 2; do
    gives 0 "$entente" add --quiet --input record --ledger "$room/turn$turn.db" "$room/plan.jsonl"
    for step in $([ $turn = 1 ] && echo correct code || echo code correct); do
        if [ $step = code ]; then
            # shellcheck disable=SC2086
            gives 0 "$entente" add --recode --input record $another --ledger "$room/turn$turn.db" "$room/other.jsonl"
        else
            gives 0 "$entente" reject "$sanction" --because one --ledger "$room/turn$turn.db"
            gives 0 "$entente" date "$torn_id" 2021-03-06 --because two --ledger "$room/turn$turn.db"
            gives 0 "$entente" reject "$talks" --because three --ledger "$room/turn$turn.db"
            gives 0 "$entente" restore "$talks" --because four --ledger "$room/turn$turn.db"
        fi
    done
    { "$entente" export --ledger "$room/turn$turn.db"; "$entente" export --unit dyad-month --ledger "$room/turn$turn.db"
      stories "$room/turn$turn.db"; sqlite3 "$room/turn$turn.db" 'SELECT * FROM reading'; } > "$room/turn$turn"
done
[ -s "$room/turn1" ] || fail "nothing was taken out"
same "$room/turn1" "$room/turn2" "the order of correcting and coding anew made another ledger"

# ---- a page cut otherwise has another id; it is known by its origin ----
sed -n '1s/"id": "[0-9a-f]*"/"id": "00000000000000000000000000000001"/p' "$room/plan.jsonl" > "$room/cut.jsonl"
# shellcheck disable=SC2086
gives 0 "$entente" add --recode --input record $another --ledger "$room/turn1.db" "$room/cut.jsonl"
[ "$(sqlite3 "$room/turn1.db" "SELECT count(*) FROM documents WHERE origin = 'clear' AND superseded IS NULL")" = 1 ] ||
    fail "a page that was cut otherwise stands in the ledger twice"
[ "$(sqlite3 "$room/turn1.db" "SELECT sum(documents) FROM days")" = 2 ] || fail "a page that was cut otherwise was read twice"
sed -n '2s/"id": "[0-9a-f]*"/"id": "00000000000000000000000000000002"/p' "$room/plan.jsonl" > "$room/cut.jsonl"
gives 0 "$entente" add --recode --input record --ledger "$room/turn1.db" "$room/cut.jsonl"
has "$room/err" '1 added'
stories "$room/turn1.db" | grep -q 'SWE|EST|AID|2021-03-06' || fail "the date that was settled for a page did not outlive its new cut"

# ---- removed on request ----
gives 2 "$entente" remove "$torn_id"
gives 2 "$entente" remove 00000000000000000000000000000000 --because 'no such document'
grep -q 'rescue boats' "$ledger" || fail "the text was not in the file to begin with"
gives 0 "$entente" remove "$torn_id" --because 'asked for by the author' --when 2024-03-01
told "$words"
for word in 'rescue boats' shipyard rescue; do
    ! grep -aqi "$word" "$ledger" || fail "'$word' can still be found in the file"
done
gives 0 "$entente" add --input record "$room/plan.jsonl"
has "$room/err" 'removed on request'
told "$words"
[ "$(sqlite3 "$ledger" "SELECT count(*) FROM documents WHERE id = '$torn_id' AND outlet = 'South Post' AND text IS NULL")" -ge 1 ] || fail "no tombstone"
whole "$ledger"

# A page goes with its headlines.
gives 0 "$entente" add --quiet --ledger "$room/page.db" "$root/examples/page.html"
page=$(sqlite3 "$room/page.db" "SELECT id FROM documents WHERE kind = 'article'")
gives 0 "$entente" remove "$page" --because asked --ledger "$room/page.db"
[ "$(sqlite3 "$room/page.db" 'SELECT count(*) FROM documents WHERE superseded IS NULL')" = 0 ] || fail "its headlines are still there"
[ "$(sqlite3 "$room/page.db" 'SELECT (SELECT count(*) FROM sentences) + (SELECT count(*) FROM stories) + (SELECT count(*) FROM entities)')" = 0 ] ||
    fail "something of its findings is still there"
[ "$(sqlite3 "$room/page.db" 'CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, facets, row); SELECT count(*) FROM temp.seen')" = 0 ] ||
    fail "the index still tells of its findings"
for word in Sampleworth 'received his Armenian counterpart' 'Ferry timetable' Stepanakert; do
    ! grep -aq "$word" "$room/page.db" || fail "'$word' can still be found in the file"
done
whole "$room/page.db"

# What its headlines point at may come in.
$records > "$room/linked.jsonl" <<'END'
front 2021-09-01 North_Post
  CONSULT NOR FIN : The two governments will speak about the ice of the gulf when the winter is over.
front#link0 2021-09-01 North_Post
  AID NOR FIN : Norway lends Finland its two icebreakers until the end of the spring.
behind 2021-09-01 North_Post
  AID NOR FIN : Two Norwegian icebreakers came to Helsinki, lent until the end of the spring.
END
sed -i '1s|"url": null|"url": "https://north-post.example/front"|; 2,3s|"url": null|"url": "https://north-post.example/behind"|
    2s|"article"|"headline"|' "$room/linked.jsonl"
head -2 "$room/linked.jsonl" > "$room/front.jsonl"
gives 0 "$entente" add --quiet --input record --ledger "$room/linked.db" "$room/front.jsonl"
front=$(sqlite3 "$room/linked.db" "SELECT id FROM documents WHERE origin = 'front'")
gives 0 "$entente" remove "$front" --because asked --ledger "$room/linked.db"
gives 0 "$entente" add --input record --ledger "$room/linked.db" "$room/linked.jsonl"
has "$room/err" '1 added'
sed -i '1s|"id": "....|"id": "0000|' "$room/front.jsonl"
gives 0 "$entente" add --input record --ledger "$room/linked.db" "$room/front.jsonl"
has "$room/err" ' 0 added'

# The title of a page whose date is in conflict is of no more certain a day than the page.
cat > "$room/torn.html" <<'HTML'
<html><head><title>Norway sends Latvia six helicopters</title><meta property="og:title" content="Norway sends Latvia six helicopters">
<meta property="article:published_time" content="2023-09-01T10:00:00Z"><meta property="og:site_name" content="East Post"></head>
<body><article><h1>Norway sends Latvia six helicopters</h1><p>Norway sent Latvia six helicopters today, 5 April 2016, and the
men to fly them, the ministry of defence in Oslo said in a short note to the press.</p><p>Latvia thanked Norway for the help.
The helicopters will be kept at the coast, where the weather is worst in the winter and ships are few.</p></article></body></html>
HTML
gives 0 "$entente" add --quiet --ledger "$room/torn.db" "$room/torn.html"
[ "$(sqlite3 "$room/torn.db" "SELECT count(*) > 0, min(conflict) FROM documents")" = '1|1' ] || fail "a title is surer of its day than its page"
[ "$(stories "$room/torn.db" | wc -l)" = 0 ] || fail "a document in conflict is counted"
gives 0 "$entente" date --ledger "$room/torn.db"
[ "$(wc -l < "$room/out")" = 3 ] || fail "other than the page and its title are listed"
page=$(sqlite3 "$room/torn.db" "SELECT id FROM documents WHERE kind = 'article'")
gives 0 "$entente" date "$page" 2016-04-05 --because 'as the text says' --ledger "$room/torn.db"
[ "$(stories "$room/torn.db" | grep -c '2016-04-05')" -gt 0 ] || fail "a settled document is not counted"
gives 0 "$entente" date --ledger "$room/torn.db"
[ "$(wc -l < "$room/out")" = 1 ] || fail "the title was not settled with its page"

# ---- the list ----
gives 0 "$entente" corrections --from 2024-01-03 --to 2024-02-28 --format csv
[ "$(wc -l < "$room/out")" = 9 ] || fail "other than eight corrections and a head"
has "$room/out" "2024-01-03,date,$torn_id,2021-03-06,the printed page says so,B. Coder"
has "$room/out" "2024-02-01,reject,$sanction,,the banks were Latvian,A. Coder"
gives 0 "$entente" corrections --format jsonl
grep -q '"what":"recode"' "$room/out" || fail "the document coded anew is not listed"
has "$room/out" '"what":"remove"'
gives 74 "$entente" reject "$sanction" --because none --ledger "$room/nowhere.db"
[ ! -e "$room/nowhere.db" ] || fail "a correction made a ledger"

# ---- what of a text is kept ----
for part in full evidence none; do
    gives 0 "$entente" add --quiet --text $part --ledger "$room/$part.db" "$root/examples/page.html"
done
has "$room/full.db" Gyumri
[ "$(sqlite3 "$room/full.db" 'SELECT count(*) FROM documents WHERE text IS NULL')" = 0 ] || fail "a text is missing"
[ "$(sqlite3 "$room/evidence.db" 'SELECT count(*) FROM documents WHERE text IS NOT NULL')" = 0 ] || fail "a whole text was kept"
[ "$(sqlite3 "$room/evidence.db" 'SELECT count(*) > 0 FROM sentences WHERE text IS NOT NULL AND offset IS NOT NULL')" = 1 ] || fail "no evidence was kept"
[ "$(sqlite3 "$room/none.db" 'SELECT count(*) FROM sentences WHERE text IS NOT NULL')" = 0 ] || fail "a sentence was kept"

# ---- what was read, coded and rejected adds up ----
printf '{"id": "x"}\nnot json\n{"text": "Norway thanked Finland."}\n' > "$room/mixed.jsonl"
gives 1 "$entente" add --quiet --ledger "$room/mixed.db" "$room/missing.html" "$room/mixed.jsonl"
[ "$(sqlite3 "$room/mixed.db" 'SELECT read, added, known, rejected FROM runs')" = '4|1|0|3' ] || fail "the counts of the run do not add up"
