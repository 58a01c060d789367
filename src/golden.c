/* Runs examples: those that the knowledge carries, and those of golden files. */
#include "golden.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "entente_inside.h"

/* One line of examples: its mark, the rest, and where it stands. */
typedef struct line {
    char mark;
    str text, file;
    uint32_t number;
} line;

typedef struct run {
    const entente_kb *kb;
    doc *d;
    buffer text, report;
    char date[11], kind[16];
    unsigned trees; /* flags of entente_doc_code */
    bool coded, open; /* the text has been coded; expectations may follow */
    size_t *counts;
    size_t asked[64][2]; /* by what is asked for: how many expectations, how many of them hold */
} run;

enum { PASSED, FAILED, KNOWN, MENDED };

static void tally(run *r, str what, bool unwanted, bool good)
{
    uint64_t asks = golden_asks(what, unwanted);
    for (uint32_t i = 0; asks >> i; i++)
        if (asks >> i & 1) {
            r->asked[i][0]++;
            r->asked[i][1] += good;
        }
}

static void tally_print(run *r)
{
    char name[40];
    buffer_format(&r->report, "%-22s %6s %6s %6s\n", "what is asked", "asked", "met", "share");
    for (uint32_t i = 0; golden_name(i, name); i++)
        if (r->asked[i][0])
            buffer_format(&r->report, "%-22s %6zu %6zu %6.2f\n", name, r->asked[i][0], r->asked[i][1],
                          (double)r->asked[i][1] / (double)r->asked[i][0]);
}

static void report(run *r, const line *l, const char *what)
{
    buffer_format(&r->report, "%.*s:%u: %s: %c %.*s\n    > %.*s\n", (int)l->file.len, l->file.at, l->number, what, l->mark,
                  (int)l->text.len, l->text.at, (int)r->text.len, r->text.at ? r->text.at : "");
}

/* "@ 2023-03-14 en kind=headline trees=best" */
static void set_about(run *r, str about)
{
    str word;
    r->date[0] = r->kind[0] = 0;
    r->trees = 0;
    while (str_next(&about, ' ', &word)) {
        date d;
        if (date_parse(word, &d))
            day_format(d.from, r->date);
        if (str_is(word, "trees=fast") || str_is(word, "trees=best"))
            r->trees = ENTENTE_PARSE_ALL | (str_is(word, "trees=best") ? ENTENTE_PARSE_BEST : 0);
        if (str_starts(word, "kind=") && word.len < sizeof r->kind + 5) {
            memcpy(r->kind, word.at + 5, word.len - 5);
            r->kind[word.len - 5] = 0;
        }
    }
}

/* A headline is never a page: its words are its text. */
static void make_headline(doc *d, const char *text_date)
{
    d->head.kind = KIND_HEADLINE;
    d->input = INPUT_TEXT;
    d->text = d->raw;
    vec_push(d->arena, &d->blocks)->span = (span){0, d->text.len};
    date when;
    if (date_parse(str_of(text_date), &when)) {
        d->head.published = arena_copy(d->arena, str_of(text_date));
        d->head.published_day = when.from;
        d->head.published_from = DATED_GIVEN;
    }
}

static void code_text(run *r, const line *l)
{
    entente_error error;
    buffer_char(&r->text, 0);
    const char *input = !strcmp(r->kind, "saved") ? "saved" : "text";
    int code = entente_doc_set(r->d, r->text.at, r->text.len - 1, input, "example", r->date[0] ? r->date : NULL, NULL, &error);
    r->text.len--;
    if (!code && !strcmp(r->kind, "headline"))
        make_headline(r->d, r->date);
    if (!code)
        code = entente_doc_code(r->d, r->kb, r->trees, &error);
    if (code)
        report(r, l, error.text);
    r->coded = true;
}

