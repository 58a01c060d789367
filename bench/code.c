/* Tokens a second of each stage from tagged words to claims, one core, beside reading trees (fast) in the same run; and how
 * long opening knowledge and weights takes.
 * usage: bench-code KNOWLEDGE MODEL [TEXT]   (without a text: sentences of our own, over and over) */
#include <stdio.h>

#include "bench.h"
#include "claim/claim.h"
#include "event/event.h"
#include "lang/lang.h"
#include "mention/mention.h"
#include "statement/statement.h"
#include "text/text.h"

enum { PIECE = 4000 /* bytes: a story */, ROOM = 1024 };

/* Where the text is cut: at paragraphs, a story each. */
static uint32_t cut(const buffer *b, uint32_t ends[ROOM])
{
    uint32_t n = 0, from = 0;
    for (uint32_t i = 1; i < b->len && n < ROOM; i++)
        if (b->at[i] == '\n' && b->at[i - 1] == '\n' && i - from >= PIECE)
            ends[n++] = from = i + 1;
    if (n < ROOM && from < b->len)
        ends[n++] = (uint32_t)b->len;
    return n;
}

enum step { NAMES, TREES, LINKS, STATEMENTS, EVENTS, CLAIMS, STEPS };
static const char *const steps[STEPS] = {"names, times, places", "trees, fast", "what they refer to", "statements", "events", "claims"};

typedef struct times {
    double of[STEPS];
    uint64_t tokens;
} times;

static void run_step(enum step step, doc *d, const kb *k, const lang *l)
{
    switch (step) {
    case NAMES: mention_find(d, k, lang_model(l)); return;
    case TREES:
        statement_want(d, k);
        doc_retag(d, k);
        lang_parse(d, l, LANG_FAST, false);
        doc_mend_trees(d);
        return;
    case LINKS: mention_link(d, k, lang_model(l)); return;
    case STATEMENTS: statement_find(d, k); return;
    case EVENTS: event_code(d, k); return;
    default: claim_find(d, k);
    }
}

static void read_story(doc *d, const kb *k, const lang *l, str text, times *t)
{
    doc_reset(d);
    d->text = text;
    *vec_push(d->arena, &d->blocks) = (block){.span = {0, text.len}};
    text_split(d, k, lang_model(l));
    lang_tag(d, l);
    for (int i = 0; i < STEPS; i++) {
        double start = now();
        run_step(i, d, k, l);
        t->of[i] += now() - start;
    }
    t->tokens += d->tokens.count;
}

static void print(const char *step, uint64_t tokens, double seconds)
{
    printf("%-24s %12.0f tokens/s\n", step, (double)tokens / seconds);
}

int main(int argc, char **argv)
{
    kb *k;
    lang *l;
    entente_error e;
    double start = now();
    if (argc < 3 || kb_open((const char *const *)&argv[1], 1, &k, &e) || lang_open(argv[2], &l, &e)) {
        fputs("usage: bench-code KNOWLEDGE MODEL [TEXT]\n", stderr);
        return 2;
    }
    printf("%-24s %12.1f ms\n", "open", (now() - start) * 1e3);
    buffer b = read_text(argc > 3 ? argv[3] : NULL);
    static uint32_t ends[ROOM];
    uint32_t count = cut(&b, ends);
    doc *d = doc_new();
    if (!d || setjmp(*arena_escape(d->arena)))
        return 1;
    times t = {0};
    for (start = now(); now() - start < 3;)
        for (uint32_t i = 0, from = 0; i < count; from = ends[i++])
            read_story(d, k, l, (str){b.at + from, ends[i] - from}, &t);
    for (int i = 0; i < STEPS; i++)
        print(steps[i], t.tokens, t.of[i]);
    print("all of mention", t.tokens, t.of[NAMES] + t.of[LINKS]);
    print("trees to claims", t.tokens, t.of[STATEMENTS] + t.of[EVENTS] + t.of[CLAIMS]);
    doc_free(d);
    buffer_free(&b);
    lang_close(l);
    kb_close(k);
    return 0;
}
