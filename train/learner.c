#include "train.h"

#include <stdio.h>
#include <stdlib.h>

/* A weight of a class, with what is needed for its average. */
typedef struct cell {
    int64_t sum;
    int32_t weight; /* times 256, plus the class */
    uint32_t stamp;
} cell;

typedef struct row {
    cell *cells;
    uint32_t feature;
    uint16_t count, room;
} row;

struct learner {
    row *rows; /* open addressing; a free one has no cells */
    uint32_t bits, used, step;
};

static void *need(void *p)
{
    if (!p) {
        fputs("train: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

learner *learner_new(void)
{
    learner *l = need(calloc(1, sizeof *l));
    l->bits = 16;
    l->rows = need(calloc((size_t)1 << l->bits, sizeof *l->rows));
    return l;
}

void learner_free(learner *l)
{
    for (size_t i = 0; i < (size_t)1 << l->bits; i++)
        free(l->rows[i].cells);
    free(l->rows);
    free(l);
}

static row *find(const learner *l, uint32_t feature)
{
    uint32_t mask = (1u << l->bits) - 1;
    for (uint32_t i = feature >> (32 - l->bits);; i++) {
        row *r = &l->rows[i & mask];
        if (!r->cells || r->feature == feature)
            return r;
    }
}

static void widen(learner *l)
{
    row *old = l->rows;
    size_t count = (size_t)1 << l->bits;
    l->bits++;
    l->rows = need(calloc((size_t)1 << l->bits, sizeof *l->rows));
    for (size_t i = 0; i < count; i++)
        if (old[i].cells)
            *find(l, old[i].feature) = old[i];
    free(old);
}

void learner_score(const learner *l, const uint32_t *features, uint32_t count, int32_t *scores)
{
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&l->rows[features[i] >> (32 - l->bits)]);
    const row *rows[256];
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = find(l, features[i]);
        __builtin_prefetch(rows[i]->cells);
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < rows[i]->count; k++) {
            int32_t w = rows[i]->cells[k].weight;
            scores[w & 255] += w >> 8;
        }
}

static cell *cell_of(row *r, uint32_t class)
{
    for (uint32_t k = 0; k < r->count; k++)
        if ((uint32_t)(r->cells[k].weight & 255) == class)
            return &r->cells[k];
    if (r->count == r->room) {
        r->room = r->room ? (uint16_t)(r->room * 2) : 2;
        r->cells = need(realloc(r->cells, r->room * sizeof *r->cells));
    }
    cell *c = &r->cells[r->count++];
    *c = (cell){.weight = (int32_t)class};
    return c;
}

void learner_move(learner *l, const uint32_t *features, uint32_t count, uint32_t class, int32_t by)
{
    for (uint32_t i = 0; i < count; i++) {
        row *r = find(l, features[i]);
        if (!r->cells) {
            r->feature = features[i];
            if (++l->used > (1u << l->bits) / 2) {
                r->feature = 0;
                widen(l);
                r = find(l, features[i]);
                r->feature = features[i];
            }
        }
        cell *c = cell_of(r, class);
        c->sum += (int64_t)(c->weight >> 8) * (l->step - c->stamp);
        c->stamp = l->step;
        c->weight += by * 256;
    }
}

void learner_step(learner *l)
{
    l->step++;
}

/* Averages are kept in 64ths. */
void learner_finish(learner *l)
{
    for (size_t i = 0; i < (size_t)1 << l->bits; i++)
        for (uint32_t k = 0; k < l->rows[i].count; k++) {
            cell *c = &l->rows[i].cells[k];
            c->sum += (int64_t)(c->weight >> 8) * (l->step - c->stamp);
            int64_t mean = c->sum * 64 / (l->step ? l->step : 1);
            c->weight = (int32_t)mean * 256 + (c->weight & 255);
        }
}

/* ---- quantised rows ---- */

/* The divisor that makes all but one weight in 4,000 fit a byte. */
static int32_t divisor(const learner *l)
{
    static uint32_t histogram[1 << 16];
    memset(histogram, 0, sizeof histogram);
    uint64_t all = 0, seen = 0;
    for (size_t i = 0; i < (size_t)1 << l->bits; i++)
        for (uint32_t k = 0; k < l->rows[i].count; k++, all++)
            histogram[MIN(abs(l->rows[i].cells[k].weight >> 8), (1 << 16) - 1)]++;
    int32_t at = (1 << 16) - 1;
    while (at > 127 && (seen += histogram[at]) < all / 4000)
        at--;
    return (at + 126) / 127;
}

static int32_t quantised(const cell *c, int32_t by)
{
    int32_t w = c->weight >> 8, q = (abs(w) + by / 2) / by;
    q = MIN(q, 127);
    return w < 0 ? -q : q;
}

/* How rows are written: weights divided, the least of them, classes in one stretch, and when a row is written whole. */
typedef struct packing {
    int32_t by, least;
    uint32_t lanes, whole;
} packing;

static uint32_t pairs_of(const row *r, const packing *p)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < r->count; k++)
        n += abs(quantised(&r->cells[k], p->by)) >= p->least;
    return n;
}

