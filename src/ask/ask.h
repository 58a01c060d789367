/* ask: what a ledger and the knowledge answer together: how two powers stand on a day, how that moved, whether duties were
 * kept, and tables for analysis. Answers live in the arena that they were made in. */
#ifndef ASK_H
#define ASK_H

#include "ask/measure.h"
#include "ledger/ledger.h"

/* The power that a code, identifier, name, demonym or capital means, or NONE; then `*ret_nearest` (which may be NULL)
 * names the powers that are spelled most like it. */
uint32_t ask_power(const kb *k, arena *a, str text, str *ret_nearest);

/* ---- what the answers are made of ---- */

/* One story: an act with all its reports. */
typedef struct ask_act {
    int64_t event;  /* key of the report that tells it best */
    uint8_t type;   /* EVENT_ */
    day day;
    bool backwards; /* B towards A */
    bool party;     /* told by one of the two alone, so kept apart */
    int64_t reports;
    float weight;
    uint32_t outlet; /* number of the only one that told it, or NONE */
    str told;        /* the ledger's list of who told it */
    day known;       /* what was told later is left out */
    /* Of the report, where somebody will see it; empty else. */
    str id, mode, contexts, sentence, outlet_name, origin, place, country;
} ask_act;
typedef VEC(ask_act) ask_acts;

typedef struct ask_claim {
    str id;
    str speaker, role; /* empty where nobody is named */
    str side, tie, change;
    bool holds, formal, practical;
    day day;
    str sentence, outlet, origin;
    bool contradicts; /* the registry, */
    kb_bond against;  /* which has this bond on the day of the claim */
} ask_claim;

/* How many speakers of one side said that a tie holds, or that it does not: a speaker counts once for each. */
typedef struct claim_tally {
    str side, tie;
    uint32_t yes, no;
} claim_tally;

/* What was read of the days from .. to. Where both counts are 0 nothing may be told of them, not even a zero. */
typedef struct reading {
    day from, to;
    int64_t documents, headlines, outlets;
    int64_t days; /* of which anything was read */
} reading;
static inline bool reading_any(const reading *r) { return r->documents || r->headlines; }

enum { WORDS, DEEDS };

/* ---- duties put to the test (duty.c) ---- */

/* Where an attack was. The ally's territory is what the gazetteer gives to its state: what is recognised, not what is held. */
enum { GROUND_OWN, GROUND_UNTOLD, GROUND_ELSEWHERE, GROUND_COUNT };

/* What somebody who owed defence or consultation did. The last four are not help. */
enum { DID_FORCE,   /* used force or threatened it with troops against the attacker */
       DID_AID,     /* aid, or military cooperation, with the ally */
       DID_PRESSED, /* sanctions, threats, protest against the attacker */
       DID_STOOD,   /* said that it supports the ally */
       DID_TALKED,  /* talks and agreements with the ally */
       DID_ASKED,   /* asked something of the ally */
       DID_REFUSED, /* rejected what the ally wanted */
       DID_AGAINST, /* acted against the ally */
       DID_AIDED_ATTACKER,
       DID_COUNT };
extern const char *const ask_did_names[DID_COUNT];

typedef struct duty_act {
    ask_act act;
    uint8_t did;       /* DID_ */
    uint32_t towards;  /* entity */
} duty_act;

/* An attack: the others of the same run, no two more than 30 days apart, are put to the test together with it. */
typedef struct duty_attack {
    ask_act act;
    int64_t where;  /* the event of the report that tells the place best, as a key */
    uint32_t by;    /* entity */
    uint8_t ground; /* GROUND_ */
    bool armed;     /* an assault or a seizure; else troops were moved */
} duty_attack;

typedef struct duty_test {
    uint32_t obliged, ally;
    uint8_t ground;
    day first, last;             /* of the run of attacks */
    VEC(duty_attack) attacks;
    VEC(kb_bond) ties;           /* with a duty of defence or consultation, in force on the first day */
    VEC(duty_act) did[2];        /* within 30 days of the first attack, and on days 31 to 90 */
    VEC(duty_act) told_by_party; /* in those 90 days, told by one of the two alone: kept apart */
    reading read[2];
    day known;                   /* nothing later was asked for */
} duty_test;

typedef struct duties {
    const kb *k;
    uint32_t obliged, ally;    /* `obliged` may be NONE: everybody */
    bool owed;                 /* somebody asked about ever owed it; else nothing was looked for */
    VEC(duty_test) tests;
    VEC(duty_attack) apart;    /* not on the ally's territory, short of an attack, or told by a party alone */
    uint32_t unbound;          /* runs of attacks when `obliged` owed nothing of the kind */
    reading read;
} duties;

