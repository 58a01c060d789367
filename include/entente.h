/* entente: who did or said what to whom, and how two powers stand.
 *
 * Three lifetimes, three nouns:
 *   entente_kb      what is known of the world and of a language: opened once, read-only, shared by all threads
 *   entente_doc     one document with all that was found in it: one a thread, reused for document after document
 *   entente_ledger  an SQLite file of documents and findings: one writer at a time, any number of readers
 * and a cursor, entente_reader, that walks files, folders, feeds and archives.
 *
 * Results leave as records (JSON, docs/schema.md) through a sink that the caller gives, so that a new field breaks
 * no program. Functions return 0 or a negative ENTENTE_* code; what went wrong is in the entente_error, for people.
 * Results by `ret_` parameters are untouched on failure. Strings are UTF-8. The library never prints, never exits,
 * reads no environment and keeps no global state. No object may be used by two threads at once, but a kb may. */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ENTENTE_API __attribute__((visibility("default")))
#else
#define ENTENTE_API
#endif

#define ENTENTE_VERSION "0.1.0"

enum {
    ENTENTE_OK = 0,
    ENTENTE_REJECTED = -1,  /* this input cannot be used; the next may */
    ENTENTE_USAGE = -2,     /* an argument is wrong: an unknown power, a date that is none */
    ENTENTE_DATA = -65,     /* a file as a whole is unusable: not a ledger, of a newer schema, broken knowledge */
    ENTENTE_IO = -74,       /* reading or writing failed: no such file, disk full */
    ENTENTE_BUSY = -75      /* another process is writing the ledger */
};

/* What went wrong, for people. `offset` counts bytes of `origin`, or is UINT64_MAX where none can be told. */
typedef struct entente_error {
    int code;
    uint64_t offset;
    char origin[256];
    char text[512];
} entente_error;

typedef struct entente_kb entente_kb;
typedef struct entente_doc entente_doc;
typedef struct entente_reader entente_reader;
typedef struct entente_ledger entente_ledger;

/* Takes `len` bytes; returns 0, or anything else to stop (the call then fails with ENTENTE_IO). */
typedef int entente_sink(void *closure, const char *bytes, size_t len);

ENTENTE_API const char *entente_version(void);

/* ---- knowledge ---- */

/* Opens compiled knowledge (later files add to the earlier and replace entries of the same name) and the weights of a
 * language (NULL: none; then there are no tags and trees, and only what needs neither is found). */
ENTENTE_API int entente_kb_open(const char *const *paths, size_t count, const char *model, entente_kb **ret_kb,
                                entente_error *ret_error);
ENTENTE_API void entente_kb_close(entente_kb *kb);

/* Compiles folders and files of lexicon text (docs/lexicon.md). The bytes of the knowledge file go to `sink`, only
 * when there is no fault; faults, a line each, go to `faults`. ENTENTE_DATA when there are any. */
ENTENTE_API int entente_kb_build(const char *const *paths, size_t count, entente_sink *sink, void *closure,
                                 entente_sink *faults, void *faults_closure, entente_error *ret_error);

/* Runs the examples of the knowledge, or those of the files and folders named: a report for people goes to `sink`.
 * `by_kind`: the report closes with a table of what the examples ask for and how much of it is met.
 * `ret_counts`: passed, failed, known failures that still fail, known failures that pass by now. */
ENTENTE_API int entente_kb_check(const entente_kb *kb, const char *const *paths, size_t count, int by_kind, entente_sink *sink,
                                 void *closure, size_t ret_counts[4], entente_error *ret_error);

/* "ties", "memberships", "offices" or "codes" as "csv" or "tsv" (docs/schema.md), or "licences" for people. ENTENTE_USAGE for
 * anything else. */
ENTENTE_API int entente_kb_table(const entente_kb *kb, const char *what, const char *format, entente_sink *sink,
                                 void *closure, entente_error *ret_error);

/* ---- reading ---- */

