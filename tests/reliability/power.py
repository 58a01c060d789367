#!/usr/bin/env python3
"""Power cuts: power.py BUILD ROOT SHIM STATES. All that adding does to the files of a ledger is recorded. Then the disk is made as a cut
may leave it: what was synced is there, of what was written since each sector may be or may not be. The ledger must be whole in
every such state, and hold every document whose batch had been synced."""
import os
import random
import sqlite3
import subprocess
import sys

from common import add, drop, entente, environment, fail, faults, figures, path, plan, state

SECTOR = 512
shim, states = os.path.abspath(figures[0]), int(figures[1])


def record(ledger, pages):
    more = {"LD_PRELOAD": shim, "FAIL_TRACE": path("trace")}
    done = subprocess.run([entente, "add", "--quiet", "--input", "record", "--ledger", ledger, pages], env={**environment, **more},
                          stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        fail(done.stderr.decode())
    steps = []
    with open(path("trace"), "rb") as trace:
        while line := trace.readline():
            what, name, first, second = line.decode().split()
            first, second = int(first), int(second)
            steps.append((what, os.path.basename(name), first, trace.read(second) if what == "write" else b""))
    return steps


def put(file, at, data):
    if len(file) < at:
        file.extend(bytes(at - len(file)))
    file[at:at + len(data)] = data


def apply(file, step):
    what, _, at, data = step
    if what == "write":
        put(file, at, data)
    else:
        del file[at:]
        file.extend(bytes(at - len(file)))


def torn(chance, step):
    """What of an unsynced step came to the disk: all, nothing, or some of its sectors."""
    what, name, at, data = step
    kind = chance.randrange(3)
    if kind == 0:
        return []
    if kind == 1 or what != "write":
        return [step]
    return [(what, name, at + n, data[n:n + SECTOR]) for n in range(0, len(data), SECTOR) if chance.random() < .5]


def disk_after(steps, end, chance):
    """The files as they are after the steps before `end`; where there is a chance, what was not synced is torn."""
    files, waiting = {}, {}
    for step in steps[:end]:
        what, name = step[:2]
        if what == "unlink":
            files.pop(name, None)
            waiting.pop(name, None)
        elif what == "sync":
            for old in waiting.pop(name, ()):
                apply(files.setdefault(name, bytearray()), old)
        else:
            waiting.setdefault(name, []).append(step)
    for name, left in waiting.items():
        for step in left:
            for part in torn(chance, step) if chance else [step]:
                apply(files.setdefault(name, bytearray()), part)
    return files


def documents(files, ledger):
    drop(ledger)
    for name, data in files.items():
        with open(os.path.join(os.path.dirname(ledger), name), "wb") as out:
            out.write(data)
    if not files.get(os.path.basename(ledger)):
        return set()
    db = sqlite3.connect(ledger)
    try:
        there = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
        return {row[0] for row in db.execute("SELECT id FROM documents")} if there else set()
    finally:
        db.close()


def main():
    if "asan" in subprocess.run(["ldd", entente], capture_output=True, text=True).stdout:
        print("not under a sanitizer")
        sys.exit(77)
    chance, pages, whole, ledger = random.Random(3), plan(500), path("whole.db"), path("cut.db")
    steps = record(ledger, pages)
    syncs = [n + 1 for n, step in enumerate(steps) if step[0] == "sync" and step[1].endswith("-wal")]
    if len(syncs) < 4:
        fail(f"only {len(syncs)} syncs of the log were seen in {len(steps)} steps")
    acknowledged = {end: documents(disk_after(steps, end, None), ledger) for end in syncs}
    if len(acknowledged[syncs[-1]]) != 500:
        fail(f"{len(acknowledged[syncs[-1]])} documents at the last sync")
    add(whole, "--input", "record", pages)
    wanted, again = state(whole), 0
    for number in range(states):
        end = chance.randrange(1, len(steps) + 1)
        try:
            found = documents(disk_after(steps, end, chance), ledger)
            wrong = faults(ledger) if os.path.exists(ledger) else []
        except sqlite3.DatabaseError as error:
            fail(f"state {number}, cut after step {end} of {len(steps)}: {error}")
        promised = next((acknowledged[s] for s in reversed(syncs) if s <= end), set())
        if wrong or promised - found:
            fail(f"state {number}, cut after step {end} of {len(steps)}: {wrong[:3]}, {len(promised - found)} acknowledged documents are gone")
        if number % 25 == 0:
            add(ledger, "--input", "record", pages)
            again += 1
            if state(ledger) != wanted:
                fail(f"state {number}, run again: another ledger")
    print(f"{states} states of {len(steps)} steps with {len(syncs)} syncs of the log: all whole, no acknowledged document lost, {again} completed")


main()
