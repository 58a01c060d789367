/* The parser's weights: greedy, with a dynamic oracle (Goldberg and Nivre 2012), so that it learns from the states that
 * its own mistakes lead to. */
#include "train.h"

#include "lang/beam.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 10, ROUNDS_FAST = 6, ROUNDS_TRY = 4, KEEP = 320000, KEEP_FAST = 120000, ROWS_LIMIT = 3300000, LIMIT_FAST = 1300000 };


typedef struct gold {
    uint16_t n;
    uint16_t *head;  /* 1..n; n + 1 is the root */
    uint8_t *label;
} gold;

/* What would be lost for good by each kind of action. */
typedef struct costs {
    uint32_t shift, reduce, left, right;
} costs;

static bool on_stack(const state *s, uint32_t i)
{
    for (uint32_t k = 0; k < s->depth; k++)
        if (s->stack[k] == i)
            return true;
    return false;
}

static uint32_t children_ahead(const state *s, const gold *g, uint32_t i)
{
    uint32_t count = 0;
    for (uint32_t k = s->next; k <= g->n; k++)
        count += g->head[k] == i;
    return count;
}

static uint32_t orphans_behind(const state *s, const gold *g, uint32_t i, uint32_t except)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < s->depth; k++)
        count += s->stack[k] != except && g->head[s->stack[k]] == i && !s->head[s->stack[k]];
    return count;
}

static costs cost_of(const state *s, const gold *g)
{
    uint32_t top = state_top(s), next = s->next;
    costs c = {0, 0, 0, 0};
    if (next <= g->n) {
        uint32_t orphans = orphans_behind(s, g, next, 0);
        bool head_behind = on_stack(s, g->head[next]);
        c.shift = orphans + head_behind;
        c.right = orphans_behind(s, g, next, top) + (top && g->head[next] != top && (head_behind || g->head[next] > next));
        c.right += top && g->head[top] == next && !s->head[top];
    }
    if (top) {
        c.reduce = children_ahead(s, g, top);
        c.left = c.reduce + (g->head[top] > next && !s->head[top]);
        /* the head may also still come to stand above: it is then in the buffer, counted already */
    }
    return c;
}

static uint32_t cost_of_action(const state *s, const gold *g, const costs *c, uint32_t a)
{
    uint32_t top = state_top(s), next = s->next;
    if (a == ACT_SHIFT)
        return c->shift;
    if (a == ACT_REDUCE)
        return c->reduce;
    if (a < ACT_RIGHT)
        return c->left + (g->head[top] == next && g->label[top] != a - ACT_LEFT);
    return c->right + (g->head[next] == top && g->label[next] != a - ACT_RIGHT);
}

typedef struct action_list {
    uint8_t at[ACT_COUNT], place[ACT_COUNT]; /* place: where an action stands in the list, by which weights are learned */
    uint32_t count;
} action_list;

static void list_action(action_list *l, uint32_t action)
{
    l->place[action] = (uint8_t)l->count;
    l->at[l->count++] = (uint8_t)action;
}

/* The best action of all, the best of those that cost least, and the best of the others: places in the list. */
static void choose(const state *s, const gold *g, const action_list *actions, const int32_t *scores, uint32_t *ret_best, uint32_t *ret_good, uint32_t *ret_bad)
{
    costs c = cost_of(s, g);
    uint32_t best = NONE, good = NONE, least = NONE, bad = NONE;
    for (uint32_t i = 0; i < actions->count; i++) {
        uint32_t a = actions->at[i];
        if (!act_possible(s, a))
            continue;
        uint32_t cost = cost_of_action(s, g, &c, a);
        if (best == NONE || scores[i] > scores[best])
            best = i;
        if (cost < least || (cost == least && scores[i] > scores[good])) {
            least = cost;
            good = i;
        }
    }
    for (uint32_t i = 0; i < actions->count; i++) {
        uint32_t a = actions->at[i];
        if (act_possible(s, a) && cost_of_action(s, g, &c, a) > least && (bad == NONE || scores[i] > scores[bad]))
            bad = i;
    }
    *ret_bad = bad;
    *ret_best = best;
    *ret_good = good;
}

typedef struct job {
    const node *nodes;
    gold gold;
} job;

/* All that one course of learning needs. */
typedef struct course {
    learner *learner;
    const filter *filter;
    const job *jobs;
    uint32_t *order, count;
    const action_list *actions;
    struct beam_memory *beam;
    void *state;
} course;

static uint32_t features_of(const course *c, const state *s, const job *x, uint32_t *ret)
{
    return filter_pass(c->filter, ret, parse_features(s, x->nodes, ret));
}

