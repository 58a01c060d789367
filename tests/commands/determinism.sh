#!/usr/bin/env bash
# Two runs on the same input print the same bytes; so do one job and two; so does knowledge compiled twice.
. "$(dirname "$0")/common.sh"
cd "$root"
for format in jsonl text conllu; do
    gives 0 "$entente" read --format $format --headlines examples
    cp "$room/out" "$room/first"
    [ -s "$room/first" ] || fail "read --format $format prints nothing"
    gives 0 "$entente" read --format $format --headlines --jobs 2 examples
    same "$room/out" "$room/first" "read --format $format: two jobs print something else than one"
done
gives 0 "$entente" code --all --jobs 1 examples
cp "$room/out" "$room/first"
gives 0 "$entente" code --all --jobs 3 examples
same "$room/out" "$room/first" "code: three jobs print something else than one"
mkdir "$room/words"
cp -r "$root/lexicon/world/entities" "$room/words"
gives 0 "$entente" kb build --output "$room/one.kb" "$room/words" "$build/iso.txt"
gives 0 "$entente" kb build --output "$room/two.kb" "$room/words" "$build/iso.txt"
same "$room/one.kb" "$room/two.kb" "the knowledge compiled twice differs"
