/* golden: what an example asks for, held against what was found (docs/lexicon.md, "Examples"). */
#ifndef GOLDEN_H
#define GOLDEN_H

#include "doc/doc.h"

enum golden { GOLDEN_ABSENT, GOLDEN_FOUND, GOLDEN_UNREADABLE };

/* Whether the document holds what `what` asks for: "event ASSAULT RUS -> UKR". */
enum golden golden_match(const doc *d, const kb *k, str what);

/* What an expectation asks for, as a set of bits: its kind ("event", or "no event" where unwanted) and each detail of it that
 * only some ask for ("event: place"). golden_name writes the name of a bit; false past the last. */
uint64_t golden_asks(str what, bool unwanted);
bool golden_name(uint32_t ask, char ret[40]);

#endif