/* A file, a folder, or "-" for standard input. `input`: html saved text warc feed jsonl conllu record, or NULL to tell
 * it from name and bytes. */
ENTENTE_API int entente_reader_open(const char *path, const char *input, entente_reader **ret_reader,
                                    entente_error *ret_error);
/* Loads the next document, not yet coded. 1 loaded, 0 no more, ENTENTE_REJECTED: what stood there is unusable, go on. */
ENTENTE_API int entente_reader_next(entente_reader *reader, entente_doc *doc, entente_error *ret_error);
ENTENTE_API void entente_reader_close(entente_reader *reader);

/* ---- a document ---- */

ENTENTE_API entente_doc *entente_doc_new(void);
ENTENTE_API void entente_doc_free(entente_doc *doc);

/* Loads one document from memory. `date` (ISO) and `url` may be NULL. The bytes are copied. */
ENTENTE_API int entente_doc_set(entente_doc *doc, const char *bytes, size_t len, const char *input, const char *origin,
                                const char *date, const char *url, entente_error *ret_error);
/* What the page does not say of itself. NULL leaves it as it is. */
ENTENTE_API void entente_doc_tell(entente_doc *doc, const char *date, const char *url);

/* Flags of entente_doc_code: the last stage in the low bits (0 = all of them), and how to parse. */
enum {
    ENTENTE_STOP_PAGE = 1, ENTENTE_STOP_TEXT, ENTENTE_STOP_LANG, ENTENTE_STOP_MENTION, ENTENTE_STOP_STATEMENT,
    ENTENTE_STOP_EVENT, ENTENTE_STOP_CLAIM,
    ENTENTE_STOP_MASK = 15,
    ENTENTE_PARSE_BEST = 16, /* the best trees of several, at a third of the speed, in place of greedy ones */
    ENTENTE_PARSE_ALL = 32   /* trees of all sentences, not only of those that matter */
};

/* Walks the document through the stages. ENTENTE_REJECTED: it is unusable, the error says why and where. */
ENTENTE_API int entente_doc_code(entente_doc *doc, const entente_kb *kb, unsigned flags, entente_error *ret_error);

/* Title, deck and the items of the page's lists of other stories, as small documents of kind headline. How many there
 * are, and the nth loaded into another document, to be coded as any. */
ENTENTE_API size_t entente_doc_headlines(const entente_doc *doc);
ENTENTE_API int entente_doc_headline(const entente_doc *doc, size_t n, entente_doc *ret_headline, entente_error *ret_error);

/* Messages that go with the document ("main text cut at 1 MiB"); NULL past the last. */
ENTENTE_API const char *entente_doc_note(const entente_doc *doc, size_t n);
ENTENTE_API const char *entente_doc_origin(const entente_doc *doc);

/* Flags of entente_doc_write. */
enum {
    ENTENTE_WRITE_TOKENS = 1, /* the tokens as well */
    ENTENTE_WRITE_COLOUR = 2, /* ANSI colours in text */
    ENTENTE_WRITE_ALL = 4     /* rows of events that are not asserted, too */
};

/* Writes the document: "jsonl" (a record), "conllu", "text", or the rows of its events: "rows-csv", "rows-tsv",
 * "rows-jsonl". */
ENTENTE_API int entente_doc_write(const entente_doc *doc, const entente_kb *kb, const char *format, unsigned flags,
                                  entente_sink *sink, void *closure, entente_error *ret_error);
/* The header line of a format that has one; nothing for the others. */
ENTENTE_API int entente_write_header(const char *format, entente_sink *sink, void *closure);

/* ---- what the lexicon lacks ---- */

/* A tally, over documents, of the verbs and nouns between two parties that no entry reads, the names that act and belong to
 * nobody known, and the nouns that speak and are no agent. NULL when memory runs out. */