typedef struct duty_wish {
    uint32_t ally, obliged; /* entities; `obliged` may be NONE: everybody */
    day from, to;           /* of the attacks; NO_DAY: all of the ledger */
    day known;              /* nothing later is asked for; NO_DAY: the last day of the ledger */
    bool every;             /* the sentence of every attack, and not of the first of each run alone */
} duty_wish;
/* Attacks of third powers on the ally, and what those did who owed it defence or consultation. 0 or a code. */
int ask_duties(ledger *l, const kb *k, arena *memory, const duty_wish *w, duties *ret, entente_error *ret_error);
void duties_json(const duties *d, buffer *out);
void duties_text(const duties *d, bool colour, buffer *out);

/* ---- how two powers stand ---- */

/* How a and b stood on a day. */
typedef struct standing {
    const kb *k;
    uint32_t a, b; /* entities */
    day on;
    int window;    /* days */
    VEC(kb_bond) ties;
    ask_acts acts; /* by day, both ways */
    measure conduct[2][2]; /* [A towards B, B towards A][WORDS, DEEDS] */
    VEC(ask_claim) claims;
    VEC(claim_tally) tally;
    duties duty[2];    /* A's towards B, B's towards A */
    reading read;      /* in the window */
    date known;        /* days of the whole ledger */
    int64_t undated;   /* documents kept out: their dates contradict each other */
    day known_until;   /* of the ties; past it they may have changed */
} standing;

/* `on` = NO_DAY: the last day of the ledger. 0, ENTENTE_IO or ENTENTE_DATA. */
typedef struct standing_wish {
    uint32_t a, b;
    day on;
    int window;
    bool every; /* the id of every act, as the JSON wants it, and not of the latest alone */
} standing_wish;
int ask_standing(ledger *l, const kb *k, arena *memory, const standing_wish *w, standing *ret, entente_error *ret_error);
/* As JSON (docs/schema.md), or for people. */
void standing_json(const standing *s, buffer *out);
void standing_text(const standing *s, bool colour, buffer *out);

/* ---- series and movers (series.c, movers.c) ---- */

enum { BY_MONTH, BY_YEAR };
typedef struct series_wish {
    uint32_t a, b;
    day from, to; /* NO_DAY: where the ledger begins and ends */
    int by;       /* BY_ */
} series_wish;
/* The measure of each month or year, both ways, words and deeds: a row each. Separator ',' '\t', or 0 for JSON lines. Cells
 * are empty where nothing was read or the evidence is not enough. */
int ask_series(ledger *l, const kb *k, arena *memory, const series_wish *w, char separator, buffer *out, entente_error *ret_error);

/* A pair of states whose conduct moved since a day: the stories after it against those of the window before. */
typedef struct mover {
    uint32_t a, b; /* entities */
    int realm;
    measure before, after;
    measure_change change;
    ask_act act;   /* the story that weighs most in the direction of the change */
} mover;
typedef struct movers {
    const kb *k;
    day since, on;
    int window;
    VEC(mover) list; /* the most moved first */
    reading before, after; /* where nothing was read of either, nobody is known to have moved or not */
} movers;
typedef struct movers_wish {
    day since, on; /* `on` NO_DAY: the last day of the ledger */
    int window;
    uint32_t most;
} movers_wish;
int ask_movers(ledger *l, const kb *k, arena *memory, const movers_wish *w, movers *ret, entente_error *ret_error);
void movers_json(const movers *m, buffer *out);
void movers_text(const movers *m, bool colour, buffer *out);

/* ---- opening, searching, exporting ---- */

/* What stands behind an id: a finding's, a document's, or "tie:NAME". ENTENTE_USAGE where there is none. */
int ask_why(ledger *l, const kb *k, str id, buffer *out, entente_error *ret_error);

/* How a table is wanted. */
typedef struct export_wish {
    int system;      /* KB_CODES_ISO, or another system of country codes */
    bool undirected; /* panels: both directions of a pair in one row */
    char separator;  /* ',' '\t', or 0 for JSON lines */
    day from, to;    /* NO_DAY: all of the ledger. Ties and corrections are whole, and so are months and years of panels */
} export_wish;

/* A table of the ledger: event, story, statement, claim, tie, coverage, correction, dyad-month or dyad-year. */
int ask_export(ledger *l, const kb *k, str unit, const export_wish *w, entente_sink *sink, void *closure, entente_error *ret_error);
/* All tables as files of a folder, which is made, with datapackage.json, manifest.json and CITATION.cff. */
int ask_package(ledger *l, const kb *k, const char *folder, const export_wish *w, entente_error *ret_error);

/* What is looked for. Empty strings ask for nothing; powers are identifiers, days ISO. `by`: instead of the sentences, how
 * many there are of each type, actor, recipient, outlet, month or year. */
typedef struct search {
    str words, type, actor, recipient, from, to, by;
    int64_t limit;
} search;
/* `*ret_read`: what was read of the days asked for. */
int ask_find(ledger *l, arena *a, const search *s, char separator, buffer *out, uint64_t *ret_rows, reading *ret_read,
             entente_error *ret_error);

#endif