/* Bytes of the pool. */
static size_t pool_size(const learner *l, const packing *p)
{
    size_t size = 0;
    for (size_t i = 0; i < (size_t)1 << l->bits; i++) {
        uint32_t n = pairs_of(&l->rows[i], p);
        size += n ? 3 + (n >= p->whole ? p->lanes : 2 * n) : 0;
    }
    return size;
}

/* Whole rows may cost a hundredth of the bytes. */
static packing pack(const learner *l, size_t limit)
{
    packing p = {divisor(l), 1, MODEL_LANES, 255};
    for (size_t i = 0; i < (size_t)1 << l->bits; i++)
        for (uint32_t k = 0; k < l->rows[i].count; k++)
            while (p.lanes <= (uint32_t)(l->rows[i].cells[k].weight & 255))
                p.lanes += MODEL_LANES;
    while (pool_size(l, &p) > limit)
        p.least++;
    size_t most = pool_size(l, &p) * 101 / 100;
    for (p.whole = p.lanes / 2; p.whole > 1; p.whole--)
        if (pool_size(l, &p) > most)
            break;
    p.whole++;
    return p;
}

static int by_feature(const void *a, const void *b)
{
    uint32_t x = (*(const row *const *)a)->feature, y = (*(const row *const *)b)->feature;
    return x < y ? -1 : x > y;
}

static void put_row(const row *r, const packing *p, buffer *pool)
{
    uint32_t n = pairs_of(r, p);
    int8_t weights[256] = {0};
    if (!n)
        return;
    for (uint32_t k = 0; k < r->count; k++) {
        int32_t q = quantised(&r->cells[k], p->by);
        if (abs(q) >= p->least)
            weights[r->cells[k].weight & 255] = (int8_t)q;
    }
    bool whole = n >= p->whole;
    buffer_char(pool, (char)(r->feature & 255));
    buffer_char(pool, (char)(r->feature >> 8 & 255));
    buffer_char(pool, whole ? (char)255 : (char)n);
    if (whole)
        buffer_add(pool, weights, p->lanes);
    for (uint32_t class = 0; class < p->lanes && !whole; class++)
        if (weights[class]) {
            buffer_char(pool, (char)class);
            buffer_char(pool, (char)weights[class]);
        }
}

/* The numbers of 2^bits + 1 places in the pool, and the pool. */
static void put_rows(const row **rows, uint32_t used, uint32_t bits, const packing *p, buffer *starts, buffer *pool)
{
    uint32_t bucket = 0, at = 0;
    buffer_add(starts, &at, 4);
    for (uint32_t i = 0; i < used; i++) {
        for (; bucket < rows[i]->feature >> (32 - bits); bucket++) {
            at = (uint32_t)pool->len;
            buffer_add(starts, &at, 4);
        }
        put_row(rows[i], p, pool);
    }
    at = (uint32_t)pool->len;
    for (; bucket < 1u << bits; bucket++)
        buffer_add(starts, &at, 4);
}