typedef struct entente_missing entente_missing;
ENTENTE_API entente_missing *entente_missing_new(void);
ENTENTE_API void entente_missing_free(entente_missing *missing);
/* Counts what is missing in a coded document. The document is of no other use afterwards than to be freed or set again. */
ENTENTE_API int entente_missing_add(entente_missing *missing, const entente_kb *kb, entente_doc *doc, entente_error *ret_error);
/* The table: at most `limit` rows of each kind, the most frequent first, as "text", "csv" or "tsv". Ends the tally: nothing
 * may be added afterwards. */
ENTENTE_API int entente_missing_write(entente_missing *missing, const char *format, size_t limit, entente_sink *sink,
                                      void *closure, entente_error *ret_error);

/* ---- the ledger ---- */

/* Opens a ledger, an SQLite file. To write it is made when it is not there, with the folders above it; then nobody else
 * may write it until it is closed (ENTENTE_BUSY). ENTENTE_DATA where the file is no ledger, or of a newer schema. */
ENTENTE_API int entente_ledger_open(const char *path, int to_write, entente_ledger **ret_ledger, entente_error *ret_error);
ENTENTE_API void entente_ledger_close(entente_ledger *ledger);

/* Begins a run of adding. `keep`: "evidence" (the sentences of findings), "full" or "none" of the texts; `when`: an ISO
 * time to note down, or NULL; `options`: for the manifest, or NULL. `recode`: what another version coded otherwise is
 * superseded, both codings kept; what it coded alike is left alone. */
ENTENTE_API int entente_ledger_begin(entente_ledger *ledger, const entente_kb *kb, const char *keep, const char *options,
                                     const char *when, int recode, entente_error *ret_error);
enum { ENTENTE_ADDED = 1, ENTENTE_KNOWN = 2, ENTENTE_REMOVED = 3 };
/* Adds a coded document with all that was found in it. ENTENTE_KNOWN when it is there already, ENTENTE_REMOVED when it was
 * taken out on request. After a failure nothing since the last commit is kept. */
ENTENTE_API int entente_ledger_add(entente_ledger *ledger, const entente_kb *kb, const entente_doc *doc, entente_error *ret_error);
/* Makes what was added lasting: it survives a power cut. `read` and `rejected` count documents of the run so far. */
ENTENTE_API int entente_ledger_commit(entente_ledger *ledger, uint64_t read, uint64_t rejected, entente_error *ret_error);

/* What people decide, lasting at once and kept with who, when (ISO) and why; nothing is edited in place, and a new coding
 * heeds it. `what`: "date" settles the day that a document is of (`value`, an ISO day); "reject" withdraws a false event,
 * statement or claim, "restore" takes that back; "remove" takes a document out with its headlines, texts and findings, and a tombstone stays.
 * ENTENTE_USAGE where the ledger has no such id, or where a finding to restore is not withdrawn. */
ENTENTE_API int entente_ledger_correct(entente_ledger *ledger, const char *what, const char *id, const char *value,
                                       const char *because, const char *who, const char *when, entente_error *ret_error);
/* "corrections" between two ISO days (NULL: without end), or "conflicts": the documents that no series counts until somebody
 * settles their date. As "csv", "tsv" or "jsonl". */
ENTENTE_API int entente_ledger_list(entente_ledger *ledger, const char *what, const char *from, const char *to, const char *format,
                                    entente_sink *sink, void *closure, entente_error *ret_error);

/* ---- asking ---- */

/* How two powers stood on a day (ISO; NULL: the last of the ledger), by what was done and said in the `window` days before
 * it: "json" (docs/schema.md) or "text" for people, with ANSI colours where `colour`. Powers are codes, names or demonyms;
 * ENTENTE_USAGE for one that is unknown, with the names that are spelled most like it. */
ENTENTE_API int entente_ask_standing(entente_ledger *ledger, const entente_kb *kb, const char *a, const char *b, const char *on,
                                     int window, const char *format, int colour, entente_sink *sink, void *closure,
                                     entente_error *ret_error);

