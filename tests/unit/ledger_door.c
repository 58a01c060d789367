/* The door of the ledger: what it opens, what it refuses, what stays of what was not committed, and answers that nobody can take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/base.h"
#include "entente.h"

enum { ROOM = 4096, NOBODY = 65534 };

static entente_kb *knowledge;
static const char *build; /* the build folder: the program's argument */
static char folder[ROOM], path[ROOM + 32];
static entente_error e;

static entente_ledger *open_ledger(int to_write)
{
    entente_ledger *l = NULL;
    if (entente_ledger_open(path, to_write, &l, &e))
        fail_msg("%s: %s", e.origin, e.text);
    return l;
}

static void add(entente_ledger *l, const char *record)
{
    entente_doc *d = entente_doc_new();
    if (entente_doc_set(d, record, strlen(record), "record", "test", NULL, NULL, &e) || entente_doc_code(d, knowledge, 0, &e) ||
        entente_ledger_add(l, knowledge, d, &e) < 0)
        fail_msg("%s: %s", e.text, record);
    entente_doc_free(d);
}

static void run_sql(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* The first column of the first row, as text; "" where there is none. */
static const char *ask_sql(const char *sql)
{
    static char answer[256];
    sqlite3 *db;
    sqlite3_stmt *s;
    answer[0] = 0;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
        snprintf(answer, sizeof answer, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
    return answer;
}

/* Norway asks Finland for something, as a supposition where `auxiliary` says so, in a document of its own. */
#define NAMED "{\"identifier\":\"NOR\",\"name\":\"Norway\",\"type\":\"GPE\",\"code\":\"NOR\"}"
#define RECORD(number, auxiliary, first)                                                                                                   \
    "{\"id\":\"0000000000000000000000000000000" number "\",\"content\":\"c" number "\",\"origin\":\"page" number "\",\"outlet\":\"Post\",\"kind\":\"article\","       \
    "\"dates\":{\"published\":\"2021-03-0" number "\",\"conflict\":false,\"reference\":\"2021-03-0" number "\"},\"text\":\"Norway asked Finland for boat " number ".\"," \
    "\"sentences\":[[0,30]],\"entities\":[" first ",{\"identifier\":\"FIN\",\"name\":\"Finland\",\"type\":\"GPE\",\"code\":\"FIN\"}],\"places\":[{\"start\":0,\"end\":1,\"name\":\"\"}]," \
    "\"statements\":[],\"events\":[{\"event\":\"REQUEST\",\"modes\":[],\"contexts\":[],\"actors\":[0],\"recipients\":[1],\"auxiliary\":[" auxiliary "],\"start\":0,\"end\":30," \
    "\"sentence\":0,\"rule\":\"t:1\",\"confidence\":0.7,\"place\":0}],\"claims\":[]}"

static void make(void)
{
    entente_ledger *l = open_ledger(1);
    assert_int_equal(entente_ledger_begin(l, knowledge, "full", "made=here", "2024-01-01", 0, &e), 0);
    add(l, RECORD("1", "", NAMED));
    add(l, RECORD("2", "\"hypothetical\"", NAMED));
    assert_int_equal(entente_ledger_commit(l, 2, 0, &e), 0);
    entente_ledger_close(l);
}

static void drop(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-writer", "-journal"};
    char name[ROOM + 64];
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static int refuse(void *closure, const char *bytes, size_t len)
{
    (void)bytes, (void)len;
    ++*(int *)closure;
    return 1;
}

static int take(void *closure, const char *bytes, size_t len)
{
    buffer_add(closure, bytes, len);
    return 0;
}

/* ---- what opens ---- */

static void what_is_no_ledger_is_refused_by_what_it_is(void **unused)
{
    (void)unused;
    entente_ledger *l = NULL;
    assert_int_equal(entente_ledger_open(folder, 0, &l, &e), ENTENTE_DATA);
    assert_non_null(strstr(e.text, "folder"));
    assert_int_equal(entente_ledger_open(path, 0, &l, &e), ENTENTE_IO); /* nothing there, and nothing made */
    assert_int_not_equal(access(path, F_OK), 0);
    fclose(fopen(path, "w"));
    assert_int_equal(entente_ledger_open(path, 0, &l, &e), ENTENTE_DATA);
    assert_non_null(strstr(e.text, "empty file"));
    run_sql("CREATE TABLE recipes (name TEXT)");
    for (int to_write = 0; to_write < 2; to_write++) {
        assert_int_equal(entente_ledger_open(path, to_write, &l, &e), ENTENTE_DATA);
        assert_non_null(strstr(e.text, "is not a ledger"));
    }
    run_sql("PRAGMA application_id = 7; DROP TABLE recipes");
    assert_int_equal(entente_ledger_open(path, 0, &l, &e), ENTENTE_DATA);
    assert_non_null(strstr(e.text, "is not a ledger"));
    assert_null(l);
    drop();
}

/* A ledger that a writer left as it is while he writes, in a folder where nothing can be made beside it. */
static void a_ledger_opens_where_nothing_can_be_written(void **unused)
{
    (void)unused;
    char kept[sizeof path];
    bool root = !geteuid();
    memcpy(kept, path, sizeof path);
    snprintf(path, sizeof path, "%s/50%% of #1?.db", folder);
    make();
    run_sql("PRAGMA journal_mode = WAL");
    assert_int_equal(chmod(path, 0444) || chmod(folder, 0555), 0);
    if (root)
        assert_int_equal(seteuid(NOBODY), 0);
    entente_ledger *l = open_ledger(0);
    buffer out = {0};
    int code = entente_ask_export(l, knowledge, "event", &(entente_export){.format = "csv"}, take, &out, &e);
    entente_ledger_close(l);
    entente_ledger *w = NULL;
    int refused = entente_ledger_open(path, 1, &w, &e);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(code, 0);
    assert_int_equal(refused, ENTENTE_IO);
    assert_int_not_equal(str_find((str){out.at, (uint32_t)out.len}, STR("Norway asked Finland for boat")), NONE);
    buffer_free(&out);
    drop();
    memcpy(path, kept, sizeof path);
}

/* ---- what is kept ---- */

static void what_was_not_committed_is_not_there(void **unused)
{
    (void)unused;
    make();
    entente_ledger *l = open_ledger(1);
    assert_int_equal(entente_ledger_begin(l, knowledge, NULL, NULL, NULL, 0, &e), 0);
    add(l, RECORD("3", "", NAMED));
    entente_ledger_close(l);
    assert_string_equal(ask_sql("SELECT count(*) FROM documents"), "2");
    assert_string_equal(ask_sql("SELECT options FROM runs LIMIT 1"), "text=full model=0000000000000000 made=here");
    drop();
}

static void a_decision_keeps_what_was_added_before_it(void **unused)
{
    (void)unused;
    make();
    entente_ledger *l = open_ledger(1);
    assert_int_equal(entente_ledger_begin(l, knowledge, NULL, NULL, NULL, 0, &e), 0);
    add(l, RECORD("3", "", NAMED));
    assert_int_equal(entente_ledger_correct(l, "remove", "00000000000000000000000000000009", NULL, "no such document", NULL, "2024", &e), ENTENTE_USAGE);
    assert_int_equal(entente_ledger_correct(l, "date", "00000000000000000000000000000002", "2021-06-09", "the page says so", NULL, "2024", &e), 0);
    assert_int_equal(entente_ledger_correct(l, "date", "00000000000000000000000000000001", "2021-03-08", NULL, "A. Coder", NULL, &e), 0);
    entente_ledger_close(l);
    assert_string_equal(ask_sql("SELECT count(*) FROM documents"), "3");
    assert_string_equal(ask_sql("SELECT group_concat(day) FROM (SELECT day FROM acts ORDER BY day)"), "2021-03-03,2021-03-08"); /* a supposition is no act, on whatever day */
    assert_string_equal(ask_sql("SELECT count(*) FROM corrections"), "2");
    drop();
}

static void what_there_is_not_is_not_decided_or_listed(void **unused)
{
    (void)unused;
    static const struct { const char *what, *id, *value; } rows[] = {
        {"marry", "00000000000000000000000000000001", NULL}, {"date", "00000000000000000000000000000001", "in spring"}, {"date", "00000000000000000000000000000001", NULL},
        {"date", "00000000000000000000000000000009", "2021-03-08"}, {"reject", "00000000000000000000000000000001", NULL}, {"reject", "", NULL}, {"remove", "", NULL},
    };
    buffer out = {0};
    make();
    entente_ledger *l = open_ledger(1);
    for (uint32_t i = 0; i < COUNT(rows); i++)
        if (entente_ledger_correct(l, rows[i].what, rows[i].id, rows[i].value, "why", "who", "2024", &e) != ENTENTE_USAGE)
            fail_msg("row %u was decided", i);
    assert_int_equal(entente_ledger_begin(l, knowledge, "half", NULL, NULL, 0, &e), ENTENTE_USAGE);
    assert_int_equal(entente_ledger_list(l, "wishes", NULL, NULL, "csv", take, &out, &e), ENTENTE_USAGE);
    assert_non_null(strstr(e.text, "corrections, conflicts"));
    assert_int_equal(entente_ledger_list(l, "corrections", NULL, NULL, "xml", take, &out, &e), ENTENTE_USAGE);
    assert_int_equal(out.len, 0);
    entente_ledger_close(l);
    assert_string_equal(ask_sql("SELECT count(*) FROM corrections"), "0");
    drop();
}

static void what_has_no_name_is_kept_without_one(void **unused)
{
    (void)unused;
    entente_ledger *l = open_ledger(1);
    assert_int_equal(entente_ledger_begin(l, knowledge, NULL, NULL, NULL, 0, &e), 0);
    add(l, RECORD("4", "", "{\"identifier\":\"NOR\",\"name\":null,\"type\":\"GPE\",\"code\":\"NOR\"}"));
    add(l, RECORD("5", "", "{\"identifier\":null,\"name\":\"\",\"type\":\"GPE\",\"code\":\"NOR\",\"sector\":\"GOV\"}"));
    add(l, RECORD("6", "", "{\"identifier\":\"QQX\",\"name\":\"Nowhere\",\"type\":\"GPE\",\"code\":\"QQX\"}")); /* of a lexicon that this program does not know */
    assert_int_equal(entente_ledger_commit(l, 3, 0, &e), 0);
    entente_ledger_close(l);
    assert_string_equal(ask_sql("SELECT group_concat(name) FROM (SELECT name FROM entities WHERE name <> 'Finland' ORDER BY name)"), "?,NOR,Nowhere");
    assert_string_equal(ask_sql("SELECT DISTINCT name FROM places"), "?");
    assert_string_equal(ask_sql("SELECT sum(reports) FROM acts WHERE actor = 'NOR'"), "2");
    drop();
}

/* ---- answers ---- */

static void an_answer_that_nobody_takes_is_an_error(void **unused)
{
    (void)unused;
    const entente_search all = {.limit = 9};
    const entente_export csv = {.format = "csv"};
    int calls = 0;
    make();
    entente_ledger *l = open_ledger(0);
    assert_int_equal(entente_ask_export(l, knowledge, "tie", &csv, refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(calls, 1); /* nothing is offered to who refused once */
    assert_int_equal(entente_ask_standing(l, knowledge, "NOR", "FIN", NULL, 365, "text", 0, refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(entente_ask_series(l, knowledge, "NOR", "FIN", NULL, NULL, "year", "csv", refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(entente_ask_duties(l, knowledge, "NOR", NULL, NULL, NULL, "json", 0, refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(entente_ask_find(l, knowledge, &all, "csv", NULL, refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(entente_ask_why(l, knowledge, "tie:nato", refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(entente_ledger_list(l, "conflicts", NULL, NULL, "csv", refuse, &calls, &e), ENTENTE_IO);
    assert_int_equal(calls, 7);
    entente_ledger_close(l);
    drop();
}

static void a_package_goes_into_a_folder_that_takes_it(void **unused)
{
    (void)unused;
    char out[2 * ROOM], name[2 * ROOM + 16];
    const entente_export csv = {.format = "csv"};
    make();
    entente_ledger *l = open_ledger(0);
    snprintf(out, sizeof out, "%s/out/deep", folder);
    assert_int_equal(entente_ask_package(l, knowledge, out, &csv, &e), ENTENTE_IO); /* folders above it are not made */
    snprintf(out, sizeof out, "%s/", folder);
    while (strlen(out) + 2 < 4090)
        strcat(out, "./");
    assert_int_equal(entente_ask_package(l, knowledge, out, &csv, &e), ENTENTE_USAGE);
    assert_non_null(strstr(e.text, "too long a name"));
    snprintf(out, sizeof out, "%.*s/out", (int)strlen(folder), folder);
    assert_int_equal(mkdir(out, 0755), 0);
    snprintf(name, sizeof name, "%s/story.csv", out); /* a folder is in the way of a table */
    assert_int_equal(mkdir(name, 0755), 0);
    assert_int_equal(entente_ask_package(l, knowledge, out, &csv, &e), ENTENTE_IO);
    snprintf(name, sizeof name, "%s/manifest.json", out);
    assert_int_not_equal(access(name, F_OK), 0); /* it is not finished */
    snprintf(name, sizeof name, "%s/story.csv.part", out);
    assert_int_not_equal(access(name, F_OK), 0);
    snprintf(name, sizeof name, "%s/story.csv", out);
    rmdir(name);
    snprintf(name, sizeof name, "%s/event.csv", out);
    unlink(name);
    assert_int_equal(rmdir(out), 0);
    entente_ledger_close(l);
    drop();
}

/* ---- the frame ---- */

static int prepare(void **unused)
{
    (void)unused;
    char name[ROOM];
    const char *one = name;
    snprintf(folder, sizeof folder, "%s/door-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(folder) || chmod(folder, 0755))
        return 1;
    snprintf(path, sizeof path, "%s/a.db", folder);
    snprintf(name, sizeof name, "%s/entente.kb", build);
    return entente_kb_open(&one, 1, NULL, &knowledge, &e);
}

static int clear(void **unused)
{
    (void)unused;
    entente_kb_close(knowledge);
    return rmdir(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_ledger_is_refused_by_what_it_is),
        cmocka_unit_test(a_ledger_opens_where_nothing_can_be_written),
        cmocka_unit_test(what_was_not_committed_is_not_there),
        cmocka_unit_test(a_decision_keeps_what_was_added_before_it),
        cmocka_unit_test(what_there_is_not_is_not_decided_or_listed),
        cmocka_unit_test(what_has_no_name_is_kept_without_one),
        cmocka_unit_test(an_answer_that_nobody_takes_is_an_error),
        cmocka_unit_test(a_package_goes_into_a_folder_that_takes_it),
    };
    if (argc < 2)
        return 2;
    build = argv[1];
    return cmocka_run_group_tests(tests, prepare, clear);
}
