#!/usr/bin/env python3
"""Kills adding at random points: kill.py BUILD ROOT COUNT [SEED]. Each time the ledger must be whole, hold every document that a
reader had seen there, and after running on to the end be the ledger that was never disturbed."""
import random
import signal
import sqlite3
import subprocess
import time

from common import add, drop, entente, environment, fail, faults, figures, path, plan, progress, state


def seen(ledger):
    try:
        db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=20)
        try:
            return {row[0] for row in db.execute("SELECT id FROM documents")}
        finally:
            db.close()
    except sqlite3.OperationalError:  # not there yet, or without tables
        return set()


def main():
    count, chance = int(figures[0]), random.Random(int(figures[1]) if len(figures) > 1 else 1)
    pages, ledger = plan(1200), path("killed.db")
    begun = time.monotonic()
    add(path("whole.db"), "--input", "record", pages)
    usual, wanted = time.monotonic() - begun, state(path("whole.db"))
    kept, acknowledged, completed, kills = set(), 0, 0, 0
    while kills < count:
        writer = subprocess.Popen([entente, "add", "--quiet", "--input", "record", "--ledger", ledger, pages], env=environment,
                                  stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, usual * .8))
        kept |= seen(ledger)
        acknowledged += len(kept)
        writer.send_signal(signal.SIGKILL)
        done = writer.wait() == 0
        kills += not done
        progress(kills, count)
        try:
            wrong = faults(ledger) if kept else []
        except sqlite3.DatabaseError as error:
            wrong = [error]
        if wrong:
            fail(f"kill {kills}: {wrong[:5]}")
        if kept - seen(ledger):
            fail(f"kill {kills}: {len(kept - seen(ledger))} acknowledged documents are gone")
        if done:
            if state(ledger) != wanted:
                fail(f"after {kills} kills another ledger than without")
            completed += 1
            drop(ledger)
            kept = set()
    add(ledger, "--input", "record", pages)
    if state(ledger) != wanted:
        fail(f"after {kills} kills another ledger than without")
    print(f"{kills} kills, {completed + 1} ledgers completed, {acknowledged} looks at acknowledged documents, 0 bad, {time.monotonic() - begun:.0f} s")


main()
