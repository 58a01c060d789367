/* PLOVER's auxiliary modes: whether what a verb or noun tells of has happened, and when. The words that decide stand in
 * lexicon/en/moods.txt; here is only how they hang together. */
#include "event/inside.h"

enum { LONG_AGO = 400 }; /* days: what is older than this is history, not news */

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

static bool lemma_is(const coder *c, uint32_t i, const char *word)
{
    return i != NONE && (str_is(at(c, i)->lemma, word) || str_is(at(c, i)->lower, word));
}

/* ---- the verb's own words ---- */

/* "Voters would back the plan": nobody is told to have said so, as in "said it would". "Would not" refuses. */
static bool is_thought(const coder *c, uint32_t verb)
{
    while (at(c, verb)->deprel == DEPREL_CONJ && at(c, verb)->head != NONE)
        verb = at(c, verb)->head;
    uint8_t r = at(c, verb)->deprel;
    return r == DEPREL_ROOT || r == DEPREL_ADVCL;
}

static uint8_t modals_of(const coder *c, uint32_t verb)
{
    uint8_t mood = 0;
    for (uint32_t a = tree_child(c->d, verb, DEPREL_AUX, NONE); a != NONE; a = tree_child(c->d, verb, DEPREL_AUX, a)) {
        if (lemma_is(c, a, "will") || lemma_is(c, a, "shall") || lemma_is(c, a, "'ll"))
            mood |= AUXILIARY_FUTURE;
        else if (lemma_is(c, a, "would") || lemma_is(c, a, "'d"))
            mood |= is_thought(c, verb) && !tree_is_negated(c->d, verb) ? AUXILIARY_HYPOTHETICAL : AUXILIARY_FUTURE;
        else if (lemma_is(c, a, "may") || lemma_is(c, a, "might") || lemma_is(c, a, "could") || lemma_is(c, a, "can") || lemma_is(c, a, "should") ||
                 lemma_is(c, a, "must") || lemma_is(c, a, "ought"))
            mood |= AUXILIARY_HYPOTHETICAL;
    }
    /* "is to visit", also in a clause: "to" right after a form of "be" */
    for (uint32_t m = tree_child(c->d, verb, DEPREL_MARK, NONE); m != NONE; m = tree_child(c->d, verb, DEPREL_MARK, m))
        if (lemma_is(c, m, "to") && m && lemma_is(c, m - 1, "be"))
            mood |= AUXILIARY_FUTURE;
    /* "is to visit": the infinitive after "be" */
    uint32_t mark = tree_child(c->d, verb, DEPREL_MARK, NONE);
    if (mark != NONE && lemma_is(c, mark, "to") && (at(c, verb)->deprel == DEPREL_ROOT || tree_child(c->d, verb, DEPREL_COP, NONE) != NONE))
        mood |= AUXILIARY_FUTURE;
    return mood;
}

/* "Had Oman joined, ...": a clause of the first words that lacks its "if". A question ends otherwise. */
static bool is_inverted(const coder *c, uint32_t verb)
{
    const sentence *s = &c->d->sentences.at[at(c, verb)->sentence];
    uint32_t i = s->first;
    if (i >= verb || (!lemma_is(c, i, "had") && !lemma_is(c, i, "were") && !lemma_is(c, i, "should")))
        return false;
    while (i < verb && !lemma_is(c, i, ","))
        i++;
    return i == verb;
}

static bool is_supposed(const coder *c, uint32_t verb)
{
    if (is_inverted(c, verb))
        return true;
    for (uint32_t m = tree_child(c->d, verb, DEPREL_MARK, NONE); m != NONE; m = tree_child(c->d, verb, DEPREL_MARK, m))
        if (lemma_is(c, m, "if") || lemma_is(c, m, "unless") || lemma_is(c, m, "whether") || lemma_is(c, m, "lest"))
            return true;
    /* "Were Turkey to bomb", "Had Oman joined", "should the president not be freed" */
    uint32_t s = tree_child(c->d, verb, DEPREL_NSUBJ, NONE);
    s = s == NONE ? tree_child(c->d, verb, DEPREL_NSUBJ_PASS, NONE) : s;
    for (uint32_t n = tree_next(c->d, verb, NONE); n != NONE && s != NONE && n < s; n = tree_next(c->d, verb, n))
        if ((at(c, n)->deprel == DEPREL_AUX || at(c, n)->deprel == DEPREL_COP) &&
            (lemma_is(c, n, "had") || lemma_is(c, n, "were") || lemma_is(c, n, "should")))
            return true;
    return false;
}

