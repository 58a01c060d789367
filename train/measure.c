/* Raw text (or CoNLL-U, with --given) on standard input, CoNLL-U on standard output: for measuring weights while they
 * are being made.  usage: train-measure [--given] [--fast] [--time N] MODEL */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lang/lang.h"
#include "text/text.h"
#include "write/write.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct options {
    bool given, fast;
    int times;
    const char *model;
} options;

/* One walk through the stages; seconds by stage are added up. */
static void walk(doc *d, const options *o, const lang *l, double seconds[3])
{
    double t0 = now();
    if (!o->given)
        text_split(d, NULL, l ? lang_model(l) : NULL);
    else if (text_given(d, false, NULL))
        exit(1);
    double t1 = now();
    if (l)
        lang_tag(d, l);
    double t2 = now();
    if (l)
        lang_parse(d, l, o->fast ? LANG_FAST : LANG_BEST, true);
    double t3 = now();
    seconds[0] += t1 - t0;
    seconds[1] += t2 - t1;
    seconds[2] += t3 - t2;
}

static options read_options(int argc, char **argv)
{
    options o = {.times = 1};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--given"))
            o.given = true;
        else if (!strcmp(argv[i], "--fast"))
            o.fast = true;
        else if (!strcmp(argv[i], "--time") && i + 1 < argc)
            o.times = atoi(argv[++i]);
        else
            o.model = argv[i];
    }
    return o;
}

int main(int argc, char **argv)
{
    options o = read_options(argc, argv);
    lang *l = NULL;
    entente_error e;
    if (o.model && lang_open(o.model, &l, &e)) {
        fprintf(stderr, "%s: %s\n", e.origin, e.text);
        return 1;
    }
    buffer in = {0}, out = {0};
    char part[65536];
    size_t n;
    while ((n = fread(part, 1, sizeof part, stdin)) > 0)
        buffer_add(&in, part, n);
    doc *d = doc_new();
    if (!d || setjmp(*arena_escape(d->arena)))
        return 1;
    double seconds[3] = {0};
    for (int i = 0; i < o.times; i++) {
        doc_reset(d);
        d->raw = d->text = (str){in.at, (uint32_t)in.len};
        walk(d, &o, l, seconds);
    }
    double words = (double)d->tokens.count * o.times;
    if (o.times > 1)
        fprintf(stderr, "words/s: split %.0f tag %.0f parse %.0f, to tags %.0f, to trees %.0f\n", words / seconds[0], words / seconds[1],
                words / seconds[2], words / (seconds[0] + seconds[1]), words / (seconds[0] + seconds[1] + seconds[2]));
    write_conllu(d, &out);
    fwrite(out.at, 1, out.len, stdout);
    doc_free(d);
    lang_close(l);
    buffer_free(&in);
    buffer_free(&out);
    return 0;
}
