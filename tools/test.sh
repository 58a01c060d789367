#!/usr/bin/env bash
# Runs every test of a build folder and closes with the line that counts: N passed, N failed.
set -u
build=$1
log=$build/meson-logs/testlog.json
meson test -C "$build" --print-errorlogs --quiet || true
python3 - "$log" <<'PY'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
good = sum(r["result"] in ("OK", "EXPECTEDFAIL") for r in rows)
skip = sum(r["result"] == "SKIP" for r in rows)
bad = len(rows) - good - skip
print(f"{good} passed, {bad} failed" + (f", {skip} skipped" if skip else ""))
sys.exit(bad > 0 or not good)
PY
