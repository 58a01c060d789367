/* Words a second by step, beside `wc -w` and gunzip on the same text in the same run, and the time that opening the
 * weights takes. Seconds are those of the processor, so that a busy machine does not count for much.
 * usage: bench-lang MODEL [TEXT]   (without a text: sentences of our own, over and over) */
#include <stdio.h>
#include <stdlib.h>
#include <libdeflate.h>

#include "bench.h"
#include "lang/lang.h"
#include "text/text.h"

static uint32_t count_words(const buffer *b)
{
    uint32_t n = 0;
    bool in = false;
    for (size_t i = 0; i < b->len; i++) {
        bool space = b->at[i] <= ' ' && b->at[i] >= 0;
        n += in && space;
        in = !space;
    }
    return n + in;
}

static void print(const char *step, uint32_t words, double seconds)
{
    printf("%-24s %12.0f words/s\n", step, words / seconds);
}

static void bench_yardsticks(const buffer *b)
{
    uint32_t words = 0, rounds = 0;
    double start = now();
    for (; now() - start < 0.3; rounds++)
        words = count_words(b);
    print("wc -w", words, (now() - start) / rounds);
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    struct libdeflate_decompressor *u = libdeflate_alloc_decompressor();
    size_t room = libdeflate_gzip_compress_bound(c, b->len);
    char *packed = malloc(room), *plain = malloc(b->len + 1);
    size_t len = c && u && packed && plain ? libdeflate_gzip_compress(c, b->at, b->len, packed, room) : 0;
    if (len) {
        rounds = 0;
        for (start = now(); now() - start < 0.3; rounds++)
            libdeflate_gzip_decompress(u, packed, len, plain, b->len + 1, NULL);
        print("gunzip (libdeflate)", words, (now() - start) / rounds);
    }
    libdeflate_free_compressor(c);
    libdeflate_free_decompressor(u);
    free(packed);
    free(plain);
}

static void bench_opening(const char *path)
{
    double start = now();
    uint32_t rounds = 0;
    for (; now() - start < 0.3; rounds++) {
        lang *l;
        if (lang_open(path, &l, NULL))
            return;
        lang_close(l);
    }
    printf("%-24s %12.2f ms\n", "opening the weights", (now() - start) / rounds * 1000);
}

static void bench_mode(doc *d, const lang *l, const buffer *b, int mode, const char *name)
{
    double split = 0, tag = 0, parse = 0, start = now();
    uint32_t rounds = 0, words = 0;
    for (; now() - start < 1.5; rounds++) {
        doc_reset(d);
        d->text = (str){b->at, (uint32_t)b->len};
        double t0 = now();
        text_split(d, NULL, lang_model(l));
        double t1 = now();
        lang_tag(d, l);
        double t2 = now();
        lang_parse(d, l, mode, true);
        split += t1 - t0, tag += t2 - t1, parse += now() - t2;
        words = d->tokens.count;
    }
    if (mode == LANG_FAST) {
        print("tokens and sentences", words, split / rounds);
        print("tags and lemmas", words, tag / rounds);
        print("text to tags", words, (split + tag) / rounds);
    }
    char line[64];
    snprintf(line, sizeof line, "trees, %s", name);
    print(line, words, parse / rounds);
    snprintf(line, sizeof line, "text to trees, %s", name);
    print(line, words, (split + tag + parse) / rounds);
}

int main(int argc, char **argv)
{
    lang *l;
    entente_error e;
    if (argc < 2 || lang_open(argv[1], &l, &e)) {
        fputs("usage: bench-lang MODEL [TEXT]\n", stderr);
        return 2;
    }
    buffer b = read_text(argc > 2 ? argv[2] : NULL);
    doc *d = doc_new();
    if (!d || setjmp(*arena_escape(d->arena)))
        return 1;
    bench_yardsticks(&b);
    bench_opening(argv[1]);
    bench_mode(d, l, &b, LANG_FAST, "fast");
    bench_mode(d, l, &b, LANG_BEST, "best");
    doc_free(d);
    buffer_free(&b);
    lang_close(l);
    return 0;
}
