/* The parser: arc-eager, by a linear model over what lies on the stack and in front of it. */
#include "lang/inside.h"

static uint32_t best_action(const lang *l, const state *s, const int32_t *scores)
{
    uint32_t best = NONE;
    bool shift = can_shift(s), reduce = can_reduce(s), left = can_left(s), right = can_right(s);
    bool ends = s->next > s->n; /* before the root, only to the root */
    for (uint32_t i = 0; i < l->action_count; i++) {
        uint32_t a = l->actions[i];
        bool can = a == ACT_SHIFT ? shift : a == ACT_REDUCE ? reduce : a < ACT_RIGHT ? left && ends == (a == ACT_LEFT + DEPREL_ROOT) : right;
        if (can && (best == NONE || scores[a] > scores[best]))
            best = a;
    }
    return best == NONE ? (left ? ACT_LEFT + DEPREL_ROOT : reduce ? ACT_REDUCE : ACT_SHIFT) : best;
}

/* One root: the first; what else has none hangs on it. */
static void write_tree(doc *d, sentence *s, const state *x)
{
    uint32_t root = 0;
    for (uint32_t i = 1; i <= x->n && !root; i++)
        if (x->head[i] == x->n + 1 || !x->head[i])
            root = i;
    s->root = s->first + root - 1;
    for (uint32_t i = 1; i <= x->n; i++) {
        token *t = &d->tokens.at[s->first + i - 1];
        bool loose = x->head[i] == x->n + 1 || !x->head[i];
        t->head = i == root ? NONE : s->first + (loose ? root : x->head[i]) - 1;
        t->deprel = i == root ? DEPREL_ROOT : loose ? (t->upos == UPOS_PUNCT ? DEPREL_PUNCT : DEPREL_PARATAXIS) : x->label[i];
        t->sure = 0;
    }
    s->parsed = true;
}

static void parse_sentence(doc *d, const lang *l, sentence *s, node *nodes, void *memory)
{
    nodes_read(d, s, nodes);
    state x;
    state_start(&x, s->count, memory);
    uint32_t features[PARSE_FEATURES];
    int32_t scores[256];
    while (!state_done(&x)) {
        memset(scores, 0, sizeof scores);
        model_rows_add(&l->parse, features, parse_features(&x, nodes, features), scores);
        state_act(&x, best_action(l, &x, scores));
    }
    write_tree(d, s, &x);
}

/* A sentence of a given text may be longer than the cap: it gets a flat tree. */
static void flat_tree(doc *d, sentence *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        token *t = &d->tokens.at[s->first + i];
        t->head = i ? s->first : NONE;
        t->deprel = i ? DEPREL_DEP : DEPREL_ROOT;
    }
    s->root = s->first;
    s->parsed = true;
}

void lang_parse(doc *d, const lang *l, int mode, bool all)
{
    (void)mode;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < d->sentences.count; i++)
        longest = MAX(longest, MIN(d->sentences.at[i].count, LIMIT_SENTENCE));
    node *nodes = arena_take(d->arena, longest + 2u, sizeof *nodes);
    void *memory = arena_take(d->arena, 1, state_size(longest));
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        sentence *s = &d->sentences.at[i];
        if (s->parsed || !s->count || !(all || s->wanted))
            continue;
        if (s->count > LIMIT_SENTENCE)
            flat_tree(d, s);
        else
            parse_sentence(d, l, s, nodes, memory);
    }
    d->done |= DONE_TREES;
}
