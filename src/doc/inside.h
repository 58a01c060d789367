/* inside: what matcher.c and match.c share. */
#ifndef DOC_INSIDE_H
#define DOC_INSIDE_H

#include "doc/doc.h"

/* Whether a sentence has a word or a set at all: false refuses a pattern at a glance, true is no promise. Test 0: yes. */
bool matcher_present(const matcher *m, uint32_t sentence, uint32_t test);
/* Whether a token is the word, or in the set, that the test asks for. */
bool matcher_word_fits(const matcher *m, uint32_t token, uint32_t test);
/* Whether a dependent bears a preposition (or a mark such as "after") that fits. */
bool matcher_preposition_fits(const matcher *m, uint32_t token, uint32_t test);

#endif
