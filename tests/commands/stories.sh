#!/usr/bin/env bash
# Stories: which reports are one act, whatever the order in which they came.
. "$(dirname "$0")/common.sh"
records="python3 $root/tests/commands/records.py"

# put LEDGER: the plan on standard input, added.
put() {
    $records > "$room/plan.jsonl"
    gives 0 "$entente" add --quiet --input record --ledger "$1" "$room/plan.jsonl"
}

# stories LEDGER: one line each: who, whom, day, how many reports, whether told by a party.
stories() {
    sqlite3 "$1" "SELECT actor, recipient, event, day, reports, told_by_a_party FROM acts ORDER BY 1, 2, 3, 4, 5"
}

# told LEDGER LINE...: exactly these stories are in it.
told() {
    ledger=$1
    shift
    printf '%s\n' "$@" | sort > "$room/wanted"
    stories "$ledger" | sort > "$room/stories"
    diff "$room/wanted" "$room/stories" >&2 || fail "other stories than wanted"
}

# A report that moves to the day on which the same words told the act first leaves its day empty. Who had joined it there
# must not stay behind.
first='copy 2021-05-10 North_Post
  REQUEST NOR FIN : Norway asked Finland on Monday to reopen the northern road for lorries at once.'
joined='other 2021-05-11 South_Post
  REQUEST NOR FIN : A road closed since the winter was again the wish of Oslo towards Helsinki.'
before='before 2021-05-07 East_Post
  REQUEST NOR FIN : Norway asked Finland on Monday to reopen the northern road for lorries at once.'
put "$room/moved.db" <<< "$first"
put "$room/moved.db" <<< "$joined"
told "$room/moved.db" 'NOR|FIN|REQUEST|2021-05-10|2|0'
put "$room/moved.db" <<< "$before"
told "$room/moved.db" 'NOR|FIN|REQUEST|2021-05-07|2|0' 'NOR|FIN|REQUEST|2021-05-11|1|0'

# An act told by one of the two alone is kept apart until somebody uninvolved tells it; what a power says is its own act.
put "$room/party.db" <<'END'
own 2021-06-01 North_Post
  AID NOR FIN by=NOR : The foreign ministry in Oslo said that Norway had sent Finland two ships full of grain.
other 2021-06-01 North_Post
  ACCUSE SWE DNK by=SWE : Sweden said that Denmark had closed the strait to its fishermen without a word of warning.
END
told "$room/party.db" 'NOR|FIN|AID|2021-06-01|1|1' 'SWE|DNK|ACCUSE|2021-06-01|1|0'
gives 0 "$entente" export --unit dyad-month --ledger "$room/party.db"
! grep -q '^NOR,FIN' "$room/out" || fail "an act told by a party stands in the panel"
put "$room/party.db" <<'END'
third 2021-06-02 South_Post
  AID NOR FIN by=SWE : Swedish officers in the port counted two Norwegian ships that unloaded grain for the Finns.
END
told "$room/party.db" 'NOR|FIN|AID|2021-06-01|2|0' 'SWE|DNK|ACCUSE|2021-06-01|1|0'
gives 0 "$entente" export --unit dyad-month --ledger "$room/party.db"
grep -q '^NOR,FIN' "$room/out" || fail "an act told by somebody uninvolved does not stand in the panel"

# Other modes and other places are other acts; who names none joins. A day later is the same act, two days later another.
put "$room/acts.db" <<'END'
a 2021-07-01 North_Post
  CONSULT NOR FIN mode=visit place=Turku : The king of Norway came to Turku on a ship with white sails.
b 2021-07-01 South_Post
  CONSULT NOR FIN mode=phone : The two prime ministers spoke for an hour on the telephone about grain.
c 2021-07-01 East_Post
  CONSULT NOR FIN mode=visit place=Oulu : In Oulu the Norwegian minister of roads saw the new bridge with his hosts.
d 2021-07-02 West_Post
  CONSULT NOR FIN place=Turku : The harbour of Turku was full of flags for the guest from the north.
e 2021-07-03 West_Post
  CONSULT NOR FIN : Norwegians and Finns talked at length about timber and about birds.
END
told "$room/acts.db" 'NOR|FIN|CONSULT|2021-07-01|2|0' 'NOR|FIN|CONSULT|2021-07-01|1|0' 'NOR|FIN|CONSULT|2021-07-01|1|0' \
    'NOR|FIN|CONSULT|2021-07-03|1|0'

# The same words within a fortnight are the same telling; later they are another; eight outlets are one story.
words='Norway lent Finland four aeroplanes to look for the lost ship in the ice of the gulf.'
for n in 1 2 3 4 5 6 7 8; do
    printf 'copy%d 2021-08-0%d Outlet_%d\n  AID NOR FIN : %s\n' $n $n $n "$words"
done | put "$room/copies.db"
told "$room/copies.db" 'NOR|FIN|AID|2021-08-01|8|0'
printf 'late 2021-08-20 Outlet_9\n  AID NOR FIN : %s\n' "$words" | put "$room/copies.db"
told "$room/copies.db" 'NOR|FIN|AID|2021-08-01|8|0' 'NOR|FIN|AID|2021-08-20|1|0'

