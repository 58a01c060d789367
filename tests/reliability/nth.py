#!/usr/bin/env python3
"""Fails the Nth call of each kind: nth.py BUILD ROOT SHIM MOST. Memory, reading, writing, syncing; once and for ever from then on.
The program must end by itself with an exit code that tells the truth, leave a whole ledger, and complete it when it is run again."""
import os
import subprocess
import sys

from common import add, drop, entente, environment, fail, faults, figures, path, plan, root, state

shim, most = os.path.abspath(figures[0]), int(figures[1])
sanitized = "asan" in subprocess.run(["ldd", entente], capture_output=True, text=True).stdout


def try_once(ledger, inputs, what, at, how):
    count = path("count")
    more = {"LD_PRELOAD": shim, "FAIL_WHAT": what, "FAIL_AT": str(at), "FAIL_FOR": how, "FAIL_COUNT": count}
    done = subprocess.run([entente, "add", "--quiet", "--ledger", ledger, *inputs], env={**environment, **more}, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=300)
    calls = int(open(count, encoding="ascii").read()) if os.path.exists(count) else 0
    return done.returncode, done.stderr.decode(errors="replace"), calls


def spread(calls, room):
    """The first ones each, then ever wider steps to the last."""
    numbers, at = [], 1
    while at <= calls:
        numbers.append(at)
        at = max(at + 1, int(at * (1 + 6 / room)) + max(0, (calls - room) // (room * 40)))
    return numbers if calls > room else list(range(1, calls + 1))


def check(ledger, inputs, wanted, what, at, how):
    drop(ledger)
    code, words, _ = try_once(ledger, inputs, what, at, how)
    where = f"{what} {at} {how}"
    if code not in (0, 1, 65, 74) or "Sanitizer" in words:
        fail(f"{where}: exit code {code}: {words[-2000:]}")
    if code and "entente: " not in words:
        fail(f"{where}: exit code {code} without a word")
    if os.path.exists(ledger) and faults(ledger):
        fail(f"{where}: {faults(ledger)[:5]}")
    if code == 0 and state(ledger) != wanted:
        fail(f"{where}: exit code 0, and something is missing")
    add(ledger, *inputs)
    if state(ledger) != wanted:
        fail(f"{where}: run again, another ledger")
    return code


def main():
    if sanitized:  # its runtime has these calls to itself
        print("not under a sanitizer")
        sys.exit(77)
    records = ["--input", "record", plan(30)]
    pages = [os.path.join(root, "examples/page.html"), os.path.join(root, "examples/feed.xml"), os.path.join(root, "examples/interview.txt")]
    for what, inputs in (("memory", pages), ("memory", records), ("read", records), ("write", records), ("sync", records)):
        whole, ledger, codes = path("whole.db"), path("failed.db"), {}
        drop(whole)
        add(whole, *inputs)
        wanted = state(whole)
        drop(ledger)
        _, _, calls = try_once(ledger, inputs, what, 0, "once")
        if not calls:
            fail(f"{what}: no call was seen")
        for how in ("once", "ever"):
            for at in spread(calls, most):
                code = check(ledger, inputs, wanted, what, at, how)
                codes[code] = codes.get(code, 0) + 1
        if not any(codes.get(c) for c in (65, 74, 1)):
            fail(f"{what}: nothing ever failed")
        told = ", ".join(f"{n} ended with {c}" for c, n in sorted(codes.items()))
        print(f"{what}, {calls} calls in a run: {sum(codes.values())} tried, {told}; 0 bad")
        sys.stdout.flush()


main()
