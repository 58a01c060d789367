/* Trains the weights that judge which leaves of a page are the story, or measures them by cross-validation over sites:
 * twenty times the sites are dealt to ten folds anew; printed are the mean and the spread.
 *
 *   train-blocks [--cross] [--errors] PAGES > src/page/weights.c
 *
 * PAGES is a folder with dev.json ({id: {articleBody, url}}), dev/ID.html.gz and perhaps meta_dev.json ({id: {url, with,
 * without}}) with its pages: there only the leaves that hold a passage count. Logistic regression with L2, adaptive steps,
 * in a fixed order: the same bits every time. The measure is that of the article extraction benchmark: F1 of 4-token
 * windows, averaged over pages. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "page/blocks.h"
#include "page/page.h"

enum { FOLDS = 10, DEALS = 20, EPOCHS = 40, PAGES = 1024 };

typedef struct example {
    uint16_t at[FEATURES_MOST];
    uint32_t count;
    float weight;
    bool story;
    uint32_t leaf;
} example;

typedef struct sample {
    char id[80], site[128];
    doc *d;
    const tokens *t;
    const layout *l;
    bool whole;          /* with a gold body */
    VEC(uint64_t) gold;  /* windows, sorted */
    VEC(example) examples;
    uint32_t gold_words;
    double tp, fp, fn;
} sample;

static sample samples[PAGES];
static uint32_t count;

/* ---- windows of four words ---- */

typedef VEC(uint64_t) numbers;

static void words_of(arena *a, str s, numbers *ret)
{
    const char *p = s.at, *end = p + s.len, *start = NULL;
    while (p <= end) {
        const char *at = p;
        bool word = false;
        if (p < end) {
            uint32_t c = utf8_next(&p, end);
            word = utf8_is_letter(c) || utf8_is_digit(c) || c == '_';
        } else {
            p++;
        }
        if (word && !start)
            start = at;
        if (!word && start) {
            *vec_push(a, ret) = str_hash((str){start, (uint32_t)(at - start)});
            start = NULL;
        }
    }
}

static void windows_of(arena *a, const numbers *words, numbers *ret)
{
    uint32_t n = words->count < 4 ? words->count : 4;
    for (uint32_t i = 0; n && i + n <= words->count; i++) {
        uint64_t h = 1;
        for (uint32_t k = 0; k < n; k++)
            h = (h ^ words->at[i + k]) * 0x9E3779B97F4A7C15u + (h >> 29);
        *vec_push(a, ret) = h;
    }
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort(numbers *n)
{
    if (n->count)
        qsort(n->at, n->count, sizeof *n->at, by_value);
}

static bool holds(const numbers *sorted, uint64_t value)
{
    return sorted->count && bsearch(&value, sorted->at, sorted->count, sizeof value, by_value);
}

static bool has_run(const numbers *words, const numbers *run)
{
    for (uint32_t i = 0; run->count && i + run->count <= words->count; i++)
        if (!memcmp(words->at + i, run->at, run->count * sizeof *run->at))
            return true;
    return false;
}

/* ---- samples ---- */

static void site_of(const char *url, char site[128])
{
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    size_t len = strcspn(at, "/:");
    snprintf(site, 128, "%.*s", (int)len, at);
    char *dot = strrchr(site, '.');
    while (dot && dot > site && dot[-1] != '.')
        dot--;
    if (dot && dot > site)
        memmove(site, dot, strlen(dot) + 1);
}

static const char *field(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v ? json_object_get_string(v) : "";
}

static bool load(sample *s, const char *folder, const char *set, const char *id, json_object *o)
{
    char path[4096];
    entente_error e;
    page_reader *r;
    snprintf(path, sizeof path, "%s/%s/%s.html.gz", folder, set, id);
    snprintf(s->id, sizeof s->id, "%s", id);
    site_of(field(o, "url"), s->site);
    s->d = doc_new();
    if (page_reader_open(path, INPUT_HTML, &r, &e) || page_reader_next(r, s->d, &e) != 1 || setjmp(*arena_escape(s->d->arena)))
        return false;
    page_reader_close(r);
    html_layout(s->d, &s->t, &s->l);
    return true;
}

static void add_example(sample *s, uint32_t leaf, bool story, float weight)
{
    example *e = vec_push(s->d->arena, &s->examples);
    *e = (example){.leaf = leaf, .story = story, .weight = weight};
    e->count = layout_features(s->l, leaf, e->at);
}

static void label_whole(sample *s, const char *body)
{
    arena *a = s->d->arena;
    numbers words = {0}, windows = {0};
    words_of(a, str_of(body), &words);
    windows_of(a, &words, &windows);
    sort(&windows);
    s->gold.at = windows.at;
    s->gold.count = windows.count;
    s->gold_words = words.count;
    s->whole = true;
    for (uint32_t i = 0; i < s->t->leaves.count; i++) {
        numbers mine = {0}, parts = {0};
        if (!layout_is_near(s->l, i))
            continue;
        words_of(a, s->t->leaves.at[i].text, &mine);
        windows_of(a, &mine, &parts);
        uint32_t hits = 0;
        for (uint32_t k = 0; k < parts.count; k++)
            hits += holds(&windows, parts.at[k]);
        bool story = mine.count < 4 ? has_run(&words, &mine) && layout_is_near(s->l, i) && i >= s->l->first && i <= s->l->last + 2 : hits * 2 > parts.count;
        float weight = 0.02f + 2.0f * (float)MIN(mine.count, 200u) / (float)MAX(words.count, 60u);
        add_example(s, i, story, weight);
    }
}

static void label_passages(sample *s, json_object *list, bool story)
{
    arena *a = s->d->arena;
    for (size_t n = 0; list && n < json_object_array_length(list); n++) {
        numbers passage = {0};
        words_of(a, str_of(json_object_get_string(json_object_array_get_idx(list, n))), &passage);
        for (uint32_t i = 0; i < s->t->leaves.count; i++) {
            numbers mine = {0};
            if (!layout_is_near(s->l, i))
                continue;
            words_of(a, s->t->leaves.at[i].text, &mine);
            if (has_run(&mine, &passage))
                add_example(s, i, story, story ? 0.04f : 0.06f);
        }
    }
}

static void load_set(const char *folder, const char *set)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.json", folder, set);
    json_object *all = json_object_from_file(path), *list;
    if (!all)
        return;
    json_object_object_foreach(all, id, o) {
        sample *s = &samples[count];
        if (count == PAGES || !load(s, folder, set, id, o))
            continue;
        count++;
        if (json_object_object_get_ex(o, "articleBody", NULL))
            label_whole(s, field(o, "articleBody"));
        if (json_object_object_get_ex(o, "with", &list))
            label_passages(s, list, true);
        if (json_object_object_get_ex(o, "without", &list))
            label_passages(s, list, false);
    }
    json_object_put(all);
}