# Who tells the day of the act is believed: two talks on two days are two. Who does not may tell of the day before.
put "$room/days.db" <<'END'
a 2022-02-02 North_Post
  CONSULT NOR FIN day=2022-02-01 : On the first day the two talked about the fish of the northern sea.
b 2022-02-03 South_Post
  CONSULT NOR FIN day=2022-02-02 : Railways were what Norwegians and Finns spent the second day with.
c 2022-02-02 East_Post
  CONSULT NOR FIN : Fish and ice were in the speeches, and nobody told when they were held.
END
told "$room/days.db" 'NOR|FIN|CONSULT|2022-02-01|2|0' 'NOR|FIN|CONSULT|2022-02-02|1|0'
# So is who tells on the day itself; but a day that had not come yet when it was told is no day of what was done.
put "$room/today.db" <<'END'
a 2022-02-21 North_Post
  CONSULT NOR FIN day=2022-02-21 : Ships were what both spoke of on the first day of the week.
b 2022-02-22 South_Post
  CONSULT NOR FIN day=2022-02-22 : On Tuesday the table was full of papers on the railway.
c 2022-03-21 North_Post
  CONSULT NOR FIN day=2022-03-21 : Fish was in every speech of the first of the two days.
d 2022-03-22 South_Post
  CONSULT NOR FIN day=2022-03-27 : Nobody in the north knew by Sunday what had been said about ice.
END
told "$room/today.db" 'NOR|FIN|CONSULT|2022-02-21|1|0' 'NOR|FIN|CONSULT|2022-02-22|1|0' 'NOR|FIN|CONSULT|2022-03-21|2|0'

# A near copy that leaves out the day comes to its story three days later, and not after that; of two stories to that which
# it is most alike.
put "$room/near.db" <<'END'
a 2022-03-02 North_Post
  AID NOR FIN day=2022-03-01 : Norway lent Finland four aeroplanes on Tuesday to look for the lost ship in the gulf.
b 2022-03-03 North_Post
  AID NOR FIN day=2022-03-02 : Norway lent Finland eleven divers on Wednesday to look for the lost ship in the gulf.
c 2022-03-04 East_Post
  AID NOR FIN : Norway has lent Finland four aeroplanes to look for the ship lost in the gulf.
d 2022-03-06 East_Post
  AID NOR FIN : Norway has lent Finland four planes, to look for the ship lost in the gulf.
END
told "$room/near.db" 'NOR|FIN|AID|2022-03-01|2|0' 'NOR|FIN|AID|2022-03-02|1|0' 'NOR|FIN|AID|2022-03-06|1|0'

# A near copy may be read as another mode; but who tells two modes in one text tells of two acts, and so do other words.
put "$room/modes.db" <<'END'
a 2022-04-01 North_Post
  REQUEST NOR FIN mode=change : Norway called on Finland and Sweden to open the northern road for lorries.
b 2022-04-01 South_Post
  REQUEST NOR FIN mode=yield : Norway urged Finland and Sweden to open the northern road for its lorries.
c 2022-04-01 East_Post
  REQUEST NOR FIN mode=assist : Helsinki was to give the money for a new ferry, if Oslo had its way.
d 2022-05-01 North_Post
  CONSULT NOR FIN mode=visit : The king of Norway came to Turku and later spoke with Helsinki on the telephone.
  CONSULT NOR FIN mode=phone : The king of Norway came to Turku, and later spoke with Helsinki on the telephone.
END
told "$room/modes.db" 'NOR|FIN|REQUEST|2022-04-01|2|0' 'NOR|FIN|REQUEST|2022-04-01|1|0' 'NOR|FIN|CONSULT|2022-05-01|1|0' \
    'NOR|FIN|CONSULT|2022-05-01|1|0'

# A near copy with another town is another act; a country is no other place than a town of it.
put "$room/towns.db" <<'END'
a 2022-06-01 North_Post
  ASSAULT NOR FIN place=Turku/FIN : Norwegian guns fired at the harbour of Turku on Wednesday and sank two boats.
b 2022-06-01 South_Post
  ASSAULT NOR FIN place=Oulu/FIN : Norwegian guns fired at the harbour of Oulu on Wednesday and sank two boats.
c 2022-07-01 North_Post
  ASSAULT NOR FIN place=Finland/FIN/PCLI : The first shells since the war came down on Finland.
d 2022-07-01 South_Post
  ASSAULT NOR FIN place=Turku/FIN : A church tower in Turku was hit from the sea.
e 2022-07-01 East_Post
  ASSAULT NOR FIN place=Sweden/SWE/PCLI : Some of what was meant for the Finns fell on Swedish ground.
END
told "$room/towns.db" 'NOR|FIN|ASSAULT|2022-06-01|1|0' 'NOR|FIN|ASSAULT|2022-06-01|1|0' 'NOR|FIN|ASSAULT|2022-07-01|2|0' \
    'NOR|FIN|ASSAULT|2022-07-01|1|0'

# When the first telling is withdrawn, the next is the first.
first=$(sqlite3 "$room/copies.db" "SELECT e.id FROM events e JOIN documents d ON d.number = e.document WHERE d.origin = 'copy1'")
gives 0 "$entente" reject "$first" --because 'a test' --ledger "$room/copies.db"
told "$room/copies.db" 'NOR|FIN|AID|2021-08-02|7|0' 'NOR|FIN|AID|2021-08-20|1|0'
