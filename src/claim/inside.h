/* inside: what the files of src/claim share. */
#ifndef CLAIM_INSIDE_H
#define CLAIM_INSIDE_H

#include "doc/doc.h"

#define SETS(X) X(HYPOTHESIS) X(DENIAL) X(ALLEGED) X(FORMAL) X(PRACTICAL) X(TIE_NOUN) X(ONGOING) X(ENDED) X(BEGUN) X(FICTION) X(QUIET) X(LAPSED) X(LASTING)

typedef struct claimant {
    doc *d;
    const kb *k;
    matcher *m;
#define X(name) uint32_t name;
    SETS(X)
#undef X
    uint32_t naming; /* set: "call", "describe" */
} claimant;

/* What is said of a tie by one word of it. */
typedef struct saying {
    match match;
    kb_rule rule;
    party a, b;
    bool holds;
    uint8_t change, scope;
    bool other;          /* a second claim with the other scope holds otherwise */
    uint8_t other_scope;
    bool other_holds;
} saying;

/* tie.c: the two powers of a saying. False where they cannot be told. */
bool tie_parties(claimant *c, saying *s);
/* tense.c: whether it holds, since or until now, in what sense. False where nothing is asserted. */
bool tense_of(claimant *c, saying *s);

#endif
