#!/usr/bin/env python3
"""Edited copies, and whether their reports come to the stories of what they were copied from: copies.py BUILD ROOT.

Two sets of pieces are told again by other outlets, edited in one way each (KINDS). Of the examples, a report belongs to the story of
the report that the same sentence gave in the first telling. In alike.txt acts that look alike stand close together, and each
sentence names its act; so what is gathered wrongly shows as well. Pairs of reports that stand in one story are counted against pairs
that should: F1 under MUST fails, of either set."""
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

MUST, FEWEST = .90, {"examples": 500, "alike": 300}
build, root = (os.path.abspath(p) for p in sys.argv[1:3])
room = tempfile.TemporaryDirectory()
OUTLETS = ("Morning Ferry", "Coast Tribune", "The Weekly Anchor", "Signal House", "Upland Mail", "Bridge Street News")
ACTS = {"met": "held talks with", "asked": "requested", "helped": "assisted", "called on": "urged", "killed": "left dead", "agreed": "reached agreement",
        "sent": "dispatched", "gave": "handed over to", "lent": "gave", "signed": "put their names to", "visited": "travelled to", "condemned": "denounced",
        "criticised": "condemned", "accused": "blamed", "shelled": "fired shells at", "bombed": "struck", "telephoned": "called", "expelled": "threw out"}
WORDS = {"said": "stated", "began": "started", "big": "large", "talks": "negotiations", "also": "moreover", "soldiers": "troops", "told": "informed",
         "week": "seven days", "weapons": "arms", "fighting": "combat", "troops": "soldiers", "people": "persons", "will": "is to", "forces": "units",
         "killing": "leaving dead", "wounding": "injuring", "town": "township", "aircraft": "planes", "discuss": "talk about"}
OPENINGS = ("It was reported that ", "According to several accounts, ", "Officials confirmed that ")


def entente(*arguments):
    done = subprocess.run([os.path.join(build, "entente"), *arguments], capture_output=True, check=False, env={**os.environ, "XDG_DATA_HOME": room.name})
    if done.returncode:
        sys.exit(f"FAILED: {arguments[0]}: {done.stderr.decode()}")
    return done.stdout


# ---- pieces: id, outlet, day, title, sentences with their numbers ----

def examples():
    for line in entente("read", "--stop-after", "text", "--format", "jsonl", os.path.join(root, "examples/russia-armenia/pieces.jsonl")).splitlines():
        r = json.loads(line)
        yield {"id": r["origin"], "outlet": r["outlet"], "date": r["dates"]["published"][:10], "title": r["title"],
               "told": list(enumerate(r["text"][a:b].strip() for a, b in r["sentences"]))}


def alike():
    """The pieces, and the act of each sentence by piece and number."""
    pieces, acts = [], {}
    with open(os.path.join(root, "tests/commands/alike.txt"), encoding="utf-8") as lines:
        for line in lines:
            name, _, rest = line.strip().partition(" ")
            if name[:1].isdigit():
                pieces.append({"id": f"alike-{len(pieces)}", "outlet": "First Post", "date": name, "title": rest, "told": []})
            elif name and name != "#":
                piece = pieces[-1]
                acts[piece["id"], len(piece["told"])] = name
                piece["told"].append((len(piece["told"]), rest.strip()))
    return pieces, acts


# ---- edits ----

def exchanged(chance, sentence, words, share=.7):
    for old, new in words.items():
        if chance.random() < share:
            sentence = re.sub(rf"\b{old}\b", new, sentence, count=1)
    return sentence


