/* inside: what the files of src/event share. */
#ifndef EVENT_INSIDE_H
#define EVENT_INSIDE_H

#include "doc/doc.h"

/* Word sets that the code asks for by name; lexicon/en/moods.txt holds them. */
#define SETS(X)                                                                                                        \
    X(LIGHT) X(UNDERGO) X(DENIAL) X(HYPOTHESIS) X(FUTURE) X(REAL) X(ALLEGED) X(FICTION) X(QUIET) X(PERSON) X(SAY) X(DISTANT) X(GENERIC) X(QUIETING)

typedef struct coder {
    doc *d;
    const kb *k;
    matcher *m;
#define X(name) uint32_t name;
    SETS(X)
#undef X
} coder;

/* One reading of a sentence on its way to an event. */
typedef struct reading {
    match match;
    kb_rule rule;
    uint32_t carrier; /* bears tense and negation: the verb, or the light verb of a noun */
    bool idiom, dropped, hidden, alleged;
    float doubt;
} reading;

enum { PARTY_LIMIT = 16 };
typedef struct party {
    uint32_t entity[PARTY_LIMIT];
    uint32_t count;
    bool guessed; /* not by syntax but by what else the sentence names */
} party;

/* ---- party.c: from words to entities ---- */

/* The powers or groups that a noun phrase names, its coordinations included. */
void party_of(coder *c, uint32_t token, party *ret);
/* Whose something is: its possessive, adjective, or "of", "from", "against" ... phrase. */
void party_of_owner(coder *c, uint32_t noun, party *ret);
/* The first party below `token` that shares no entity with `not`. */
void party_below(coder *c, uint32_t token, const party *not, party *ret);
bool party_has(const party *p, uint32_t entity);
void party_without(party *p, const party *not);
/* A group without a country gets the one its sentence names first. */
void party_guess(coder *c, uint32_t token, const party *other, party *ret);

/* ---- mood.c: asserted, denied, supposed, to come, long past ---- */

uint8_t mood_of(coder *c, uint32_t trigger, uint32_t carrier, bool *ret_announced);
/* The day or days of the event, NO_DATE where none is told. */
date mood_date(coder *c, uint32_t carrier);
bool mood_historical(coder *c, uint32_t carrier);

#endif
