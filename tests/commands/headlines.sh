#!/usr/bin/env bash
# --headlines: title, deck and each item of the lists follow their page as small documents, dated as the item is.
. "$(dirname "$0")/common.sh"

cat > "$room/page.html" <<'PAGE'
<html lang=en><head><title>Harbour closed</title>
<meta name=description content="The port of the island is shut for a week, and nobody knows what the ferries will do.">
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-10-15", "headline": "Harbour closed"}</script></head>
<body><article><header><h1>Harbour closed</h1>
<p class=standfirst>The port of the island is shut for a week, and nobody knows what the ferries will do.</p></header>
<div class=story-body><p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>
<p>Ships from Tallow wait outside the walls, and their crews keep the engines warm.</p>
<p>Three ferries turned back to Marn at noon, and the fourth one never sailed.</p>
<p>The mayor asked the people of the island to wait for the weather to turn before they travel again.</p></div></article>
<aside class=related><h3>Latest news</h3><ul>
<li><a href=/n/1>Georgia does not confirm an alleged attack by Russia</a> <time datetime=2020-10-14>14 Oct</time></li>
<li><a href=/n/2>A new ferry for the northern islands</a> <span class=date>13 October 2020</span></li></ul></aside></body></html>
PAGE

cat > "$room/wanted" <<'ROWS'
article page.html 2020-10-15 The harbour of Norvik was closed
headline page.html#title 2020-10-15 Harbour closed
headline page.html#deck 2020-10-15 The port of the island is shut f
headline page.html#link0 2020-10-14 Georgia does not confirm an alle
headline page.html#link1 2020-10-13 A new ferry for the northern isl
ROWS
cd "$room"
gives 0 "$entente" read --headlines --format jsonl page.html
python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    print(r["kind"], r["origin"], r["dates"]["published"], r["text"][:32].strip())
    assert r["kind"] == "headline" or "alleged" not in r["text"], "a headline stands in the story"
' < out > rows
same rows wanted "the headlines are others than they should be"
gives 0 "$entente" read --format jsonl page.html
[ "$(wc -l < out)" = 1 ] || fail "headlines nobody asked for"
gives 0 "$entente" code --headlines --format jsonl page.html
! grep -q '"event"' out || fail "what is denied and alleged became an event"
