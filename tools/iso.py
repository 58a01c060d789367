#!/usr/bin/env python3
"""Names of countries by ISO 3166-1, from Debian's iso-codes, as lexicon text: iso.py OUTPUT."""
import json
import sys

rows = json.load(open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8"))["3166-1"]
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("# Made by tools/iso.py from iso-codes (Debian), LGPL-2.1+: names of ISO 3166-1.\n")
    for r in sorted(rows, key=lambda r: r["alpha_3"]):
        names = [r.get(k) for k in ("name", "common_name", "official_name") if r.get(k)]
        out.write("iso %s %s\n" % (r["alpha_3"], "; ".join(dict.fromkeys(n for n in names if ";" not in n and "," not in n))))
