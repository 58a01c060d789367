#!/usr/bin/env python3
"""Seeds for the fuzz targets behind the pages, from our own examples and lexicon: seeds.py BUILD ROOT. The same each time."""
import glob
import json
import os
import random
import shutil
import subprocess
import sys

build, root = (os.path.abspath(p) for p in sys.argv[1:3])
entente = os.path.join(build, "entente")
out = os.path.join(build, "fuzz-seeds")
dice = random.Random(1)


def write(target, seeds):
    folder = os.path.join(out, target)
    os.makedirs(folder)
    for n, seed in enumerate(seeds):
        with open(os.path.join(folder, f"{n:03}"), "wb") as f:
            f.write(seed if isinstance(seed, bytes) else seed.encode())


def worn(seed):
    """A copy with a few bytes changed, left out or doubled."""
    b = bytearray(seed)
    for _ in range(dice.randint(1, 4)):
        i = dice.randrange(len(b)) if b else 0
        b[i:i + dice.randint(0, 3)] = bytes(dice.randrange(256) for _ in range(dice.randint(0, 3)))
    return bytes(b)


shutil.rmtree(out, ignore_errors=True)
pieces = [json.loads(line) for line in open(os.path.join(root, "examples/russia-armenia/pieces.jsonl"), encoding="utf-8")]
texts = [p["text"].encode() for p in pieces]
odd = [b"", b"\n", b".", b"(" * 300, b"\"'" * 200, "“Ja”, sagte «он»…\u00a0\u200b".encode(), b"U.S. v. U.K. at 4:49 p.m.!?", b"x" * 3000,
       b"don't won't can't I'd've", "Ереван, Yerevan — Երեւան".encode(), b"He said \"she said 'it said'\"", b"\0\0a\0"]
write("sentence", texts[:44] + odd + [worn(t) for t in texts[:20]])

given = subprocess.run([entente, "read", "--input", "text", "--format", "conllu", "--parse", "fast", "-"], check=True, capture_output=True,
                       input=b"\n\n".join(texts[:12])).stdout
sheets = [b.encode() for b in given.decode().split("\n\n") if b.strip()][:40]
row = b"%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n"
sheets += [b"", b"\n\n", b"#\n", row % (1, b"a") * 2, row % (2, b"a"), b"1-2" + row[2:] % b"ab" + row % (1, b"a") + row % (2, b"b"),
          b"".join(row % (n + 1, b"they") for n in range(700)), b"1-9" + row[2:] % b"x" + row % (1, b"x")]
write("conllu", [w + b"\n\n" for w in sheets] + [worn(w) + b"\n\n" for w in sheets[:30]])

page = [os.path.join(root, "examples", f) for f in ("page.html", "interview.txt", "feed.xml", "russia-armenia")]
run = subprocess.run([entente, "read", "--format", "jsonl", "--headlines", *page], check=True, capture_output=True)
records = sorted(run.stdout.splitlines(), key=len)[:40]
write("record", records + [worn(r) for r in records[:30]])

entries = []
for path in sorted(glob.glob(os.path.join(root, "lexicon/**/*.txt"), recursive=True)):
    parts = open(path, "rb").read().split(b"\n\n")
    entries.append(b"\n\n".join(parts[:3])[:3000])
small = b"entity QQQ state\n  name  Quietland\n  people  Quietlander\n  capital  Calm\n\noffice QQQ head_of_state  President\n  2010-01-01 2020-01-01  Ann Still\n\nentity RRR state\n  name Rest\n\ntie quiet-pact alliance\n  name  Quiet Pact\n  signed  2001-02-03\n  force  2001-05-06\n  owes  defense   article 2\n  party  QQQ 2001-05-06 -\n  party  RRR 2001-05-06 2011-01-01  denounced\n\n@ 2019-03-04 en\n> Quietland met Rest.\n= entity \"Quietland\" QQQ\n"
write("kbtext", [small] + entries[:45] + [worn(small) for _ in range(25)])

compiled = []
for n, text in enumerate([small] + entries[:12]):
    path = os.path.join(out, "small.txt")
    open(path, "wb").write(text)
    kb = os.path.join(out, "small.kb")
    if subprocess.run([entente, "kb", "build", "--output", kb, path], capture_output=True).returncode == 0:
        compiled.append(open(kb, "rb").read())
    for left in (path, kb):
        if os.path.exists(left):
            os.remove(left)
smallest = min(compiled, key=len)
write("kbfile", compiled + [worn(smallest) for _ in range(40)] + [smallest[:len(smallest) * n // 12] for n in range(12)])

powers = ["RUS", "Russia", "armenia", "Azerbaijani", "the Kremlin", "CSTO", "EU", "", "Rusia", "Россия", "ԱՐՄ", "\"", "' OR 1=1 --", "%s", "A" * 600]
days = ["2020-10-15", "2020", "2020-13-01", "", "today", "-1", "9999-12-31", "2020-10-15T25:00"]
words = ["peace", "\"cease fire\"", "peace AND (", "NEAR(a b, 3)", "*", "a:b", "^x", "-", "{}", "tariff OR"]
links = ["https://harbour-courier.example/2020/10/15/a?b=c#d", "http://[::1]:99999/%zz", "//", "javascript:1", "https://x.example/" + "../" * 60]
lines = ["\t".join(dice.choice(pool) for pool in (powers + words + links, powers, days, powers, days, days)) for _ in range(60)]
write("query", lines + words + links)