void learner_rows(const learner *l, size_t limit, buffer *out)
{
    packing p = pack(l, limit);
    const row **rows = need(calloc(l->used + 1u, sizeof *rows));
    uint32_t used = 0, bits = 8;
    for (size_t i = 0; i < (size_t)1 << l->bits; i++)
        if (l->rows[i].cells)
            rows[used++] = &l->rows[i];
    qsort(rows, used, sizeof *rows, by_feature);
    while (bits < 18 && (16u << bits) < pool_size(l, &p))
        bits++;
    buffer pool = {0}, starts = {0};
    put_rows(rows, used, bits, &p, &starts, &pool);
    uint32_t head[4] = {bits, (uint32_t)pool.len, p.lanes, 0};
    buffer_add(out, head, sizeof head);
    buffer_add(out, starts.at, starts.len);
    buffer_add(out, pool.at, pool.len);
    fprintf(stderr, "  %u features learned, divisor %d, least %d, whole from %u of %u, %zu bytes\n", l->used, p.by, p.least, p.whole, p.lanes,
            out->len);
    buffer_free(&pool);
    buffer_free(&starts);
    free(rows);
}

/* ---- filter ---- */

static uint32_t row_weight(const row *r)
{
    uint32_t sum = 0;
    for (uint32_t k = 0; k < r->count; k++)
        sum += (uint32_t)abs(r->cells[k].weight >> 8);
    return MIN(sum, 0xFFFF);
}

static void filter_add(filter *f, uint32_t feature)
{
    uint32_t mask = (1u << f->bits) - 1, i = feature >> (32 - f->bits);
    while (f->features[i & mask] && f->features[i & mask] != feature)
        i++;
    f->features[i & mask] = feature;
}

filter filter_of(const learner *l, uint32_t count)
{
    static uint32_t histogram[1 << 16];
    memset(histogram, 0, sizeof histogram);
    size_t rows = (size_t)1 << l->bits;
    for (size_t i = 0; i < rows; i++)
        if (l->rows[i].cells)
            histogram[row_weight(&l->rows[i])]++;
    uint32_t least = 0xFFFF, seen = 0;
    while (least > 1 && seen + histogram[least] <= count)
        seen += histogram[least--];
    filter f = {NULL, 21};
    f.features = need(calloc((size_t)1 << f.bits, 4));
    for (size_t i = 0; i < rows; i++)
        if (l->rows[i].cells && row_weight(&l->rows[i]) > least)
            filter_add(&f, l->rows[i].feature);
    fprintf(stderr, "  %u features of %u kept\n", seen, l->used);
    return f;
}

uint32_t filter_pass(const filter *f, uint32_t *features, uint32_t count)
{
    if (!f->bits)
        return count;
    uint32_t mask = (1u << f->bits) - 1, n = 0;
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&f->features[features[i] >> (32 - f->bits)]);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = features[i] >> (32 - f->bits);
        while (f->features[at & mask] && f->features[at & mask] != features[i])
            at++;
        if (f->features[at & mask])
            features[n++] = features[i];
    }
    return n;
}

/* ---- tables, order ---- */

void train_shuffle(uint32_t *order, uint32_t count, uint64_t *seed)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = train_random(seed) % i, t = order[i - 1];
        order[i - 1] = order[k];
        order[k] = t;
    }
}

table_maker table_new(uint32_t bits)
{
    return (table_maker){need(calloc((size_t)1 << bits, 4)), bits, 0};
}

void table_set(table_maker *t, uint32_t hash, uint32_t value)
{
    uint32_t mask = (1u << t->bits) - 1, i = hash >> (32 - t->bits), probes = 0;
    for (; t->cells[i & mask]; i++)
        if ((t->cells[i & mask] & 0xFFFF) == (hash & 0xFFFF) || ++probes > 60)
            return;
    t->cells[i & mask] = value << 16 | (hash & 0xFFFF);
    t->count++;
}

table table_of(const table_maker *t)
{
    return (table){t->cells, t->bits};
}
