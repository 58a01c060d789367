/* guess: the recogniser of names never seen before, as the trainer sees it. Private to the folder and to train/. */
#ifndef MENTION_GUESS_H
#define MENTION_GUESS_H

#include "mention/inside.h"

/* Labels: 0 no name; 1..4 the first token of a PER, ORG, GPE or MISC; 5..8 a further one. */
enum { LABEL_NONE, LABEL_PER, LABEL_ORG, LABEL_PLACE, LABEL_MISC, LABEL_INSIDE = 4, LABELS = 9 };
/* The first GUESS_OWN features are of the word's own letters: the trainer hides them at times. */
enum { GUESS_FEATURES = 80, GUESS_OWN = 11 };

typedef struct guesser {
    scan *s;
    uint32_t *form;   /* by token: hash of its lower form */
    uint8_t *hint;    /* by token: what the knowledge has there, HINT_ */
    uint8_t *words;   /* by token: what kind of word it is, WORD_ */
    uint32_t *run_first, *run_last; /* by token: the capitalised words that stand together */
    uint8_t *low;     /* by token: 1 where the same form stands in small letters elsewhere */
    uint8_t *label;   /* by token: as decided so far */
    map *memory;      /* lower form to the label that it was last given, without its place in the name */
    uint32_t *remembered; /* by token of first sight: label + 1 */
} guesser;

guesser *guesser_new(scan *s);
/* Whether the token can be part of a name at all; those that cannot are never asked. */
bool guess_may(const guesser *g, uint32_t t);
/* What speaks for its label, given the labels before it. Returns how many features. */
uint32_t guess_features(const guesser *g, uint32_t t, uint32_t ret[GUESS_FEATURES]);
/* Settles the label of a token, so that the next ones, and the same word further down, know it. */
void guess_settle(guesser *g, uint32_t t, uint8_t label);
/* A label that may follow the one before: inside only after the same. */
bool guess_fits(const guesser *g, uint32_t t, uint8_t label);

#endif
