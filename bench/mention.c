/* Tokens a second of the mention stage, one core: what is found before the trees, what is linked with them, and how long
 * opening knowledge and weights takes, beside reading a tree (fast) in the same run.
 * usage: bench-mention KNOWLEDGE MODEL [TEXT]   (without a text: sentences of our own, over and over) */
#include <stdio.h>

#include "bench.h"
#include "lang/lang.h"
#include "mention/mention.h"
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

typedef struct times {
    double find, trees, link;
    uint64_t tokens;
} times;

static void read_story(doc *d, const kb *k, const lang *l, str text, times *t)
{
    doc_reset(d);
    d->text = text;
    *vec_push(d->arena, &d->blocks) = (block){.span = {0, text.len}};
    text_split(d, k, lang_model(l));
    lang_tag(d, l);
    double t0 = now();
    mention_find(d, k, lang_model(l));
    double t1 = now();
    doc_retag(d, k);
    lang_parse(d, l, LANG_FAST, false);
    double t2 = now();
    mention_link(d, k, lang_model(l));
    t->find += t1 - t0;
    t->trees += t2 - t1;
    t->link += now() - t2;
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
        fputs("usage: bench-mention KNOWLEDGE MODEL [TEXT]\n", stderr);
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
    print("names, times, places", t.tokens, t.find);
    print("trees, fast", t.tokens, t.trees);
    print("what they refer to", t.tokens, t.link);
    print("mention, both", t.tokens, t.find + t.link);
    doc_free(d);
    buffer_free(&b);
    lang_close(l);
    kb_close(k);
    return 0;
}
