#!/usr/bin/env python3
"""Runs the table of malformed inputs: run.py BUILD ROOT [NAME]. Exit 1 when a row gets another answer than it should."""
import json
import os
import re
import subprocess
import sys
import tempfile

FIELDS = ("make", "run", "exit", "says", "prints", "needs")
SHELL = """
entente() { "$entente" "$@"; }
cell() { python3 "$table" --cell "$@"; }
"""


def rows(path):
    row = None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            if row:
                yield row
            row = {"name": line, "line": number, **{f: [] for f in FIELDS}}
            continue
        field, _, value = line.strip().partition(" ")
        row[field].append(value.strip())  # a KeyError is a field that there is not
    if row:
        yield row


def cell(path, key, value):
    """A record of the example page with one field set; null takes the field away."""
    page = os.path.join(os.environ["examples"], "page.html")
    record = json.loads(subprocess.run([os.environ["entente"], "read", "--format", "jsonl", page], check=True,
                                       capture_output=True).stdout)
    record[key] = json.loads(value)
    if record[key] is None:
        del record[key]
    open(path, "w", encoding="utf-8").write(json.dumps(record) + "\n")


def try_row(row, verbs):
    for need in row["needs"]:
        if need not in verbs and not (need == "user" and os.geteuid() != 0):
            return "skip"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "entente": entente, "build": build, "table": os.path.abspath(__file__), "LC_ALL": "C.UTF-8",
                       "examples": os.path.join(root, "examples"), "lexicon": os.path.join(root, "lexicon"),
                       "XDG_DATA_HOME": folder}
        def shell(line):
            return subprocess.run(["bash", "-c", SHELL + line], cwd=folder, env=environment, capture_output=True, timeout=60)
        for line in row["make"]:
            made = shell(line)
            if made.returncode:
                return f"cannot be made: {made.stderr.decode(errors='replace')}"
        end = shell(row["run"][0])
    out, err = (b.decode(errors="replace") for b in (end.stdout, end.stderr))
    if end.returncode != int(row["exit"][0]):
        return f"exit code {end.returncode}, not {row['exit'][0]}; it said: {err[:2000]}"
    if re.search(r"Sanitizer|runtime error:", err):
        return f"a sanitizer's report: {err[:4000]}"
    missing = [w for w in row["says"] if w not in err] + [w for w in row["prints"] if w != "nothing" and w not in out]
    if missing:
        return f"'{missing[0]}' is not said; it said: {err[:1000]}{out[:300]}"
    if "nothing" in row["prints"] and out:
        return f"it printed: {out[:300]}"
    return "good"


def main():
    listing = subprocess.run([entente, "--help"], check=True, capture_output=True, text=True).stdout
    verbs = re.findall(r"^  (\w+) +\S", listing.split("\nusage:")[1], re.M)
    counts = {"good": 0, "skip": 0, "bad": 0}
    for row in rows(os.path.join(root, "tests/bad/table.txt")):
        if only not in row["name"]:
            continue
        answer = try_row(row, verbs)
        counts[answer if answer in counts else "bad"] += 1
        if answer not in counts:
            print(f"tests/bad/table.txt:{row['line']}: {row['name']}: {answer}")
    print(f"{counts['good']} rows as told, {counts['bad']} not, {counts['skip']} skipped")
    sys.exit(counts["bad"] > 0 or not counts["good"])


if sys.argv[1] == "--cell":
    cell(*sys.argv[2:5])
else:
    build, root = (os.path.abspath(p) for p in sys.argv[1:3])
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    entente = os.path.join(build, "entente")
    main()
