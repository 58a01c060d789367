/* Between whom: a tie is told by a copula ("X is an ally of Y"), by an apposition ("X, an ally of Y", "Y's ally X"),
 * by a verb of seeing ("Y regards X as an ally") or by a verb of its own ("X supports Y"). */
#include "claim/inside.h"

static const token *at(const claimant *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

/* Persons and places without a code are no powers. */
static void powers_only(const claimant *c, party *p)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const entity *e = &c->d->entities.at[p->entity[i]];
        if (e->code[0] && e->type != ENTITY_PER)
            p->entity[kept++] = p->entity[i];
    }
    p->count = kept;
}

static void powers_of(claimant *c, uint32_t token, party *ret)
{
    ret->count = 0;
    if (token == NONE)
        return;
    party_of(c->m, token, ret);
    powers_only(c, ret);
}

/* ---- "the two", "they", "both" ---- */

static bool is_both(const claimant *c, uint32_t token)
{
    str w = at(c, token)->lower;
    return str_is(w, "two") || str_is(w, "they") || str_is(w, "both") || str_is(w, "them") || str_is(w, "we") ||
           (at(c, token)->xpos == XPOS_NNS && (str_is(w, "countries") || str_is(w, "states") || str_is(w, "nations") || str_is(w, "sides")));
}

/* The first two powers that are named before `token`, in its sentence or the one before. */
static void pair_before(claimant *c, uint32_t token, party *ret)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    uint32_t from = s->first, to = s->first + s->count;
    for (int pass = 0; pass < 3 && ret->count < 2; pass++) {
        ret->count = 0;
        for (uint32_t i = from; i < to && ret->count < 2; i++) {
            party one;
            if (c->m->mention[i] == NONE)
                continue;
            party_of(c->m, i, &one);
            powers_only(c, &one);
            for (uint32_t j = 0; j < one.count && ret->count < 2; j++)
                if (!party_has(ret, one.entity[j]) &&
                    (!ret->count || strcmp(c->d->entities.at[ret->entity[0]].code, c->d->entities.at[one.entity[j]].code)))
                    ret->entity[ret->count++] = one.entity[j];
        }
        if (pass || !at(c, token)->sentence)
            break;
        s = &c->d->sentences.at[at(c, token)->sentence - 1];
        from = s->first;
    }
}

/* ---- nouns that name a tie ---- */

/* Who the noun is said of, by syntax. */
static uint32_t holder_of(claimant *c, const saying *s)
{
    uint32_t noun = s->match.token, head = at(c, noun)->head;
    uint8_t r = at(c, noun)->deprel;
    if (s->match.actor != NONE)
        return s->match.actor;
    uint32_t named = tree_child(c->d, noun, DEPREL_APPOS, NONE);
    if (named == NONE)
        named = tree_child(c->d, noun, DEPREL_FLAT, NONE);
    if (named != NONE)
        return named;
    if (head == NONE)
        return NONE;
    if (r == DEPREL_APPOS || r == DEPREL_COMPOUND || r == DEPREL_NMOD_DESC || r == DEPREL_FLAT || r == DEPREL_AMOD)
        return head;
    bool verb = at(c, head)->upos == UPOS_VERB;
    if (tree_has_case(c->d, noun, STR("as")) && verb) {
        uint32_t object = tree_object(c->d, head);
        return object != NONE ? object : tree_subject(c->d, head);
    }
    if (r == DEPREL_XCOMP && verb)
        return tree_object(c->d, head) != NONE ? tree_object(c->d, head) : tree_subject(c->d, head);
    if (tree_has_case(c->d, noun, STR("among")))
        return verb ? tree_subject(c->d, head) : head;
    return NONE;
}

