#!/usr/bin/env python3
"""The include rule: downwards by src/layers.txt, and from outside a folder only FOLDER/FOLDER.h. Exit 1 on a breach."""
import glob
import re
import sys

root = sys.argv[1] if len(sys.argv) > 1 else "."
level = {f: n for n, line in enumerate(open(root + "/src/layers.txt")) for f in line.split()}
faults = []
for path in sorted(glob.glob(root + "/src/*/*.[ch]")):
    here = path.split("/")[-2]
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        m = re.match(r'\s*#include "(\w+)/(\w+)\.h"', line)
        if m and m[1] != here and (m[1] not in level or level[m[1]] >= level[here] or m[2] != m[1]):
            faults.append(f"{path}:{n}: {here} may not include {m[1]}/{m[2]}.h")
print("\n".join(faults) or "layers: no breach")
sys.exit(bool(faults))
