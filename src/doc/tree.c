/* Readers of the tree that more than one stage needs. A tree is walked by scanning its sentence, which is short. */
#include "doc/doc.h"

static const token *at(const doc *d, uint32_t i)
{
    return &d->tokens.at[i];
}

static uint32_t sentence_start(const doc *d, uint32_t token)
{
    return d->sentences.at[at(d, token)->sentence].first;
}

static uint32_t sentence_end(const doc *d, uint32_t token)
{
    const sentence *s = &d->sentences.at[at(d, token)->sentence];
    return s->first + s->count;
}

uint32_t tree_child(const doc *d, uint32_t token, uint8_t deprel, uint32_t after)
{
    for (uint32_t i = after == NONE ? sentence_start(d, token) : after + 1; i < sentence_end(d, token); i++)
        if (at(d, i)->head == token && at(d, i)->deprel == deprel)
            return i;
    return NONE;
}

uint32_t tree_next(const doc *d, uint32_t token, uint32_t after)
{
    for (uint32_t i = after == NONE ? sentence_start(d, token) : after + 1; i < sentence_end(d, token); i++)
        if (at(d, i)->head == token)
            return i;
    return NONE;
}

bool tree_has_case(const doc *d, uint32_t token, str preposition)
{
    for (uint32_t c = tree_next(d, token, NONE); c != NONE; c = tree_next(d, token, c))
        if ((at(d, c)->deprel == DEPREL_CASE || at(d, c)->deprel == DEPREL_MARK) && str_equal(at(d, c)->lower, preposition))
            return true;
    return false;
}

uint32_t tree_oblique(const doc *d, uint32_t token, str preposition)
{
    for (uint32_t c = tree_next(d, token, NONE); c != NONE; c = tree_next(d, token, c)) {
        uint8_t r = at(d, c)->deprel;
        if ((r == DEPREL_OBL || r == DEPREL_NMOD || r == DEPREL_OBL_AGENT) && tree_has_case(d, c, preposition))
            return c;
    }
    return NONE;
}

/* ---- the passive ---- */

static bool has_subject(const doc *d, uint32_t verb)
{
    return tree_child(d, verb, DEPREL_NSUBJ, NONE) != NONE || tree_child(d, verb, DEPREL_NSUBJ_PASS, NONE) != NONE;
}

static bool has_auxiliary(const doc *d, uint32_t verb)
{
    return tree_child(d, verb, DEPREL_AUX, NONE) != NONE || tree_child(d, verb, DEPREL_AUX_PASS, NONE) != NONE;
}

/* A noun of its own after the verb: no participle of the passive has one. */
static bool followed_by_noun(const doc *d, uint32_t verb)
{
    return tree_child(d, verb, DEPREL_OBJ, verb) != NONE || tree_child(d, verb, DEPREL_OBL_UNMARKED, verb) != NONE;
}

/* A whole sentence, with a full stop, has a verb: where there is one alone, it is no participle. */
static bool is_only_verb(const doc *d, uint32_t verb)
{
    if (!str_is(at(d, sentence_end(d, verb) - 1)->lower, "."))
        return false;
    for (uint32_t i = sentence_start(d, verb); i < sentence_end(d, verb); i++)
        if (i != verb && (at(d, i)->upos == UPOS_AUX || at(d, i)->xpos == XPOS_VBD || at(d, i)->xpos == XPOS_VBZ || at(d, i)->xpos == XPOS_VBP))
            return false;
    return true;
}

/* "Malta on Monday rejected calls by ...": a main verb that hangs on its object, in a sentence without another. */
static bool is_main_amod(const doc *d, uint32_t verb)
{
    const token *t = at(d, verb);
    if (t->deprel != DEPREL_AMOD || t->head < verb || verb == sentence_start(d, verb) || at(d, t->head)->deprel != DEPREL_ROOT)
        return false;
    uint8_t before = at(d, verb - 1)->upos;
    return (before == UPOS_PROPN || before == UPOS_NOUN || before == UPOS_ADV) && is_only_verb(d, verb);
}

bool tree_is_passive(const doc *d, uint32_t verb)
{
    if (is_main_amod(d, verb))
        return false;
    for (int depth = 0; depth < 8; depth++) {
        /* "sought mediation by Norway": with a subject and an object of its own it is none, whatever "by" hangs on */
        bool active = tree_child(d, verb, DEPREL_NSUBJ, NONE) != NONE && tree_child(d, verb, DEPREL_OBJ, NONE) != NONE;
        if (tree_child(d, verb, DEPREL_AUX_PASS, NONE) != NONE || tree_child(d, verb, DEPREL_NSUBJ_PASS, NONE) != NONE ||
            (tree_child(d, verb, DEPREL_OBL_AGENT, NONE) != NONE && !active))
            return true;
        const token *t = at(d, verb);
        if (t->xpos != XPOS_VBN)
            return false;
        /* "The Danish council refused at noon ...": a main verb that was taken for a participle */
        if (t->deprel == DEPREL_ACL && t->head < verb &&
            ((at(d, t->head)->deprel == DEPREL_ROOT && followed_by_noun(d, verb)) || is_only_verb(d, verb)))
            return false;
        if (t->deprel == DEPREL_ACL || t->deprel == DEPREL_ADVCL || t->deprel == DEPREL_AMOD)
            return !has_auxiliary(d, verb) && tree_child(d, verb, DEPREL_OBJ, NONE) == NONE;
        if (t->deprel != DEPREL_CONJ || has_subject(d, verb) || has_auxiliary(d, verb))
            return false;
        verb = t->head;
    }
    return false;
}

