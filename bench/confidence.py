#!/usr/bin/env python3
"""Whether the confidence of an event means what it says: of those at 0.8, four in five should be right.

usage: bench/confidence.py build/entente [GOLD.jsonl ...]

Prints, for each band of confidence, how many asserted events fell into it and the share of them that were right, type and both
parties: on the golden sentences of tests/golden/en, and on each file of gold named ({"text", "date"?, "events": [{"event", "actors",
"recipients", "auxiliary"}]} a line, every event of the text annotated, parties with a "code").

A golden sentence asks for some events and is silent on others. An event counts as right where an expectation asks for it (known
failures included), as wrong where its type is asked for with other parties or `!` forbids it, and is left out where nothing is said.
"""
import collections
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BANDS = [0.0, 0.2, 0.4, 0.6, 0.8]
HIDDEN = {"negation", "hypothetical", "future"}


def read(program, texts):
    """texts: (text, date or None). One record each, in order."""
    lines = "\n".join(json.dumps({"id": str(n), "text": text, **({"date": date} if date else {})}) for n, (text, date) in enumerate(texts))
    out = subprocess.run([program, "read", "--input", "jsonl", "--format", "jsonl", "-"], input=lines, capture_output=True, text=True, check=False)
    records = {record["origin"]: record for record in map(json.loads, out.stdout.splitlines())}
    return [records.get(str(n)) for n in range(len(texts))]


def asserted(event):
    return HIDDEN.isdisjoint(event["auxiliary"])


# ---- golden sentences ----

def golden(folder):
    """(text, date, expectations) of every text that has an expectation of an event."""
    for name in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        text, date, asks, found = [], None, [], False
        with open(name, encoding="utf-8") as f:
            for line in [*f, "@"]:
                mark, rest = line[:1], line[1:].strip()
                if mark in "@>" and mark and asks:
                    yield "\n".join(text), date, asks
                    text, asks, found = [], [], False
                if mark == "@":
                    text, date = [], next((word for word in rest.split() if word[:1].isdigit()), None)
                elif mark == ">":
                    text = text if not found else []
                    found = False
                    text.append(rest)
                elif mark and mark in "=!?":
                    found = True
                    unwanted = mark == "!" or rest.startswith("!")
                    rest = rest.lstrip("! ")
                    if rest.startswith("event"):
                        asks.append((unwanted, rest.split()[1:]))


def side_agrees(wanted, side):
    names = [] if wanted == "-" else wanted.split("+")
    if len(names) != len(side):
        return False
    def one(name):
        name, _, sector = name.partition(".")
        return any((name in (e["code"], e["identifier"]) or name in e["name"]) and sector in ("", e["sector"]) for e in side)
    return all(map(one, names))


def parties_agree(words, actors, recipients):
    words = words[1:]
    if "->" not in words:
        return not words or not words[0][:1].isupper() or side_agrees(words[0], actors)
    at = words.index("->")
    return (at == 0 or side_agrees(words[at - 1], actors)) and (at + 1 >= len(words) or side_agrees(words[at + 1], recipients))


def judge_golden(event, asks, entities):
    """True, False, or None where the sentence is silent."""
    actors, recipients = ([entities[i] for i in event[side]] for side in ("actors", "recipients"))
    verdict = None
    for unwanted, words in asks:
        same = not words or words[0].split("/")[0] == event["event"]
        if unwanted and same and (not words or parties_agree(words, actors, recipients)):
            return False
        if not unwanted and words and same:
            if parties_agree(words, actors, recipients):
                return HIDDEN.isdisjoint(words)
            verdict = False
    return verdict


# ---- gold, all of it annotated ----

def codes(side):
    return {party["code"] if isinstance(party, dict) else party for party in side} - {None}


def judge_gold(event, gold, entities):
    actors, recipients = (codes([entities[i] for i in event[side]]) for side in ("actors", "recipients"))
    for g in gold:
        wanted_actors, wanted_recipients = codes(g["actors"]), codes(g["recipients"])
        mutual = len(wanted_actors) > 1 and not wanted_recipients
        if g["event"] == event["event"] and (actors | recipients == wanted_actors if mutual else (actors, recipients) == (wanted_actors, wanted_recipients)):
            return True
    return False


# ---- the table ----

def table(title, judged):
    """judged: (confidence, True, False or None)."""
    counts = collections.defaultdict(lambda: [0, 0])
    for confidence, right in judged:
        band = max(b for b in BANDS if confidence + 1e-6 >= b)
        if right is not None:
            counts[band][0] += 1
            counts[band][1] += right
    silent = sum(right is None for _, right in judged)
    print(f"{title}: {len(judged) - silent} events judged, {silent} of which nothing is said")
    print("confidence  events  share right")
    for low, high in zip(BANDS, BANDS[1:] + [1.0]):
        count, right = counts[low]
        print(f" {low:.1f} - {high:.1f}  {count:6d}  " + (f"{right / count:.2f}" if count else "   -"))


def main():
    program = sys.argv[1]
    sentences = list(golden(os.path.join(HERE, "..", "tests", "golden", "en")))
    records = read(program, [(text, date) for text, date, _ in sentences])
    table("golden sentences", [(e["confidence"], judge_golden(e, asks, r["entities"])) for (_, _, asks), r in zip(sentences, records) if r
                               for e in r["events"] if asserted(e)])
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as f:
            gold = [item for item in map(json.loads, f) if "events" in item]
        records = read(program, [(item["text"], item.get("date")) for item in gold])
        table(os.path.basename(name), [(e["confidence"], judge_gold(e, list(filter(asserted, g["events"])), r["entities"]))
                                       for g, r in zip(gold, records) if r for e in r["events"] if asserted(e)])


main()
