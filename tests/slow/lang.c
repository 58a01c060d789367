/* Inputs built to be quadratic: each is read whole and by a quarter; the whole may take no more than seven times as
 * long; the first four also by the beam.  usage: slow-lang MODEL */
#include <stdio.h>
#include <time.h>

#include "lang/lang.h"
#include "text/text.h"

typedef struct trap {
    const char *name, *piece;
    uint32_t times;
} trap;

static double seconds(const lang *l, str text, int mode)
{
    struct timespec a, b;
    doc *d = doc_new();
    if (!d || setjmp(*arena_escape(d->arena)))
        return 1e9;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    d->text = text;
    text_split(d, NULL, lang_model(l));
    lang_tag(d, l);
    lang_parse(d, l, mode, true);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    doc_free(d);
    return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
}

static bool is_linear(const lang *l, const trap *t, int mode)
{
    buffer b = {0};
    for (uint32_t i = 0; i < t->times; i++)
        buffer_text(&b, t->piece);
    double quarter = seconds(l, (str){b.at, (uint32_t)(b.len / 4)}, mode), all = seconds(l, (str){b.at, (uint32_t)b.len}, mode);
    bool good = all < 7 * quarter + 0.05 && all < 60;
    printf("%-28s %-4s %8zu bytes %7.3f s, a quarter %7.3f s%s\n", t->name, mode == LANG_BEST ? "best" : "fast", b.len, all, quarter,
           good ? "" : "  TOO SLOW");
    buffer_free(&b);
    return good;
}

int main(int argc, char **argv)
{
    static const trap traps[] = {
        {"a sentence of 20,000 words", "they saw the old man and ", 3334}, {"100,000 opening brackets", "(", 100000},
        {"100,000 brackets, spaced", "( ", 100000},    {"a megabyte of one letter", "a", 1 << 20},
        {"a megabyte of stops", ".", 1 << 20},         {"apostrophes", "'s", 1 << 15},
        {"hyphens", "a-", 1 << 15},                    {"quotes", "\" ", 1 << 15},
        {"stops between letters", "a.", 1 << 19},      {"slashes", "/a", 1 << 15},
        {"at signs", "a@", 1 << 19},                   {"numbers", "1-", 1 << 15},
        {"colons", "a:", 1 << 15},                     {"capitals", "A ", 1 << 15},
        {"bytes that are no text", "\xFF", 1 << 15},   {"newlines", "\n", 1 << 20},
        {"short lines", "a\n", 1 << 15},               {"accents", "\xC3\xA9", 1 << 19},
        {"commas", "a,", 1 << 15}};
    lang *l;
    entente_error e;
    if (argc < 2 || lang_open(argv[1], &l, &e))
        return 1;
    int slow = 0;
    for (size_t i = 0; i < COUNT(traps); i++)
        slow += !is_linear(l, &traps[i], LANG_FAST);
    for (size_t i = 0; i < 4; i++)
        slow += !is_linear(l, &traps[i], LANG_BEST);
    lang_close(l);
    return slow > 0;
}
