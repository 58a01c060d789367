/* Beam search over the states of the parser: shared by the parser and its trainer, which differ in where weights lie. */
#ifndef LANG_BEAM_H
#define LANG_BEAM_H

#include "lang/memo.h"

enum { BEAM_MOST = 16 };

/* Weighs the actions of a state, by their place in the list; `scorer` is what the beam was given. */
typedef void beam_score(void *scorer, const state *s, const node *nodes, int32_t scores[ACTIONS_MOST]);

typedef struct beam {
    const node *nodes;
    const uint8_t *actions; /* that may be tried, in a fixed order; at most ACTIONS_MOST */
    uint32_t action_count, width;
    beam_score *score;
    void *scorer;
    uint32_t count;         /* states now */
    state states[2][BEAM_MOST];
    int32_t totals[BEAM_MOST];
    int now;                /* which half of `states` */
} beam;

/* An action for state `from`, and what its path would weigh. */
typedef struct candidate {
    int32_t total;
    uint16_t from;
    uint8_t action;
} candidate;

size_t beam_size(uint32_t longest, uint32_t width);
/* `memory` has room for beam_size bytes. */
void beam_start(beam *b, uint32_t n, void *memory);
/* The best candidates, best first; at most `width`. */
uint32_t beam_expand(const beam *b, candidate *ret);
void beam_advance(beam *b, const candidate *chosen, uint32_t count);
static inline const state *beam_state(const beam *b, uint32_t i) { return &b->states[b->now][i]; }
static inline bool beam_done(const beam *b) { return state_done(beam_state(b, 0)); }

/* Whether an action is possible in a state. */
bool act_possible(const state *s, uint32_t action);

#endif
