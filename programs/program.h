/* What the commands share. Programs include entente.h alone; what prints, exits and reads the environment is here. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "entente.h"

/* ---- options (options.c): one table makes parsing, help, man pages and completion ---- */

enum option_number {
    OPT_INPUT, OPT_FORMAT, OPT_STOP, OPT_PARSE, OPT_JOBS, OPT_HEADLINES, OPT_TOKENS, OPT_ALL, OPT_DATE, OPT_URL,
    OPT_LEDGER, OPT_ON, OPT_WINDOW, OPT_ACTOR, OPT_RECIPIENT, OPT_TYPE, OPT_FROM, OPT_TO, OPT_SINCE, OPT_BY, OPT_LIMIT,
    OPT_UNIT, OPT_SYSTEM, OPT_UNDIRECTED, OPT_TEXT, OPT_RECODE, OPT_BECAUSE, OPT_WHO, OPT_WHEN, OPT_KINDS, OPT_OUTPUT, OPT_KB, OPT_MODEL, OPT_COLOR,
    OPT_QUIET, OPT_HELP, OPT_VERSION,
    OPTIONS
};

typedef struct option_row {
    const char *name, *argument; /* argument NULL: a switch */
    char letter;                 /* or 0 */
    const char *help;
} option_row;
extern const option_row option_rows[OPTIONS];

/* What the command line says. A switch that is set holds "". */
typedef struct settings {
    const char *value[OPTIONS];
    const char *kb[16];
    size_t kb_count;
    char **arguments;
    size_t count;
} settings;

typedef struct verb {
    const char *name, *arguments, *summary;
    const char *examples[2];
    const char *details;
    const char *options; /* names, joined by spaces; those of every verb are not listed */
    int (*run)(const settings *s);
} verb;
extern const verb verbs[];
extern const size_t verb_count;

bool verb_takes(const verb *v, enum option_number o);
/* 0, or an exit code after a message. `--help` and `--version` give -1 when they have been answered. */
int settings_read(settings *s, const verb *v, int argc, char **argv);

/* ---- help (help.c) ---- */

void help_program(FILE *out);
void help_verb(FILE *out, const verb *v);
/* "man" or "completion", for the build. */
int help_page(const char *what, const char *verb_name);

/* ---- commands ---- */

enum { EXIT_DONE = 0, EXIT_REJECTED = 1, EXIT_WRONG_USE = 2, EXIT_BAD_DATA = 65, EXIT_FILES = 74, EXIT_LATER = 75 };

int command_read(const settings *s);
int command_code(const settings *s);
int command_kb(const settings *s);
int command_add(const settings *s);
int command_stand(const settings *s);
int command_duties(const settings *s);
int command_why(const settings *s);
int command_find(const settings *s);
int command_export(const settings *s);
int command_date(const settings *s);
int command_reject(const settings *s);
int command_restore(const settings *s);
int command_remove(const settings *s);
int command_corrections(const settings *s);

/* ---- helpers ---- */

/* "entente: origin:offset: text" on standard error. */
void complain(const entente_error *error);
void complain_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The exit code for a library's code. */
int exit_code(int code);
/* The knowledge by --kb, else what is installed or lies beside the program. 0 or an exit code after a message. */
int open_knowledge(const settings *s, entente_kb **ret_kb);
/* The ledger that the command line or the environment means; `room` may hold the name. */
const char *ledger_path(const settings *s, char *room, size_t size);
/* 0 or an exit code after a message. */
int open_ledger(const settings *s, bool to_write, entente_ledger **ret_ledger);
/* Opens ledger and knowledge, asks, closes both; the exit code. */
int with_ledger(const settings *s, int (*ask)(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error));
/* A sink to a FILE. */
int sink_file(void *closure, const char *bytes, size_t len);
/* The time as ISO, UTC, in `room` of 32 bytes; what --when says where it is given. */
const char *time_now(const settings *s, char *room);
/* Whether to colour what goes to `out`: --color, NO_COLOR, a terminal. */
bool wants_colour(const settings *s, FILE *out);
/* Flushes standard output; EXIT_FILES after a message when it could not be written. */
int finish_output(int code);

/* ---- running over many documents (run.c) ---- */

/* A document on its way: what the reader loaded, and what came of it. */
typedef struct job {
    entente_doc **docs; /* the document and, once coded, its headlines */
    size_t count, room;
    int code;
    entente_error error;
    char *text; /* what `process` wrote */
    size_t len, text_room;
    bool failed;
} job;

/* A sink to a job's text: closure is the job. */
int sink_job(void *closure, const char *bytes, size_t len);
/* The document after the last used one; NULL when memory runs out. */
entente_doc *job_add(job *j);

/* What was read so far: documents that were loaded, and inputs and documents that were rejected. */
typedef struct tally {
    uint64_t read, rejected;
} tally;

typedef struct work {
    const settings *s;
    void *closure;
    /* In any thread: codes j->docs[0]. */
    void (*process)(const struct work *w, job *j);
    /* In order, in the calling thread. A result other than 0 ends the run with that exit code. */
    int (*emit)(const struct work *w, job *j);
    tally *tally; /* kept up to date, or NULL */
} work;

/* Reads every argument (standard input when there is none) and runs each document through process and emit, with
 * --jobs threads. The exit code: EXIT_REJECTED when some input was. */
int run_documents(const work *w);

#endif
