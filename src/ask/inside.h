/* What the files of ask share and nobody else sees. */
#ifndef ASK_INSIDE_H
#define ASK_INSIDE_H

#include "ask/ask.h"

/* A question on its way: every part reads through it, so that what fails once is told once, and never as a zero. */
typedef struct asking {
    ledger *l;
    const kb *k;
    arena *memory;
    int code; /* of the first failure, told in `error` */
    entente_error *error;
} asking;

/* Ends a query; its failure is remembered. */
void asking_end(asking *q, ledger_cursor *c);
/* The text of a column, in the question's memory. */
str asking_copy(const asking *q, const ledger_cursor *c, int column);
/* Number of the power in the ledger, 0 where it never appears. */
int64_t asking_power(asking *q, uint32_t entity);
/* The one number of a query that asks for two days, or INT64_MIN where there is none. */
int64_t asking_number(asking *q, const char *sql, day first, day second);

/* ---- acts (acts.c): stories of one power towards another ---- */

/* Those of a towards b (numbers in the ledger) on the days (after, until], as they were told by the day `known`. */
typedef struct acts_wish {
    int64_t a, b;
    day after, until, known;
    bool ids; /* their ids as well */
} acts_wish;

/* Adds them to the list by day, without what `acts_open` fills in: reads one range of the table of stories. */
void acts_find(asking *q, const acts_wish *w, bool backwards, ask_acts *ret);
/* "outlet:day:weight outlet:day:weightp", as the table of stories has it: what was told by `known`. A weight of 0 says that
 * nobody had told it yet. */
void act_read_told(ask_act *act, str told, day known);
/* Fills in id, mode, contexts, sentence, outlet, origin and place. */
void acts_open(asking *q, ask_act *act);
bool act_is_deed(uint8_t type);

/* The acts of one way and realm that count, as the measure takes them, and how many outlets told them. */
measure_set acts_measured(asking *q, const ask_act *acts, uint32_t count, bool backwards, int realm);

/* What is usual: the stories between all powers on the days (after, until], at most so many as keep the types' shares. */
measure_set pool_of(asking *q, day after, day until, int realm);

/* ---- what was read (coverage.c) ---- */

/* Of the days (after, until]. Nothing is nothing: no zero may be told of days of which nothing was read. */
reading reading_of(asking *q, day after, day until);
/* Pages and lists are full of dates that stand for none (0001-01-01): no series begins before 1800-01-01. */
#define ASK_FIRST_DAY (-62091)
/* The first and the last day of which documents were read, or headlines where there are no documents; NO_DATE where there is
 * nothing: one list of links with a wild date must not stretch every series. */
date reading_days(asking *q);

/* ---- rows (rows.c) ---- */

/* Columns are written "name:type name:type"; types are those of a Frictionless data package: s string, i integer, n number,
 * b boolean, d date, m month, y year; and c codes of powers, k one code, which is a number where the system has numbers. */
enum { COLUMNS_MOST = 24 };
typedef struct column {
    str name;
    char type;
} column;
uint32_t columns_of(const char *columns, column ret[COLUMNS_MOST]);
/* Separator ',' '\t', or 0 for JSON lines, which have no head. An empty cell is null there. */
void rows_head(const char *columns, char separator, buffer *out);
void rows_row(const char *columns, const str *cells, char separator, buffer *out);

/* ---- tables (export.c) ---- */

enum { NONE_OF = -1 };
typedef struct export_unit {
    const char *name, *title;
    int dated; /* the column whose date tells which codes hold */
    int of;    /* the column of the day that a row is of (the one above where it is empty); NONE_OF: a span leaves out no row */
    const char *columns, *sql;
    bool panel; /* rows of powers without a code are left out */
} export_unit;
enum { EXPORT_UNITS = 9 };
extern const export_unit export_units[EXPORT_UNITS];

typedef struct export_counts {
    uint64_t rows, left_out;
} export_counts;
/* NULL where there is no such unit. */
const export_unit *export_unit_find(str name);
int export_table(ledger *l, const kb *k, const export_unit *unit, const export_wish *w, entente_sink *sink, void *closure,
                 export_counts *ret_counts, entente_error *ret_error);

/* ---- pieces that the answers share (pieces.c) ---- */

/* Of JSON: each writes the comma before it where one is due. */
void json_key(buffer *out, const char *name);
void json_text(buffer *out, const char *name, str s);
void json_day(buffer *out, const char *name, day d);
void json_real(buffer *out, const char *name, double value);
void json_count(buffer *out, const char *name, int64_t value);
void json_bool(buffer *out, const char *name, bool value);
void json_item(buffer *out); /* opens an object in a list */
void json_reading(buffer *out, const char *name, const reading *r);
void json_measure(buffer *out, const char *name, const measure *m, bool read);
void json_owes(buffer *out, uint8_t owes);
/* The fields of an act and of a bond, into an object that is open. */
void json_act(buffer *out, const ask_act *a);
void json_bond(buffer *out, const kb *k, const kb_bond *b);

/* A page for people. */
typedef struct sheet {
    const kb *k;
    bool colour;
    buffer *out;
} sheet;

void paint(sheet *p, const char *code, const char *text);
/* "?" for no day; `room` is where it stands else. */
const char *day_text(day d, char room[11]);
/* "tie:NAME", in `room`. */
str tie_id(const kb *k, uint32_t tie, char *room, size_t size);
/* At most so many bytes, cut at a letter. */
str shorten(str s, uint32_t most);
void line_text(sheet *p, const char *margin, str s, uint32_t most);
str power_name(const kb *k, uint32_t entity);
void say_id(sheet *p, str id);
/* A line with day, type, outlet and id, and a line with the sentence. */
void say_act(sheet *p, const char *margin, const ask_act *a);
void say_measure(sheet *p, const char *what, const measure *m, bool read);
void say_owes(sheet *p, const kb_tie *t);
void say_reading(sheet *p, const reading *r);
/* The tests, and what was not tested. */
void say_duties(sheet *p, const duties *d);

enum {
    STANDING_SHOWN = 5, /* acts of each way and realm */
    DUTY_SHOWN = 5,     /* attacks of each run; of those that are kept apart twice as many */
};

#endif
