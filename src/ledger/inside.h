/* What the files of the ledger share and nobody else sees. */
#ifndef LEDGER_INSIDE_H
#define LEDGER_INSIDE_H

#include <sqlite3.h>

#include "ledger/ledger.h"
#include "write/write.h"

extern const char *const ledger_schema; /* schema.c */

/* The statements that writing uses, prepared once. */
#define STATEMENT_LIST_OF_LEDGER(X)                                                                                    \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                                        \
    X(COMMIT, "COMMIT")                                                                                                \
    X(FIND_DOCUMENT, "SELECT d.number, r.version || ' ' || r.knowledge FROM documents d JOIN runs r ON r.number = d.run" \
                     " WHERE d.id = ? AND d.superseded IS NULL")                                                       \
    X(FIND_RECODED, "SELECT max(d.number) FROM temp.recoded r JOIN documents d ON d.number = r.number"                 \
                    " AND d.superseded IS NULL WHERE r.origin = ? HAVING count(*) = 1")                                \
    X(FIND_SETTLED, "SELECT settled FROM documents WHERE number = ?")                                                  \
    X(FIND_TOMBSTONE, "SELECT 1 FROM corrections WHERE what = 'remove' AND (id = ? OR value = ?)")                     \
    X(FIND_WITHDRAWN, "SELECT 1 FROM withdrawn WHERE id = ?")                                                          \
    X(FIND_DATE, "SELECT value FROM corrections WHERE id = ? AND what = 'date' ORDER BY number DESC LIMIT 1")          \
    X(PUT_DOCUMENT, "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)")                   \
    X(SUPERSEDE, "UPDATE documents SET superseded = ? WHERE number = ?")                                               \
    X(PUT_SENTENCE, "INSERT INTO sentences VALUES (?,?,?,?,?)")                                                        \
    X(PUT_WORDS, "INSERT INTO words(rowid, text) VALUES (?,?)")                                                        \
    X(PUT_FACETS, "INSERT INTO facets(rowid, codes) VALUES (?,?)")                                                     \
    X(PUT_ENTITY, "INSERT INTO entities VALUES (?,?,?,?,?,?,?,?,?,?)")                                                 \
    X(PUT_MENTION, "INSERT OR IGNORE INTO mentions VALUES (?,?,?,?)")                                                  \
    X(PUT_PLACE, "INSERT INTO places VALUES (?,?,?,?,?,?,?)")                                                          \
    X(PUT_STATEMENT, "INSERT INTO statements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                              \
    X(PUT_EVENT, "INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                                      \
    X(PUT_ACTOR, "INSERT OR IGNORE INTO event_actors VALUES (?,?)")                                                    \
    X(PUT_RECIPIENT, "INSERT OR IGNORE INTO event_recipients VALUES (?,?)")                                            \
    X(PUT_CLAIM, "INSERT INTO claims VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                                    \
    X(PUT_COVERAGE, "INSERT INTO coverage VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents," \
                    " headlines = headlines + excluded.headlines, events = events + excluded.events")                  \
    X(DROP_COVERAGE, "DELETE FROM coverage WHERE documents = 0 AND headlines = 0 AND day = ?")                         \
    X(PUT_DAY, "INSERT INTO days VALUES (?,?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents")   \
    X(DROP_DAY, "DELETE FROM days WHERE documents = 0 AND day = ? AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.day = days.day)") \
    X(FIND_RULE, "SELECT number FROM rules WHERE place = ? AND text = ?")                                              \
    X(PUT_RULE, "INSERT INTO rules(place, text) VALUES (?,?)")                                                         \
    X(FIND_OUTLET, "SELECT number FROM outlets WHERE name = ?")                                                        \
    X(PUT_OUTLET, "INSERT INTO outlets(name) VALUES (?)")                                                              \
    X(FIND_POWER, "SELECT number FROM powers WHERE identifier = ?")                                                    \
    X(PUT_POWER, "INSERT INTO powers(identifier, name, state) VALUES (?,?,?)")                                         \
    X(POWER_STATE, "SELECT state FROM powers WHERE number = ?")                                                        \
    X(PUT_REPORT, "INSERT INTO reports VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL)")                            \
    X(FIND_ECHOES, "SELECT event, a, b, type, day, anchor, act_day FROM reports WHERE act_day >> 4 = ? AND echo = ?")  \
    X(MOVE_REPORT, "UPDATE reports SET day = ?, anchor = NULL, seq = NULL WHERE event = ? AND a = ? AND b = ?")        \
    X(FIND_REPORT, "SELECT a, b, type, day, anchor, echo, act_day FROM reports WHERE event BETWEEN ? AND ?")           \
    X(DROP_REPORTS, "DELETE FROM reports WHERE event BETWEEN ? AND ?")                                                 \
    X(FIND_REPORTS, "SELECT event, finding, published, outlet, weight, party, mode, place, anchor, seq, day, dated, words" \
                    " FROM reports WHERE a = ? AND b = ? AND type = ? AND day BETWEEN ? AND ?")                        \
    X(SET_STORY, "UPDATE reports SET anchor = ?, seq = ? WHERE event = ? AND a = ? AND b = ?")                         \
    X(FIND_STORIES, "SELECT party FROM stories WHERE a = ? AND b = ? AND day = ? AND type = ?")                        \
    X(DROP_STORIES, "DELETE FROM stories WHERE a = ? AND b = ? AND day = ? AND type = ?")                              \
    X(PUT_STORY, "INSERT INTO stories VALUES (?,?,?,?,?,?,?,?,?,?)")                                                   \
    X(PUT_POOL, "INSERT INTO pool VALUES (?,?,?) ON CONFLICT DO UPDATE SET stories = stories + excluded.stories")      \
    X(PUT_RUN, "INSERT INTO runs(version, knowledge, options, begun) VALUES (?,?,?,?)")                                \
    X(COUNT_RUN, "UPDATE runs SET read = ?, added = ?, known = ?, rejected = ? WHERE number = ?")                      \
    X(PUT_CORRECTION, "INSERT INTO corrections(what, id, value, because, who, made) VALUES (?,?,?,?,?,?)")              \
    X(STORED_HEAD, "SELECT settled, published, reference, conflict, outlet FROM documents WHERE number = ?")           \
    X(STORED_COUNTS, "SELECT kind = 'headline', (SELECT count(*) FROM events WHERE key BETWEEN ?2 AND ?3) FROM documents" \
                     " WHERE number = ?1")                                                                             \
    X(STORED_EVENTS, "SELECT e.key, e.finding, t.number, e.auxiliary, e.first_day, e.last_day, e.confidence, e.modes, p.name," \
                     " p.country, p.feature, x.text, w.power FROM events e JOIN types t ON t.event = e.event"          \
                     " LEFT JOIN places p ON p.key = e.place AND p.name <> '?' LEFT JOIN sentences x ON x.key = e.sentence" \
                     " LEFT JOIN statements s ON s.key = e.statement LEFT JOIN entities w ON w.key = s.speaker"        \
                     " WHERE e.key BETWEEN ? AND ? ORDER BY e.key")                                                    \
    X(STORED_ACTORS, "SELECT n.power FROM event_actors a JOIN entities n ON n.key = a.entity WHERE a.event = ?")       \
    X(STORED_RECIPIENTS, "SELECT n.power FROM event_recipients a JOIN entities n ON n.key = a.entity WHERE a.event = ?")

#define X(name, sql) SQL_##name,
enum { STATEMENT_LIST_OF_LEDGER(X) SQL_COUNT };
#undef X

/* A pair and type of act whose stories must be gathered again from this day on. */
typedef struct stale {
    int64_t a, b;
    int type;
    day day;
} stale;

enum { ASKED = 16 };

struct entente_ledger {
    sqlite3 *db;
    char *path, *lock_path;
    int lock;       /* file descriptor of the writer's lock, or -1 */
    int wrong;      /* the first SQLite code that was not good, since it was last looked at */
    sqlite3_stmt *statements[SQL_COUNT];
    sqlite3_stmt *asked[ASKED]; /* queries that were asked, each ready to be asked again */
    int asked_last;
    sqlite3_stmt *row; /* being filled */
    int column;
    bool open;      /* a transaction */
    bool corrected; /* there are corrections to heed */
    ledger_run run;
    char *run_mark; /* version and knowledge: what coded the documents of this run */
    int64_t run_number;
    uint64_t counts[4]; /* read, added, known, rejected */
    int64_t next_document;
    stale *stales;
    size_t stale_count, stale_room;
};

/* ---- errors ---- */

/* Remembers a code when it is the first that is not good; says whether all is still good. */
bool ledger_good(ledger *l, int code);
/* Room in a list of the heap for one element more, or false with SQLITE_NOMEM remembered; whoever owns it frees it. */
bool ledger_grow(ledger *l, void **at, size_t count, size_t *room, size_t size);
/* 0, or the error remembered, told and forgotten; an open transaction is undone. */
int ledger_outcome(ledger *l, entente_error *ret_error);

/* ---- rows: fill, then do. Nothing happens after a failure. ---- */

void row_start(ledger *l, int statement);
void row_int(ledger *l, int64_t value);
void row_real(ledger *l, double value);
void row_text(ledger *l, str s);      /* NULL where empty */
void row_name(ledger *l, const char *s);
void row_bytes(ledger *l, const void *at, int size); /* copied */
void row_iso(ledger *l, day d);       /* ISO text, NULL for NO_DAY */
void row_day(ledger *l, day d);       /* counted from 1970-01-01, NULL for NO_DAY */
void row_null(ledger *l);
void row_index(ledger *l, uint32_t number); /* NULL for NONE */
bool row_do(ledger *l);               /* a statement without rows; false after a failure */
bool row_next(ledger *l);             /* a statement with rows: whether there is one more; it is reset at the end */
void row_end(ledger *l);              /* reset before the end */

/* Ends a cursor of a writer's own; what went wrong the ledger remembers. */
void ledger_finished(ledger *l, ledger_cursor *c);

/* ---- parts ---- */

/* Begins a transaction where none is open; commits it. */
void ledger_start(ledger *l);
void ledger_finish(ledger *l);

/* Numbers in the small tables, made when they are not there. */
int64_t ledger_number_power(ledger *l, const kb *k, str identifier);
int64_t ledger_number_outlet(ledger *l, str name);
int64_t ledger_number_rule(ledger *l, const kb *k, uint32_t line, str given);

void ledger_stale(ledger *l, int64_t a, int64_t b, int type, day day);

enum { MOST_POWERS = 64 /* of one side of an event; a summit's list beyond that is cut */ };

/* The powers on one side of an event, each once. */
typedef struct powers {
    int64_t at[MOST_POWERS];
    uint32_t count;
} powers;
void ledger_powers_add(powers *p, int64_t power); /* 0 is nobody */

/* What of a document tells the days of its acts. */
typedef struct dated {
    day settled, published, reference; /* NO_DAY where unknown */
    bool conflict;
    int64_t outlet;
} dated;

/* The words of a sentence, each as a number below 256. */
typedef struct wordset {
    uint64_t bits[4];
} wordset;

/* An event as stories are made of it: from the document at hand, or from the rows that were kept of it. */
typedef struct told {
    int64_t event, finding; /* key and id */
    uint8_t type, auxiliary;
    date date;
    double confidence;            /* rounded as rows are, so that both make the same report */
    int64_t mode, place, letters; /* hashes, 0 where there is none */
    wordset words;                /* of its sentence; empty where none was kept */
    char country[4];              /* of its place, "" where none is told */
    bool seizes;                  /* ground, or what is held there */
    int64_t speaker;              /* the power by whose word it is told, or 0 */
    powers actors, recipients;
} told;
/* So many bits, that rows be short: modes are compared within a pair and a few days, echoes within a month. 0 for nothing. */
enum { MODE_BITS = 31, ECHO_BITS = 47 };
int64_t ledger_hash(str s, int bits);
int64_t ledger_letters(str s); /* of a sentence's letters alone; 0 where it is short and may come again by chance */
/* A place by its name and country; 0 where no place is told. A country is the same place as any in it. */
int64_t ledger_place(str name, str country, str feature);
bool ledger_same_place(int64_t a, int64_t b);
int64_t ledger_closer_place(int64_t a, int64_t b); /* which tells more, of two that are the same */
wordset ledger_words(str s);   /* of a sentence */
/* What is in both of what is in either, of a hundred; 0 where one has no words. */
int ledger_likeness(const wordset *a, const wordset *b);
/* A set as a column, and back. */
void row_words(ledger *l, const wordset *w);
wordset ledger_words_of(sqlite3_stmt *row, int column);
int64_t ledger_thousandths(float value); /* rounded, as records print it */

/* The reports of an event, pair by pair; what they touch becomes stale. */
void ledger_report(ledger *l, const dated *d, told *t);
/* Those of a document at hand, and of one that is in the ledger already. */
void ledger_report_doc(ledger *l, const doc *d, int64_t document, day settled, const int64_t *powers); /* those of its entities */
void ledger_report_stored(ledger *l, int64_t first_event, int64_t last_event); /* of one document, both included */
/* Takes the reports of events from a key to a key out again, both included. */
void ledger_unreport(ledger *l, int64_t first_event, int64_t last_event);

/* A day that a column counts from 1970-01-01; NO_DAY where it is null. */
static inline day ledger_day_at(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? NO_DAY : sqlite3_column_int(row, column);
}

/* Keys of a document's items: from the first to the last that there can be. */
static inline int64_t first_item(int64_t document)
{
    return document << LEDGER_ITEM_BITS;
}

static inline int64_t last_item(int64_t document)
{
    return ((document + 1) << LEDGER_ITEM_BITS) - 1;
}

/* Whether two codings of a document found the same. Rules are compared by their words: a line may have moved. */
bool ledger_same_coding(ledger *l, int64_t old, int64_t new);
/* One line in the list of corrections. */
void ledger_note(ledger *l, const char *what, str id, str value, str because, str who, str when);
/* Adds to what was read of an outlet on a day; negative takes away, and what has come to nothing goes. */
void ledger_cover(ledger *l, int64_t outlet, day day, int documents, int headlines, int events);
/* The same for a document that is in the ledger, with sign 1 or -1. */
void ledger_cover_stored(ledger *l, int64_t document, int sign);
/* A number by the first column of the row at hand, which is ended; 0 where there is none. */
int64_t row_number(ledger *l);

/* Gathers the stories of all that is stale. */
void ledger_gather(ledger *l);
void ledger_copy_ties(ledger *l, const kb *k);

#endif
