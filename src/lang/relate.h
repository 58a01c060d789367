/* The second labeller: shared by the parser and its trainer. */
#ifndef LANG_RELATE_H
#define LANG_RELATE_H

#include "lang/inside.h"

enum { RELATE_FEATURES = 64 };

/* A finished tree, words 1..n; 0 is nobody (and the head of the root). Arrays have room for n + 2. */
typedef struct relations {
    uint32_t n;
    const node *nodes;
    uint16_t *head, *first, *last, *next, *before; /* first and last child, the siblings */
    uint8_t *label;
} relations;

relations relations_new(arena *a, uint32_t longest);
void relate_read(const doc *d, const sentence *s, const node *nodes, relations *r);
/* Features of the arc to word `i`, which is not the root. */
uint32_t relate_features(const relations *r, uint32_t i, uint32_t *ret);

#endif
