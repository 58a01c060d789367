#include "event/event.h"

void event_code(doc *d, const kb *k)
{
    (void)k;
    d->done |= DONE_EVENT;
}
