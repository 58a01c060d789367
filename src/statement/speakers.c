/* Who speaks: from the head of a noun phrase to an entity. */
#include "statement/inside.h"

/* The last token of a phrase before a comma or a clause that hangs on it. */
static uint32_t phrase_end(const doc *d, uint32_t head, uint32_t last)
{
    for (uint32_t i = head + 1; i <= last; i++) {
        const token *t = &d->tokens.at[i];
        if (t->upos == UPOS_PUNCT || t->deprel == DEPREL_ACL || t->deprel == DEPREL_ACL_RELCL || t->upos == UPOS_VERB)
            return i - 1;
    }
    return last;
}

span speaker_words(const doc *d, uint32_t head)
{
    uint32_t first, last;
    tree_yield(d, head, &first, &last);
    last = phrase_end(d, head, last);
    return (span){d->tokens.at[first].span.start, d->tokens.at[last].span.end};
}

/* The mention that the phrase hangs on by a country or a body: "officials in Islamabad", "a Boston cook". */
static uint32_t mention_inside(const doc *d, uint32_t head)
{
    span words = speaker_words(d, head);
    uint32_t best = NONE;
    for (uint32_t i = 0; i < d->mentions.count && d->mentions.at[i].span.start < words.end; i++)
        if (span_holds(words, d->mentions.at[i].span) && d->entities.at[d->mentions.at[i].entity].code[0])
            best = i;
    return best;
}

/* Somebody without a name who belongs to a power: an entity of its own, with the power's code. */
static uint32_t nobody_of(finder *f, uint32_t head, uint32_t power)
{
    doc *d = f->d;
    str name = doc_str(d, speaker_words(d, head));
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (d->entities.at[i].known == NONE && str_equal_nocase(d->entities.at[i].name, name))
            return i;
    entity e = {.known = NONE, .name = name, .type = ENTITY_PER, .country = d->entities.at[power].country};
    memcpy(e.code, d->entities.at[power].code, sizeof e.code);
    *vec_push(d->arena, &d->entities) = e;
    return d->entities.count - 1;
}

uint32_t speaker_entity(finder *f, uint32_t head)
{
    if (head == NONE)
        return NONE;
    uint32_t mention = f->m->mention[head];
    if (mention != NONE && !f->d->mentions.at[mention].adjective)
        return f->d->mentions.at[mention].entity;
    uint8_t upos = f->d->tokens.at[head].upos;
    if (upos != UPOS_NOUN && upos != UPOS_PROPN)
        return NONE;
    uint32_t inside = mention_inside(f->d, head);
    return inside == NONE ? NONE : nobody_of(f, head, f->d->mentions.at[inside].entity);
}
