#!/usr/bin/env python3
"""Sets the marks of examples to what holds now: `=` that fails becomes `?`, `!` that fails `? !`, `?` that passes `=` or `!`.

usage: tools/marks.py build/entente [FILE or folder ...]     without files: the lexicon

For after a change of rules or weights that was measured and is wanted. It prints what it sets; read that before you keep it: what
was met and no longer is must be worth what was gained.
"""
import collections
import re
import subprocess
import sys

BETTER = {"passes by now, so it may be marked =": "=", "passes by now, so it may be marked !": "!"}
WORSE = {"not found": "?", "found, but must not be": "? !"}


def changes(program, files):
    printed = subprocess.run([program, "kb", "check", *files], capture_output=True, text=True).stdout
    for line in printed.splitlines():
        found = re.match(r"(\S+?):(\d+): ([^:]+):", line)
        mark = found and {**BETTER, **WORSE}.get(found[3])
        if mark:
            yield (found[1] if files else f"lexicon/{found[1]}"), int(found[2]), mark, found[3] in BETTER


def main():
    by_file = collections.defaultdict(list)
    for name, line, mark, better in changes(sys.argv[1], sys.argv[2:]):
        by_file[name].append((line, mark))
        print(f"{'gained' if better else 'LOST  '} {name}:{line} {mark}")
    for name, marks in by_file.items():
        with open(name, encoding="utf-8") as f:
            lines = f.readlines()
        for line, mark in marks:
            lines[line - 1] = re.sub(r"^(\? !|[=!?])", mark, lines[line - 1])
        with open(name, "w", encoding="utf-8") as f:
            f.writelines(lines)


main()
