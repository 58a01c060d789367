/* Inside of text: what the tokeniser hands to the sentence splitter. */
#ifndef TEXT_INSIDE_H
#define TEXT_INSIDE_H

#include "text/text.h"

/* What stands between a token and the next. */
enum { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

typedef VEC(uint8_t) gaps;

/* Tokens of one stretch of the text; a gap is pushed for every token. */
void text_tokens(doc *d, span part, gaps *g);

/* Whether a sentence ends after token `i` (the paragraph goes on); `first` is the first of its sentence. */
bool text_ends(const doc *d, const gaps *g, uint32_t first, uint32_t i, const model_rows *rows);
/* False where the two tokens alone show that none ends between them. */
bool text_may_end(const doc *d, uint32_t i);
/* The dash (or, after an agency in brackets, the colon) of the dateline with which the paragraph at token `first` opens, else NONE.
 * It ends a sentence of its own, since a parser takes "YEREVAN -" for the subject of what follows. */
uint32_t text_dateline(const doc *d, const gaps *g, uint32_t first);
/* Features of that question, at most TEXT_FEATURES. */
enum { TEXT_FEATURES = 48 };
uint32_t text_features(const doc *d, const gaps *g, uint32_t first, uint32_t i, uint32_t *ret);

#endif
