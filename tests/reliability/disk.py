#!/usr/bin/env python3
"""A disk that is full and one that cannot be written: disk.py BUILD ROOT. The program says so and ends with 74, the ledger stays whole
and can be completed; a ledger on read-only media opens, for us and for the sqlite3 shell."""
import os
import resource
import shutil
import sqlite3
import subprocess

from common import add, drop, entente, environment, fail, faults, figures, path, plan, room, run, state


def expect(done, code, words, what):
    said = done.stderr.decode()
    if done.returncode != code or words not in said:
        fail(f"{what}: exit code {done.returncode}, not {code}: {said}")


def small_files(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def full(pages, wanted):
    """Files may grow to so many bytes and no further, as on a full disk: at the start, in the first batch, in a later one."""
    stops = 0
    for size in (0, 4096, 400_000, 5_200_000, 6_000_000, 7_000_000, 8_000_000):
        ledger = path(f"full{size}.db")
        done = subprocess.run([entente, "add", "--quiet", "--input", "record", "--ledger", ledger, pages], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=small_files(size))
        expect(done, 74, ledger, f"a disk with room for {size} bytes")
        if os.path.exists(ledger) and faults(ledger):
            fail(f"a disk with room for {size} bytes: {faults(ledger)[:5]}")
        if os.path.exists(ledger):
            db = sqlite3.connect(ledger)
            tables = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
            stops += tables and db.execute("SELECT count(*) FROM documents").fetchone()[0] > 0
            db.close()
        add(ledger, "--input", "record", pages)
        if state(ledger) != wanted:
            fail(f"room for {size} bytes and then for all: another ledger")
    if not stops:
        fail("no disk became full half way")
    return stops


def mounted(pages, wanted):
    """A real file system of 7 MB, where we may mount one."""
    folder = path("small")
    os.mkdir(folder)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=7m", "none", folder], capture_output=True).returncode:
        return "no file system can be mounted here"
    try:
        ledger = os.path.join(folder, "a.db")
        expect(run("add", "--quiet", "--input", "record", "--ledger", ledger, pages), 74, "disk is full", "a file system of 7 MB")
        if faults(ledger):
            fail(f"a file system of 7 MB: {faults(ledger)[:5]}")
        subprocess.run(["mount", "-o", "remount,size=40m", folder], check=True)
        add(ledger, "--input", "record", pages)
        if state(ledger) != wanted:
            fail("a file system of 7 MB, then of 40: another ledger")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        read_only(ledger)
        expect(run("add", "--ledger", ledger, "--input", "record", pages), 74, ledger, "adding on read-only media")
        expect(run("reject", "0123456789abcdef", "--because", "none", "--ledger", ledger), 74, ledger, "correcting on read-only media")
    finally:
        subprocess.run(["umount", folder], check=True)
    return "a file system of 7 MB too"


def read_only(ledger):
    expect(run("stand", "NOR", "FIN", "--on", "2021-12-31", "--ledger", ledger), 0, "", "asking on read-only media")
    shell = subprocess.run(["sqlite3", f"file:{ledger}?mode=ro", "SELECT count(*) FROM documents"], capture_output=True)
    if shell.returncode or not int(shell.stdout):
        fail(f"the sqlite3 shell on read-only media: {shell.stderr.decode()}")


def main():
    pages, whole = plan(3000), path("whole.db")
    add(whole, "--input", "record", pages)
    beside = [n for n in os.listdir(room.name) if n.startswith("whole.db-") and n != "whole.db-writer"]
    if beside:
        fail(f"left beside a ledger that is closed: {beside}")
    wanted, folder = state(whole), path("shut")
    os.mkdir(folder)
    shutil.copy(whole, folder)
    os.chmod(os.path.join(folder, "whole.db"), 0o444)
    os.chmod(folder, 0o555)
    read_only(os.path.join(folder, "whole.db"))
    if os.geteuid():
        expect(run("add", "--ledger", os.path.join(folder, "whole.db"), "--input", "record", pages), 74, "whole.db", "adding to a shut folder")
    os.chmod(folder, 0o755)
    print(f"{full(pages, wanted)} ledgers stopped half way by a full disk, all whole and completed; read-only media open; {mounted(pages, wanted)}")


main()