/* "2) Bomb the bridges": nobody has. */
static bool is_imperative(const coder *c, uint32_t verb)
{
    const token *t = at(c, verb);
    return (t->deprel == DEPREL_ROOT || t->deprel == DEPREL_PARATAXIS || t->deprel == DEPREL_APPOS) && t->xpos == XPOS_VB && tree_child(c->d, verb, DEPREL_NSUBJ, NONE) == NONE && tree_child(c->d, verb, DEPREL_NSUBJ_PASS, NONE) == NONE &&
           tree_child(c->d, verb, DEPREL_AUX, NONE) == NONE && tree_child(c->d, verb, DEPREL_MARK, NONE) == NONE && tree_child(c->d, verb, DEPREL_COP, NONE) == NONE;
}

static bool is_empty(const coder *c, uint32_t noun)
{
    if (noun == NONE)
        return false;
    str w = at(c, noun)->lower;
    if (str_is(w, "nobody") || str_is(w, "none") || str_is(w, "nothing") || str_is(w, "neither"))
        return true;
    for (uint32_t n = tree_next(c->d, noun, NONE); n != NONE; n = tree_next(c->d, noun, n)) {
        uint8_t r = at(c, n)->deprel;
        bool front = r == DEPREL_DET || r == DEPREL_ADVMOD || r == DEPREL_CC_PRECONJ || r == DEPREL_NUMMOD;
        if (front && (lemma_is(c, n, "no") || lemma_is(c, n, "neither") || lemma_is(c, n, "not")))
            return true;
    }
    return false;
}

static bool is_denied(const coder *c, uint32_t token)
{
    if (tree_is_negated(c->d, token))
        return true;
    if (at(c, token)->upos != UPOS_VERB)
        return is_empty(c, token);
    uint32_t object = tree_child(c->d, token, DEPREL_OBJ, NONE), subject = tree_child(c->d, token, DEPREL_NSUBJ, NONE);
    if (subject == NONE)
        subject = tree_child(c->d, token, DEPREL_NSUBJ_PASS, NONE);
    return is_empty(c, object) || is_empty(c, subject);
}

static uint8_t own_mood(const coder *c, uint32_t token)
{
    uint8_t mood = 0;
    if (is_denied(c, token))
        mood |= AUXILIARY_NEGATION;
    if (at(c, token)->upos == UPOS_VERB || at(c, token)->upos == UPOS_AUX || tree_child(c->d, token, DEPREL_COP, NONE) != NONE)
        mood |= modals_of(c, token);
    if (is_supposed(c, token) || is_imperative(c, token))
        mood |= AUXILIARY_HYPOTHETICAL;
    for (uint32_t n = tree_next(c->d, token, NONE); n != NONE; n = tree_next(c->d, token, n))
        if ((at(c, n)->deprel == DEPREL_AMOD || at(c, n)->deprel == DEPREL_ADVMOD) && match_in_set(c->m, n, c->ALLEGED))
            mood |= AUXILIARY_HYPOTHETICAL;
    return mood;
}

/* ---- what stands above ---- */

/* "At talks in Lome they discussed ...", "the raid threatens ...": what stands about a verb, or acts, is no part of what is supposed. */
static bool is_aside(const coder *c, uint32_t head, uint32_t below)
{
    static const char *const about[] = {"of", "about", "against", "for", "over", "from", "with", "on", "to"};
    uint8_t r = at(c, below)->deprel;
    if (at(c, head)->upos != UPOS_VERB)
        return false;
    if (r == DEPREL_NSUBJ)
        return tree_child(c->d, head, DEPREL_OBJ, NONE) != NONE && at(c, below)->upos != UPOS_PRON;
    if (r != DEPREL_OBL)
        return false;
    for (size_t i = 0; i < COUNT(about); i++)
        if (tree_has_case(c->d, below, str_of(about[i])))
            return false;
    return true;
}

/* What a governing word makes of an embedded clause or noun. `*ret_on`: whether words above it matter as well. */
static uint8_t govern(const coder *c, uint32_t head, uint32_t below, bool *ret_on)
{
    uint8_t r = at(c, below)->deprel;
    bool infinitive = r == DEPREL_XCOMP || r == DEPREL_ACL || r == DEPREL_ADVCL || r == DEPREL_CCOMP || r == DEPREL_CSUBJ;
    uint32_t mark = tree_child(c->d, below, DEPREL_MARK, NONE);
    *ret_on = !is_aside(c, head, below);
    if (!*ret_on)
        return 0;
    if (match_in_set(c->m, head, c->DENIAL))
        return AUXILIARY_NEGATION;
    if (match_in_set(c->m, head, c->HYPOTHESIS))
        return AUXILIARY_HYPOTHETICAL;
    if (r == DEPREL_XCOMP && match_in_set(c->m, head, c->BELIEVED) && tree_is_passive(c->d, head))
        return AUXILIARY_HYPOTHETICAL;
    if (match_in_set(c->m, head, c->FUTURE))
        return AUXILIARY_FUTURE;
    if (match_in_set(c->m, head, c->REAL))
        return 0;
    if (infinitive && mark != NONE && lemma_is(c, mark, "to"))
        return AUXILIARY_HYPOTHETICAL;
    if (r != DEPREL_XCOMP)
        *ret_on = false;
    return 0;
}

