/* Opening and closing, the writer's lock, rows, cursors, and SQLite's errors as ours. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
/* POSIX has a function `link`; the document has a struct of that name, and this file needs neither. */
#define link posix_link
#include <unistd.h>
#undef link

#include "ledger/inside.h"

static const char *const statement_texts[SQL_COUNT] = {
#define X(name, sql) sql,
    STATEMENT_LIST_OF_LEDGER(X)
#undef X
};

/* LOG_PAGES: what is written again and again goes from SQLite's log into the file but once.
 * Whoever writes is told soon that another does; who waits for readers to end, or reads while a writer begins, has patience. */
enum { WAIT_MS = 5000, PATIENCE_MS = 120000, CACHE_KIB = 65536, LOG_PAGES = 8192 };

/* ---- errors ---- */

static int code_for(int sqlite_code)
{
    switch (sqlite_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ENTENTE_BUSY;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: return ENTENTE_DATA;
    default: return ENTENTE_IO;
    }
}

static const char *text_for(ledger *l, int wrong)
{
    switch (wrong & 0xFF) {
    case SQLITE_BUSY: return "is being written by another program; try again later";
    case SQLITE_NOTADB: return "is not a ledger";
    case SQLITE_FULL: return "the disk is full";
    case SQLITE_READONLY: return "is read-only";
    case SQLITE_CANTOPEN: return "cannot be opened";
    case SQLITE_IOERR: return "cannot be read or written";
    case SQLITE_NOMEM: return "out of memory";
    default: return l->db && sqlite3_errcode(l->db) != SQLITE_OK ? sqlite3_errmsg(l->db) : sqlite3_errstr(wrong);
    }
}

bool ledger_good(ledger *l, int code)
{
    if (!l->wrong && code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        l->wrong = code;
    return !l->wrong;
}

int ledger_outcome(ledger *l, entente_error *ret_error)
{
    if (!l->wrong)
        return 0;
    int wrong = l->wrong;
    error_set(ret_error, code_for(wrong), str_of(l->path), UINT64_MAX, "%s", text_for(l, wrong));
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_reset(l->statements[i]);
    if (l->open)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    l->open = false;
    l->stale_count = 0;
    l->wrong = 0;
    return code_for(wrong);
}

/* ---- rows ---- */

void row_start(ledger *l, int statement)
{
    sqlite3_stmt **s = &l->statements[statement];
    if (!l->wrong && !*s)
        ledger_good(l, sqlite3_prepare_v3(l->db, statement_texts[statement], -1, SQLITE_PREPARE_PERSISTENT, s, NULL));
    l->row = *s;
    l->column = 0;
}

void row_int(ledger *l, int64_t value)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_bind_int64(l->row, ++l->column, value));
}

void row_real(ledger *l, double value)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_bind_double(l->row, ++l->column, value));
}

void row_null(ledger *l)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_bind_null(l->row, ++l->column));
}

/* The text must live until the row is done; all that is bound here does. */
void row_text(ledger *l, str s)
{
    if (!s.len)
        row_null(l);
    else if (!l->wrong)
        ledger_good(l, sqlite3_bind_text(l->row, ++l->column, s.at, (int)s.len, SQLITE_STATIC));
}

void row_name(ledger *l, const char *s)
{
    row_text(l, str_of(s));
}

void row_bytes(ledger *l, const void *at, int size)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_bind_blob(l->row, ++l->column, at, size, SQLITE_TRANSIENT));
}

void row_iso(ledger *l, day d)
{
    char text[11];
    if (d == NO_DAY) {
        row_null(l);
        return;
    }
    day_format(d, text);
    if (!l->wrong)
        ledger_good(l, sqlite3_bind_text(l->row, ++l->column, text, 10, SQLITE_TRANSIENT));
}

void row_day(ledger *l, day d)
{
    if (d == NO_DAY)
        row_null(l);
    else
        row_int(l, d);
}

void row_index(ledger *l, uint32_t number)
{
    if (number == NONE)
        row_null(l);
    else
        row_int(l, number);
}

bool row_do(ledger *l)
{
    if (l->wrong)
        return false;
    bool good = ledger_good(l, sqlite3_step(l->row));
    sqlite3_reset(l->row);
    return good;
}