def undated(sentence):
    return re.sub(r" on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "", sentence)


def placeless(sentence):
    return re.sub(r" (in|near) [A-Z][\w-]+(?= on |[.,])", "", sentence)


def opened(chance, sentence):
    return chance.choice(OPENINGS) + (sentence if sentence[:4] not in ("The ", "Two ") else sentence[0].lower() + sentence[1:])


def shortened(chance, told):
    kept = told[:chance.randint(max(1, len(told) // 2), len(told))]
    return [t for t in kept if t is kept[0] or chance.random() > .3]


def each(edit):
    return lambda chance, told: [(n, edit(chance, s)) for n, s in told]


def mixed(chance, told):
    def edit(sentence):
        sentence = exchanged(chance, exchanged(chance, sentence, ACTS, .4), WORDS, .4)
        sentence = undated(sentence) if chance.random() < .4 else sentence
        return opened(chance, sentence) if chance.random() < .2 else sentence
    return [(n, s if chance.random() < .3 else edit(s)) for n, s in shortened(chance, told)]


# Each with how many days later it may be told.
KINDS = {
    "the same": ((0, 1), lambda chance, told: told),
    "cut": ((0, 1), shortened),
    "lead alone": ((0, 1), lambda chance, told: told[:1]),
    "reworded": ((0, 1), each(lambda chance, s: exchanged(chance, s, WORDS))),
    "act reworded": ((0, 1), each(lambda chance, s: exchanged(chance, s, ACTS))),
    "opened otherwise": ((0, 1), each(opened)),
    "without place": ((0, 1), each(lambda chance, s: placeless(s))),
    "without day": ((0, 1), each(lambda chance, s: undated(s))),
    "without day, late": ((2, 2), each(lambda chance, s: exchanged(chance, undated(s), WORDS, .5))),
    "late": ((3, 5), each(lambda chance, s: exchanged(chance, s, WORDS, .3))),
    "mixed": ((0, 2), mixed),
}


def telling(chance, piece, kind, number):
    later, edit = KINDS[kind]
    day = date.fromisoformat(piece["date"]) + timedelta(days=chance.randint(*later))
    title = " ".join(exchanged(chance, piece["title"], {**ACTS, **WORDS}).split()[:chance.randint(4, 9)])
    return {"id": f"{piece['id']}~{kind}", "outlet": OUTLETS[(number + sum(map(ord, piece["id"]))) % len(OUTLETS)], "date": day.isoformat(), "title": title,
            "told": edit(chance, piece["told"])}


def tellings(pieces):
    chance = random.Random(7)
    return [t for piece in pieces for t in [piece] + [telling(chance, piece, kind, n) for n, kind in enumerate(KINDS)]]


# ---- what the ledger makes of them ----

def letters(text):
    return re.sub(r"\W", "", text).lower()


def stories(name, told):
    """Of each report (origin, sentence, pair, type) its story; sentences by the number of the one that they were made from."""
    file, ledger = (os.path.join(room.name, name + end) for end in (".jsonl", ".db"))
    with open(file, "w", encoding="utf-8") as out:
        for t in told:
            out.write(json.dumps({**{k: t[k] for k in ("id", "outlet", "date", "title")}, "text": "\n".join(s for _, s in t["told"])}) + "\n")
    entente("add", "--quiet", "--ledger", ledger, file)
    numbers, found = {(t["id"], letters(s)): n for t in told for n, s in t["told"]}, {}
    for origin, sentence, *what, day, seq in sqlite3.connect(ledger).execute(
            "SELECT d.origin, x.text, p.identifier, q.identifier, r.type, r.anchor, r.seq FROM reports r JOIN powers p ON p.number = r.a"
            " JOIN powers q ON q.number = r.b JOIN events e ON e.key = r.event JOIN documents d ON d.number = e.document"
            " JOIN sentences x ON x.key = e.sentence WHERE d.kind <> 'headline' ORDER BY r.event"):
        number = numbers.get((origin, letters(sentence)))
        if number is not None:
            found.setdefault((origin, number, *what), (*what, day, seq))
    return found


def pairs(groups):
    """How many pairs stand together, by the groups."""
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def between(some, others):
    """How many pairs of one of some and one of the others stand together."""
    counts = Counter(others)
    return sum(counts[g] for g in some)


def score(both, told, right):
    precision, recall = both / max(told, 1), both / max(right, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def measure(name, found, truth):
    """Prints the figures of each kind of edit, in pairs with the first tellings, and of all pairs; whether all is well."""
    known = [(key, truth[source], story) for key, story in found.items() for source in [(key[0].split("~")[0], *key[1:])] if source in truth]
    first = [x for x in known if "~" not in x[0][0]]
    print(f"{name}: {len(known)} reports ({len(found) - len(known)} more have no first telling)")
    for kind in KINDS:
        some = [x for x in known if x[0][0].endswith("~" + kind)]
        sides = [([f(x) for x in some], [f(x) for x in first]) for f in (lambda x: (x[1], x[2]), lambda x: x[2], lambda x: x[1])]
        print("  %-18s %4d reports: precision %.3f, recall %.3f, F1 %.3f" % (kind, len(some), *score(*(between(*s) for s in sides))))
    figures = score(*(pairs(f(x) for x in known) for f in (lambda x: (x[1], x[2]), lambda x: x[2], lambda x: x[1])))
    print("  %-18s %4d reports: precision %.3f, recall %.3f, F1 %.3f" % ("all pairs", len(known), *figures))
    return figures[2] >= MUST and len(known) >= FEWEST[name]


def main():
    pieces = list(examples())
    good = measure("examples", stories("examples", tellings(pieces)), stories("first", pieces))
    pieces, acts = alike()
    found = stories("alike", tellings(pieces))
    truth = {key: (acts[key[:2]], *key[2:]) for key in found if key[:2] in acts}
    good &= measure("alike", found, truth)
    sys.exit(not good)


main()
