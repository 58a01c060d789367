/* A ledger of many documents: adding, beside putting the same texts into a table of SQLite's and nothing else; bytes of the
 * file beside those of the texts; and how long `stand` takes for pairs of powers as often as they are written of.
 * usage: bench-ledger BUILD LEDGER [DOCUMENTS]; a ledger that is there already (made with as many documents) is only asked
 *
 * Every day brings 330 documents of 3 to 5 events. Pairs of powers are drawn by Zipf's law from 1,000, so that the busiest has
 * some 20,000 stories in a year; an act is told about twice. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#define link posix_link /* the document has a struct of that name */
#include <unistd.h>
#undef link
#include <time.h>
#include <sqlite3.h>

#include "ask/ask.h"
#include "entente.h"
#include "entente_inside.h"
#include "write/write.h"

enum { A_DAY = 330, PAIRS = 1000, POWERS = 60, OUTLETS = 40, ASKED = 300, BATCH = 200, TEXT = 2500, PLAIN = 20000 };

static uint64_t state = 1;
static double share[PAIRS]; /* sums of the Zipf weights */
static int pair_of[PAIRS][2];
static str powers[POWERS];

static uint32_t chance(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

static double seconds(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void draw_world(const kb *k)
{
    int count = 0;
    double sum = 0;
    for (uint32_t i = 0; i < kb_entity_count(k) && count < POWERS; i++)
        if (kb_entity_at(k, i).class == CLASS_STATE)
            powers[count++] = kb_entity_at(k, i).identifier;
    for (int i = 0; i < PAIRS; i++) {
        pair_of[i][0] = (int)chance((uint32_t)count);
        pair_of[i][1] = (pair_of[i][0] + 1 + (int)chance((uint32_t)count - 1)) % count;
        share[i] = sum += 1.0 / (i + 1);
    }
}

static int draw_pair(void)
{
    double at = share[PAIRS - 1] * chance(1u << 30) / (1u << 30);
    int low = 0, high = PAIRS - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (share[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- a document ---- */

static uint32_t put_power(doc *d, str power)
{
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (str_equal(d->entities.at[i].identifier, power))
            return i;
    entity *e = vec_push(d->arena, &d->entities);
    *e = (entity){.known = NONE, .country = NONE, .identifier = power, .name = power, .type = ENTITY_GPE};
    memcpy(e->code, power.at, MIN(power.len, 3));
    return d->entities.count - 1;
}

static span put_sentence(doc *d, buffer *text, str words)
{
    span s = {(uint32_t)text->len, 0};
    buffer_str(text, words);
    s.end = (uint32_t)text->len;
    buffer_char(text, '\n');
    *vec_push(d->arena, &d->sentences) = (sentence){.span = s, .block = NONE, .turn = NONE, .root = NONE};
    return s;
}

/* So many words as often as words are by Zipf's law: sentences of the same pair must not look like copies of one another. */
static const char *words(void)
{
    enum { WORDS = 15, VOCABULARY = 30000 };
    static const char consonants[] = "bdfghklmnprstvz", vowels[] = "aeiou";
    static char all[WORDS * 16];
    size_t len = 0;
    for (int i = 0; i < WORDS; i++) {
        unsigned word = 225u + (unsigned)pow(VOCABULARY, (chance(1u << 30) + 0.5) / (1u << 30));
        for (all[len++] = ' '; word; word /= 75) {
            all[len++] = consonants[word % 15];
            all[len++] = vowels[word % 75 / 15];
        }
    }
    all[len] = 0;
    return all;
}

static void put_event(doc *d, buffer *text, day day)
{
    static const char *const modes[] = {"", "visit", "meet", "assist"}, *const places[] = {"Harbourtown", "Millford", "Eastgate"};
    int *pair = pair_of[draw_pair()];
    uint32_t kind = chance(EVENT_COUNT), mode = chance(4), place = chance(4);
    str a = powers[pair[0]], b = powers[pair[1]];
    span s = put_sentence(d, text, arena_format(d->arena, "The government of %.*s told that of %.*s%s.", (int)a.len, a.at, (int)b.len, b.at, words()));
    event e = {.span = s, .sentence = d->sentences.count - 1, .date = {day, day}, .place = NONE, .statement = NONE, .event = (uint8_t)kind,
               .modes = str_of(modes[mode]), .cameo = STR("040"), .goldstein = 1, .rule = NONE, .confidence = 0.7F, .given_rule = STR("bench:1")};
    if (place < COUNT(places)) {
        e.place = d->places.count;
        *vec_push(d->arena, &d->places) = (struct place){.span = s, .name = str_of(places[place]), .first = NONE, .last = NONE};
    }
    doc_refer(d, &e.actors, put_power(d, a));
    doc_refer(d, &e.recipients, put_power(d, b));
    *vec_push(d->arena, &d->events) = e;
}

static void put_statement(doc *d)
{
    *vec_push(d->arena, &d->statements) = (statement){.span = d->events.at[0].span, .speaker = 0, .kind = STATEMENT_INDIRECT, .place = NONE, .addressee = NONE,
                                                       .cited_by = NONE, .sentence = d->events.at[0].sentence, .date = NO_DATE, .rule = NONE};
}

static void make(doc *d, uint32_t number)
{
    day day = 14610 + (int)(number / A_DAY); /* from 2010 on */
    head *h = &d->head;
    char iso[11];
    buffer text = {0};
    doc_reset(d);
    day_format(day, iso);
    h->id = arena_format(d->arena, "%032x", number + 1);
    h->content = arena_format(d->arena, "%064x", number + 1);
    h->origin = arena_format(d->arena, "bench.warc.gz:%u", number);
    h->url = arena_format(d->arena, "https://outlet%u.example/%s/%u", number % OUTLETS, iso, number);
    h->title = arena_format(d->arena, "Matter %u goes on for another day", number);
    h->outlet = arena_format(d->arena, "Outlet %u", chance(OUTLETS));
    h->published = arena_copy(d->arena, str_of(iso));
    h->published_day = h->reference = day;
    h->published_from = DATED_META;
    h->language = STR("en");
    for (uint32_t i = 0, count = 3 + chance(3); i < count; i++)
        put_event(d, &text, day);
    put_statement(d);
    while (text.len < TEXT)
        put_sentence(d, &text, STR("Nobody in the town had anything to add to what was known by then, and so the evening went on as it had begun."));
    d->text = arena_copy(d->arena, (str){text.at, (uint32_t)text.len});
    buffer_free(&text);
}

/* ---- adding ---- */

/* The yardstick: the texts alone, in batches as large and as lasting. Documents a second by the processor. */
static double plain_speed(const char *path)
{
    char name[4096];
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    doc *d = doc_new();
    double spent = 0;
    snprintf(name, sizeof name, "%.4000s-plain", path);
    if (!d || setjmp(*arena_escape(d->arena)) || sqlite3_open(name, &db))
        return 0;
    sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE pages (id TEXT, text TEXT); BEGIN", NULL, NULL, NULL);
    sqlite3_prepare_v2(db, "INSERT INTO pages VALUES (?,?)", -1, &s, NULL);
    for (uint32_t i = 0; i < PLAIN; i++) {
        make(d, i);
        double from = seconds(CLOCK_PROCESS_CPUTIME_ID);
        sqlite3_bind_text(s, 1, d->head.id.at, (int)d->head.id.len, SQLITE_STATIC);
        sqlite3_bind_text(s, 2, d->text.at, (int)d->text.len, SQLITE_STATIC);
        sqlite3_step(s);
        sqlite3_reset(s);
        if (i % BATCH == BATCH - 1)
            sqlite3_exec(db, "COMMIT; BEGIN", NULL, NULL, NULL);
        spent += seconds(CLOCK_PROCESS_CPUTIME_ID) - from;
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    doc_free(d);
    unlink(name);
    return PLAIN / spent;
}

static bool add_all(ledger *l, const entente_kb *k, uint32_t count, double plain)
{
    entente_error e;
    doc *d = doc_new();
    double making = 0, processor = seconds(CLOCK_PROCESS_CPUTIME_ID), clock = seconds(CLOCK_MONOTONIC), clock_making = 0;
    uint64_t bytes = 0;
    if (!d || setjmp(*arena_escape(d->arena)) || entente_ledger_begin(l, k, NULL, NULL, NULL, 0, &e))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        double from = seconds(CLOCK_PROCESS_CPUTIME_ID), clock_from = seconds(CLOCK_MONOTONIC);
        make(d, i);
        bytes += d->text.len;
        making += seconds(CLOCK_PROCESS_CPUTIME_ID) - from;
        clock_making += seconds(CLOCK_MONOTONIC) - clock_from;
        if (ledger_add(l, k->kb, d, &e) < 0 || (i % BATCH == BATCH - 1 && ledger_commit(l, &e)))
            return false;
        if (i % 100000 == 99999)
            fprintf(stderr, "%u documents, %.0f s\n", i + 1, seconds(CLOCK_MONOTONIC) - clock);
    }
    if (ledger_commit(l, &e))
        return false;
    double speed = count / (seconds(CLOCK_PROCESS_CPUTIME_ID) - processor - making);
    printf("adding: %.0f documents/s by the clock, %.0f by the processor: %.3f of the speed of the texts alone\n",
           count / (seconds(CLOCK_MONOTONIC) - clock - clock_making), speed, speed / plain);
    printf("text: %.0f bytes a document\n", (double)bytes / count);
    doc_free(d);
    return true;
}

/* ---- asking ---- */

static int forget(void *closure, const char *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)closure += len;
    return 0;
}

static int by_size(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static bool ask_all(ledger *l, const entente_kb *k, uint32_t count)
{
    static double took[ASKED];
    char on[11];
    size_t bytes = 0;
    entente_error e;
    day_format(14610 + (int)(count / A_DAY), on);
    for (int i = 0; i < ASKED; i++) {
        int *pair = pair_of[i ? draw_pair() : 0];
        char a[64], b[64];
        snprintf(a, sizeof a, "%.*s", (int)powers[pair[0]].len, powers[pair[0]].at);
        snprintf(b, sizeof b, "%.*s", (int)powers[pair[1]].len, powers[pair[1]].at);
        double from = seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (entente_ask_standing(l, k, a, b, on, 365, "json", 0, forget, &bytes, &e)) {
            fprintf(stderr, "%s: %s\n", e.origin, e.text);
            return false;
        }
        took[i] = 1000 * (seconds(CLOCK_PROCESS_CPUTIME_ID) - from);
    }
    printf("stand, the busiest pair: %.1f ms\n", took[0]);
    qsort(took, ASKED, sizeof *took, by_size);
    printf("stand, %d pairs as often as they are written of: median %.1f ms, 99th of 100 %.1f ms, most %.1f ms of the processor's time\n", ASKED,
           took[ASKED / 2], took[ASKED * 99 / 100], took[ASKED - 1]);
    return true;
}

static void count_stories(ledger *l)
{
    ledger_cursor c = ledger_ask(l, "SELECT max(n), (SELECT count(*) FROM stories), (SELECT count(*) FROM reports) FROM (SELECT count(*) AS n"
                                    " FROM stories WHERE day > (SELECT max(day) - 365 FROM days) GROUP BY min(a, b), max(a, b))");
    if (ledger_next(&c))
        printf("stories of the busiest pair in the last 365 days: %lld; of %lld stories and %lld reports in all\n", (long long)ledger_int(&c, 0),
               (long long)ledger_int(&c, 1), (long long)ledger_int(&c, 2));
    ledger_end(&c, NULL);
}

int main(int argc, char **argv)
{
    entente_kb *k = NULL;
    ledger *l = NULL;
    entente_error e;
    struct stat size;
    char path[4096];
    uint32_t count = argc > 3 ? (uint32_t)atol(argv[3]) : 20000;
    if (argc < 3) {
        fputs("usage: bench-ledger BUILD LEDGER [DOCUMENTS]\n", stderr);
        return 2;
    }
    bool there = !stat(argv[2], &size), good = there;
    snprintf(path, sizeof path, "%s/entente.kb", argv[1]);
    const char *paths[] = {path};
    if (entente_kb_open(paths, 1, NULL, &k, &e) || (!there && ledger_open(argv[2], LEDGER_WRITE, &l, &e))) {
        fprintf(stderr, "%s: %s\n", e.origin, e.text);
        return 1;
    }
    draw_world(k->kb);
    if (!there)
        good = add_all(l, k, count, plain_speed(argv[2]));
    ledger_close(l);
    l = NULL;
    if (good && !stat(argv[2], &size))
        printf("file: %.0f bytes a document\n", (double)size.st_size / count);
    good = good && !ledger_open(argv[2], LEDGER_READ, &l, &e) && ask_all(l, k, count);
    if (good)
        count_stories(l);
    ledger_close(l);
    entente_kb_close(k);
    return !good;
}
