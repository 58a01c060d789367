/* statement: who said, thinks or denies what; a statement for each turn of an interview. */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "doc/doc.h"

/* Before there are trees: marks the sentences that hold a cue and another verb, so that they get one. */
void statement_want(doc *d, const kb *k);

void statement_find(doc *d, const kb *k);

#endif
