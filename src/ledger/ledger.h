/* ledger: one SQLite file of documents and of what was found in them.
 *
 * A table mirrors each layer of the document, column for field; findings are never edited in place. One process writes
 * at a time, any number read. Documents are added in batches: what `ledger_commit` has acknowledged survives a power
 * cut, and what it has not is not there at all. Stories (one act with all its reports) are made here and nowhere else.
 * docs/schema.md tells the tables. */
#ifndef LEDGER_H
#define LEDGER_H

#include "doc/doc.h"

typedef struct entente_ledger ledger;

/* "ente" in ASCII, so that `file` and SQLite tell a ledger from other databases; and the version of the tables. */
enum { LEDGER_MARK = 0x656E7465, LEDGER_SCHEMA = 3 };

enum { LEDGER_READ, LEDGER_WRITE };

/* Opens a ledger; to write, it is made when it is not there. ENTENTE_DATA where the file is no ledger or of a newer
 * schema, ENTENTE_BUSY (to write) where another process is writing it, ENTENTE_IO. */
int ledger_open(const char *path, int mode, ledger **ret_ledger, entente_error *ret_error);
void ledger_close(ledger *l);

/* ---- adding ---- */

enum { KEEP_EVIDENCE, KEEP_FULL, KEEP_NONE, KEEP_COUNT };
extern const char *const ledger_keep_names[KEEP_COUNT];

/* Who codes, with what, when; and what is kept of the texts. */
typedef struct ledger_run {
    str version, knowledge, options, when;
    uint8_t keep; /* KEEP_ */
    bool recode;  /* what another version coded otherwise is superseded, both kept; what it coded alike stays as it is */
} ledger_run;

/* Begins a run. What the knowledge says of ties is copied when it has changed. */
int ledger_begin(ledger *l, const kb *k, const ledger_run *run, entente_error *ret_error);
enum { LEDGER_ADDED = 1, LEDGER_KNOWN = 2, LEDGER_REMOVED = 3 };
/* One document with all that was found in it: LEDGER_ADDED; LEDGER_KNOWN when it is there already; LEDGER_REMOVED when
 * somebody asked for its removal. Negative: nothing of the batch is kept. */
int ledger_add(ledger *l, const kb *k, const doc *d, entente_error *ret_error);
/* Counts of the run so far, for the manifest. */
void ledger_count(ledger *l, uint64_t read, uint64_t rejected);
/* Gathers the stories that the batch has touched, and makes the batch lasting. */
int ledger_commit(ledger *l, entente_error *ret_error);

/* ---- corrections: kept with who, when and why; they survive a new coding ---- */

typedef struct ledger_correction {
    str id, value, because, who, when; /* value: the day of a date */
} ledger_correction;
/* Lasting at once. "date": the day a document is of, where its own dates are in conflict or wrong; its title and deck go
 * with it. "reject": withdraws a false finding: event, statement or claim. "restore": takes that back. "remove": takes a document out with its
 * headlines, texts and findings; a tombstone stays, and neither it nor a page of its address is added again.
 * ENTENTE_USAGE where there is no such id, or where a finding to restore is not withdrawn. */
int ledger_correct(ledger *l, const char *what, const ledger_correction *c, entente_error *ret_error);
/* "corrections" (what was decided, and what was coded anew, between two ISO days, which may be empty) or "conflicts"
 * (documents kept out of every series until somebody settles their date); separator ',' '\t', or 0 for JSON lines. */
int ledger_list(ledger *l, const char *what, str from, str to, char separator, buffer *out, entente_error *ret_error);

/* ---- asking: a cursor over a query ---- */

/* A query being read. After a failure it gives no more rows; `ledger_end` tells. */
typedef struct ledger_cursor {
    ledger *l;
    void *statement;
    int bound;
    bool failed;
} ledger_cursor;

ledger_cursor ledger_ask(ledger *l, const char *sql);
void ledger_bind_int(ledger_cursor *c, int64_t value);
void ledger_bind_day(ledger_cursor *c, day d); /* null for NO_DAY */
void ledger_bind_text(ledger_cursor *c, str value);
bool ledger_next(ledger_cursor *c);
/* Of the row at hand. Texts live until the next row. */
int64_t ledger_int(const ledger_cursor *c, int column);
double ledger_real(const ledger_cursor *c, int column);
str ledger_text(const ledger_cursor *c, int column);
bool ledger_is_null(const ledger_cursor *c, int column);
/* Frees the query; 0 or the error that ended it. */
int ledger_end(ledger_cursor *c, entente_error *ret_error);

/* ---- what the tables mean ---- */

/* Keys of items of a document: its number and theirs in one. */
enum { LEDGER_ITEM_BITS = 20 };
/* Days after its first on which a story may take reports in. */
enum { LEDGER_REACH = 3 };

/* The 16 hex digits of a finding's id as a number, as tables keep it; 0 where they are none. */
int64_t ledger_id(str hex);
/* SQL: the key of the event, claim or statement whose id is bound as a number; of several codings the latest. */
#define LEDGER_FIND(table)                                                                                             \
    "(WITH RECURSIVE lots (n) AS (SELECT (SELECT max(key) FROM " table ") >> 32 UNION ALL SELECT n - 1 FROM lots WHERE n > 0)" \
    " SELECT found.key FROM lots CROSS JOIN " table " found ON found.key >> 32 = lots.n AND found.finding = ? ORDER BY 1 DESC LIMIT 1)"
/* Number of a power in the ledger, 0 where it has never appeared. */
int64_t ledger_power(ledger *l, str identifier);
/* The identifier of the power that an entity acts for: of a state its organs as well. Empty where it acts for none. */
str ledger_power_of(const kb *k, const entity *e);
/* Whether it is one whose dealings count as dealings between states. */
bool ledger_is_state(const kb *k, str power);

#endif
