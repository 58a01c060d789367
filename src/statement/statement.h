/* statement: who said, thinks or denies what; a statement for each turn of an interview. */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "doc/doc.h"

void statement_find(doc *d, const kb *k);

#endif
