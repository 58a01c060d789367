#include "statement/statement.h"

void statement_find(doc *d, const kb *k)
{
    (void)k;
    d->done |= DONE_STATEMENT;
}
