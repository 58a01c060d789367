/* Readers of the tree that more than one stage needs. */
#include "doc/doc.h"

static uint32_t sentence_end(const doc *d, uint32_t token)
{
    const sentence *s = &d->sentences.at[d->tokens.at[token].sentence];
    return s->first + s->count;
}

uint32_t tree_child(const doc *d, uint32_t token, uint8_t deprel, uint32_t after)
{
    const sentence *s = &d->sentences.at[d->tokens.at[token].sentence];
    for (uint32_t i = after == NONE ? s->first : after + 1; i < sentence_end(d, token); i++)
        if (d->tokens.at[i].head == token && d->tokens.at[i].deprel == deprel)
            return i;
    return NONE;
}
