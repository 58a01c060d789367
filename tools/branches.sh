#!/usr/bin/env bash
# How much of src/ the tests run through: a table of rooms, with their lines and branches. Needs gcovr (Debian's package will do).
#   branches.sh          runs every test in a build folder of its own, build-branches, then prints the table
#   branches.sh ROOM     prints, of the last run, each line of src/ROOM with a branch that no test took
# Left out, as is usual: assertions, and branches that the compiler adds where the source has none.
set -eu
cd "$(dirname "$0")/.."
build=build-branches
command -v gcovr >/dev/null || { echo "branches.sh: gcovr is missing; on Debian: apt-get install gcovr" >&2; exit 2; }
if [ $# = 0 ]; then
    [ -f $build/build.ninja ] || CC=gcc meson setup $build -Db_coverage=true -Dbuildtype=debug -Dwarning_level=1 >/dev/null
    ninja -C $build --quiet
    find $build -name '*.gcda' -delete
    tools/test.sh $build || true
fi
[ -d $build ] || { echo "branches.sh: nothing was run yet; without an argument it runs the tests" >&2; exit 2; }
# Counts above 4,294,967,295 look like faults to later versions of gcovr.
gcovr --root . --filter 'src/' --exclude-unreachable-branches --exclude-throw-branches --exclude-lines-by-pattern '.*\bassert\(.*' \
    --gcov-ignore-parse-errors --json $build/branches.json $build >$build/gcovr.log 2>&1 || { tail -5 $build/gcovr.log >&2; exit 1; }
python3 - $build/branches.json "${1:-}" <<'PY'
import collections, json, sys

report, only = json.load(open(sys.argv[1])), sys.argv[2]
rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
for file in report["files"]:
    room = file["file"].split("/")[1] if file["file"].count("/") > 1 else "(front)"
    source = open(file["file"], encoding="utf-8").read().split("\n")
    for line in file["lines"]:
        if line.get("gcovr/noncode") or line.get("gcovr/excluded"):
            continue
        branches = [b["count"] > 0 for b in line.get("branches", []) if not b.get("gcovr/excluded")]
        rooms[room] = [a + b for a, b in zip(rooms[room], (1, line["count"] > 0, len(branches), sum(branches)))]
        if room == only and (not line["count"] or not all(branches)):
            taken = f"{sum(branches)} of {len(branches)}" if line["count"] else "never run"
            print(f"{file['file']}:{line['line_number']:<5} {taken:<10} {source[line['line_number'] - 1].strip()}")
if not only:
    print(f"{'room':<11}{'lines':>7}{'run':>8}{'branches':>10}{'taken':>8}")
    for room, (lines, run, branches, taken) in sorted(rooms.items()):
        print(f"{room:<11}{lines:>7}{100 * run / lines:>7.1f}%{branches:>10}{100 * taken / max(branches, 1):>7.1f}%")
PY