/* ---- training ---- */

static uint32_t deal; /* of sites to folds */

static uint32_t fold_of(const sample *s)
{
    uint64_t hash = (str_hash(str_of(s->site)) + deal) * 0x9E3779B97F4A7C15u;
    return (uint32_t)((hash ^ hash >> 31) * 0xBF58476D1CE4E5B9u >> 33) % FOLDS;
}

static float judge(const float *w, const example *e)
{
    float sum = 0;
    for (uint32_t k = 0; k < e->count; k++)
        sum += w[e->at[k]];
    return sum;
}

/* The example with half of its features left out, never the same half: what is learned then leans on no single word of
 * one site's making. */
static example thinned(const example *e, uint64_t *dice)
{
    example x = {.weight = e->weight, .story = e->story};
    for (uint32_t j = 0; j < e->count; j++) {
        *dice = *dice * 6364136223846793005u + 1442695040888963407u;
        if (e->at[j] == FEATURE_BIAS || *dice >> 63)
            x.at[x.count++] = e->at[j];
    }
    return x;
}

static void learn(float *w, float *squares, const example *e)
{
    float p = 1 / (1 + expf(-2 * judge(w, e))), g = e->weight * (p - (float)e->story);
    for (uint32_t j = 0; j < e->count; j++) {
        uint16_t n = e->at[j];
        float step = g + 0.0004f * e->weight * w[n];
        squares[n] += step * step;
        w[n] -= 0.06f * step / (sqrtf(squares[n]) + 1e-4f);
    }
}

static void train(float *w, uint32_t left_out)
{
    static float squares[FEATURE_COUNT];
    uint64_t dice = 1;
    memset(squares, 0, sizeof squares);
    memset(w, 0, FEATURE_COUNT * sizeof *w);
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++)
        for (uint32_t i = 0; i < count; i++) {
            const sample *s = &samples[i];
            for (uint32_t k = 0; fold_of(s) != left_out && k < s->examples.count; k++) {
                example e = thinned(&s->examples.at[k], &dice);
                learn(w, squares, &e);
            }
        }
}

/* ---- measuring ---- */

