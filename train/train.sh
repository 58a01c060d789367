#!/usr/bin/env bash
# From treebanks to models/en.model: train/train.sh FOLDER, with en_ewt-train and en_gum-train (.conllu or .conllu.xz) in
# FOLDER. One core, some minutes, the same bytes every time. Needs Debian's wordnet-base and wamerican, and xz.
set -eu
folder=${1:?usage: train/train.sh FOLDER [OUT]}
out=${2:-models/en.model}
wordnet=${WORDNET:-/usr/share/wordnet}
words=${WORDS:-/usr/share/dict/american-english}
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files=()
for name in en_ewt-train en_gum-train; do
    if [ -f "$folder/$name.conllu" ]; then
        cp "$folder/$name.conllu" "$work/"
    else
        xz -dc "$folder/$name.conllu.xz" >"$work/$name.conllu"
    fi
    files+=("$work/$name.conllu")
done
meson compile -C "$build" --ninja-args=--quiet train-weights train-names train-refer
"$build/train/train-weights" "$wordnet" "$words" "$out" "${files[@]}"
"$build/train/train-names" "$build/entente.kb" "$out" train/news.txt "$work/en_gum-train.conllu"
"$build/train/train-refer" "$build/entente.kb" "$out" "$wordnet" "$work/en_gum-train.conllu"
