#!/usr/bin/env python3
"""Records for tests of the ledger, from a plan on standard input, one JSON line a document.

A document opens in the first column: NAME DAY OUTLET [conflict]. Its events follow, indented, each with its sentence:
TYPE ACTOR RECIPIENT [by=SPEAKER] [day=DAY] [mode=MODE] [place=NAME[/COUNTRY[/FEATURE]]] [said=TIE] : SENTENCE
`said` makes a claim of the tie in place of an event."""
import hashlib
import json
import sys


def record(name, day, outlet, conflict):
    return {"id": hashlib.md5(f"{name} {day} {outlet}".encode()).hexdigest(), "content": hashlib.sha256(name.encode()).hexdigest(),
            "origin": name, "url": None, "title": None, "deck": None, "byline": None, "outlet": outlet.replace("_", " "),
            "language": "en", "kind": "article",
            "dates": {"published": day, "published_from": "given", "content": None, "conflict": conflict,
                      "reference": None if conflict else day, "evidence": []},
            "text": "", "links": [], "turns": [], "sentences": [], "entities": [], "times": [], "places": [], "statements": [],
            "events": [], "claims": []}


def entity(r, code):
    for number, known in enumerate(r["entities"]):
        if known["identifier"] == code:
            return number
    r["entities"].append({"identifier": code, "name": code, "type": "GPE", "code": code, "sector": None, "other_sectors": [],
                          "role": None, "office": None, "mentions": []})
    return len(r["entities"]) - 1


def place(r, words):
    name, country, feature = (words.split("/") + [None, None])[:3]
    r["places"].append({"start": 0, "end": 1, "name": name, "lat": None, "lon": None, "country": country, "feature": feature,
                        "geonameid": None})
    return len(r["places"]) - 1


def statement(r, speaker, span):
    r["statements"].append({"id": "0", "speaker": entity(r, speaker), "speaker_span": None, "cue": None, **span,
                            "kind": "indirect", "date": None, "place": None, "addressee": None, "cited_by": None})
    return len(r["statements"]) - 1


def event(r, line):
    head, _, words = line.partition(" : ")
    kind, actor, recipient, *more = head.split()
    more = dict(x.split("=") for x in more)
    start = len(r["text"])
    r["text"] += words + "\n"
    span = {"start": start, "end": start + len(words)}
    r["sentences"].append([span["start"], span["end"]])
    said = statement(r, more["by"], span) if "by" in more else None
    if "said" in more:
        r["claims"].append({"id": "0", "about": [entity(r, actor), entity(r, recipient)], "tie": more["said"], "holds": True,
                            "change": "none", "scope": [], "statement": said, "side": "third", **span, "rule": "test:1"})
        return
    day = more.get("day")
    r["events"].append({"id": "0", "event": kind, "modes": [more["mode"]] if "mode" in more else [], "contexts": [],
                        "actors": [entity(r, actor)], "recipients": [entity(r, recipient)],
                        "date": {"from": day, "to": day} if day else None,
                        "place": place(r, more["place"]) if "place" in more else None, "auxiliary": [], "statement": said,
                        "quad": 1, "scale": 1, "goldstein": 1, "cameo": "040", "sentence": len(r["sentences"]) - 1, **span,
                        "rule": "test:1", "confidence": .75})


def records(lines):
    r = None
    for line in lines:
        if not line.strip():
            continue
        if line[0] != " ":
            if r:
                yield r
            name, day, outlet, *conflict = line.split()
            r = record(name, day, outlet, bool(conflict))
        else:
            event(r, line.strip())
    if r:
        yield r


if __name__ == "__main__":
    for r in records(sys.stdin):
        print(json.dumps(r))
