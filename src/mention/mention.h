/* mention: who, when, where: entities with their mentions, times, places, and the document's own date. */
#ifndef MENTION_H
#define MENTION_H

#include "doc/doc.h"

/* What can be told before there are trees: names, roles, timexes, places. Marks the sentences whose tree is wanted.
 * `weights` (or NULL) hold the recogniser of names never seen before, in the section "names". */
void mention_find(doc *d, const kb *k, const model *weights);

/* With trees: nominals and pronouns, coreference, speakers of turns, the document's date and conflict. `weights` (or
 * NULL) hold what phrases refer to, in the sections "refer" and "nouns"; without them only names are linked. */
void mention_link(doc *d, const kb *k, const model *weights);

#endif
