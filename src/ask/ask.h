/* ask: what a ledger and the knowledge answer together: how two powers stand on a day. */
#ifndef ASK_H
#define ASK_H

#include "ask/measure.h"
#include "ledger/ledger.h"

/* The power that a code, identifier, name, demonym or capital means, or NONE; then `*ret_nearest` (which may be NULL)
 * names the powers that are spelled most like it. */
uint32_t ask_power(const kb *k, arena *a, str text, str *ret_nearest);

/* One story: an act with all its reports. */
typedef struct ask_act {
    int64_t event; /* key of the report that tells it best */
    str id;        /* of that event */
    uint8_t type;  /* EVENT_ */
    day day;
    bool backwards; /* B towards A */
    bool party;     /* told by one of the two alone, so kept apart */
    int64_t reports;
    float weight;
    uint32_t outlet; /* the only one that told it, or NONE */
    str mode, sentence, outlet_name, origin;
} ask_act;

typedef struct ask_claim {
    str id;
    str speaker, role; /* empty where nobody is named */
    str side, tie, change;
    bool holds, formal, practical;
    day day;
    str sentence, outlet, origin;
    uint32_t against; /* a bond in `ties` that it contradicts, or NONE */
} ask_claim;

enum { WORDS, DEEDS };

/* How a and b stood on a day. Strings live in the arena that the answer was made in. */
typedef struct standing {
    const kb *k;
    uint32_t a, b; /* entities */
    day on;
    int window;    /* days */
    VEC(kb_bond) ties;
    VEC(ask_act) acts; /* by day, both ways */
    measure conduct[2][2]; /* [A towards B, B towards A][WORDS, DEEDS] */
    VEC(ask_claim) claims;
    int64_t documents, outlets; /* read in the window */
    day first, last;            /* days of the whole ledger */
    int64_t undated;            /* documents kept out: their dates contradict each other */
    day known_until;            /* of the ties; past it they may have changed */
} standing;

/* `on` = NO_DAY: the last day of the ledger. 0, ENTENTE_IO or ENTENTE_DATA. */
int ask_standing(ledger *l, const kb *k, arena *memory, uint32_t a, uint32_t b, day on, int window, standing *ret,
                 entente_error *ret_error);

/* As JSON (docs/schema.md), or for people. */
void standing_json(const standing *s, buffer *out);
void standing_text(const standing *s, bool colour, buffer *out);

/* What stands behind an id: a finding's, a document's, or "tie:NAME". ENTENTE_USAGE where there is none. */
int ask_why(ledger *l, const kb *k, str id, buffer *out, entente_error *ret_error);

/* A table of the ledger: event, statement, claim, tie, dyad-month or dyad-year; separator ',' '\t', or 0 for JSON lines. */
int ask_export(ledger *l, str unit, char separator, buffer *out, entente_error *ret_error);

/* What is looked for. Empty strings ask for nothing; powers are identifiers, days ISO. */
typedef struct search {
    str words, type, actor, recipient, from, to;
    int64_t limit;
} search;
int ask_find(ledger *l, arena *a, const search *s, char separator, buffer *out, entente_error *ret_error);

#endif
