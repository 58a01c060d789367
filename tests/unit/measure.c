/* What docs/measure.md promises of the measure, proved by simulation with a fixed seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "ask/measure.h"

/* How often the types of event occur between powers that are neither close nor hostile; our own round figures. */
static const double common[EVENT_COUNT] = {.08, .30, .12, .02, .05, .03, .02, .08, .12, .05, .03, .02, .02, .02, .02, .02};

static uint64_t state;

static double chance(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Shares of the types where conduct is tilted by theta: towards cooperation above 0. */
static void tilt(double theta, double ret[EVENT_COUNT])
{
    double sum = 0;
    for (int i = 0; i < EVENT_COUNT; i++)
        sum += ret[i] = common[i] * exp(theta * event_scores[i] / 50.0);
    for (int i = 0; i < EVENT_COUNT; i++)
        ret[i] /= sum;
}

static double truth(double theta)
{
    double share[EVENT_COUNT], up = 0, down = 0;
    tilt(theta, share);
    for (int i = 0; i < EVENT_COUNT; i++) {
        up += share[i] * MAX(event_scores[i], 0);
        down += share[i] * MAX(-event_scores[i], 0);
    }
    return (up - down) / (up + down);
}

static void draw(double theta, measure_story *ret, uint32_t count)
{
    double share[EVENT_COUNT];
    tilt(theta, share);
    for (uint32_t n = 0; n < count; n++) {
        double at = chance();
        int type = 0;
        while (type + 1 < EVENT_COUNT && at >= share[type])
            at -= share[type++];
        ret[n] = (measure_story){1, event_scores[type], n % 5};
    }
}

enum { POOL = 4000 };
static measure_story pool[POOL];

static int prepare(void **unused)
{
    (void)unused;
    state = 7;
    draw(0, pool, POOL);
    return 0;
}

static int draws = 600; /* of each kind of pair: unit-measure DRAWS */

/* The share of simulated pairs whose true balance lies in the interval. */
static double coverage(double theta, uint32_t count)
{
    measure_story *stories = calloc(count, sizeof *stories);
    int held = 0;
    for (int i = 0; i < draws; i++) {
        measure m;
        draw(theta, stories, count);
        measure_conduct(stories, count, 5, pool, POOL, (uint64_t)i, &m);
        held += m.low <= truth(theta) && truth(theta) <= m.high;
    }
    free(stories);
    return (double)held / draws;
}

static void the_interval_holds_the_truth_nine_times_in_ten(void **unused)
{
    (void)unused;
    static const double thetas[] = {-.6, -.2, 0, .2, .6};
    static const uint32_t counts[] = {5, 10, 20, 40, 60};
    for (size_t t = 0; t < COUNT(thetas); t++)
        for (size_t n = 0; n < COUNT(counts); n++) {
            double held = coverage(thetas[t], counts[n]);
            print_message("conduct %+.1f, %2u stories: the interval holds the truth in %.3f\n", thetas[t], counts[n], held);
            assert_true(held >= .86 && held <= .98);
        }
}

/* Attention alone: with eight times the stories of the same conduct the figure nears the truth inside its interval. */
static void more_stories_of_the_same_conduct_near_the_truth(void **unused)
{
    (void)unused;
    measure_story stories[8 * 30];
    int inside = 0, nearer = 0;
    for (int i = 0; i < 100; i++) {
        measure few, many;
        draw(.4, stories, COUNT(stories));
        measure_conduct(stories, 30, 5, pool, POOL, 1, &few);
        measure_conduct(stories, COUNT(stories), 5, pool, POOL, 1, &many);
        inside += few.low <= many.balance && many.balance <= few.high;
        nearer += fabs(many.balance - truth(.4)) < fabs(few.balance - truth(.4));
        assert_true(many.high - many.low < few.high - few.low);
    }
    assert_in_range(inside, 85, 100);
    assert_in_range(nearer, 70, 100);
}

static void order_does_not_matter_and_the_seed_is_all_chance(void **unused)
{
    (void)unused;
    measure_story stories[40], turned[40];
    measure a, b;
    draw(.2, stories, 40);
    for (int i = 0; i < 40; i++)
        turned[i] = stories[39 - i];
    measure_conduct(stories, 40, 5, pool, POOL, 3, &a);
    measure_conduct(turned, 40, 5, pool, POOL, 3, &b);
    assert_memory_equal(&a, &b, sizeof a);
}

static void little_evidence_says_nothing(void **unused)
{
    (void)unused;
    measure_story stories[12];
    measure m;
    for (int i = 0; i < 12; i++)
        stories[i] = (measure_story){1, event_scores[EVENT_ASSAULT], (uint32_t)i % 2};
    measure_conduct(stories, 9, 3, pool, POOL, 1, &m);
    assert_false(m.enough);
    assert_int_equal(m.verdict, 0);
    measure_conduct(stories, 12, 2, pool, POOL, 1, &m);
    assert_false(m.enough);
    measure_conduct(stories, 12, 3, pool, POOL, 1, &m);
    assert_true(m.enough);
    assert_int_equal(m.verdict, -1);
    measure_conduct(NULL, 0, 0, NULL, 0, 1, &m);
    assert_false(m.enough);
}

static void one_outlet_left_out_tells_who_carries_the_figure(void **unused)
{
    (void)unused;
    measure_story stories[20];
    measure m;
    for (uint32_t i = 0; i < 20; i++)
        stories[i] = (measure_story){1, event_scores[i < 10 ? EVENT_AID : EVENT_ASSAULT], i < 10 ? 0 : 1 + i % 3};
    measure_conduct(stories, 20, 4, pool, POOL, 1, &m);
    assert_true(m.without_low < -.4 && m.without_low < m.balance);
    assert_true(m.without_high > m.balance);
}

/* Two halves of the same conduct are told apart once in ten times at most or little more; real changes mostly. */
static void a_shift_is_told_where_there_is_one(void **unused)
{
    (void)unused;
    enum { PAIRS = 200, STORIES = 30 };
    measure_story before[STORIES], after[STORIES];
    const measure_set usual = {pool, POOL, 0}, sets[2] = {{before, STORIES, 5}, {after, STORIES, 5}}, few = {after, STORIES, 2};
    int alarms = 0, found = 0;
    measure_change c;
    for (int i = 0; i < PAIRS; i++) {
        draw(.2, before, STORIES);
        draw(.2, after, STORIES);
        measure_shift(&sets[0], &sets[1], &usual, 1, &c);
        alarms += c.moved != 0;
        draw(-.6, after, STORIES);
        measure_shift(&sets[0], &sets[1], &usual, 1, &c);
        found += c.moved < 0 && c.shift < 0 && c.low < c.shift && c.shift < c.high;
        measure_shift(&sets[0], &few, &usual, 1, &c);
        assert_int_equal(c.moved, 0);
    }
    print_message("same conduct, 30 stories each: a shift is told in %d of %d; a real one in %d\n", alarms, PAIRS, found);
    assert_in_range(alarms, 5, 28);
    assert_in_range(found, 140, PAIRS);
}

int main(int argc, char **argv)
{
    draws = argc > 1 ? atoi(argv[1]) : draws;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_holds_the_truth_nine_times_in_ten),
        cmocka_unit_test(more_stories_of_the_same_conduct_near_the_truth),
        cmocka_unit_test(order_does_not_matter_and_the_seed_is_all_chance),
        cmocka_unit_test(little_evidence_says_nothing),
        cmocka_unit_test(one_outlet_left_out_tells_who_carries_the_figure),
        cmocka_unit_test(a_shift_is_told_where_there_is_one),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
