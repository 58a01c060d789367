#!/usr/bin/env bash
# Fuzzes one target: fuzz.sh TARGET [SECONDS]. Needs clang. What breaks it is left in build-fuzz/found; a shortened copy of
# it belongs into tests/fuzz/saved/TARGET, where every test replays it.
set -eu
cd "$(dirname "$0")/.."
targets=$(cd tests/fuzz && ls ./*.c | sed 's/^\.\///; s/\.c$//' | grep -v replay)
target=${1:-}
if [ ! -f "tests/fuzz/$target.c" ] || [ "$target" = replay ]; then
    echo "usage: make fuzz TARGET=NAME [TIME=SECONDS]; the targets:" $targets >&2
    exit 2
fi
command -v clang >/dev/null || { echo "fuzzing needs clang" >&2; exit 2; }
build=build-fuzz
make --no-print-directory all BUILD=build
[ -d "$build" ] || CC=clang meson setup $build -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized \
    -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
ninja -C $build --quiet libentente-inside.a
[ -d build/fuzz-seeds ] || python3 tests/fuzz/seeds.py build . >/dev/null
mkdir -p "$build/corpus/$target" $build/found
# A static library of this build is thin: it is linked where it lies.
libs=$(pkg-config --libs json-c sqlite3 zlib libdeflate libutf8proc libxxhash nettle)
# shellcheck disable=SC2086
clang -g -O1 -std=c11 -D_POSIX_C_SOURCE=200809L -fsanitize=fuzzer,address,undefined -Iinclude -Isrc "tests/fuzz/$target.c" \
    $build/libentente-inside.a $libs -lpthread -lm -o "$build/fuzz-$target"
seeds=""
for folder in "tests/fuzz/seeds/$target" "build/fuzz-seeds/$target" "tests/fuzz/saved/$target"; do
    [ -d "$folder" ] && seeds="$seeds $PWD/$folder"
done
case $target in conllu | sentence | kb* | query | record) words= ;; *) words=-dict=$PWD/tests/fuzz/page.dict ;; esac
export ENTENTE_BUILD=$PWD/build
cd $build
# shellcheck disable=SC2086
exec "./fuzz-$target" -max_total_time="${2:-300}" -timeout=20 -rss_limit_mb=3000 -max_len=65536 $words -artifact_prefix=found/ \
    "corpus/$target" $seeds
