#!/usr/bin/env python3
"""Edited copies of the examples, and whether their reports come to the stories of what they were copied from: copies.py BUILD ROOT.

Each piece is told again by other outlets, on the same day or the next: cut at its end, under another headline, its words
exchanged, its weekdays left out. A report belongs to the story of the report that the same sentence gave in the first telling.
Pairs of reports that stand in one story are counted against pairs that should: F1 under .90 fails."""
import itertools
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
import subprocess

MUST, TELLINGS = .90, 4
build, root = (os.path.abspath(p) for p in sys.argv[1:3])
room = tempfile.TemporaryDirectory()
OUTLETS = ("Morning Ferry", "Coast Tribune", "The Weekly Anchor", "Signal House", "Upland Mail", "Bridge Street News")
WORDS = {"said": "stated", "began": "started", "big": "large", "talks": "negotiations", "met": "held talks with", "also": "moreover", "soldiers": "troops",
         "asked": "requested", "helped": "assisted", "called on": "urged", "told": "informed", "week": "seven days", "killed": "left dead",
         "agreed": "reached agreement", "weapons": "arms", "sent": "dispatched", "signed": "put their names to", "visited": "travelled to",
         "condemned": "denounced", "fighting": "combat", "shelled": "fired shells at", "troops": "soldiers", "people": "persons", "will": "is to"}
OPENINGS = ("", "", "It was reported that ", "According to several accounts, ")


def entente(*arguments):
    done = subprocess.run([os.path.join(build, "entente"), *arguments], capture_output=True, check=False, env={**os.environ, "XDG_DATA_HOME": room.name})
    if done.returncode:
        sys.exit(f"FAILED: {arguments[0]}: {done.stderr.decode()}")
    return done.stdout


def pieces():
    """Outlet, day, title and sentences of each piece."""
    for line in entente("read", "--stop-after", "text", "--format", "jsonl", os.path.join(root, "examples/russia-armenia/pieces.jsonl")).splitlines():
        r = json.loads(line)
        yield {"id": r["origin"], "outlet": r["outlet"], "date": r["dates"]["published"][:10], "title": r["title"],
               "sentences": [r["text"][a:b].strip() for a, b in r["sentences"]]}


def reworded(chance, sentence):
    for old, new in WORDS.items():
        if chance.random() < .6:
            sentence = re.sub(rf"\b{old}\b", new, sentence, count=1)
    if chance.random() < .4:
        sentence = re.sub(r" on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "", sentence)
    return sentence


def telling(chance, piece, number):
    """A copy with, beside each of its sentences, the number of the one that it was made from."""
    count = len(piece["sentences"])
    kept = list(range(chance.randint(max(1, count // 2), count)))
    if chance.random() < .3 and len(kept) > 2:
        kept.remove(chance.choice(kept[1:]))
    day = date.fromisoformat(piece["date"]) + timedelta(days=chance.random() < .3)
    told = [(n, piece["sentences"][n] if chance.random() < .3 else reworded(chance, piece["sentences"][n])) for n in kept]
    title = " ".join(reworded(chance, piece["title"]).split()[:chance.randint(4, 9)])
    return {"id": f"{piece['id']}~{number}", "outlet": OUTLETS[(number + hash_of(piece["id"])) % len(OUTLETS)], "date": day.isoformat(), "title": title, "told": told}


def hash_of(text):
    return sum(map(ord, text))


def write(name, tellings):
    with open(os.path.join(room.name, name), "w", encoding="utf-8") as out:
        for t in tellings:
            out.write(json.dumps({"id": t["id"], "outlet": t["outlet"], "date": t["date"], "title": t["title"], "text": "\n".join(s for _, s in t["told"])}) + "\n")
    ledger = os.path.join(room.name, name + ".db")
    entente("add", "--quiet", "--ledger", ledger, os.path.join(room.name, name))
    return reports(ledger, {t["id"]: {letters(s): n for n, s in t["told"]} for t in tellings})


def letters(text):
    return re.sub(r"\W", "", text).lower()


def reports(ledger, tellings):
    """Of each report (origin, sentence, pair, type) its story; sentences by the number of the one they were made from."""
    db, found = sqlite3.connect(ledger), {}
    for origin, sentence, *what, day, seq in db.execute(
            "SELECT d.origin, x.text, p.identifier, q.identifier, r.type, r.anchor, r.seq FROM reports r JOIN powers p ON p.number = r.a"
            " JOIN powers q ON q.number = r.b JOIN events e ON e.key = r.event JOIN documents d ON d.number = e.document"
            " JOIN sentences x ON x.key = e.sentence WHERE d.kind <> 'headline'"):
        number = tellings.get(origin, {}).get(letters(sentence))
        if number is not None:
            found[origin, number, *what] = (*what, day, seq)
    return found


def pairs(groups):
    """How many pairs stand together, by the sizes of groups."""
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def main():
    chance, first, all_ = random.Random(7), [], []
    for piece in pieces():
        first.append({**piece, "told": list(enumerate(piece["sentences"]))})
        all_ += [first[-1]] + [telling(chance, piece, n) for n in range(TELLINGS)]
    gold, found = write("first.jsonl", first), write("all.jsonl", all_)
    truth, guess, lost = [], [], 0
    for key, story in found.items():
        source = (key[0].split("~")[0], *key[1:])
        if source in gold:
            truth.append(gold[source])
            guess.append(story)
        else:
            lost += 1
    both, right, told = pairs(zip(truth, guess)), pairs(truth), pairs(guess)
    precision, recall = both / max(told, 1), both / max(right, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{len(all_)} tellings of {len(first)} pieces, {len(truth)} reports ({lost} more have no first telling): precision {precision:.3f},"
          f" recall {recall:.3f}, F1 {f1:.3f}")
    sys.exit(f1 < MUST or len(truth) < 300)


main()
