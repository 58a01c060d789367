/* measure: how one power behaved towards another, from stories, with what is not known about it. No database here.
 *
 * The balance of n stories with scores s (PLOVER's, from -10 to 10) and weights w (0 to 1, the coder's confidence):
 *
 *     C = sum of w * max(s, 0) / 10       F = sum of w * max(-s, 0) / 10
 *     balance = (C - F + c0 - f0) / (C + F + c0 + f0)            from -1, all conflict, to 1, all cooperation
 *
 * c0 and f0 are a pseudo-story of the pool: all stories between powers in the same outlets and window. So a pair of
 * which little is told stands near the pool, with a wide interval, and not at 0. The interval holds 90% of a Bayesian
 * bootstrap (Rubin 1981, Annals of Statistics 9) over stories, the pseudo-story drawn anew each time, its seed fixed; the
 * weights of n stories are gamma variates of shape n / (n + 1), for with shape 1 a mean varies by (n + 1) / n too little. It
 * resamples stories, never reports: how often a thing was told changes nothing. docs/measure.md argues for all of it. */
#ifndef MEASURE_H
#define MEASURE_H

#include "base/base.h"

enum {
    MEASURE_ROUNDS = 1000,   /* of the bootstrap */
    MEASURE_STORIES = 10,    /* fewer stories, or fewer outlets, and nothing is said */
    MEASURE_OUTLETS = 3,
};

/* One story, of words or of deeds. */
typedef struct measure_story {
    float weight;    /* 0 to 1 */
    int8_t score;    /* tenths: event_scores[] */
    uint32_t outlet; /* number of the only outlet that told it, or NONE where several did */
} measure_story;

typedef struct measure {
    uint32_t stories, outlets;
    bool enough;               /* stories and outlets reach their thresholds; the rest means nothing otherwise */
    double balance, low, high; /* the 90% interval */
    double pool;               /* the pool's own balance */
    double without_low, without_high; /* the least and greatest balance with any one outlet left out */
    int verdict;               /* 1 closer, -1 more hostile than the pool; 0 where the interval holds the pool's balance */
} measure;

/* Cooperation and conflict, summed: the balance of many pairs without the rest. */
typedef struct measure_sums {
    double up, down;
} measure_sums;
void measure_sums_add(measure_sums *s, const measure_story *story);
/* c0 and f0 of a pool. */
measure_sums measure_prior(const measure_story *pool, uint32_t count);
/* The balance; 0 where there is nothing at all. */
double measure_ratio(measure_sums stories, measure_sums prior);

/* `outlets` counts the outlets of all stories together. The pool may hold the stories themselves. Deterministic: the
 * order of the stories does not matter. */
void measure_conduct(const measure_story *stories, uint32_t count, uint32_t outlets, const measure_story *pool,
                     uint32_t pool_count, uint64_t seed, measure *ret);

/* How far conduct moved from one set of stories to another: the later balance less the earlier, with the 90% interval of the
 * same bootstrap over both. `moved` is 1 or -1 where both sets are enough and the interval leaves out 0, else 0. */
typedef struct measure_change {
    double shift, low, high;
    int moved;
} measure_change;
typedef struct measure_set {
    const measure_story *at;
    uint32_t count, outlets;
} measure_set;
void measure_shift(const measure_set *before, const measure_set *after, const measure_set *pool, uint64_t seed, measure_change *ret);

#endif