/* ---- subject and object in the deep sense ---- */

static bool is_relative(const doc *d, uint32_t token)
{
    str w = at(d, token)->lower;
    return str_is(w, "who") || str_is(w, "which") || str_is(w, "that") || str_is(w, "whom");
}

/* The noun that a relative clause or a participle hangs on. A relative pronoun of a coordinated verb belongs there too. */
static uint32_t antecedent(const doc *d, uint32_t verb)
{
    for (int depth = 0; depth < 8 && verb != NONE; depth++) {
        uint8_t r = at(d, verb)->deprel;
        if (r == DEPREL_ACL_RELCL || r == DEPREL_ACL)
            return at(d, verb)->head;
        if (r != DEPREL_CONJ)
            return NONE;
        verb = at(d, verb)->head;
    }
    return NONE;
}

static uint32_t subject_token(const doc *d, uint32_t verb)
{
    static const uint8_t kinds[] = {DEPREL_NSUBJ, DEPREL_NSUBJ_PASS, DEPREL_NSUBJ_OUTER};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        uint32_t s = tree_child(d, verb, kinds[i], NONE);
        if (s == NONE)
            continue;
        /* two subjects side by side, "NATO member Norway": the name is the second */
        if (tree_child(d, verb, kinds[i], s) == s + 1 && at(d, s + 1)->upos == UPOS_PROPN)
            s++;
        /* "Greek and Turkish frigates": an adjective that was taken for a name */
        uint32_t next = tree_child(d, verb, kinds[i], s);
        if (next != NONE && next < verb && s + 2 < next && str_is(at(d, s + 1)->lower, "and") && at(d, s + 2)->upos == UPOS_ADJ)
            s = next;
        uint32_t noun = is_relative(d, s) ? antecedent(d, verb) : NONE;
        return noun != NONE ? noun : s;
    }
    /* "Fiji has once more refused": the subject hangs on the auxiliary */
    for (uint32_t c = tree_next(d, verb, NONE); c != NONE && c < verb; c = tree_next(d, verb, c))
        if (at(d, c)->deprel == DEPREL_AUX && tree_child(d, c, DEPREL_NSUBJ, NONE) < c)
            return tree_child(d, c, DEPREL_NSUBJ, NONE);
    return NONE;
}

/* Verbs whose object does what the infinitive says: "urged R to go". All verbs with an object but the promising ones. */
static bool object_controls(const doc *d, uint32_t verb)
{
    str l = at(d, verb)->lemma;
    return !str_is(l, "promise") && !str_is(l, "threaten") && !str_is(l, "vow") && !str_is(l, "use") && !str_is(l, "take");
}

/* "Sailors, who had slept on deck, fled": the relative clause was taken for the main one. */
static bool heads_relative(const doc *d, uint32_t head, const token *verb)
{
    bool finite = verb->xpos == XPOS_VBD || verb->xpos == XPOS_VBZ || verb->xpos == XPOS_VBP;
    uint32_t s = tree_child(d, head, DEPREL_NSUBJ, NONE), pronoun = s == NONE ? NONE : tree_child(d, head, DEPREL_NSUBJ, s);
    return finite && pronoun != NONE && is_relative(d, pronoun);
}

uint32_t tree_subject(const doc *d, uint32_t verb)
{
    for (int depth = 0; depth < 12 && verb != NONE; depth++) {
        uint32_t s = subject_token(d, verb);
        if (s != NONE)
            return s;
        const token *t = at(d, verb);
        if (t->head == NONE)
            return NONE;
        switch (t->deprel) {
        case DEPREL_ACL:
        case DEPREL_ACL_RELCL:
            /* "a plan to attack": the noun is not who attacks. */
            if (t->xpos == XPOS_VB && !str_is(at(d, t->head)->lemma, "force")) {
                verb = t->head;
                break;
            }
            return t->head;
        case DEPREL_XCOMP: {
            uint32_t o = tree_child(d, t->head, DEPREL_OBJ, NONE);
            if (o != NONE && o < verb && object_controls(d, t->head))
                return o;
            verb = t->head;
            break;
        }
        case DEPREL_ADVCL: {
            /* "condemned the Taliban for shooting", "barred them from leaving" */
            uint32_t o = tree_child(d, t->head, DEPREL_OBJ, NONE);
            if (o != NONE && o < verb && t->xpos == XPOS_VBG && (tree_has_case(d, verb, STR("for")) || tree_has_case(d, verb, STR("from")) || tree_has_case(d, verb, STR("of"))))
                return o;
            verb = t->head;
            break;
        }
        case DEPREL_AMOD:
            return is_main_amod(d, verb) ? subject_token(d, t->head) : NONE;
        case DEPREL_CONJ:
        case DEPREL_CCOMP:
            verb = t->head;
            break;
        case DEPREL_PARATAXIS:
            /* "A captain missed since May was found": the participle was taken for the main verb */
            if (t->head > verb || at(d, t->head)->upos != UPOS_VERB || !(has_auxiliary(d, verb) || heads_relative(d, t->head, t)))
                return NONE;
            verb = t->head;
            break;
        case DEPREL_OBJ:
        case DEPREL_OBL:
        case DEPREL_NMOD:
            /* an infinitive of a noun that itself is an object: "made a threat to attack" */
            if (at(d, t->head)->upos != UPOS_VERB)
                return NONE;
            verb = t->head;
            break;
        default:
            return NONE;
        }
    }
    return NONE;
}

