#!/usr/bin/env python3
"""Reads damaged copies of the examples and adds what came of them: mutate.py BUILD ROOT COUNT [SEED]. Each must give a document or a
message with a reason."""
import gzip
import json
import os
import random
import re
import sys

from common import build, fail, faults, figures, path, progress, root, run

PORTION = 250  # inputs a run, so that a crash is found
PATIENCE = 300  # seconds a run: what never ends is a fault, not a wait
MOST = 1 << 20  # bytes: widened letters four times over and over would fill the machine


def sources():
    found = []
    for folder, _, names in os.walk(os.path.join(root, "examples")):
        found += [os.path.join(folder, n) for n in names if n.endswith((".html", ".xml", ".txt", ".jsonl"))]
    pages = [(os.path.splitext(f)[1], open(f, "rb").read()) for f in sorted(found)]
    pages = [(end, text if end != ".jsonl" else text.splitlines(keepends=True)[0]) for end, text in pages]
    record = run("read", "--format", "jsonl", os.path.join(root, "examples/page.html")).stdout
    warc = b"".join(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://north-post.example/%d\r\nContent-Type: application/http\r\n"
                    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (n, len(body), body) for n, body in
                    enumerate([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pages[0][1]]))
    return pages + [(".jsonl", record), (".warc", warc), (".html.gz", gzip.compress(pages[0][1], mtime=0)), (".warc.gz", gzip.compress(warc, mtime=0))]


def damage(chance, data, others):
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(8)
        size = min(1 << chance.randrange(12), len(data) - at)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            data[at:at + size] = chance.randbytes(size)
        elif kind == 2:
            del data[at:at + size]
        elif kind == 3:
            data[at:at] = data[at:at + size] * chance.randrange(1, 30)
        elif kind == 4:
            other = chance.choice(others)[1]
            from_ = chance.randrange(len(other))
            data[at:at] = other[from_:from_ + 1 + size]
        elif kind == 5:
            data[at:at + 1] = chance.choice((b"\0", b"\xff", b"<", b">", b"\"", b"{", b"\\ud800", b"\xed\xa0\x80", b"&#x110000;", b"\r"))
        elif kind == 6:
            data = bytearray(bytes(data).decode("latin-1").encode(chance.choice(("utf-16", "utf-8", "utf-32"))))
        else:
            data[at:at + size] = data[at:at + size].swapcase()
        del data[MOST:]
    return bytes(data)


def whole_letters(name):
    """Half a letter of UTF-16 stands in no UTF-8: the program puts U+FFFD there."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name) if isinstance(name, str) else None


def is_there(name, origins):
    """Pages are known by their file; lines of JSON by the origin or id that they tell."""
    if any(o == name or o.startswith((name + "#", name + ":", name + "@")) for o in origins):
        return True
    for line in open(name, "rb").read().split(b"\n"):
        try:
            given = json.loads(line.decode(errors="replace"), strict=False)
            if {whole_letters(given.get("origin")), whole_letters(given.get("id"))} & origins:
                return True
        except (ValueError, AttributeError, TypeError, RecursionError):
            pass
    return False


def ran(what, done, most):
    words = done.stderr.decode(errors="replace")
    if done.returncode not in range(most + 1) or "Sanitizer" in words or "runtime error:" in words:
        fail(f"{what}: exit code {done.returncode}: {words[-3000:]}")
    return words


def main():
    count, chance = int(figures[0]), random.Random(int(figures[1]) if len(figures) > 1 else 1)
    whole, ledger, told, refused = sources(), path("bad.db"), 0, 0
    environment = {"ASAN_OPTIONS": "detect_leaks=0"}
    for first in range(0, count, PORTION):
        names = []
        for number in range(first, min(first + PORTION, count)):
            end, data = chance.choice(whole)
            names.append(path(f"bad{number}{end}"))
            with open(names[-1], "wb") as out:
                out.write(damage(chance, data, whole))
        what = f"inputs {first} to {first + len(names) - 1}"
        done = run("read", "--quiet", "--headlines", "--format", "jsonl", *names, more=environment, patience=PATIENCE)
        words = ran(what, done, 1)
        origins = {json.loads(line)["origin"] for line in done.stdout.splitlines()}
        with open(path("read.jsonl"), "wb") as out:
            out.write(done.stdout)
        ran(what, run("add", "--quiet", "--ledger", ledger, "--input", "record", path("read.jsonl"), more=environment, patience=PATIENCE), 0)
        for name in names:
            row = is_there(name, origins)
            reason = any(line.startswith(f"entente: {name}") for line in words.splitlines())
            if not row and not reason:
                fail(f"{name}: neither a row nor a reason: {open(name, 'rb').read()[:300]!r}")
            told += row
            refused += not row
            os.unlink(name)
        progress(first + len(names), count)
    if faults(ledger):
        fail(f"{faults(ledger)[:5]}")
    print(f"{count} damaged inputs: {told} gave a document, {refused} a reason alone, 0 neither")
    sys.stdout.flush()


main()
