/* What groups of features weighed, kept for the time of one sentence: the paths of a beam meet the same places again and
 * again. The sums are those that model_rows_add makes of all features at once. */
#ifndef LANG_MEMO_H
#define LANG_MEMO_H

#include "lang/features.h"

enum { MEMO_CELLS = 256 };

typedef struct memo_sums {
    int16_t at[ACTIONS_MOST]; /* by place in the list of actions; 140 weights of a byte cannot leave 16 bits */
} memo_sums;

typedef struct memo {
    const model_rows *rows;
    uint32_t cells;           /* of each group: a power of two */
    group_key *keys;          /* GROUP_COUNT times MEMO_CELLS; none is all zero but those of free cells */
    memo_sums *sums;
} memo;

void memo_new(memo *m, arena *a);
/* Forgets the sentence before; `n` words are to come. */
void memo_start(memo *m, uint32_t n);
void memo_score(memo *m, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST]);

#endif