/* Whether an event below depends on what happens above: not across relative clauses, appositions and asides. */
static bool depends(const coder *c, uint32_t token)
{
    switch (at(c, token)->deprel) {
    case DEPREL_XCOMP: case DEPREL_CCOMP: case DEPREL_CSUBJ: case DEPREL_CSUBJ_PASS: case DEPREL_ACL: case DEPREL_OBJ: case DEPREL_NSUBJ_PASS:
    case DEPREL_CONJ: case DEPREL_NSUBJ:
        return true;
    case DEPREL_NMOD: case DEPREL_OBL:
        return true;
    case DEPREL_ADVCL: {
        /* "stopped short of closing", "was kept from leaving" */
        uint32_t mark = tree_child(c->d, token, DEPREL_MARK, NONE);
        return mark != NONE && (lemma_is(c, mark, "to") || lemma_is(c, mark, "of") || lemma_is(c, mark, "from"));
    }
    default:
        return false;
    }
}

static bool is_clause(const coder *c, uint32_t token)
{
    uint8_t r = at(c, token)->deprel;
    return r == DEPREL_CCOMP || r == DEPREL_CSUBJ || r == DEPREL_CSUBJ_PASS;
}

/* Coordinated verbs share what only the first of them bears. */
static uint8_t shared_mood(const coder *c, uint32_t token)
{
    if (at(c, token)->deprel != DEPREL_CONJ || at(c, token)->head == NONE)
        return 0;
    if (tree_child(c->d, token, DEPREL_AUX, NONE) != NONE || tree_child(c->d, token, DEPREL_NSUBJ, NONE) != NONE ||
        at(c, token)->xpos == XPOS_VBD || at(c, token)->xpos == XPOS_VBZ)
        return 0;
    return modals_of(c, at(c, token)->head) | shared_mood(c, at(c, token)->head);
}

static bool sentence_has(const coder *c, uint32_t token, uint32_t set)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (at(c, i)->upos != UPOS_VERB && match_in_set(c->m, i, set))
            return true;
    return false;
}

static bool is_question(const coder *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    uint32_t last = s->first + s->count;
    while (last > s->first && at(c, last - 1)->upos == UPOS_PUNCT && !lemma_is(c, last - 1, "?"))
        last--;
    return last > s->first && lemma_is(c, last - 1, "?");
}

static bool announces(const coder *c, uint32_t carrier, uint32_t head)
{
    return match_in_set(c->m, head, c->SAY) && at(c, carrier)->deprel == DEPREL_CCOMP && tree_subject(c->d, head) != NONE;
}

/* "Reports that X had fled were a hoax" */
static bool is_untrue(const coder *c, uint32_t carrier)
{
    for (int depth = 0; depth < 8 && carrier != NONE; depth++) {
        uint8_t r = at(c, carrier)->deprel;
        uint32_t head = at(c, carrier)->head;
        bool told = r == DEPREL_ACL || r == DEPREL_CCOMP || r == DEPREL_NMOD;
        if (told && head != NONE && at(c, head)->upos == UPOS_NOUN && match_in_set(c->m, head, c->HEARSAY))
            return sentence_has(c, carrier, c->UNTRUE);
        carrier = head;
    }
    return false;
}

uint8_t mood_of(coder *c, uint32_t trigger, uint32_t carrier, bool *ret_announced)
{
    uint8_t mood = own_mood(c, carrier) | shared_mood(c, carrier);
    if (trigger != carrier)
        mood |= own_mood(c, trigger);
    uint32_t below = carrier;
    *ret_announced = false;
    for (int depth = 0; depth < 8 && at(c, below)->head != NONE && depends(c, below); depth++) {
        uint32_t head = at(c, below)->head;
        bool on = true;
        if (at(c, below)->deprel != DEPREL_CONJ) {
            uint8_t above = govern(c, head, below, &on);
            if (announces(c, below, head) || (above & AUXILIARY_FUTURE))
                *ret_announced = true;
            mood |= above;
            if (is_denied(c, head) && is_clause(c, below))
                mood |= AUXILIARY_NEGATION;
            if (on && at(c, below)->deprel != DEPREL_OBJ && at(c, head)->upos == UPOS_VERB)
                mood |= own_mood(c, head);
        }
        if (!on)
            break;
        below = head;
    }
    if (is_untrue(c, carrier))
        mood |= AUXILIARY_NEGATION;
    if (is_question(c, trigger) || sentence_has(c, trigger, c->FICTION) || sentence_has(c, trigger, c->UNSURE))
        mood |= AUXILIARY_HYPOTHETICAL;
    return mood;
}

/* ---- time ---- */

bool mood_historical(const coder *c, uint32_t carrier, date when)
{
    day now = c->d->head.reference;
    if (date_known(when) && when.to != NO_DAY && now != NO_DAY && when.to + LONG_AGO < now)
        return true;
    return sentence_has(c, carrier, c->DISTANT);
}
