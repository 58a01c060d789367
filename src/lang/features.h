/* The features of a state in groups: shared by the parser, its memory of sums (memo.c) and the trainer. */
#ifndef LANG_FEATURES_H
#define LANG_FEATURES_H

#include "lang/inside.h"

/* The words in front; the top of the stack with its left children, its right children, its heads; the left children of the
 * next word. Then what holds of top and next word together: alone, and with the word below the top, the head of the top,
 * its children, the children of the next word. */
enum { GROUP_NEXT, GROUP_TOP, GROUP_RIGHT, GROUP_HEAD, GROUP_AHEAD, GROUP_PAIR, GROUP_BELOW, GROUP_HEAD_NEXT, GROUP_CHILDREN,
       GROUP_TOP_AHEAD, GROUP_COUNT };
enum { GROUP_FEATURES = 40 }; /* of one group, at most */

/* The places of a state that features look at, as numbers of words. */
typedef struct view {
    const state *state;
    const node *nodes;
    uint32_t top, next, below, h, h2, l, l2, r, r2, nl, nl2; /* heads and outer children of the top; children of the next */
    uint32_t headed; /* label of the top's arc plus 1, 0 where it has none */
} view;

view view_of(const state *s, const node *nodes);
uint32_t group_features(const view *v, int group, uint32_t *ret);

/* All that a group's features depend on, within one sentence: equal keys have equal features. */
typedef struct group_key {
    uint64_t at[4];
} group_key;
void group_keys(const view *v, group_key ret[GROUP_COUNT]);

#endif