/* "Y's rival blew up the office": the one other power that the sentence names. */
static void other_power(claimant *c, const saying *s, party *ret)
{
    const sentence *here = &c->d->sentences.at[at(c, s->match.token)->sentence];
    for (uint32_t i = here->first; i < here->first + here->count; i++) {
        party one;
        if (c->m->mention[i] == NONE)
            continue;
        party_of(c->m, i, &one);
        powers_only(c, &one);
        for (uint32_t j = 0; j < one.count && ret->count < PARTY_LIMIT; j++) {
            const char *code = c->d->entities.at[one.entity[j]].code;
            bool known = party_has(ret, one.entity[j]);
            for (uint32_t b = 0; b < s->b.count; b++)
                known |= !strcmp(code, c->d->entities.at[s->b.entity[b]].code);
            for (uint32_t b = 0; b < ret->count; b++)
                known |= !strcmp(code, c->d->entities.at[ret->entity[b]].code);
            if (!known)
                ret->entity[ret->count++] = one.entity[j];
        }
    }
    if (ret->count != 1)
        ret->count = 0;
}

static void partner_of(claimant *c, saying *s)
{
    powers_of(c, s->match.recipient, &s->b);
    if (s->b.count)
        return;
    uint32_t noun = s->match.token;
    static const uint8_t close[] = {DEPREL_NMOD_POSS, DEPREL_AMOD, DEPREL_COMPOUND, DEPREL_NMOD_DESC};
    for (size_t i = 0; i < COUNT(close) && !s->b.count; i++)
        for (uint32_t n = tree_child(c->d, noun, close[i], NONE); n != NONE && !s->b.count; n = tree_child(c->d, noun, close[i], n))
            if (c->m->mention[n] != NONE)
                powers_of(c, n, &s->b);
    static const char *const prepositions[] = {"of", "to", "for", "with"};
    for (size_t i = 0; i < COUNT(prepositions) && !s->b.count; i++)
        powers_of(c, tree_oblique(c->d, noun, str_of(prepositions[i])), &s->b);
    /* "our ally", "its ally" of whoever speaks or sees */
    uint32_t head = at(c, noun)->head;
    if (!s->b.count && head != NONE && at(c, head)->upos == UPOS_VERB && tree_has_case(c->d, noun, STR("as")))
        powers_of(c, tree_subject(c->d, head), &s->b);
}

/* "Damascus has three allies: Iran, Iraq": the list after the noun holds them. */
static bool noun_parties(claimant *c, saying *s)
{
    partner_of(c, s);
    uint32_t holder = holder_of(c, s), noun = s->match.token;
    if (holder != NONE && is_both(c, holder)) {
        powers_of(c, holder, &s->a);
        if (s->a.count < 2 && !s->b.count)
            pair_before(c, holder, &s->a);
        return true;
    }
    powers_of(c, holder, &s->a);
    uint32_t head = at(c, noun)->head;
    bool owned = head != NONE && at(c, noun)->deprel == DEPREL_OBJ && (str_is(at(c, head)->lemma, "have") || str_is(at(c, head)->lemma, "keep"));
    if (!s->b.count && owned)
        powers_of(c, tree_subject(c->d, head), &s->b);
    if (!s->a.count && s->b.count && (owned || at(c, noun)->deprel == DEPREL_NSUBJ))
        other_power(c, s, &s->a);
    return true;
}

/* ---- all together ---- */

bool tie_parties(claimant *c, saying *s)
{
    s->a.count = s->b.count = 0;
    if (s->match.shape == SHAPE_BE && match_in_set(c->m, s->match.token, c->TIE_NOUN)) {
        noun_parties(c, s);
    } else {
        powers_of(c, s->match.actor, &s->a);
        powers_of(c, s->match.recipient, &s->b);
        if (s->match.actor != NONE && is_both(c, s->match.actor) && s->a.count + s->b.count < 2)
            pair_before(c, s->match.actor, &s->a);
        if (s->match.recipient != NONE && is_both(c, s->match.recipient) && s->a.count + s->b.count < 2)
            pair_before(c, s->match.recipient, &s->a);
    }
    party_without(&s->b, &s->a);
    return s->a.count && (s->b.count || s->a.count > 1);
}
