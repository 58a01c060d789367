#include "lang/memo.h"

void memo_new(memo *m, arena *a)
{
    m->keys = arena_take(a, GROUP_COUNT * MEMO_CELLS, sizeof *m->keys);
    m->sums = arena_take(a, GROUP_COUNT * MEMO_CELLS, sizeof *m->sums);
}

void memo_start(memo *m, uint32_t n)
{
    m->cells = 32;
    while (m->cells < MEMO_CELLS && m->cells < 4 * n)
        m->cells *= 2;
    memset(m->keys, 0, GROUP_COUNT * m->cells * sizeof *m->keys);
}

static uint32_t cell_of(const memo *m, const group_key *k, int group)
{
    uint64_t h = (k->at[0] * 0x9E3779B97F4A7C15u) ^ (k->at[1] * 0xC2B2AE3D27D4EB4Fu) ^ (k->at[2] * 0x165667B19E3779F9u) ^ k->at[3];
    h *= 0xD6E8FEB86659FD93u;
    return (uint32_t)group * m->cells + ((uint32_t)(h >> 40) & (m->cells - 1));
}

static bool same(const group_key *a, const group_key *b)
{
    return !((a->at[0] ^ b->at[0]) | (a->at[1] ^ b->at[1]) | (a->at[2] ^ b->at[2]) | (a->at[3] ^ b->at[3]));
}

static void weigh(const memo *m, const view *v, int group, memo_sums *ret)
{
    uint32_t features[GROUP_FEATURES];
    int32_t scores[ACTIONS_MOST] = {0};
    model_rows_add(m->rows, features, group_features(v, group, features), scores);
    for (uint32_t i = 0; i < ACTIONS_MOST; i++)
        ret->at[i] = (int16_t)scores[i];
}

void memo_score(memo *m, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST])
{
    view v = view_of(s, nodes);
    int16_t all[ACTIONS_MOST] = {0};
    group_key keys[GROUP_COUNT];
    group_keys(&v, keys);
    for (int group = 0; group < GROUP_COUNT; group++) {
        uint32_t cell = cell_of(m, &keys[group], group);
        if (!same(&m->keys[cell], &keys[group])) {
            m->keys[cell] = keys[group];
            weigh(m, &v, group, &m->sums[cell]);
        }
        for (uint32_t i = 0; i < ACTIONS_MOST; i++)
            all[i] = (int16_t)(all[i] + m->sums[cell].at[i]);
    }
    for (uint32_t i = 0; i < ACTIONS_MOST; i++)
        scores[i] = all[i];
}
