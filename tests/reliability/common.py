"""What the tests of reliability share. A test is called with the build folder, the folder of the repository and its figures."""
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

build, root = (os.path.abspath(p) for p in sys.argv[1:3])
figures = sys.argv[3:]
entente = os.path.join(build, "entente")
room = tempfile.TemporaryDirectory()
environment = {**os.environ, "LC_ALL": "C", "XDG_DATA_HOME": room.name}
environment.pop("ENTENTE_LEDGER", None)
sys.path.insert(0, os.path.join(root, "tests/commands"))


def path(name):
    return os.path.join(room.name, name)


def fail(words):
    print(f"FAILED: {words}", file=sys.stderr)
    sys.exit(1)


def run(*arguments, more=None, patience=None):
    """Runs entente. What takes longer than `patience` seconds is stopped with an exit code of its own, 124; what it said is lost."""
    try:
        return subprocess.run([entente, *arguments], env={**environment, **(more or {})}, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, 124, b"", b"it does not end")


def progress(done, whole):
    """How far a long test is, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r{done} of {whole}", end="\n" if done >= whole else "", file=sys.stderr, flush=True)


def add(ledger, *inputs):
    done = run("add", "--quiet", "--ledger", ledger, *inputs)
    if done.returncode:
        fail(f"add: exit code {done.returncode}: {done.stderr.decode()}")


STATE = ("SELECT actor, recipient, event, day, reports, told_by_a_party FROM acts", "SELECT * FROM reading", "SELECT id FROM documents",
         "SELECT id, event FROM events", "SELECT id FROM statements", "SELECT id FROM claims", "SELECT day, type, stories FROM pool WHERE stories")


def state(ledger):
    """All that an answer can stand on, whatever the order in which it came."""
    db = sqlite3.connect(ledger)
    found = [sorted(map(repr, db.execute(sql))) for sql in STATE]
    db.close()
    return found


def faults(ledger):
    """What is wrong with the file and with what refers to what in it; empty where it is whole."""
    db = sqlite3.connect(ledger, timeout=20)
    try:
        found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"orphan: {row}" for row in db.execute("PRAGMA foreign_key_check")]
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            found += [f"day {row}" for row in db.execute(
                "SELECT day, documents FROM days WHERE documents <> (SELECT sum(c.documents) FROM coverage c WHERE c.day = days.day)")]
            found += [f"story {row}" for row in db.execute(
                "SELECT a, b, day FROM stories s WHERE reports <> (SELECT count(*) FROM reports r WHERE (r.a, r.b, r.type, r.anchor, r.seq)"
                " = (s.a, s.b, s.type, s.day, s.seq))")]
        return found
    finally:
        db.close()


def drop(ledger):
    for end in ("", "-wal", "-shm", "-journal", "-writer"):
        if os.path.exists(ledger + end):
            os.unlink(ledger + end)


def plan(count, name="plan.jsonl", seed=1):
    """Records of invented acts, several to a story."""
    import json
    import records
    chance = random.Random(seed)
    powers, types = ("NOR", "FIN", "SWE", "DNK", "ISL"), ("CONSULT", "AID", "REQUEST", "ACCUSE")
    lines = []
    for number in range(count):
        lines.append(f"page{number} 2021-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} Post_{chance.randint(1, 9)}")
        for _ in range(chance.randint(1, 4)):
            a, b = chance.sample(powers, 2)
            lines.append(f"  {chance.choice(types)} {a} {b} : The {chance.choice(('ministers', 'presidents'))} of {a} and {b} were told of it in letter"
                         f" {chance.randint(1, count)} of the year, and answered on the same day.")
    with open(path(name), "w", encoding="utf-8") as out:
        out.writelines(json.dumps(r) + "\n" for r in records.records(lines))
    return path(name)
