#!/usr/bin/env bash
# Growing the lexicon: what it lacks is listed, an entry of one's own is laid over ours or replaces it, and is then listed no more.
. "$(dirname "$0")/common.sh"
cd "$room"
mkdir news own
echo "Uruguay outfoxed Ecuador on Monday. Ghana outfoxed Togo." > news/a.txt
echo "Malta outfoxed Tunisia again, beekeepers said. Uruguay laid a wreath at the embassy of Ecuador." > news/b.txt
echo "The Velvet Lantern League thanked nobody. The Velvet Lantern League mocked everybody." > news/c.txt

# What is missing, the most frequent first, with a sentence and where it stood.
missing() {
    gives 0 "$entente" kb missing --input text "$@" news
}
missing --format csv
has out 'kind,count,documents,what,hint,sentence,origin'
has out 'verb,3,2,A outfox R,no entry,Uruguay outfoxed Ecuador on Monday.,news/a.txt'
has out 'name,2,1,Velvet Lantern League,ORG,'
has out 'agent,1,1,beekeeper,not among the agents,'
[ "$(sed -n 2p out | cut -d, -f4)" = "A outfox R" ] || fail "the most frequent does not come first"
cp out first
missing --format csv --jobs 3
same out first "kb missing: three jobs print something else than one"
missing --format csv --limit 1
[ "$(grep -c '^verb,' out)" = 1 ] || fail "--limit 1 does not print one verb"
missing
has out '> Uruguay outfoxed Ecuador on Monday.'
gives 2 "$entente" kb missing --format jsonl news
gives 1 "$entente" kb missing --input text news no-such-file
has err no-such-file

# An own entry adds to ours.
cat > own/wits.txt <<'LEXICON'
event THREATEN
  A outfox R
> Uruguay outfoxed Ecuador.
= event THREATEN URY -> ECU
LEXICON
gives 0 "$entente" kb build --output own.kb own
gives 0 "$entente" code --input text news/a.txt
! grep -q THREATEN out || fail "there is an event before there is an entry"
gives 0 "$entente" code --kb "$build/entente.kb" --kb own.kb --input text news/a.txt
has out wits.txt:2
[ "$(grep -c ',THREATEN,' out)" = 2 ] || fail "the own entry does not code two events"
missing --format csv --kb "$build/entente.kb" --kb own.kb
! grep -q "A outfox R" out || fail "what an own entry reads is still missing"
gives 0 "$entente" kb check --kb "$build/entente.kb" --kb own.kb own

# Of two patterns that fit alike the own one wins; as an idiom it silences ours.
echo "Uruguay bombed Ecuador." > bombed.txt
for head in 'event ACCUSE' idiom; do
    printf '%s\n  A bomb R\n' "$head" > own/bomb.txt
    gives 0 "$entente" kb build --output own.kb own
    gives 0 "$entente" code --kb "$build/entente.kb" --kb own.kb --input text bombed.txt
    ! grep -q ASSAULT out || fail "our pattern wins over the own one: $head"
    [ "$(grep -c ACCUSE out)" = "$([ "$head" = idiom ] && echo 0 || echo 1)" ] || fail "the own pattern does not hold: $head"
done

# A set or an entity of the same name replaces ours, alone or beside the rest of it.
cat > own/names.txt <<'LEXICON'
entity URY state
  name       Outer Uruguay
LEXICON
gives 0 "$entente" kb build --output own.kb own
gives 0 "$entente" read --kb "$build/entente.kb" --kb own.kb --format jsonl --input text - <<< "Outer Uruguay outfoxed Ecuador. Uruguay waits."
has out '"name":"Outer Uruguay"'
[ "$(grep -o '"identifier":"URY"' out | wc -l)" = 1 ] || fail "the entity was not replaced"

# An entry that is wrong is told with file and line, and nothing is written.
echo "event NONSENSE" > own/wrong.txt
rm own.kb
gives 65 "$entente" kb build --output own.kb own
has err wrong.txt:1
[ ! -e own.kb ] || fail "broken knowledge was written"
