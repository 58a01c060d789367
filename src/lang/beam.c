#include "lang/beam.h"

size_t beam_size(uint32_t longest, uint32_t width)
{
    return 2 * width * state_size(longest);
}

void beam_start(beam *b, uint32_t n, void *memory)
{
    char *at = memory;
    for (uint32_t i = 0; i < 2 * b->width; i++, at += state_size(n))
        if (i)
            state_place(&b->states[i % 2][i / 2], n, at);
        else
            state_start(&b->states[0][0], n, at);
    b->count = 1;
    b->totals[0] = 0;
    b->now = 0;
}

bool act_possible(const state *s, uint32_t a)
{
    if (a == ACT_SHIFT)
        return can_shift(s);
    if (a == ACT_REDUCE)
        return can_reduce(s);
    if (a < ACT_RIGHT)
        return can_left(s) && (s->next > s->n) == (a == ACT_LEFT + DEPREL_ROOT);
    return can_right(s);
}

/* Puts a candidate in its place among the best. */
static uint32_t insert(candidate *list, uint32_t count, uint32_t room, candidate c)
{
    uint32_t at = count < room ? count++ : count - 1;
    for (; at > 0 && list[at - 1].total < c.total; at--)
        list[at] = list[at - 1];
    list[at] = c;
    return count;
}

uint32_t beam_expand(const beam *b, candidate *ret)
{
    uint32_t count = 0;
    int32_t scores[ACTIONS_MOST], least = INT32_MIN; /* what a candidate must weigh more than */
    for (uint32_t i = 0; i < b->count; i++) {
        const state *s = beam_state(b, i);
        b->score(b->scorer, s, b->nodes, scores);
        bool shift = can_shift(s), reduce = can_reduce(s), left = can_left(s), right = can_right(s), ends = s->next > s->n;
        for (uint32_t k = 0; k < b->action_count; k++) {
            int32_t total = b->totals[i] + scores[k];
            if (total <= least)
                continue;
            uint32_t a = b->actions[k];
            bool can = a == ACT_SHIFT ? shift : a == ACT_REDUCE ? reduce : a < ACT_RIGHT ? left && ends == (a == ACT_LEFT + DEPREL_ROOT) : right;
            if (!can)
                continue;
            count = insert(ret, count, b->width, (candidate){total, (uint16_t)i, (uint8_t)a});
            least = count == b->width ? ret[count - 1].total : INT32_MIN;
        }
    }
    return count;
}

/* One path is left: it goes on where it lies. */
static void advance_alone(beam *b, const candidate *chosen)
{
    state *at = b->states[b->now], alone = at[chosen->from];
    at[chosen->from] = at[0];
    at[0] = alone;
    state_act(&at[0], chosen->action);
    b->totals[0] = chosen->total;
    b->count = 1;
}

void beam_advance(beam *b, const candidate *chosen, uint32_t count)
{
    if (count == 1) {
        advance_alone(b, chosen);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        state *to = &b->states[!b->now][i];
        state_copy(to, beam_state(b, chosen[i].from));
        state_act(to, chosen[i].action);
        b->totals[i] = chosen[i].total;
    }
    b->count = count;
    b->now = !b->now;
}
