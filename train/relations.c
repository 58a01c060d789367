/* The weights of the second labeller: learned on the gold trees with the tags that the parser will see. */
#include "train.h"

#include <stdio.h>

#include "lang/relate.h"

enum { ROUNDS = 8, ROUNDS_TRY = 3, KEEP = 60000, ROWS_LIMIT = 900000 };

typedef struct job {
    const doc *d;
    const sentence *s;
    node *nodes;
} job;

static uint32_t learn_sentence(learner *l, const filter *f, const job *x, relations *r)
{
    uint32_t wrong = 0, features[RELATE_FEATURES];
    relate_read(x->d, x->s, x->nodes, r);
    for (uint32_t i = 1; i <= r->n; i++) {
        if (!r->head[i])
            continue;
        int32_t scores[256] = {0};
        uint32_t n = filter_pass(f, features, relate_features(r, i, features)), best = DEPREL_DEP;
        learner_score(l, features, n, scores);
        for (uint32_t k = 0; k < DEPREL_COUNT; k++)
            if (scores[k] > scores[best] && k != DEPREL_ROOT)
                best = k;
        learner_step(l);
        if (best == r->label[i])
            continue;
        learner_move(l, features, n, r->label[i], 1);
        learner_move(l, features, n, best, -1);
        wrong++;
    }
    return wrong;
}

static learner *learn(const filter *f, const job *jobs, uint32_t count, uint32_t *order, relations *r, uint32_t rounds)
{
    learner *l = learner_new();
    uint64_t seed = 13;
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t wrong = 0;
        train_shuffle(order, count, &seed);
        for (uint32_t i = 0; i < count; i++)
            wrong += learn_sentence(l, f, &jobs[order[i]], r);
        fprintf(stderr, "  relations: round %u, %u wrong\n", round + 1, wrong);
    }
    learner_finish(l);
    return l;
}

void train_relations(making *m, buffer *ret_rows)
{
    lexicon x = making_lexicon(m);
    uint32_t count = 0, longest = 0, n = 0;
    for (uint32_t b = 0; b < m->bank.count; b++)
        count += m->bank.docs[b]->sentences.count;
    job *jobs = arena_take(m->arena, count, sizeof *jobs);
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->sentences.count; i++) {
            const doc *d = m->bank.docs[b];
            const sentence *s = &d->sentences.at[i];
            jobs[n] = (job){d, s, arena_take(m->arena, s->count + 2u, sizeof(node))};
            nodes_read(d, s, &x, jobs[n++].nodes);
            longest = MAX(longest, s->count);
        }
    relations r = relations_new(m->arena, longest);
    uint32_t *order = arena_take(m->arena, count, sizeof *order);
    filter all = {0};
    learner *l = learn(&all, jobs, count, order, &r, ROUNDS_TRY);
    filter few = filter_of(l, KEEP);
    learner_free(l);
    l = learn(&few, jobs, count, order, &r, ROUNDS);
    learner_rows(l, ROWS_LIMIT, ret_rows);
    learner_free(l);
}