/* A text that found no memory on its way out looks like none; SQLite tells only when it is asked. */
static bool lost_text(sqlite3 *db)
{
    return sqlite3_errcode(db) == SQLITE_NOMEM;
}

bool row_next(ledger *l)
{
    if (l->wrong || (lost_text(l->db) && !ledger_good(l, SQLITE_NOMEM)))
        return false;
    int code = sqlite3_step(l->row);
    if (code == SQLITE_ROW)
        return true;
    ledger_good(l, code);
    sqlite3_reset(l->row);
    return false;
}

void row_end(ledger *l)
{
    if (lost_text(l->db))
        ledger_good(l, SQLITE_NOMEM);
    sqlite3_reset(l->row);
}

int64_t row_number(ledger *l)
{
    int64_t number = 0;
    if (row_next(l)) {
        number = sqlite3_column_int64(l->row, 0);
        row_end(l);
    }
    return number;
}

/* ---- cursors ---- */

/* A query that was asked before and is at rest; it leaves the store. */
static sqlite3_stmt *asked_before(ledger *l, const char *sql)
{
    for (int i = 0; i < ASKED; i++) {
        sqlite3_stmt *s = l->asked[i];
        if (!s || strcmp(sqlite3_sql(s), sql))
            continue;
        l->asked[i] = NULL;
        return s;
    }
    return NULL;
}

/* Into the store, for whoever asks the same again, in the place of the one that came first. */
static void ask_no_more(ledger *l, sqlite3_stmt *s)
{
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    sqlite3_finalize(l->asked[l->asked_last]);
    l->asked[l->asked_last] = s;
    l->asked_last = (l->asked_last + 1) % ASKED;
}

ledger_cursor ledger_ask(ledger *l, const char *sql)
{
    ledger_cursor c = {.l = l};
    sqlite3_stmt *s = asked_before(l, sql);
    c.failed = !s && sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) != SQLITE_OK;
    c.statement = s;
    return c;
}

void ledger_bind_int(ledger_cursor *c, int64_t value)
{
    if (!c->failed)
        c->failed = sqlite3_bind_int64(c->statement, ++c->bound, value) != SQLITE_OK;
}

void ledger_bind_text(ledger_cursor *c, str value)
{
    if (!c->failed)
        c->failed = sqlite3_bind_text(c->statement, ++c->bound, value.len ? value.at : "", (int)value.len, SQLITE_TRANSIENT) != SQLITE_OK;
}

void ledger_bind_day(ledger_cursor *c, day d)
{
    if (d != NO_DAY)
        ledger_bind_int(c, d);
    else
        c->bound++; /* what is not bound is null */
}

bool ledger_next(ledger_cursor *c)
{
    c->failed |= lost_text(c->l->db);
    if (c->failed)
        return false;
    int code = sqlite3_step(c->statement);
    c->failed = code != SQLITE_ROW && code != SQLITE_DONE;
    return code == SQLITE_ROW;
}

int64_t ledger_int(const ledger_cursor *c, int column)
{
    return sqlite3_column_int64(c->statement, column);
}

double ledger_real(const ledger_cursor *c, int column)
{
    return sqlite3_column_double(c->statement, column);
}

str ledger_text(const ledger_cursor *c, int column)
{
    const char *at = (const char *)sqlite3_column_text(c->statement, column);
    return at ? (str){at, (uint32_t)sqlite3_column_bytes(c->statement, column)} : (str){"", 0};
}

bool ledger_is_null(const ledger_cursor *c, int column)
{
    return sqlite3_column_type(c->statement, column) == SQLITE_NULL;
}

int ledger_end(ledger_cursor *c, entente_error *ret_error)
{
    int code = 0;
    c->failed |= lost_text(c->l->db);
    if (c->failed) {
        int wrong = sqlite3_errcode(c->l->db);
        code = error_set(ret_error, code_for(wrong), str_of(c->l->path), UINT64_MAX, "%s", text_for(c->l, wrong));
    }
    if (code)
        sqlite3_finalize(c->statement);
    else
        ask_no_more(c->l, c->statement);
    c->statement = NULL;
    return code;
}

