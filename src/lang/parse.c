/* The parser: arc-eager, by a linear model over what lies on the stack and in front of it. */
#include <assert.h>

#include "lang/beam.h"
#include "lang/relate.h"

/* Paths that weigh so much less than the best are given up early: for most words one path is left. */
enum { BEAM_WIDTH = 8, FAR_BEHIND = 900 };

typedef struct scorer {
    const model_rows *greedy;
    memo memo; /* of the beam */
} scorer;

static void score_alone(void *at, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST])
{
    uint32_t features[PARSE_FEATURES];
    memset(scores, 0, ACTIONS_MOST * sizeof *scores);
    model_rows_add(((scorer *)at)->greedy, features, parse_features(s, nodes, features), scores);
}

static void score_in_beam(void *at, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST])
{
    memo_score(&((scorer *)at)->memo, s, nodes, scores);
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

/* A subject is that of a passive where its verb has a passive auxiliary, and not where it has only others. */
static uint8_t subject_of_voice(const relations *r, uint32_t i)
{
    bool passive = false, active = false;
    uint32_t h = r->head[i];
    for (uint32_t c = r->first[h]; c; c = r->next[c]) {
        passive |= r->label[c] == DEPREL_AUX_PASS;
        active |= r->label[c] == DEPREL_AUX || r->label[c] == DEPREL_COP;
    }
    bool clause = r->label[i] == DEPREL_CSUBJ || r->label[i] == DEPREL_CSUBJ_PASS;
    bool was_passive = r->label[i] == DEPREL_CSUBJ_PASS || r->label[i] == DEPREL_NSUBJ_PASS;
    passive |= was_passive && !active;
    return clause ? (passive ? DEPREL_CSUBJ_PASS : DEPREL_CSUBJ) : passive ? DEPREL_NSUBJ_PASS : DEPREL_NSUBJ;
}

static void agree_voice(relations *r)
{
    for (uint32_t i = 1; i <= r->n; i++) {
        uint8_t k = r->label[i];
        if (r->head[i] && (k == DEPREL_NSUBJ || k == DEPREL_NSUBJ_PASS || k == DEPREL_CSUBJ || k == DEPREL_CSUBJ_PASS))
            r->label[i] = subject_of_voice(r, i);
    }
}

static void relate(doc *d, const lang *l, const sentence *s, const node *nodes, relations *r)
{
    relate_read(d, s, nodes, r);
    uint32_t features[RELATE_FEATURES];
    int32_t scores[256];
    for (uint32_t i = 1; i <= r->n; i++) {
        if (!r->head[i])
            continue;
        memset(scores, 0, sizeof scores);
        model_rows_add(&l->relate, features, relate_features(r, i, features), scores);
        uint32_t best = r->label[i];
        for (uint32_t k = 0; k < DEPREL_COUNT; k++)
            if (scores[k] > scores[best] && k != DEPREL_ROOT)
                best = k;
        r->label[i] = (uint8_t)best;
    }
    agree_voice(r);
    for (uint32_t i = 1; i <= r->n; i++)
        d->tokens.at[s->first + i - 1].deprel = r->label[i];
}

static void parse_sentence(doc *d, const lang *l, sentence *s, beam *b, relations *r, node *nodes, void *memory)
{
    nodes_read(d, s, &l->lexicon, nodes);
    if (b->width > 1)
        memo_start(&((scorer *)b->scorer)->memo, s->count);
    beam_start(b, s->count, memory);
    candidate best[BEAM_MOST];
    while (!beam_done(b)) {
        uint32_t count = beam_expand(b, best);
        assert(count); /* lang_open has seen to it that some action is always possible */
        while (count > 1 && best[count - 1].total < best[0].total - FAR_BEHIND)
            count--;
        beam_advance(b, best, count);
    }
    write_tree(d, s, beam_state(b, 0));
    relate(d, l, s, nodes, r);
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
    uint32_t longest = 0;
    for (uint32_t i = 0; i < d->sentences.count; i++)
        longest = MAX(longest, MIN(d->sentences.at[i].count, LIMIT_SENTENCE));
    node *nodes = arena_take(d->arena, longest + 2u, sizeof *nodes);
    scorer scores = {&l->fast, {.rows = &l->best}};
    beam b = {.nodes = nodes, .actions = l->actions, .action_count = l->action_count, .width = 1, .score = score_alone, .scorer = &scores};
    if (mode == LANG_BEST) {
        b.width = BEAM_WIDTH;
        b.score = score_in_beam;
        memo_new(&scores.memo, d->arena);
    }
    relations r = relations_new(d->arena, longest);
    void *memory = arena_take(d->arena, 1, beam_size(longest, b.width));
    bool noted = false;
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        sentence *s = &d->sentences.at[i];
        if (s->parsed || !s->count || !(all || s->wanted))
            continue;
        if (s->count > LIMIT_SENTENCE) {
            if (!noted)
                doc_note(d, "a sentence of more than %d words was given no tree", LIMIT_SENTENCE);
            noted = true;
            flat_tree(d, s);
        } else
            parse_sentence(d, l, s, &b, &r, nodes, memory);
    }
    d->done |= DONE_TREES;
}