/* The same for the days from .. to (a day, month or year; one of them may be NULL: a year's length from the other). */
ENTENTE_API int entente_ask_span(entente_ledger *ledger, const entente_kb *kb, const char *a, const char *b, const char *from,
                                 const char *to, const char *format, int colour, entente_sink *sink, void *closure,
                                 entente_error *ret_error);

/* Their conduct month by month or year by year (`by`: "month" or "year"), a row each way, words and deeds apart: "csv", "tsv"
 * or "jsonl". `from` and `to` (a day, month or year) may be NULL. Cells are empty where nothing was read. */
ENTENTE_API int entente_ask_series(entente_ledger *ledger, const entente_kb *kb, const char *a, const char *b, const char *from,
                                   const char *to, const char *by, const char *format, entente_sink *sink, void *closure,
                                   entente_error *ret_error);

/* The pairs of states whose conduct moved most from `since` to `on` (NULL: the last day of the ledger) against the `window`
 * days before, at most `most`, each with the story that moved it: "text" or "json". */
ENTENTE_API int entente_ask_movers(entente_ledger *ledger, const entente_kb *kb, const char *since, const char *on, int window,
                                   int most, const char *format, int colour, entente_sink *sink, void *closure,
                                   entente_error *ret_error);

/* Attacks of third powers on `ally`, and what those did in 30 and in 90 days who owed it defence or consultation (`obliged`,
 * or NULL for everybody): "text" or "json". */
ENTENTE_API int entente_ask_duties(entente_ledger *ledger, const entente_kb *kb, const char *ally, const char *obliged, const char *from,
                                   const char *to, const char *format, int colour, entente_sink *sink, void *closure,
                                   entente_error *ret_error);

/* What stands behind an id that an answer gave: sentence, document, date, rule. ENTENTE_USAGE where there is none. */
ENTENTE_API int entente_ask_why(entente_ledger *ledger, const entente_kb *kb, const char *id, entente_sink *sink, void *closure,
                                entente_error *ret_error);

/* How tables are wanted: as "csv", "tsv" or "jsonl"; `system` of country codes: iso, cow or gw (NULL: iso); `undirected`: panels
 * hold both directions of a pair in one row; of the days `from` .. `to` (a day, month or year; NULL: without end). */
typedef struct entente_export {
    const char *format, *system;
    int undirected;
    const char *from, *to;
} entente_export;
/* A table for analysis: event, story, statement, claim, tie, coverage, correction, dyad-month or dyad-year (docs/exports.md). */
ENTENTE_API int entente_ask_export(entente_ledger *ledger, const entente_kb *kb, const char *unit, const entente_export *how,
                                   entente_sink *sink, void *closure, entente_error *ret_error);
/* All of them as files of a folder, with datapackage.json, manifest.json and CITATION.cff. The same ledger, knowledge and
 * options give the same bytes. */
ENTENTE_API int entente_ask_package(entente_ledger *ledger, const entente_kb *kb, const char *folder, const entente_export *how,
                                    entente_error *ret_error);

/* What is looked for: sentences with all these words, of events of this type, actor, recipient and time, the latest first; NULL
 * asks for nothing. `by` (or NULL): how many sentences there are by type, actor, recipient, outlet, month or year instead. */
typedef struct entente_search {
    const char *words, *type, *actor, *recipient, *from, *to, *by;
    int limit;
} entente_search;
/* How many rows came, and of how much that was read in the time asked for: none of none is not "it did not happen". */
typedef struct entente_found {
    uint64_t rows, documents, days, outlets;
} entente_found;
/* `ret_found` may be NULL. */
ENTENTE_API int entente_ask_find(entente_ledger *ledger, const entente_kb *kb, const entente_search *wanted, const char *format,
                                 entente_found *ret_found, entente_sink *sink, void *closure, entente_error *ret_error);

#ifdef __cplusplus
}
#endif
#endif