static void expect(run *r, const line *l)
{
    if (!r->coded)
        code_text(r, l);
    /* "? ! event": must not be found one day, but still is. */
    bool unwanted = l->mark == '!' || (l->mark == '?' && l->text.len && l->text.at[0] == '!');
    str what = unwanted && l->mark == '?' ? str_trim(str_part(l->text, 1, l->text.len)) : l->text;
    enum golden found = golden_match(r->d, r->kb->kb, what);
    if (found == GOLDEN_UNREADABLE) {
        r->counts[FAILED]++;
        report(r, l, "cannot be read");
        return;
    }
    bool good = unwanted ? found == GOLDEN_ABSENT : found == GOLDEN_FOUND;
    tally(r, what, unwanted, good);
    if (l->mark == '?') {
        r->counts[good ? MENDED : KNOWN]++;
        if (good)
            report(r, l, unwanted ? "passes by now, so it may be marked !" : "passes by now, so it may be marked =");
        return;
    }
    r->counts[good ? PASSED : FAILED]++;
    if (!good)
        report(r, l, l->mark == '!' ? "found, but must not be" : "not found");
}

static void line_run(run *r, const line *l)
{
    if (l->mark == '@') {
        set_about(r, l->text);
        r->open = false;
    } else if (l->mark == '>') {
        if (!r->open || r->coded)
            r->text.len = 0;
        else
            buffer_text(&r->text, "\n\n");
        buffer_str(&r->text, l->text);
        r->open = true;
        r->coded = false;
    } else if (r->open) {
        expect(r, l);
    } else {
        r->counts[FAILED]++;
        report(r, l, "no text above it");
    }
}

/* ---- where examples come from ---- */

static void run_knowledge(run *r)
{
    const kb *k = r->kb->kb;
    for (uint32_t i = 0; i < kb_example_count(k); i++) {
        kb_example e = kb_example_at(k, i);
        kb_place_of_line at = kb_line(k, e.line);
        line l = {e.mark, e.text, at.file, at.number};
        line_run(r, &l);
    }
}

static void run_text(run *r, str file, str text)
{
    str raw;
    for (uint32_t number = 1; str_next(&text, '\n', &raw); number++)
        if (raw.len && strchr("@>=!?", raw.at[0])) {
            line l = {raw.at[0], str_trim(str_part(raw, 1, raw.len)), file, number};
            line_run(r, &l);
        }
}

static int run_path(run *r, const char *path, entente_error *ret_error);

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Files in order of name, so that the report is the same everywhere. */
static int run_folder(run *r, const char *path, DIR *dir, arena *a, entente_error *ret_error)
{
    VEC(char *) names = {0};
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.')
            *vec_push(a, &names) = (char *)arena_format(a, "%s/%s", path, e->d_name).at;
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, compare_names);
    int code = 0;
    for (uint32_t i = 0; i < names.count && !code; i++)
        code = run_path(r, names.at[i], ret_error);
    return code;
}

static int run_path(run *r, const char *path, entente_error *ret_error)
{
    DIR *dir = opendir(path);
    if (dir) {
        arena *a = arena_new(16 << 20);
        int code = a && !setjmp(*arena_escape(a)) ? run_folder(r, path, dir, a, ret_error) : ENTENTE_IO;
        arena_free(a);
        closedir(dir);
        return code;
    }
    char *bytes = NULL;
    size_t len = 0;
    int code = file_read(path, LIMIT_RECORD, &bytes, &len, ret_error);
    if (!code)
        run_text(r, str_of(path), (str){bytes, (uint32_t)len});
    free(bytes);
    return code;
}

int entente_kb_check(const entente_kb *kb, const char *const *paths, size_t count, int by_kind, entente_sink *sink, void *closure,
                     size_t ret_counts[4], entente_error *ret_error)
{
    run r = {.kb = kb, .d = doc_new(), .counts = ret_counts};
    int code = r.d ? 0 : error_set(ret_error, ENTENTE_IO, STR("check"), UINT64_MAX, "out of memory");
    if (!code && !count)
        run_knowledge(&r);
    for (size_t i = 0; i < count && !code; i++)
        code = run_path(&r, paths[i], ret_error);
    if (by_kind)
        tally_print(&r);
    doc_free(r.d);
    buffer_free(&r.text);
    int lost = sink_buffer(&r.report, sink, closure, ret_error);
    return code ? code : lost;
}
