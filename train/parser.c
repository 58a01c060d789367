/* The parser's weights: greedy, with a dynamic oracle (Goldberg and Nivre 2012), so that it learns from the states that
 * its own mistakes lead to. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 8, ROWS_LIMIT = 3400000 };

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

static bool possible(const state *s, uint32_t a)
{
    if (a == ACT_SHIFT)
        return can_shift(s);
    if (a == ACT_REDUCE)
        return can_reduce(s);
    if (a < ACT_RIGHT)
        return can_left(s) && (s->next > s->n) == (a == ACT_LEFT + DEPREL_ROOT);
    return can_right(s);
}

typedef struct action_list {
    uint8_t at[256];
    uint32_t count;
} action_list;

/* The best action of all, and the best of those that cost least. */
static void choose(const state *s, const gold *g, const action_list *actions, const int32_t *scores, uint32_t *ret_best, uint32_t *ret_good)
{
    costs c = cost_of(s, g);
    uint32_t best = NONE, good = NONE, least = NONE;
    for (uint32_t i = 0; i < actions->count; i++) {
        uint32_t a = actions->at[i];
        if (!possible(s, a))
            continue;
        uint32_t cost = cost_of_action(s, g, &c, a);
        if (best == NONE || scores[a] > scores[best])
            best = a;
        if (cost < least || (cost == least && scores[a] > scores[good])) {
            least = cost;
            good = a;
        }
    }
    if (best != NONE && cost_of_action(s, g, &c, best) == least)
        good = best;
    *ret_best = best;
    *ret_good = good;
}

typedef struct job {
    const node *nodes;
    gold gold;
} job;

static uint32_t learn_sentence(learner *l, const job *x, const action_list *actions, void *memory, bool explore)
{
    state s;
    state_start(&s, x->gold.n, memory);
    uint32_t features[PARSE_FEATURES], wrong = 0;
    while (!state_done(&s)) {
        int32_t scores[256] = {0};
        uint32_t n = parse_features(&s, x->nodes, features), best, good;
        learner_score(l, features, n, scores);
        choose(&s, &x->gold, actions, scores, &best, &good);
        if (best == NONE)
            break;
        learner_step(l);
        if (best != good) {
            learner_move(l, features, n, good, 1);
            learner_move(l, features, n, best, -1);
            wrong++;
        }
        state_act(&s, explore ? best : good);
    }
    return wrong;
}

static job make_job(arena *a, const doc *d, const sentence *s)
{
    node *nodes = arena_take(a, s->count + 2u, sizeof *nodes);
    nodes_read(d, s, nodes);
    job x = {nodes, {(uint16_t)s->count, arena_take(a, s->count + 2u, 2), arena_take(a, s->count + 2u, 1)}};
    for (uint32_t i = 1; i <= s->count; i++) {
        const token *t = &d->tokens.at[s->first + i - 1];
        x.gold.head[i] = (uint16_t)(t->head == NONE ? s->count + 1 : t->head - s->first + 1);
        x.gold.label[i] = t->deprel;
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
    ret->at[ret->count++] = ACT_SHIFT;
    ret->at[ret->count++] = ACT_REDUCE;
    for (uint32_t k = 0; k < DEPREL_COUNT; k++) {
        if (left[k])
            ret->at[ret->count++] = (uint8_t)(ACT_LEFT + k);
        if (right[k])
            ret->at[ret->count++] = (uint8_t)(ACT_RIGHT + k);
    }
}

void train_parser(making *m, buffer *ret_rows, buffer *ret_actions)
{
    uint32_t count = 0, longest = 0, n = 0;
    for (uint32_t b = 0; b < m->bank.count; b++)
        count += m->bank.docs[b]->sentences.count;
    job *jobs = arena_take(m->arena, count, sizeof *jobs);
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->sentences.count; i++) {
            const sentence *s = &m->bank.docs[b]->sentences.at[i];
            jobs[n++] = make_job(m->arena, m->bank.docs[b], s);
            longest = MAX(longest, s->count);
        }
    action_list actions;
    list_actions(jobs, count, &actions);
    void *memory = arena_take(m->arena, 1, state_size(longest));
    uint32_t *order = arena_take(m->arena, count, sizeof *order);
    learner *l = learner_new();
    uint64_t seed = 11;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t wrong = 0;
        train_shuffle(order, count, &seed);
        for (uint32_t i = 0; i < count; i++)
            wrong += learn_sentence(l, &jobs[order[i]], &actions, memory, round > 0);
        fprintf(stderr, "  parser: round %u, %u wrong\n", round + 1, wrong);
    }
    learner_finish(l);
    learner_rows(l, ROWS_LIMIT, ret_rows);
    buffer_add(ret_actions, actions.at, actions.count);
    learner_free(l);
}
