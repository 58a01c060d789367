/* inside: what the files of src/event share. */
#ifndef EVENT_INSIDE_H
#define EVENT_INSIDE_H

#include "doc/doc.h"

/* Word sets that the code asks for by name; lexicon/en/moods.txt holds them. */
#define SETS(X)                                                                                                        \
    X(LIGHT) X(UNDERGO) X(DENIAL) X(HYPOTHESIS) X(FUTURE) X(REAL) X(ALLEGED) X(FICTION) X(QUIET) X(SAY) X(DISTANT) X(GENERIC) X(PROTESTING) X(DEVICE) X(WEAPON)                            \
    X(BELIEVED) X(HEARSAY) X(UNTRUE) X(UNSURE) X(FIGURE) X(FIGURE_SUBJECT) X(HARMABLE) X(COUNTED) X(VICTIM) X(PRISON) X(SPORT) X(SITE)                                  \
    X(CALAMITY) X(GROUP) X(SUFFERED) X(OVERRUN) X(MISHAP) X(CAPTIVE)

typedef struct coder {
    doc *d;
    const kb *k;
    matcher *m;
#define X(name) uint32_t name;
    SETS(X)
#undef X
    uint32_t context_first, context_count; /* sets whose words speak of contexts */
    bool sport;                            /* the whole document is about games */
    bool home;                             /* it speaks of one country alone */
    uint8_t *context_of;                   /* by set, from the first: the context, or CONTEXT_COUNT */
} coder;

/* One reading of a sentence on its way to an event. */
typedef struct reading {
    match match;
    kb_rule rule;
    uint32_t carrier; /* bears tense and negation: the verb, or the light verb of a noun */
    bool idiom, dropped, hidden, alleged;
    uint8_t inner;    /* type of the act that is asked for, threatened or refused, or EVENT_COUNT */
    str inner_modes;
    uint32_t refuser; /* token of who refused this request, or NONE */
    float doubt;
} reading;

/* Whether this token is one of the words that the pattern of the reading asked for. */
bool reading_takes(const reading *r, uint32_t token);

/* ---- mood.c: asserted, denied, supposed, to come, long past ---- */

uint8_t mood_of(coder *c, uint32_t trigger, uint32_t carrier, bool *ret_announced);
/* `when` is the event's own date. */
bool mood_historical(const coder *c, uint32_t carrier, date when);

/* ---- parties.c: who acts and who receives ---- */

/* Both sides as far as the words tell, the pattern's own first; a side of which nothing is told stays empty. */
void parties_find(coder *c, const reading *r, party *actors, party *recipients);
/* Whether the one who acts is called by name. */
bool parties_named(const coder *c, uint32_t actor);
/* Types of acts that are done to somebody against their will: ASSAULT, COERCE, SANCTION. */
bool parties_harmed(uint8_t type);

/* ---- quiet.c: what is no event ---- */

/* A report of matches: what its other sentences tell is of games too. */
bool quiet_sport(const coder *c);
/* Firms that agree, quarrel and part among themselves. */
bool quiet_business(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients);
/* What happens among private people, in matches, to the press, or to things: of no concern for who takes part in it. */
bool quiet_parties(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients);
/* Sport, kitchens and markets speak of attacks and allies too. */
bool quiet_reading(const coder *c, const reading *r);

/* ---- relevance.c ---- */

/* Whether an act of such parties belongs in a ledger of powers (docs/decisions/plover.md tells the rule); `actor` is the token of the
 * one who acts, or NONE. */
bool event_matters(const coder *c, uint8_t type, uint32_t actor, const party *actors, const party *recipients);

/* Whether too little is told of who takes part for an event of this type. */
bool event_lacks_party(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients);
/* Somebody who acts for a power, or fights one. */
bool event_of_state(const entity *e);
/* Whether those who take part are of two powers or more. */
bool event_abroad(const coder *c, const party *actors, const party *recipients);

/* ---- confidence.c ---- */

/* 0 to 1: the share of such findings that are right, type and both parties. */
float confidence_of(const coder *c, const reading *r, const party *actors, const party *recipients);
/* Whether nearly all that the document names belongs to one country. */
bool confidence_page_of_one(const doc *d);

/* ---- where.c: the ground it happened on, and the day ---- */

/* The most exact place (number in the document's) that is told of the event, or NONE. */
uint32_t where_place(const coder *c, const reading *r, const party *actors, const party *recipients);
/* The day or days of the event, NO_DATE where none is told; `type`: what it became, since words have the day of the verb that reports them, deeds
 * their own. */
date where_date(const coder *c, const reading *r, uint8_t type);

#endif
