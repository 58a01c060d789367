/* The weights that tell where sentences end: the treebank's text is cut by our own tokeniser, and every gap between
 * two tokens that is the border of two gold sentences is one to learn. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/inside.h"

enum { ROUNDS = 12, ROWS_LIMIT = 160000 };

typedef struct job {
    doc *d;        /* our own tokens of the treebank's text */
    gaps gaps;
    uint8_t *ends; /* by token */
} job;

static job make_job(making *m, const doc *gold)
{
    job j = {.d = doc_new()};
    if (!j.d)
        exit(1);
    j.d->text = gold->text;
    text_tokens(j.d, (span){0, gold->text.len}, &j.gaps);
    j.ends = arena_take(m->arena, j.d->tokens.count, 1);
    uint32_t s = 0;
    for (uint32_t i = 0; i < j.d->tokens.count && s < gold->sentences.count; i++) {
        while (s < gold->sentences.count && gold->sentences.at[s].span.end < j.d->tokens.at[i].span.end)
            s++;
        j.ends[i] = s < gold->sentences.count && gold->sentences.at[s].span.end == j.d->tokens.at[i].span.end;
    }
    return j;
}

static uint32_t learn_round(learner *l, const job *j)
{
    uint32_t first = 0, wrong = 0, features[TEXT_FEATURES];
    for (uint32_t i = 0; i + 1 < j->d->tokens.count; i++) {
        bool must = j->gaps.at[i] == GAP_PARAGRAPH;
        if (!must && text_may_end(j->d, i)) {
            int32_t scores[256];
            scores[0] = 0;
            uint32_t n = text_features(j->d, &j->gaps, first, i, features);
            learner_score(l, features, n, scores);
            learner_step(l);
            if ((scores[0] > 0) != j->ends[i]) {
                learner_move(l, features, n, 0, j->ends[i] ? 1 : -1);
                wrong++;
            }
        }
        if (must || j->ends[i])
            first = i + 1;
    }
    return wrong;
}

void train_sentences(making *m, buffer *ret_rows)
{
    job jobs[16];
    learner *l = learner_new();
    for (uint32_t b = 0; b < m->bank.count; b++)
        jobs[b] = make_job(m, m->bank.docs[b]);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t wrong = 0;
        for (uint32_t b = 0; b < m->bank.count; b++)
            wrong += learn_round(l, &jobs[b]);
        fprintf(stderr, "  sentences: round %u, %u wrong\n", round + 1, wrong);
    }
    learner_finish(l);
    learner_rows(l, ROWS_LIMIT, ret_rows);
    learner_free(l);
    for (uint32_t b = 0; b < m->bank.count; b++)
        doc_free(jobs[b].d);
}
