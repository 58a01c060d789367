/* Slips of the parser that news invites, mended. */
#include "doc/doc.h"

static token *at(const doc *d, uint32_t i)
{
    return &d->tokens.at[i];
}

static void hang(doc *d, uint32_t token, uint32_t head, uint8_t deprel)
{
    at(d, token)->head = head;
    at(d, token)->deprel = deprel;
}

static bool is_subject(uint8_t deprel)
{
    return deprel == DEPREL_NSUBJ || deprel == DEPREL_NSUBJ_PASS || deprel == DEPREL_NSUBJ_OUTER;
}

static bool has_subject(const doc *d, uint32_t verb)
{
    return tree_child(d, verb, DEPREL_NSUBJ, NONE) != NONE || tree_child(d, verb, DEPREL_NSUBJ_PASS, NONE) != NONE;
}

/* "the treaty between X and Y has lapsed": Y is no second subject. */
static void between_mend(doc *d, uint32_t x)
{
    uint32_t noun = at(d, x)->head;
    if (noun == NONE || noun > x || !is_subject(at(d, noun)->deprel) || !tree_has_case(d, x, STR("between")) ||
        tree_child(d, x, DEPREL_CONJ, NONE) != NONE)
        return;
    uint32_t verb = at(d, noun)->head;
    for (uint32_t y = x + 1; verb != NONE && y < verb; y++)
        if (is_subject(at(d, y)->deprel) && at(d, y)->head == verb) {
            for (uint32_t c = x + 1; c < y; c++)
                if (at(d, c)->upos == UPOS_CCONJ) {
                    hang(d, y, x, DEPREL_CONJ);
                    hang(d, c, y, DEPREL_CC);
                    return;
                }
            return;
        }
}

/* "In Dakar, X and Y opened ...": X and Y are no more places. */
static void place_mend(doc *d, uint32_t place)
{
    uint32_t verb = at(d, place)->head, x = tree_child(d, place, DEPREL_CONJ, place);
    if (verb == NONE || verb < place || at(d, verb)->upos != UPOS_VERB || at(d, place)->deprel != DEPREL_OBL || has_subject(d, verb))
        return;
    if (x == NONE || x > verb || tree_child(d, x, DEPREL_CC, NONE) != NONE || tree_child(d, x, DEPREL_CASE, NONE) != NONE)
        return;
    hang(d, x, verb, tree_child(d, verb, DEPREL_AUX_PASS, NONE) != NONE ? DEPREL_NSUBJ_PASS : DEPREL_NSUBJ);
    for (uint32_t y; (y = tree_child(d, place, DEPREL_CONJ, x)) != NONE && y < verb;)
        hang(d, y, x, DEPREL_CONJ);
    for (uint32_t c; (c = tree_child(d, x, DEPREL_PUNCT, NONE)) != NONE && c < x && str_is(at(d, c)->lower, ",");)
        at(d, c)->head = verb;
}

/* "has ceased to be an ally", "stopped being one": what has a verb of its own, and no preposition, is a clause. */
static void copula_mend(doc *d, uint32_t noun)
{
    uint32_t verb = at(d, noun)->head, copula = tree_child(d, noun, DEPREL_COP, NONE);
    if (copula == NONE || verb > copula || at(d, verb)->upos != UPOS_VERB || tree_child(d, noun, DEPREL_CASE, NONE) != NONE)
        return;
    bool infinitive = at(d, copula)->xpos == XPOS_VB && str_is(at(d, copula - 1)->lower, "to");
    if (infinitive || at(d, copula)->xpos == XPOS_VBG)
        at(d, noun)->deprel = DEPREL_XCOMP;
}

void doc_mend_trees(doc *d)
{
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        const sentence *s = &d->sentences.at[n];
        for (uint32_t i = s->first; s->parsed && i < s->first + s->count; i++) {
            if (at(d, i)->deprel == DEPREL_NMOD)
                between_mend(d, i);
            else if (at(d, i)->deprel == DEPREL_OBL && i < s->first + 6)
                place_mend(d, i);
            if (at(d, i)->deprel == DEPREL_OBL || at(d, i)->deprel == DEPREL_OBJ)
                copula_mend(d, i);
        }
    }
}
