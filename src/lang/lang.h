/* lang: tags, lemmas and trees, by weights that were trained from treebanks (train/, models/README). */
#ifndef LANG_H
#define LANG_H

#include "doc/doc.h"

/* The mapped weights of one language: read-only, shared by all threads. */
typedef struct lang lang;

int lang_open(const char *path, lang **ret_lang, entente_error *ret_error);
void lang_close(lang *l);
/* The file behind it, for other stages that have weights in it (text_split). */
const model *lang_model(const lang *l);

/* Universal and Penn tags and lemmas of every token. */
void lang_tag(doc *d, const lang *l);

enum { LANG_FAST, LANG_BEST };

/* Trees of the sentences that are `wanted` (all of them where `all`): head, deprel, sure, sentence.root. */
void lang_parse(doc *d, const lang *l, int mode, bool all);

#endif
