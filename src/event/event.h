/* event: who did what to whom, in PLOVER 2.0, from trees and the verbs of the lexicon. */
#ifndef EVENT_H
#define EVENT_H

#include "doc/doc.h"

void event_code(doc *d, const kb *k);

#endif