static void measure(sample *s, const float *w, bool errors)
{
    arena *a = s->d->arena;
    numbers words = {0}, windows = {0}, gold = {0};
    for (uint32_t k = 0; k < s->examples.count; k++)
        if (judge(w, &s->examples.at[k]) > 0)
            words_of(a, s->t->leaves.at[s->examples.at[k].leaf].text, &words);
    windows_of(a, &words, &windows);
    sort(&windows);
    gold.at = s->gold.at, gold.count = s->gold.count;
    uint32_t i = 0, k = 0, hits = 0;
    while (i < windows.count && k < gold.count) {
        int order = by_value(&windows.at[i], &gold.at[k]);
        hits += !order;
        i += order <= 0;
        k += order >= 0;
    }
    s->tp = hits, s->fp = windows.count - hits, s->fn = gold.count - hits;
    for (k = 0; errors && k < s->examples.count; k++) {
        const example *e = &s->examples.at[k];
        float v = judge(w, e);
        str text = s->t->leaves.at[e->leaf].text;
        if ((v > 0) != e->story && text.len > 12)
            fprintf(stderr, "%.8s %-22.22s %s %6.2f %4u %.*s\n", s->id, s->site, e->story ? "MISS" : "EXTRA", v, s->l->words[e->leaf], (int)MIN(text.len, 110u), text.at);
    }
}

typedef struct quality {
    double precision, recall, f1;
} quality;

static quality quality_of_pages(void)
{
    quality q = {0};
    uint32_t predicted = 0, pages = 0;
    for (uint32_t i = 0; i < count; i++) {
        const sample *s = &samples[i];
        if (!s->whole)
            continue;
        pages++;
        predicted += s->tp + s->fp > 0;
        q.precision += s->tp + s->fp > 0 ? s->tp / (s->tp + s->fp) : 0;
        q.recall += s->tp / (s->tp + s->fn);
    }
    q.precision /= predicted, q.recall /= pages;
    q.f1 = 2 * q.precision * q.recall / (q.precision + q.recall);
    return q;
}

static void list_pages(void)
{
    for (uint32_t i = 0; i < count; i++) {
        const sample *s = &samples[i];
        double p = s->tp / (s->tp + s->fp + 1e-9), r = s->tp / (s->tp + s->fn + 1e-9);
        if (s->whole && (p < 0.98 || r < 0.98))
            fprintf(stderr, "page %.8s %-24s P %.3f R %.3f\n", s->id, s->site, p, r);
    }
}

static void cross(bool errors)
{
    static float w[FEATURE_COUNT];
    quality sum = {0};
    double least = 1, most = 0;
    for (deal = 0; deal < DEALS; deal++) {
        for (uint32_t fold = 0; fold < FOLDS; fold++) {
            train(w, fold);
            for (uint32_t i = 0; i < count; i++)
                if (samples[i].whole && fold_of(&samples[i]) == fold)
                    measure(&samples[i], w, errors && !deal);
        }
        if (errors && !deal)
            list_pages();
        quality q = quality_of_pages();
        sum = (quality){sum.precision + q.precision, sum.recall + q.recall, sum.f1 + q.f1};
        least = q.f1 < least ? q.f1 : least;
        most = q.f1 > most ? q.f1 : most;
    }
    fprintf(stderr, "cross-validation over sites, %u deals: precision %.4f, recall %.4f, F1 %.4f (%.4f to %.4f)\n", (unsigned)DEALS,
            sum.precision / DEALS, sum.recall / DEALS, sum.f1 / DEALS, least, most);
}

static void write_weights(const float *w)
{
    printf("/* Made by train/blocks.c; not to be edited. */\n#include \"page/blocks.h\"\n\nconst float block_weights[FEATURE_COUNT] = {\n");
    for (uint32_t i = 0; i < FEATURE_COUNT; i++)
        printf("%s%.3ff,%s", i % 12 ? " " : "    ", (double)w[i], i % 12 == 11 || i + 1 == FEATURE_COUNT ? "\n" : "");
    printf("};\n");
}

int main(int argc, char **argv)
{
    static float w[FEATURE_COUNT];
    bool crossing = false, errors = false;
    int i = 1;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        crossing |= !strcmp(argv[i], "--cross");
        errors |= !strcmp(argv[i], "--errors");
    }
    if (i + 1 != argc) {
        fprintf(stderr, "usage: train-blocks [--cross] [--errors] PAGES > src/page/weights.c\n");
        return 2;
    }
    load_set(argv[i], "dev");
    load_set(argv[i], "meta_dev");
    if (crossing) {
        cross(errors);
        return 0;
    }
    train(w, FOLDS);
    for (uint32_t k = 0; k < count; k++)
        if (samples[k].whole)
            measure(&samples[k], w, false);
    quality q = quality_of_pages();
    fprintf(stderr, "on the pages themselves: precision %.4f, recall %.4f, F1 %.4f\n", q.precision, q.recall, q.f1);
    write_weights(w);
    return 0;
}
