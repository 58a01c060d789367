/* claim: what is claimed of a tie between two powers. */
#ifndef CLAIM_H
#define CLAIM_H

#include "doc/doc.h"

void claim_find(doc *d, const kb *k);

#endif
