#include "ask/measure.h"

#include <math.h>
#include <stdlib.h>

/* Stories with the same score and, to a sixteenth, the same weight are one class: the bootstrap weights of n of them add
 * up to a gamma variate too, of n times the shape, so a round costs as much as there are classes, however many stories there are. */
enum { LEVELS = 16, SCORES = 201, CLASSES = SCORES * (LEVELS + 1) };

typedef struct classes {
    uint32_t count[CLASSES];
    uint32_t used[CLASSES], uses; /* those that are not empty, in order */
    uint32_t total;
} classes;

static uint32_t class_of(const measure_story *s)
{
    float w = s->weight < 0 ? 0 : s->weight > 1 ? 1 : s->weight;
    return (uint32_t)(s->score + 100) * (LEVELS + 1) + (uint32_t)(w * LEVELS + 0.5F);
}

/* Weight times score of a story of this class, from -1 to 1. */
static double class_value(uint32_t class)
{
    double score = (double)(int)(class / (LEVELS + 1)) - 100, weight = (double)(class % (LEVELS + 1)) / LEVELS;
    return weight * score / 100;
}

static void classes_fill(classes *c, const measure_story *stories, uint32_t count)
{
    memset(c, 0, sizeof *c);
    for (uint32_t i = 0; i < count; i++)
        c->count[class_of(&stories[i])]++;
    for (uint32_t i = 0; i < CLASSES; i++)
        if (c->count[i])
            c->used[c->uses++] = i;
    c->total = count;
}

typedef measure_sums sums;

static void sums_add(sums *s, double value)
{
    if (value > 0)
        s->up += value;
    else
        s->down -= value;
}

double measure_ratio(sums a, sums b)
{
    double all = a.up + a.down + b.up + b.down;
    return all > 0 ? (a.up - a.down + b.up - b.down) / all : 0;
}

static sums sums_of(const classes *c)
{
    sums s = {0, 0};
    for (uint32_t i = 0; i < c->uses; i++)
        sums_add(&s, class_value(c->used[i]) * c->count[c->used[i]]);
    return s;
}

/* ---- chance, the same in every run ---- */

