#!/usr/bin/env python3
"""One writer and readers at the same time: crowd.py BUILD ROOT READERS. No reader is told to come later, each sees whole documents,
the log stays small, and a second writer is told who holds the ledger."""
import os
import sqlite3
import subprocess
import threading

from common import add, drop, entente, environment, fail, faults, figures, path, plan, run, state

LOG_MOST = 64 << 20


def ask(ledger, wrong, over, counts):
    questions = (("export", "--unit", "event"), ("stand", "NOR", "FIN", "--on", "2021-12-31"), ("find", "ministers"), ("export", "--unit", "dyad-month"))
    while not over.is_set():
        for question in () if over.is_set() else questions:
            done = run(question[0], "--ledger", ledger, *question[1:])
            counts.append(1)
            if done.returncode:
                wrong.append(f"{question[0]}: exit code {done.returncode}: {done.stderr.decode()}")


def look(ledger, wrong, over, counts):
    """Whole documents: a reader's one moment is the end of a batch."""
    db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=120)
    try:
        while not over.is_set():
            db.execute("BEGIN")
            read, = db.execute("SELECT sum(documents) FROM days").fetchone()
            there, = db.execute("SELECT count(*) FROM documents").fetchone()
            events, = db.execute("SELECT count(*) FROM events").fetchone()
            counted, = db.execute("SELECT sum(events) FROM coverage").fetchone()
            orphans = db.execute("SELECT count(*) FROM reports r LEFT JOIN events e ON e.key = r.event WHERE e.key IS NULL").fetchone()[0]
            db.execute("COMMIT")
            counts.append(1)
            if (read or 0, counted or 0, orphans) != (there, events, 0):
                wrong.append(f"{there} documents, {read} counted as read, {events} events, {counted} counted, {orphans} orphans")
    except sqlite3.Error as error:
        wrong.append(str(error))
    finally:
        db.close()


def main():
    readers, pages, ledger = int(figures[0]), plan(2500), path("crowd.db")
    add(path("whole.db"), "--input", "record", pages)
    add(ledger, "--input", "record", plan(50, "first.jsonl", 2))
    wrong, over, counts = [], threading.Event(), []
    threads = [threading.Thread(target=look if i % 2 else ask, args=(ledger, wrong, over, counts), daemon=True) for i in range(readers)]
    writer = subprocess.Popen([entente, "add", "--quiet", "--input", "record", "--ledger", ledger, "-"], env=environment, stdin=subprocess.PIPE,
                              stderr=subprocess.PIPE)
    for thread in threads:
        thread.start()
    log = refused = 0
    with open(pages, "rb") as lines:
        for number, line in enumerate(lines):
            try:
                writer.stdin.write(line)
            except BrokenPipeError:
                fail(f"the writer: {writer.stderr.read().decode()}")
            if number % 500 == 499:
                writer.stdin.flush()
                log = max(log, os.path.getsize(ledger + "-wal") if os.path.exists(ledger + "-wal") else 0)
                second = run("add", "--ledger", ledger, "--input", "record", path("first.jsonl"))
                refused += second.returncode == 75 and f"process {writer.pid}" in second.stderr.decode()
    writer.stdin.close()
    words = writer.stderr.read().decode()
    if writer.wait():
        fail(f"the writer: {words}")
    over.set()
    for thread in threads:
        thread.join()
    if wrong:
        fail(f"{len(wrong)} readers' complaints, the first: {wrong[0]}")
    if refused != 5:
        fail(f"a second writer was told who holds the ledger {refused} times of 5")
    if log > LOG_MOST:
        fail(f"the log grew to {log} bytes")
    if faults(ledger) or len(counts) < readers:
        fail(f"{faults(ledger)[:3]}, {len(counts)} looks")
    drop(path("again.db"))
    add(path("again.db"), "--input", "record", path("first.jsonl"), pages)
    if state(path("again.db")) != state(ledger):
        fail("read while it was written, another ledger")
    print(f"{readers} readers, {len(counts)} looks, 0 complaints; log at most {log >> 10} KiB; second writer refused {refused} times of 5")


main()