uint32_t tree_agent(const doc *d, uint32_t verb)
{
    uint32_t agent = tree_child(d, verb, DEPREL_OBL_AGENT, NONE);
    return agent != NONE ? agent : tree_oblique(d, verb, STR("by"));
}

bool tree_is_main(const doc *d, uint32_t verb)
{
    const token *t = at(d, verb);
    /* "Ousted President Diallo ..." */
    if (verb == sentence_start(d, verb) && t->xpos == XPOS_VBN && t->deprel != DEPREL_ROOT && verb + 1 < sentence_end(d, verb) &&
        (t[1].upos == UPOS_PROPN || t[1].upos == UPOS_NOUN))
        return false;
    /* "poor and displaced people" */
    if (t->deprel == DEPREL_CONJ && t->xpos == XPOS_VBN && at(d, t->head)->deprel == DEPREL_AMOD && at(d, t->head)->upos == UPOS_ADJ)
        return false;
    return t->deprel != DEPREL_AMOD || is_main_amod(d, verb);
}

uint32_t tree_actor(const doc *d, uint32_t verb)
{
    if (!tree_is_passive(d, verb))
        return tree_subject(d, verb);
    uint32_t agent = tree_agent(d, verb);
    while (agent == NONE && at(d, verb)->deprel == DEPREL_CONJ) {
        verb = at(d, verb)->head;
        agent = tree_agent(d, verb);
    }
    return agent;
}

uint32_t tree_object(const doc *d, uint32_t verb)
{
    if (tree_is_passive(d, verb)) {
        uint8_t r = at(d, verb)->deprel;
        return r == DEPREL_AMOD ? at(d, verb)->head : tree_subject(d, verb);
    }
    if (is_main_amod(d, verb))
        return at(d, verb)->head;
    uint32_t object = tree_child(d, verb, DEPREL_OBJ, NONE);
    if (object != NONE) {
        uint32_t noun = is_relative(d, object) ? antecedent(d, verb) : NONE;
        return noun != NONE ? noun : object;
    }
    const token *t = at(d, verb);
    /* "the rockets that Iran fired": a relative clause with a subject of its own and no object. */
    if (t->deprel == DEPREL_ACL_RELCL && subject_token(d, verb) != NONE && subject_token(d, verb) != t->head)
        return t->head;
    /* "seized and burned the trucks": the object stands with the last verb. */
    for (uint32_t c = tree_child(d, verb, DEPREL_CONJ, NONE); c != NONE; c = tree_child(d, verb, DEPREL_CONJ, c))
        if ((object = tree_child(d, c, DEPREL_OBJ, NONE)) != NONE && !has_subject(d, c) &&
            tree_next(d, verb, verb) == c)
            return object;
    return NONE;
}

/* ---- negation and yield ---- */

bool tree_is_negated(const doc *d, uint32_t token)
{
    for (uint32_t c = tree_next(d, token, NONE); c != NONE; c = tree_next(d, token, c)) {
        str w = at(d, c)->lower;
        uint8_t r = at(d, c)->deprel;
        if (str_is(at(d, c)->lemma, "not") || str_is(w, "n't") || str_is(w, "never") || str_is(w, "neither") ||
            str_is(w, "nor") || str_is(w, "hardly") || str_is(w, "scarcely") || str_is(w, "no-one") || str_is(w, "nobody"))
            return true;
        if (str_is(w, "no") && (r == DEPREL_DET || r == DEPREL_ADVMOD))
            return true;
        if (str_is(w, "without") && (r == DEPREL_MARK || r == DEPREL_CASE))
            return true;
    }
    return false;
}

bool tree_under(const doc *d, uint32_t token, uint32_t ancestor)
{
    for (uint32_t steps = 0; token != NONE && steps <= LIMIT_SENTENCE; steps++) {
        if (token == ancestor)
            return true;
        token = at(d, token)->head;
    }
    return false;
}

void tree_yield(const doc *d, uint32_t token, uint32_t *ret_first, uint32_t *ret_last)
{
    uint32_t first = token, last = token;
    while (first > sentence_start(d, token) && tree_under(d, first - 1, token))
        first--;
    while (last + 1 < sentence_end(d, token) && tree_under(d, last + 1, token))
        last++;
    *ret_first = first;
    *ret_last = last;
}
