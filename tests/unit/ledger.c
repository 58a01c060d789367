/* The ledger by chance, with a fixed seed: whatever the order in which documents, new codings and corrections come, and
 * wherever batches end, the stories and what was read come out the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/base.h"
#include "entente.h"
#include "kb/kb.h"

enum { ROUNDS = 12, DOCUMENTS = 20, EVENTS = 3, TURNS = 4, ROOM = 4096 };

static entente_kb *knowledge[2]; /* two versions: the second knows one power more */
static const char *build; /* the build folder: the program's argument */
static char folder[ROOM];
static uint64_t state;

static uint32_t chance(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

/* ---- a world ---- */

typedef struct act {
    int type, a, b, day, words, mode, place, speaker; /* -1: none */
} act;

typedef struct piece {
    int day, outlet;
    bool torn;              /* its date is in conflict */
    act acts[2][EVENTS];    /* as both versions code it */
    int count;
    bool recoded, removed;
    int settled;            /* a day, or -1 */
    int rejected;           /* an act, or -1 */
    bool restored;          /* and brought back */
} piece;

static const char *const powers[] = {"NOR", "FIN", "SWE"}, *const types[] = {"REQUEST", "AID"}, *const names[] = {"north", "south"};
static const char *const sentences[] = {
    "The minister asked the neighbour for the loan of two icebreakers until the end of the spring",
    "Two icebreakers were wanted from across the gulf, and the answer was to be given within the week",
    "Short words.",
};

static act draw_act(void)
{
    int a = (int)chance(3);
    return (act){.type = (int)chance(2), .a = a, .b = (a + 1 + (int)chance(2)) % 3, .day = chance(3) ? (int)chance(8) : -1,
                 .words = (int)chance(8), .mode = (int)chance(4) - 2, .place = (int)chance(4) - 2, .speaker = (int)chance(9) - 6};
}

static void draw_world(piece *all)
{
    for (int i = 0; i < DOCUMENTS; i++) {
        piece *p = &all[i];
        *p = (piece){.day = 4 + (int)chance(8), .outlet = (int)chance(3), .torn = !chance(5), .count = 1 + (int)chance(EVENTS),
                     .recoded = !chance(4), .removed = !chance(9), .settled = -1, .rejected = -1, .restored = !chance(2)};
        for (int n = 0; n < p->count; n++)
            p->acts[0][n] = p->acts[1][n] = draw_act();
        if (p->recoded) { /* the same words, read otherwise */
            p->acts[1][0] = draw_act();
            p->acts[1][0].words = p->acts[0][0].words;
        }
        if (!p->removed && (p->torn || !chance(6)))
            p->settled = chance(4) ? (int)chance(10) : -1;
        if (!p->removed && !chance(5))
            p->rejected = p->count - 1;
    }
}

static void put_act(buffer *text, buffer *spans, buffer *said, buffer *out, const act *x, int number, int *said_count)
{
    size_t start = text->len;
    buffer_format(text, "%s", sentences[MIN(x->words, 2)]);
    if (x->words >= 2)
        buffer_format(text, " Told in the words of %d alone, and of nobody else in the country.", x->words * 100 + number);
    buffer_format(spans, "%s[%zu,%zu]", number ? "," : "", start, text->len);
    buffer_format(out, "%s{\"event\":\"%s\",\"modes\":[%s%s%s],\"contexts\":[],\"actors\":[%d],\"recipients\":[%d],\"auxiliary\":[],\"start\":%zu,"
                       "\"end\":%zu,\"sentence\":%d,\"rule\":\"t:1\",\"confidence\":0.7", number ? "," : "", types[x->type], x->mode < 0 ? "" : "\"",
                  x->mode < 0 ? "" : names[x->mode], x->mode < 0 ? "" : "\"", x->a, x->b, start, text->len, number);
    if (x->day >= 0)
        buffer_format(out, ",\"date\":{\"from\":\"2021-04-%02d\",\"to\":\"2021-04-%02d\"}", 1 + x->day, 1 + x->day);
    if (x->place >= 0)
        buffer_format(out, ",\"place\":%d", x->place);
    if (x->speaker >= 0) {
        buffer_format(said, "%s{\"speaker\":%d,\"kind\":\"indirect\",\"start\":%zu,\"end\":%zu}", *said_count ? "," : "", x->speaker, start, text->len);
        buffer_format(out, ",\"statement\":%d", (*said_count)++);
    }
    buffer_text(out, "}");
}

static buffer record_of(const piece *p, int number, int version)
{
    buffer text = {0}, spans = {0}, said = {0}, events = {0}, out = {0};
    int said_count = 0;
    char reference[32] = "null";
    if (!p->torn)
        snprintf(reference, sizeof reference, "\"2021-04-%02d\"", 1 + p->day);
    for (int n = 0; n < p->count; n++)
        put_act(&text, &spans, &said, &events, &p->acts[version][n], n, &said_count);
    buffer_format(&out, "{\"id\":\"%032d\",\"content\":\"%d\",\"origin\":\"page%d\",\"outlet\":\"outlet %d\",\"kind\":\"article\",\"dates\":{\"published\":"
                        "\"2021-04-%02d\",\"conflict\":%s,\"reference\":%s},\"text\":\"%.*s\",\"sentences\":[%.*s],\"entities\":[",
                  number + 1, number, number, p->outlet, 1 + p->day, p->torn ? "true" : "false", reference, (int)text.len, text.at, (int)spans.len, spans.at);
    for (int i = 0; i < 3; i++)
        buffer_format(&out, "%s{\"identifier\":\"%s\",\"name\":\"%s\",\"type\":\"GPE\",\"code\":\"%s\"}", i ? "," : "", powers[i], powers[i], powers[i]);
    buffer_format(&out, "],\"places\":[{\"start\":0,\"end\":1,\"name\":\"north\"},{\"start\":0,\"end\":1,\"name\":\"south\"}],\"statements\":[%.*s],"
                        "\"events\":[%.*s],\"claims\":[]}", (int)said.len, said.at ? said.at : "", (int)events.len, events.at);
    buffer_free(&text), buffer_free(&spans), buffer_free(&said), buffer_free(&events);
    return out;
}

/* ---- a ledger of it ---- */

static entente_ledger *open_to_write(const char *path)
{
    entente_ledger *l = NULL;
    entente_error e;
    if (entente_ledger_open(path, 1, &l, &e))
        fail_msg("%s", e.text);
    return l;
}

static void begin(entente_ledger *l, int version)
{
    assert_int_equal(entente_ledger_begin(l, knowledge[version], NULL, NULL, "2024-01-01", version, NULL), 0);
}

static void add(entente_ledger *l, const piece *all, int number, int version)
{
    buffer r = record_of(&all[number], number, version);
    entente_doc *d = entente_doc_new();
    entente_error e;
    if (entente_doc_set(d, r.at, r.len, "record", "test", NULL, NULL, &e) || entente_doc_code(d, knowledge[version], 0, &e) ||
        entente_ledger_add(l, knowledge[version], d, &e) < 0)
        fail_msg("%s: %.*s", e.text, (int)r.len, r.at);
    entente_doc_free(d);
    buffer_free(&r);
}

/* Ids of what was added, by SQL, since people would have them from an answer. */
static void event_id(const char *path, int number, int act, char ret[40])
{
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *sql = sqlite3_mprintf("SELECT e.id FROM events e JOIN documents d ON d.number = e.document WHERE d.origin = 'page%d'"
                                " AND e.key & 1048575 = %d ORDER BY e.key DESC LIMIT 1", number, act);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    snprintf(ret, 40, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_free(sql);
    sqlite3_close(db);
}

static void correct(entente_ledger *l, const char *what, const char *id, const char *value)
{
    entente_error e;
    if (entente_ledger_correct(l, what, id, value, "a test", "nobody", "2024-01-02", &e))
        fail_msg("%s %s: %s", what, id, e.text);
}

static void decide(entente_ledger *l, const char *path, const piece *p, int number)
{
    char id[40], value[32];
    snprintf(id, sizeof id, "%032d", number + 1);
    if (p->settled >= 0) {
        snprintf(value, sizeof value, "2021-04-%02d", 1 + p->settled);
        correct(l, "date", id, value);
    }
    if (p->removed)
        correct(l, "remove", id, NULL);
    if (p->rejected >= 0 && p->count > 1) { /* an act that both versions code alike */
        event_id(path, number, p->rejected, id);
        correct(l, "reject", id, NULL);
        if (p->restored)
            correct(l, "restore", id, NULL);
    }
}

/* Turns of the same world: 0 all at once, then corrected; 1 as the second version codes it from the start; then by chance. */
static void make(const char *path, const piece *all, int turn)
{
    int order[DOCUMENTS];
    entente_ledger *l = open_to_write(path);
    for (int i = 0; i < DOCUMENTS; i++)
        order[i] = i;
    for (int i = DOCUMENTS - 1; turn > 1 && i > 0; i--) {
        int j = (int)chance((uint32_t)i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    bool straight = turn == 1, early = turn > 1 && chance(2);
    begin(l, straight);
    for (int i = 0; i < DOCUMENTS; i++) {
        add(l, all, order[i], straight);
        if (turn > 1 && !chance(3))
            assert_int_equal(entente_ledger_commit(l, 0, 0, NULL), 0);
        if (early && chance(2))
            continue;
        assert_int_equal(entente_ledger_commit(l, 0, 0, NULL), 0);
    }
    assert_int_equal(entente_ledger_commit(l, 0, 0, NULL), 0);
    for (int i = 0; i < DOCUMENTS && early; i++)
        decide(l, path, &all[order[i]], order[i]);
    begin(l, 1);
    for (int i = 0; i < DOCUMENTS && !straight; i++)
        add(l, all, order[DOCUMENTS - 1 - i], 1);
    assert_int_equal(entente_ledger_commit(l, 0, 0, NULL), 0);
    for (int i = 0; i < DOCUMENTS && !early; i++)
        decide(l, path, &all[order[i]], order[i]);
    entente_ledger_close(l);
}

static const char state_sql[] =
    "SELECT 'report', p.identifier, q.identifier, r.type, r.day, r.finding, r.act_day, r.published, o.name, r.weight, r.party, r.anchor, r.seq"
    " FROM reports r JOIN powers p ON p.number = r.a JOIN powers q ON q.number = r.b JOIN outlets o ON o.number = r.outlet"
    " UNION ALL SELECT 'story', p.identifier, q.identifier, s.type, s.day, s.seq, s.party, s.reports, e.id,"
    " (SELECT group_concat(o.name || substr(j.value, instr(j.value, ':')), ' ') FROM json_each('[\"' || replace(s.told, ' ', '\",\"') || '\"]') j"
    "  JOIN outlets o ON o.number = CAST(j.value AS INTEGER)), 0, 0, 0"
    " FROM stories s JOIN powers p ON p.number = s.a JOIN powers q ON q.number = s.b JOIN events e ON e.key = s.event"
    " UNION ALL SELECT 'pool', day, type, stories, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM pool WHERE stories <> 0"
    " UNION ALL SELECT 'read', outlet, day, documents, headlines, events, 0, 0, 0, 0, 0, 0, 0 FROM reading"
    " UNION ALL SELECT 'day', day, documents, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM days"
    " UNION ALL SELECT 'claim', id, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM claims ORDER BY 1, 2, 3, 4, 5, 6, 7";

static buffer state_of(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    buffer out = {0};
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, state_sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    while (sqlite3_step(s) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(s); i++)
            buffer_format(&out, "%s ", sqlite3_column_text(s, i) ? (const char *)sqlite3_column_text(s, i) : "-");
        buffer_text(&out, "\n");
    }
    sqlite3_finalize(s);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT (SELECT count(*) FROM pragma_foreign_key_check), integrity_check FROM pragma_integrity_check", -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(s, 0), 0);
    assert_string_equal((const char *)sqlite3_column_text(s, 1), "ok");
    sqlite3_finalize(s);
    sqlite3_close(db);
    return out;
}

static void drop(const char *path)
{
    char name[ROOM + 16];
    static const char *const ends[] = {"", "-wal", "-shm", "-writer", "-journal"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static void tell_difference(const buffer *now, const buffer *first, int round, int turn)
{
    str a = {now->at, (uint32_t)now->len}, b = {first->at, (uint32_t)first->len}, x = {"", 0}, y = x;
    while (str_next(&a, '\n', &x) && str_next(&b, '\n', &y) && str_equal(x, y))
        ;
    fail_msg("round %d, turn %d: %.*s\nnot: %.*s", round, turn, (int)x.len, x.at, (int)y.len, y.at);
}

static void the_order_does_not_matter(void **unused)
{
    (void)unused;
    size_t stories = 0;
    for (int round = 0; round < ROUNDS; round++) {
        piece all[DOCUMENTS];
        buffer first = {0};
        state = (uint64_t)round + 1;
        draw_world(all);
        for (int turn = 0; turn < TURNS; turn++) {
            char path[ROOM + 16];
            snprintf(path, sizeof path, "%s/%d.db", folder, turn);
            make(path, all, turn);
            buffer now = state_of(path);
            if (turn && (now.len != first.len || memcmp(now.at, first.at, now.len)))
                tell_difference(&now, &first, round, turn);
            if (!turn)
                first = now;
            else
                buffer_free(&now);
            drop(path);
        }
        stories += first.len;
        buffer_free(&first);
    }
    assert_true(stories > 12000); /* there was something to compare */
}

/* ---- the frame ---- */

static int prepare(void **unused)
{
    (void)unused;
    char first[ROOM], second[ROOM], text[ROOM];
    const char *both[] = {first, second};
    entente_error e;
    snprintf(folder, sizeof folder, "%s/ledger-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(folder))
        return 1;
    snprintf(first, sizeof first, "%s/entente.kb", build);
    snprintf(second, sizeof second, "%.4000s/second.kb", folder);
    snprintf(text, sizeof text, "%.4000s/second.txt", folder);
    FILE *f = fopen(text, "w"), *g = fopen(second, "wb");
    if (!f || !g)
        return 1;
    fputs("entity QQQ state\n  name  Quiet Place\n", f);
    fclose(f);
    buffer file = {0}, faults = {0};
    const char *from[] = {text};
    int code = kb_build(from, 1, &file, &faults, NULL);
    fwrite(file.at, 1, file.len, g);
    fclose(g);
    buffer_free(&file);
    buffer_free(&faults);
    return code || entente_kb_open(both, 1, NULL, &knowledge[0], &e) || entente_kb_open(both, 2, NULL, &knowledge[1], &e);
}

static int clear(void **unused)
{
    (void)unused;
    char name[ROOM + 16];
    for (int i = 0; i < 2; i++) {
        entente_kb_close(knowledge[i]);
        snprintf(name, sizeof name, "%.4000s/%s", folder, i ? "second.kb" : "second.txt");
        unlink(name);
    }
    return rmdir(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_order_does_not_matter)};
    if (argc < 2)
        return 2;
    build = argv[1];
    return cmocka_run_group_tests(tests, prepare, clear);
}
