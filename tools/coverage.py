#!/usr/bin/env python3
"""Writes docs/coverage.md: what of the golden sentences is met, what confidence means, and which files of the lexicon fire.

usage: tools/coverage.py build/entente > docs/coverage.md     (from the folder of the repository)
"""
import collections
import csv
import glob
import io
import json
import subprocess
import sys

GOLDEN = "tests/golden/en"


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def golden_texts():
    """The texts of the golden sentences as JSON lines, with their dates."""
    number, text, date, closed = 0, [], None, False
    for name in sorted(glob.glob(f"{GOLDEN}/*.txt")):
        with open(name, encoding="utf-8") as f:
            for line in [*f, "@"]:
                if line[:1] in "@>" and line[:1] and closed:
                    yield json.dumps({"id": f"g{number}", "text": "\n".join(text), **({"date": date} if date else {})})
                    number, text, closed = number + 1, [], False
                if line[:1] == "@":
                    date = next((word for word in line[1:].split() if word[:1].isdigit()), None)
                    text = []
                elif line[:1] == ">":
                    text.append(line[1:].strip())
                elif line[:1] in "=!?" and line[:1]:
                    closed = True


def fired(program):
    """Events by file and type, in the golden sentences and in examples/."""
    rows = collections.defaultdict(collections.Counter)
    code = [program, "code", "--all", "--headlines", "--format", "csv"]
    for text in (subprocess.run([*code, "--input", "jsonl", "-"], input="\n".join(golden_texts()), capture_output=True, text=True, check=False).stdout,
                 output(*code, "examples")):
        for event, (file, kind) in {r["event_id"]: (r["rule"].rsplit(":", 1)[0], r["event"]) for r in csv.DictReader(io.StringIO(text))}.items():
            rows[file][kind] += 1
    return rows


def patterns(file):
    """How many patterns of events a file of the lexicon has."""
    count, inside = 0, False
    with open(f"lexicon/{file}", encoding="utf-8") as f:
        for line in f:
            if line[:1].isalpha():
                inside = line.startswith("event ")
            elif inside and line[:1] == " ":
                count += sum(bool(pattern.strip()) for pattern in line.split(";"))
    return count


def main():
    program = sys.argv[1]
    print("# What is met, and what fires\n\nMade by `tools/coverage.py`; not edited by hand. The golden sentences are those of `tests/golden/en`: most were written")
    print("before anybody looked at what the program makes of them, and failures are kept.\n")
    print("## What the golden sentences ask, and how much of it is met\n")
    print("`entente kb check --kinds tests/golden/en`. A line such as \"event: place\" counts those expectations of an event that ask for its")
    print("place, and are met whole. \"no event\" must give none.\n")
    print("```")
    lines = output(program, "kb", "check", "--kinds", GOLDEN).splitlines()
    print("\n".join(lines[next(i for i, line in enumerate(lines) if line.startswith("what is asked")):]))
    print("```\n\n## What confidence means\n")
    print("`bench/confidence.py`: of the asserted events of the golden sentences, by confidence, how many were right in type and both parties.\n")
    print("```\n" + output(sys.executable, "bench/confidence.py", program) + "```\n")
    print("## Types by file of the lexicon that fired\n")
    print("Events coded in the golden sentences and in `examples/`, by the file whose pattern read them. A promise to help is an AGREE and a threat")
    print("of force a THREATEN, whatever file holds the verb: that is why a file fires several types.\n")
    print("| file | patterns | events | types |\n|---|---|---|---|")
    rows = fired(program)
    for file in sorted(rows, key=lambda f: (-sum(rows[f].values()), f)):
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(rows[file].items(), key=lambda x: (-x[1], x[0])))
        print(f"| {file} | {patterns(file)} | {sum(rows[file].values())} | {kinds} |")


main()
