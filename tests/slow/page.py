#!/usr/bin/env python3
"""Hostile pages, through the program: page.py BUILD ROOT SANITIZERS. Exit 1 when one is not met as it should be.

Each trap is read whole and by a quarter: the whole may take no more than seven times the processor's time, so that what is
quadratic is seen on any machine. What is a gigabyte is made on the way and comes in by a pipe. Behind each trap stands a
good page: it must be printed, the message must be said, and 512 MB must do (sanitizers need more and are not held to it).
"""
import gzip
import os
import subprocess
import sys
import tempfile

entente, root = os.path.join(os.path.abspath(sys.argv[1]), "entente"), os.path.abspath(sys.argv[2])
sanitized = sys.argv[3] != "none"
good = os.path.join(root, "examples/page.html")
SIZE = (1 if sanitized else 4) << 20
GIGABYTE = 1 << 30

# name, what comes once before, what comes over and over
PIECES = [
    ("nested tags", "<body>", "<div>"),
    ("nested inline tags", "", "<b><i><span class=author>"),
    ("open paragraphs", "", "<p>Go on. "),
    ("open tables", "", "<table><tr><td>"),
    ("end tags of nothing", "", "<p>a</div></span></td>"),
    ("attributes of one tag", "<p ", "a=b "),
    ("a class of many words", "<p class='", "side-bar "),
    ("references", "<p>", "&amp;"),
    ("references of long names", "<p>", "&CounterClockwiseContourIntegral;"),
    ("ampersands", "<p>", "&"),
    ("opening angles", "<p>", "<"),
    ("opening comments", "<p>", "<!--"),
    ("headings", "", "<h1>The harbour of Norvik</h1>"),
    ("links", "", "<li><a href=/a>The council puts off its vote</a> "),
    ("lists of other stories", "", "<h3>Latest news</h3><ul><li>"),
    ("dates", "", "<p>3 May 2020 "),
    ("authors", "", "<span class=author>Ida Holt</span> "),
    ("statements of the head", "", "<meta property=a content=b>"),
    ("scripts of JSON-LD", "", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"x\"}}</script>"),
    ("nested JSON-LD", "<script type=application/ld+json>", "{\"a\":["),
    ("objects of JSON-LD", "<script type=application/ld+json>[", "{\"@type\":\"Person\",\"@id\":\"x\"},"),
    ("scripts never closed", "", "<script>"),
    ("addresses", "<p>", "a@b "),
    ("boxes that open and close", "<div>", "<div class=x><p>The ferry sails.</p></div>"),
]
SAVED = [("saved: headlines with dates", "", "Latest news\n14 Jan 2020\n"), ("saved: questions", "", "- Why?\n"), ("saved: one line", "", "word "),
         ("saved: bytes that are none", "", "\xff")]


def run(arguments, feeder=None):
    """Exit code, output, messages, seconds of processor, megabytes at most."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        p = subprocess.Popen([entente, "read", "--stop-after", "page", "--jobs", "1", "--format", "jsonl"] + arguments,
                             stdin=feeder.stdout if feeder else subprocess.DEVNULL, stdout=out, stderr=err)
        if feeder:
            feeder.stdout.close()
        _, status, used = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        return p.returncode, out.read(), err.read().decode(errors="replace"), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def judge(name, result, says, quarter=None):
    code, out, err, seconds, megabytes = result
    faults = []
    if code not in (0, 1) or "Sanitizer" in err or "runtime error:" in err:
        faults.append(f"exit code {code}: {err[:2000]}")
    if b"page.html" not in out:
        faults.append("the good page behind it is missing")
    if says not in err:
        faults.append(f"it does not say '{says}' but: {err[:300]}")
    if megabytes > 512 and not sanitized:
        faults.append(f"{megabytes:.0f} MB")
    if quarter is not None and seconds > 7 * quarter + (2 if sanitized else 0.3):
        faults.append("TOO SLOW")
    beside = "" if quarter is None else f", a quarter {quarter:.2f} s"
    print(f"{name:32} {seconds:6.2f} s{beside}, {megabytes:.0f} MB {'; '.join(faults)}", flush=True)
    return not faults


def try_pieces(folder, pieces, ending):
    for name, before, piece in pieces:
        seconds = []
        for size in (SIZE // 4, SIZE):
            path = os.path.join(folder, "trap" + ending)
            with open(path, "w", encoding="latin-1") as f:
                f.write(before + piece * ((size - len(before)) // len(piece)))
            result = run([path, good])
            seconds.append(result[3])
        yield judge(name, result, "", seconds[0])


def try_gigabytes():
    for name, head, kind, says in [
            ("a gigabyte of page", "", "html", "larger than 16777216 bytes"), ("a gigabyte of saved text", "", "saved", "larger than 16777216 bytes"),
            ("a line of a gigabyte", "", "jsonl", "a line larger than 16777216 bytes"), ("a feed of a gigabyte", "<rss>", "feed", "a feed larger than the limit"),
            ("a record of a gigabyte", "WARC/1.0\\r\\nWARC-Type: response\\r\\nContent-Length: 1073741824\\r\\n\\r\\n", "warc", "a record larger than the limit")]:
        feeder = subprocess.Popen(["sh", "-c", f"printf '{head}'; head -c {GIGABYTE} /dev/zero | tr '\\0' a"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        behind = {"html": [good], "saved": [good]}.get(kind, [])
        result = run(["--input", kind, "-"] + behind, feeder)
        feeder.wait()
        yield judge(name, result[:1] + (result[1] if behind else b"page.html",) + result[2:], says)


def try_bombs(folder):
    member = gzip.compress(bytes(16 << 20), 9, mtime=0)
    for ending, says in [("html", "larger than 16777216 bytes"), ("txt", "larger than 16777216 bytes"), ("jsonl", "the packed bytes swell"),
                         ("rss", "the packed bytes swell"), ("warc", "the packed bytes swell")]:
        path = os.path.join(folder, f"bomb.{ending}.gz")
        with open(path, "wb") as f:
            f.write(member * (GIGABYTE >> 24))
        yield judge(f"a bomb: {ending}.gz", run([path, good]), says)
    path = os.path.join(folder, "bomb.rss")
    with open(path, "w") as f:
        f.write("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>")
        for i in range(98, 118):
            f.write(f"<!ENTITY {chr(i)} '{('&' + chr(i - 1) + ';') * 10}'>")
        f.write("]><rss version='2.0'><channel><title>x</title><item><title>&u;</title><link>https://example.org/1</link></item></channel></rss>")
    yield judge("a bomb: entities", run([path, good]), "")


def main():
    with tempfile.TemporaryDirectory() as folder:
        results = list(try_pieces(folder, PIECES, ".html")) + list(try_pieces(folder, SAVED, ".txt")) + list(try_bombs(folder)) + list(try_gigabytes())
    print(f"{sum(results)} of {len(results)} traps as they should be")
    sys.exit(not results or not all(results))


main()