/* splitmix64: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators". */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double uniform(uint64_t *state) /* 0 < u < 1 */
{
    return ((double)(next_bits(state) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state)
{
    double u = uniform(state), v = uniform(state);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Marsaglia and Tsang (2000), "A simple method for generating gamma variables"; shapes under 1 by way of the next whole one. */
static double gamma_variate(uint64_t *state, double shape)
{
    if (shape < 1)
        return gamma_variate(state, shape + 1) * pow(uniform(state), 1 / shape);
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = normal(state), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(uniform(state)) < x * x / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

static uint32_t draw_class(const classes *pool, uint64_t *state)
{
    uint64_t at = next_bits(state) % pool->total;
    uint32_t i = 0;
    while (at >= pool->count[pool->used[i]])
        at -= pool->count[pool->used[i++]];
    return pool->used[i];
}

static double one_round(const classes *mine, const classes *pool, uint64_t *state)
{
    sums s = {0, 0}, prior = {0, 0};
    double shape = mine->total / (mine->total + 1.0);
    for (uint32_t i = 0; i < mine->uses; i++)
        sums_add(&s, class_value(mine->used[i]) * gamma_variate(state, shape * mine->count[mine->used[i]]) / shape);
    if (pool->total)
        sums_add(&prior, class_value(draw_class(pool, state)) * -log(uniform(state)));
    return measure_ratio(s, prior);
}

/* c0 and f0. */
static sums prior_of(const classes *pool)
{
    sums s = sums_of(pool);
    double share = pool->total ? 1.0 / pool->total : 0;
    return (sums){s.up * share, s.down * share};
}

static int compare_doubles(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void interval(const classes *mine, const classes *pool, uint64_t seed, measure *ret)
{
    double rounds[MEASURE_ROUNDS];
    for (int i = 0; i < MEASURE_ROUNDS; i++)
        rounds[i] = one_round(mine, pool, &seed);
    qsort(rounds, MEASURE_ROUNDS, sizeof *rounds, compare_doubles);
    ret->low = rounds[MEASURE_ROUNDS / 20];
    ret->high = rounds[MEASURE_ROUNDS - 1 - MEASURE_ROUNDS / 20];
}

/* ---- one outlet left out ---- */

static int compare_outlets(const void *x, const void *y)
{
    const measure_story *a = x, *b = y;
    return (a->outlet > b->outlet) - (a->outlet < b->outlet);
}

static void one_left_out(const measure_story *stories, uint32_t count, sums all, sums prior, measure *ret)
{
    ret->without_low = ret->without_high = ret->balance;
    measure_story *sorted = count ? malloc(count * sizeof *sorted) : NULL;
    if (!sorted)
        return;
    memcpy(sorted, stories, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_outlets);
    for (uint32_t i = 0; i < count && sorted[i].outlet != NONE;) {
        sums gone = {0, 0};
        uint32_t outlet = sorted[i].outlet;
        for (; i < count && sorted[i].outlet == outlet; i++)
            sums_add(&gone, class_value(class_of(&sorted[i])));
        double b = measure_ratio((sums){all.up - gone.up, all.down - gone.down}, prior);
        ret->without_low = MIN(ret->without_low, b);
        ret->without_high = MAX(ret->without_high, b);
    }
    free(sorted);
}

static bool is_enough(uint32_t count, uint32_t outlets)
{
    return count >= MEASURE_STORIES && outlets >= MEASURE_OUTLETS;
}

void measure_sums_add(sums *s, const measure_story *story)
{
    sums_add(s, class_value(class_of(story)));
}

sums measure_prior(const measure_story *pool, uint32_t count)
{
    classes all;
    classes_fill(&all, pool, count);
    return prior_of(&all);
}

void measure_conduct(const measure_story *stories, uint32_t count, uint32_t outlets, const measure_story *pool,
                     uint32_t pool_count, uint64_t seed, measure *ret)
{
    classes mine, all;
    classes_fill(&mine, stories, count);
    classes_fill(&all, pool, pool_count);
    sums own = sums_of(&mine), prior = prior_of(&all);
    *ret = (measure){.stories = count, .outlets = outlets, .pool = measure_ratio(prior, (sums){0, 0})};
    ret->balance = measure_ratio(own, prior);
    interval(&mine, &all, seed, ret);
    one_left_out(stories, count, own, prior, ret);
    ret->enough = is_enough(count, outlets);
    ret->verdict = !ret->enough ? 0 : ret->low > ret->pool ? 1 : ret->high < ret->pool ? -1 : 0;
}

void measure_shift(const measure_set *before, const measure_set *after, const measure_set *pool, uint64_t seed, measure_change *ret)
{
    classes old, new, all;
    double rounds[MEASURE_ROUNDS];
    classes_fill(&old, before->at, before->count);
    classes_fill(&new, after->at, after->count);
    classes_fill(&all, pool->at, pool->count);
    for (int i = 0; i < MEASURE_ROUNDS; i++) {
        double later = one_round(&new, &all, &seed);
        rounds[i] = later - one_round(&old, &all, &seed);
    }
    qsort(rounds, MEASURE_ROUNDS, sizeof *rounds, compare_doubles);
    sums prior = prior_of(&all);
    *ret = (measure_change){.shift = measure_ratio(sums_of(&new), prior) - measure_ratio(sums_of(&old), prior),
                            .low = rounds[MEASURE_ROUNDS / 20], .high = rounds[MEASURE_ROUNDS - 1 - MEASURE_ROUNDS / 20]};
    if (is_enough(before->count, before->outlets) && is_enough(after->count, after->outlets))
        ret->moved = ret->low > 0 ? 1 : ret->high < 0 ? -1 : 0;
}