void ledger_finished(ledger *l, ledger_cursor *c)
{
    if (c->failed || lost_text(l->db))
        ledger_good(l, sqlite3_errcode(l->db));
    ledger_end(c, NULL);
}

/* ---- the writer's lock ---- */

/* A lock of its own beside the ledger: SQLite's lasts for a transaction only, and cannot say who holds it. The system
 * drops it when the process dies, however it dies. */
static int lock_take(ledger *l, entente_error *ret_error)
{
    struct flock want = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    l->lock = open(l->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (l->lock < 0)
        return error_set(ret_error, ENTENTE_IO, str_of(l->path), UINT64_MAX, "cannot be written: %s", strerror(errno));
    if (!fcntl(l->lock, F_SETLK, &want))
        return 0;
    if (errno != EACCES && errno != EAGAIN)
        return error_set(ret_error, ENTENTE_IO, str_of(l->path), UINT64_MAX, "cannot be locked: %s", strerror(errno));
    if (!fcntl(l->lock, F_GETLK, &want) && want.l_type != F_UNLCK)
        return error_set(ret_error, ENTENTE_BUSY, str_of(l->path), UINT64_MAX,
                         "is being written by process %ld; try again later", (long)want.l_pid);
    return error_set(ret_error, ENTENTE_BUSY, str_of(l->path), UINT64_MAX, "is being written by another process; try again later");
}

/* ---- opening ---- */

static int64_t pragma(ledger *l, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int64_t value = 0;
    if (ledger_good(l, sqlite3_prepare_v2(l->db, sql, -1, &s, NULL))) {
        int code = sqlite3_step(s);
        if (code == SQLITE_ROW)
            value = sqlite3_column_int64(s, 0);
        ledger_good(l, code);
    }
    sqlite3_finalize(s);
    return value;
}

static void run_sql(ledger *l, const char *sql)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

/* The tables, and the closed list of types that people with a shell will want. */
static void make_tables(ledger *l)
{
    char text[160];
    run_sql(l, "BEGIN IMMEDIATE");
    run_sql(l, ledger_schema);
    for (int i = 0; i < EVENT_COUNT; i++) {
        snprintf(text, sizeof text, "INSERT INTO types VALUES (%d, '%s', %d, %d / 10.0)", i, event_names[i], event_quads[i], event_scores[i]);
        run_sql(l, text);
    }
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", LEDGER_MARK, LEDGER_SCHEMA);
    run_sql(l, text);
}

/* Whether the file is a ledger of ours. A new file is made one. */
static int check_mark(ledger *l, int mode, entente_error *ret_error)
{
    int64_t mark = pragma(l, "PRAGMA application_id"), schema = pragma(l, "PRAGMA user_version");
    int64_t tables = pragma(l, "SELECT count(*) FROM sqlite_master");
    if (l->wrong)
        return ledger_outcome(l, ret_error);
    if (!mark && !tables && mode == LEDGER_WRITE) {
        run_sql(l, "PRAGMA journal_mode = WAL");
        make_tables(l);
        return ledger_outcome(l, ret_error);
    }
    if (mark != LEDGER_MARK)
        return error_set(ret_error, ENTENTE_DATA, str_of(l->path), UINT64_MAX, tables || mark ? "is not a ledger" : "is an empty file, not a ledger");
    if (schema != LEDGER_SCHEMA)
        return error_set(ret_error, ENTENTE_DATA, str_of(l->path), UINT64_MAX, "is a ledger of schema %lld, which %s version wrote; this program"
                         " knows %d: ask it with that version, or add its pages to a new ledger", (long long)schema,
                         schema < LEDGER_SCHEMA ? "an earlier" : "a later", LEDGER_SCHEMA);
    return 0;
}

static void set_cache(ledger *l)
{
    char text[96];
    snprintf(text, sizeof text, "PRAGMA cache_size = -%d; PRAGMA wal_autocheckpoint = %d", CACHE_KIB, LOG_PAGES);
    run_sql(l, text);
}

static int open_to_write(ledger *l, entente_error *ret_error)
{
    int code = lock_take(l, ret_error);
    if (code)
        return code;
    ledger_good(l, sqlite3_open_v2(l->path, &l->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL));
    if (!l->wrong)
        sqlite3_busy_timeout(l->db, WAIT_MS);
    code = check_mark(l, LEDGER_WRITE, ret_error);
    if (code)
        return code;
    run_sql(l, "BEGIN IMMEDIATE; ROLLBACK");
    sqlite3_busy_timeout(l->db, PATIENCE_MS);
    run_sql(l, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    sqlite3_busy_timeout(l->db, WAIT_MS);
    set_cache(l);
    l->next_document = pragma(l, "SELECT coalesce(max(number), 0) + 1 FROM documents");
    l->corrected = pragma(l, "SELECT EXISTS (SELECT 1 FROM corrections)");
    return ledger_outcome(l, ret_error);
}

/* A path as SQLite's URI wants it. */
static char *immutable_uri(const char *path)
{
    char *uri = malloc(3 * strlen(path) + 32), *to = uri;
    if (!uri)
        return NULL;
    to += sprintf(to, "file:");
    for (; *path; path++)
        to += strchr("?#%", *path) ? sprintf(to, "%%%02x", (unsigned char)*path) : sprintf(to, "%c", *path);
    sprintf(to, "?immutable=1");
    return uri;
}

static int open_to_read(ledger *l, bool immutable, entente_error *ret_error)
{
    char *uri = immutable ? immutable_uri(l->path) : NULL;
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (uri ? SQLITE_OPEN_URI : 0);
    ledger_good(l, sqlite3_open_v2(uri ? uri : l->path, &l->db, flags, NULL));
    free(uri);
    if (!l->wrong)
        sqlite3_busy_timeout(l->db, PATIENCE_MS);
    run_sql(l, "PRAGMA query_only = ON");
    set_cache(l);
    return check_mark(l, LEDGER_READ, ret_error);
}

/* Where nothing may be written (a read-only folder or medium) SQLite cannot make the files it shares with a writer;
 * nobody can be writing there either, so the file is read as one that does not change. */
static int open_any(ledger *l, int mode, entente_error *ret_error)
{
    struct stat there;
    if (mode == LEDGER_WRITE)
        return open_to_write(l, ret_error);
    if (stat(l->path, &there))
        return error_set(ret_error, ENTENTE_IO, str_of(l->path), UINT64_MAX, "no ledger can be read there: %s", strerror(errno));
    if (S_ISDIR(there.st_mode))
        return error_set(ret_error, ENTENTE_DATA, str_of(l->path), UINT64_MAX, "is a folder, not a ledger");
    int code = open_to_read(l, false, ret_error);
    if (code != ENTENTE_IO)
        return code;
    sqlite3_close(l->db);
    l->db = NULL;
    return open_to_read(l, true, ret_error);
}

int ledger_open(const char *path, int mode, ledger **ret_ledger, entente_error *ret_error)
{
    ledger *l = calloc(1, sizeof *l);
    if (!l)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    size_t len = strlen(path);
    l->lock = -1;
    l->path = malloc(len + 1);
    l->lock_path = malloc(len + sizeof "-writer");
    int code = ENTENTE_IO;
    if (l->path && l->lock_path) {
        memcpy(l->path, path, len + 1);
        sprintf(l->lock_path, "%s-writer", path);
        code = open_any(l, mode, ret_error);
    } else {
        error_set(ret_error, code, str_of(path), UINT64_MAX, "out of memory");
    }
    if (code) {
        ledger_close(l);
        return code;
    }
    *ret_ledger = l;
    return 0;
}

/* What was written is left as one file without others beside it, so that it opens from media that cannot be written.
 * While somebody reads it stays as it is; the next writer does it then. */
static void make_single(ledger *l)
{
    if (l->open)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_busy_timeout(l->db, 0);
    sqlite3_exec(l->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
}

void ledger_close(ledger *l)
{
    if (!l)
        return;
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(l->statements[i]);
    for (int i = 0; i < ASKED; i++)
        sqlite3_finalize(l->asked[i]);
    if (l->next_document) /* it was opened to be written, and is a ledger */
        make_single(l);
    sqlite3_close(l->db); /* undoes what was not committed */
    if (l->lock >= 0)
        close(l->lock);
    free(l->path);
    free(l->lock_path);
    free(l->run_mark);
    free(l->stales);
    free(l);
}