static uint32_t learn_greedy(course *k, const job *x, bool explore)
{
    learner *l = k->learner;
    state s;
    state_start(&s, x->gold.n, k->state);
    uint32_t features[PARSE_FEATURES], wrong = 0;
    while (!state_done(&s)) {
        int32_t scores[256] = {0};
        uint32_t n = features_of(k, &s, x, features), best, good, bad;
        learner_score(l, features, n, scores);
        choose(&s, &x->gold, k->actions, scores, &best, &good, &bad);
        if (best == NONE)
            break;
        learner_step(l);
        if (bad != NONE && scores[good] <= scores[bad]) {
            learner_move(l, features, n, good, 1);
            learner_move(l, features, n, bad, -1);
            wrong++;
        }
        state_act(&s, k->actions->at[explore ? best : good]);
    }
    return wrong;
}

/* ---- beam: the weights move where the beam is most in the wrong (Huang, Fayong and Guo 2012) ---- */

enum { WIDTH = 8, STEPS = 2 * 600 };

/* The actions that build the gold tree; where it cannot be built, those that cost least, in a fixed order. */
static uint32_t gold_actions(const job *x, const action_list *actions, void *memory, uint8_t *ret)
{
    state s;
    uint32_t count = 0;
    state_start(&s, x->gold.n, memory);
    while (!state_done(&s)) {
        costs c = cost_of(&s, &x->gold);
        uint32_t best = NONE, least = NONE;
        for (uint32_t i = actions->count; i-- > 0;) { /* arcs before REDUCE before SHIFT */
            uint32_t a = actions->at[i];
            if (!act_possible(&s, a))
                continue;
            uint32_t cost = 4 * cost_of_action(&s, &x->gold, &c, a) + (a == ACT_SHIFT);
            bool idle = a >= ACT_LEFT && !(a < ACT_RIGHT ? x->gold.head[state_top(&s)] == s.next : x->gold.head[s.next] == state_top(&s));
            cost += 2 * idle;
            if (cost < least)
                least = cost, best = a;
        }
        ret[count++] = (uint8_t)best;
        state_act(&s, best);
    }
    return count;
}

typedef struct path {
    uint16_t from[STEPS][WIDTH];
    uint8_t action[STEPS][WIDTH];
} path;

static void score(void *at, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST])
{
    const course *k = at;
    uint32_t features[PARSE_FEATURES];
    memset(scores, 0, ACTIONS_MOST * sizeof *scores);
    learner_score(k->learner, features, filter_pass(k->filter, features, parse_features(s, nodes, features)), scores);
}

/* Walks `actions` to `steps` and moves the weights for every action from `since` on. */
static void move_path(course *k, const job *x, const uint8_t *actions, uint32_t since, uint32_t steps, int32_t by)
{
    state s;
    uint32_t features[PARSE_FEATURES];
    state_start(&s, x->gold.n, k->state);
    for (uint32_t i = 0; i < steps; i++) {
        if (i >= since)
            learner_move(k->learner, features, features_of(k, &s, x, features), k->actions->place[actions[i]], by);
        state_act(&s, actions[i]);
    }
}

struct beam_memory {
    void *beam, *state;
    path path;
    uint8_t gold[STEPS], wrong[STEPS], worst[STEPS];
};

typedef struct beam_memory beam_memory;

static void read_path(const beam_memory *m, uint32_t steps, uint8_t *ret)
{
    uint32_t at = 0;
    for (uint32_t i = steps; i-- > 0; at = m->path.from[i][at])
        ret[i] = m->path.action[i][at];
}

/* True where the beam's tree is the gold one. */
static bool learn_beam(course *c, const job *x)
{
    beam_memory *m = c->beam;
    const action_list *actions = c->actions;
    beam b = {.nodes = x->nodes, .actions = actions->at, .action_count = actions->count, .width = WIDTH, .score = score, .scorer = c};
    uint32_t steps = gold_actions(x, actions, m->state, m->gold), in_beam = 0, worst = 0, features[PARSE_FEATURES];
    int32_t gold_total = 0, violation = 0;
    state g;
    state_start(&g, x->gold.n, m->state);
    beam_start(&b, x->gold.n, m->beam);
    for (uint32_t i = 0; i < steps; i++) {
        int32_t scores[256] = {0};
        learner_score(c->learner, features, features_of(c, &g, x, features), scores);
        gold_total += scores[actions->place[m->gold[i]]];
        state_act(&g, m->gold[i]);
        candidate best[BEAM_MOST];
        uint32_t count = beam_expand(&b, best), here = NONE;
        for (uint32_t k = 0; k < count; k++) {
            m->path.from[i][k] = best[k].from;
            m->path.action[i][k] = best[k].action;
            if (best[k].from == in_beam && best[k].action == m->gold[i])
                here = k;
        }
        in_beam = here;
        if (in_beam != 0 && best[0].total - gold_total >= violation) {
            violation = best[0].total - gold_total;
            worst = i + 1;
            read_path(m, worst, m->wrong);
            memcpy(m->worst, m->wrong, worst);
        }
        beam_advance(&b, best, count);
        if (i + 1 == steps && in_beam == 0)
            worst = 0; /* it came out right in the end */
    }
    learner_step(c->learner);
    if (!worst)
        return true;
    uint32_t since = 0;
    while (since < worst && m->worst[since] == m->gold[since])
        since++;
    move_path(c, x, m->gold, since, worst, 1);
    move_path(c, x, m->worst, since, worst, -1);
    return false;
}

