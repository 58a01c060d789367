/* golden: what an example asks for, held against what was found (docs/lexicon.md, "Examples"). */
#ifndef GOLDEN_H
#define GOLDEN_H

#include "doc/doc.h"

enum golden { GOLDEN_ABSENT, GOLDEN_FOUND, GOLDEN_UNREADABLE };

/* Whether the document holds what `what` asks for: "event ASSAULT RUS -> UKR". */
enum golden golden_match(const doc *d, const kb *k, str what);

#endif
