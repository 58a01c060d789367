/* text: sentences and tokens by UD 2 conventions. Offsets point into doc->text, which is not changed. */
#ifndef TEXT_H
#define TEXT_H

#include "doc/doc.h"

/* `m` holds the weights that tell where sentences end (lang_model); without them (NULL) plain rules decide. */
void text_split(doc *d, const kb *k, const model *m);

/* Reads CoNLL-U from doc->raw: text, sentences and tokens are as given (tags and trees too where `with_trees`).
 * 0 or ENTENTE_REJECTED with the line that is wrong. */
int text_given(doc *d, bool with_trees, entente_error *ret_error);

#endif