static job make_job(arena *a, const lexicon *x_lexicon, const doc *d, const sentence *s)
{
    node *nodes = arena_take(a, s->count + 2u, sizeof *nodes);
    nodes_read(d, s, x_lexicon, nodes);
    job x = {nodes, {(uint16_t)s->count, arena_take(a, s->count + 2u, 2), arena_take(a, s->count + 2u, 1)}};
    for (uint32_t i = 1; i <= s->count; i++) {
        const token *t = &d->tokens.at[s->first + i - 1];
        x.gold.head[i] = (uint16_t)(t->head == NONE ? s->count + 1 : t->head - s->first + 1);
        x.gold.label[i] = label_group(t->deprel);
    }
    return x;
}

/* Every action that the trees can ask for. */
static void list_actions(const job *jobs, uint32_t count, action_list *ret)
{
    bool left[DEPREL_COUNT] = {0}, right[DEPREL_COUNT] = {0};
    for (uint32_t j = 0; j < count; j++)
        for (uint32_t i = 1; i <= jobs[j].gold.n; i++)
            (jobs[j].gold.head[i] > i ? left : right)[jobs[j].gold.label[i]] = true;
    left[DEPREL_ROOT] = true;
    right[DEPREL_ROOT] = false;
    ret->count = 0;
    list_action(ret, ACT_SHIFT);
    list_action(ret, ACT_REDUCE);
    for (uint32_t k = 0; k < DEPREL_COUNT; k++) {
        if (left[k])
            list_action(ret, ACT_LEFT + k);
        if (right[k])
            list_action(ret, ACT_RIGHT + k);
    }
}

static void learn(course *c, uint32_t rounds, bool beam)
{
    uint64_t seed = 11;
    c->learner = learner_new();
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t wrong = 0;
        train_shuffle(c->order, c->count, &seed);
        for (uint32_t i = 0; i < c->count; i++) {
            const job *x = &c->jobs[c->order[i]];
            wrong += beam ? !learn_beam(c, x) : learn_greedy(c, x, round > 0);
        }
        fprintf(stderr, "  parser: %s round %u, %u wrong\n", beam ? "beam" : "greedy", round + 1, wrong);
    }
    learner_finish(c->learner);
}

/* First all features are tried, greedily; those that weigh most are then learned once more for each way of parsing. */
void train_parser(making *m, buffer *ret_fast, buffer *ret_best, buffer *ret_actions)
{
    uint32_t count = 0, longest = 0, n = 0;
    for (uint32_t b = 0; b < m->bank.count; b++)
        count += m->bank.docs[b]->sentences.count;
    lexicon lex = making_lexicon(m);
    job *jobs = arena_take(m->arena, count, sizeof *jobs);
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->sentences.count; i++) {
            const sentence *s = &m->bank.docs[b]->sentences.at[i];
            jobs[n++] = make_job(m->arena, &lex, m->bank.docs[b], s);
            longest = MAX(longest, s->count);
        }
    static action_list actions;
    static beam_memory bm;
    list_actions(jobs, count, &actions);
    course c = {.jobs = jobs, .count = count, .actions = &actions, .beam = &bm};
    c.order = arena_take(m->arena, count, sizeof *c.order);
    c.state = bm.state = arena_take(m->arena, 1, state_size(longest));
    bm.beam = arena_take(m->arena, 1, beam_size(longest, WIDTH));
    filter all = {0}, few, fewer;
    c.filter = &all;
    learn(&c, ROUNDS_TRY, false);
    few = filter_of(c.learner, KEEP);
    fewer = filter_of(c.learner, KEEP_FAST);
    learner_free(c.learner);
    c.filter = &fewer;
    learn(&c, ROUNDS_FAST, false);
    learner_rows(c.learner, LIMIT_FAST, ret_fast);
    learner_free(c.learner);
    c.filter = &few;
    learn(&c, ROUNDS, true);
    learner_rows(c.learner, ROWS_LIMIT, ret_best);
    learner_free(c.learner);
    buffer_add(ret_actions, actions.at, actions.count);
}
