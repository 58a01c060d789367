/* Patterns against trees. A pattern is written in plain words; the ways in which a tree may hide its parts (passives,
 * relatives, coordination, datives, prepositions that hang one word too high or too low) are undone here, once. */
#include "doc/inside.h"

static const token *at(const matcher *m, uint32_t i)
{
    return &m->d->tokens.at[i];
}

static bool has_case(const matcher *m, uint32_t token)
{
    uint32_t c = tree_child(m->d, token, DEPREL_CASE, NONE);
    return c != NONE && at(m, c)->upos == UPOS_ADP;
}

static bool is_nominal(const matcher *m, uint32_t token)
{
    uint8_t u = at(m, token)->upos;
    return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM || u == UPOS_X || u == UPOS_SYM;
}

/* ---- slots ---- */

typedef struct attempt {
    const matcher *m;
    kb_rule rule;
    match found;
    uint32_t bound[16];
} attempt;

static bool is_taken(const attempt *a, uint32_t token)
{
    for (uint8_t i = 0; i < a->found.word_count; i++)
        if (a->found.words[i] == token)
            return true;
    return false;
}

/* The token or something coordinated with it that fits. */
static uint32_t fitting(const attempt *a, uint32_t token, uint32_t test)
{
    const matcher *m = a->m;
    if (token == NONE)
        return NONE;
    token = match_content(m, token);
    if (matcher_word_fits(m, token, test))
        return token;
    for (uint32_t c = tree_child(m->d, token, DEPREL_CONJ, NONE); c != NONE; c = tree_child(m->d, token, DEPREL_CONJ, c))
        if (matcher_word_fits(m, c, test))
            return c;
    return NONE;
}

static bool bare_relation(uint8_t r)
{
    switch (r) {
    case DEPREL_NSUBJ: case DEPREL_CASE: case DEPREL_MARK: case DEPREL_PUNCT: case DEPREL_CC: case DEPREL_CONJ: case DEPREL_AUX:
    case DEPREL_AUX_PASS: case DEPREL_COP: case DEPREL_PARATAXIS: case DEPREL_ADVCL: case DEPREL_NMOD_POSS: case DEPREL_ACL_RELCL: case DEPREL_APPOS:
        return false;
    default:
        return true;
    }
}

/* A fitting word in the phrase right after the verb. */
static uint32_t word_by_order(const attempt *a, uint32_t verb, uint32_t test)
{
    const matcher *m = a->m;
    const sentence *s = &m->d->sentences.at[at(m, verb)->sentence];
    for (uint32_t i = verb + 1; i < s->first + s->count && i < verb + 7; i++) {
        uint8_t u = at(m, i)->upos;
        bool finite = u == UPOS_VERB && i > verb + 1 && at(m, i)->xpos != XPOS_VBN && at(m, i)->xpos != XPOS_VBG;
        if (!finite && matcher_word_fits(m, i, test))
            return i;
        bool particle = i == verb + 1 && !str_is(at(m, i)->lower, "by") && !str_is(at(m, i)->lower, "in") && !str_is(at(m, i)->lower, "of");
        if (u == UPOS_PUNCT || (u == UPOS_ADP && !particle) || u == UPOS_VERB || u == UPOS_AUX || u == UPOS_SCONJ)
            break;
    }
    return NONE;
}

/* "announced that it was halted" is no "announced a halt". */
static bool is_told(const matcher *m, uint32_t word)
{
    return at(m, word)->deprel == DEPREL_CCOMP && at(m, word)->upos == UPOS_VERB &&
           (tree_child(m->d, word, DEPREL_NSUBJ, NONE) != NONE || tree_child(m->d, word, DEPREL_NSUBJ_PASS, NONE) != NONE);
}

static uint32_t find_bare_word(const attempt *a, uint32_t base, uint32_t test)
{
    const matcher *m = a->m;
    bool verb = at(m, base)->upos == UPOS_VERB;
    uint32_t object = verb ? tree_object(m->d, base) : NONE, found = fitting(a, object, test);
    if (found != NONE)
        return found;
    for (uint32_t c = tree_next(m->d, base, NONE); c != NONE; c = tree_next(m->d, base, c)) {
        if (is_told(m, c) || !bare_relation(at(m, c)->deprel) || (verb && is_nominal(m, c) && has_case(m, c)))
            continue;
        if ((found = fitting(a, c, test)) != NONE)
            return found;
    }
    /* "a hunger strike", "joint drills": the first of two words hangs on the second */
    for (uint32_t c = object == NONE ? NONE : tree_next(m->d, object, NONE); c != NONE && c < object; c = tree_next(m->d, object, c))
        if (matcher_word_fits(m, c, test))
            return c;
    if (verb && !tree_is_passive(m->d, base) && (found = word_by_order(a, base, test)) != NONE)
        return found;
    /* "handed over": a particle that the tree took for a preposition, "open fire" for a compound */
    if (verb && base + 1 < m->d->tokens.count && at(m, base + 1)->sentence == at(m, base)->sentence && matcher_word_fits(m, base + 1, test))
        return base + 1;
    if (!verb && base > 0 && at(m, base - 1)->sentence == at(m, base)->sentence && matcher_word_fits(m, base - 1, test))
        return base - 1;
    return NONE;
}

/* A day, and no name that the tree hangs on it. */
static bool is_only_time(const matcher *m, uint32_t token)
{
    if (!m->timed[token])
        return false;
    for (uint32_t n = tree_next(m->d, token, NONE); n != NONE; n = tree_next(m->d, token, n))
        if (m->mention[n] != NONE)
            return false;
    return true;
}

/* One dependent of `base` with the preposition and a fitting word or, for a role, a noun. */
static uint32_t prepositional_at(const attempt *a, uint32_t base, const kb_slot *s)
{
    const matcher *m = a->m;
    for (uint32_t c = tree_next(m->d, base, NONE); c != NONE; c = tree_next(m->d, base, c)) {
        uint8_t r = at(m, c)->deprel;
        if (r == DEPREL_PUNCT || r == DEPREL_CASE || r == DEPREL_DET || !matcher_preposition_fits(m, c, s->preposition))
            continue;
        if (s->role == ROLE_WORD) {
            uint32_t found = fitting(a, c, s->word);
            if (found != NONE)
                return found;
        } else if (s->role == ROLE_ANY) {
            if (!is_only_time(m, c))
                return c;
        } else if (is_nominal(m, c) && !is_taken(a, c)) {
            return match_content(m, c);
        }
    }
    return NONE;
}

static uint32_t find_prepositional(const attempt *a, uint32_t base, const kb_slot *s)
{
    const matcher *m = a->m;
    uint32_t found = prepositional_at(a, base, s);
    for (uint8_t i = 0; i < a->found.word_count; i++) {
        /* "ties with R over its row with another": the nearer of the two */
        uint32_t other = found == NONE || s->role == ROLE_RECIPIENT ? prepositional_at(a, a->found.words[i], s) : NONE;
        if (found == NONE || (other != NONE && other > base && other < found && a->found.words[i] > base))
            found = other;
    }
    uint32_t direct = found != NONE && s->role == ROLE_RECIPIENT && at(m, base)->upos == UPOS_VERB ? tree_child(m->d, base, DEPREL_OBJ, base) : NONE;
    uint32_t nearer = direct == NONE ? NONE : prepositional_at(a, direct, s);
    if (nearer != NONE && nearer < found)
        found = nearer;
    /* "the seizure of boats by Peru": "by" may hang on the boats */
    if (found == NONE && a->found.recipient != NONE && s->role != ROLE_RECIPIENT)
        found = prepositional_at(a, a->found.recipient, s);
    if (found == NONE && a->found.shape == SHAPE_NOUN) {
        if (a->found.actor != NONE)
            found = prepositional_at(a, a->found.actor, s);
        uint32_t of = found == NONE ? tree_oblique(m->d, base, STR("of")) : NONE;
        if (of != NONE && of != a->found.actor)
            found = prepositional_at(a, of, s);
    }
    if (found != NONE)
        return found;
    uint32_t object = at(m, base)->upos == UPOS_VERB ? tree_object(m->d, base) : NONE;
    if (object != NONE && object != at(m, base)->head && (found = prepositional_at(a, object, s)) != NONE)
        return found;
    uint8_t r = at(m, base)->deprel;
    uint32_t head = at(m, base)->head;
    /* "launched an attack on R", "an attack took place on R", "A and B held and ended talks with R" */
    if (head != NONE && at(m, head)->upos == UPOS_VERB && (r == DEPREL_OBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_CONJ ||
                                                           (r == DEPREL_NSUBJ && a->found.shape == SHAPE_NOUN))) {
        found = prepositional_at(a, head, s);
        /* "On its website the firm launched a campaign": what stands before is where */
        return found != NONE && found < head && r == DEPREL_OBJ && a->found.shape == SHAPE_NOUN ? NONE : found;
    }
    return NONE;
}

static bool is_clause(uint8_t r)
{
    return r == DEPREL_XCOMP || r == DEPREL_CCOMP || r == DEPREL_ADVCL || r == DEPREL_ACL || r == DEPREL_OBL || r == DEPREL_NMOD ||
           r == DEPREL_PARATAXIS || r == DEPREL_CSUBJ || r == DEPREL_OBJ;
}

static uint32_t clause_at(const attempt *a, uint32_t base, const kb_slot *s)
{
    const matcher *m = a->m;
    for (uint32_t c = tree_next(m->d, base, NONE); c != NONE; c = tree_next(m->d, base, c)) {
        uint8_t r = at(m, c)->deprel;
        if (!is_clause(r))
            continue;
        if (!s->preposition && r != DEPREL_CCOMP)
            continue;
        if (s->preposition && !matcher_preposition_fits(m, c, s->preposition))
            continue;
        uint32_t found = s->word ? fitting(a, c, s->word) : c;
        if (found != NONE)
            return found;
    }
    return NONE;
}

/* The verb after "that" where the tree saw no clause. */
static uint32_t clause_by_order(const matcher *m, uint32_t verb)
{
    const sentence *s = &m->d->sentences.at[at(m, verb)->sentence];
    uint32_t i = verb + 1, end = s->first + s->count;
    while (i < end && i < verb + 5 && !str_is(at(m, i)->lower, "that"))
        i++;
    if (i >= end || i >= verb + 5)
        return NONE;
    for (uint32_t v = i + 1; v < end && v < i + 12; v++)
        if (at(m, v)->upos == UPOS_VERB)
            return v;
    return NONE;
}

/* The infinitive after "to" that follows in the same clause, wherever the tree hangs it. */
static uint32_t infinitive_by_order(const attempt *a, uint32_t verb, const kb_slot *s)
{
    const matcher *m = a->m;
    const sentence *here = &m->d->sentences.at[at(m, verb)->sentence];
    uint32_t end = MIN(here->first + here->count, verb + 14);
    for (uint32_t i = verb + 1; i + 1 < end; i++) {
        if (str_is(at(m, i)->lower, "to") && matcher_word_fits(m, i, s->preposition)) {
            uint32_t v = i + 1 + (at(m, i + 1)->upos == UPOS_ADV && i + 2 < end);
            if (at(m, v)->xpos == XPOS_VB)
                return matcher_word_fits(m, v, s->word) ? v : NONE;
        }
        if (at(m, i)->upos == UPOS_VERB || at(m, i)->upos == UPOS_AUX || at(m, i)->upos == UPOS_SCONJ || str_is(at(m, i)->lower, ";"))
            break;
    }
    return NONE;
}

static uint32_t find_clause(const attempt *a, uint32_t base, const kb_slot *s)
{
    uint32_t found = clause_at(a, base, s);
    for (uint8_t i = 0; i < a->found.word_count && found == NONE; i++)
        found = clause_at(a, a->found.words[i], s);
    const matcher *m = a->m;
    if (found == NONE && at(m, base)->upos == UPOS_VERB) {
        uint32_t object = tree_object(m->d, base);
        if (object != NONE && object != at(m, base)->head && object > base)
            found = clause_at(a, object, s);
    }
    if (found == NONE && !s->preposition)
        found = clause_by_order(m, base);
    if (found == NONE && s->preposition && at(m, base)->upos == UPOS_VERB)
        found = infinitive_by_order(a, base, s);
    /* "Troops must leave, the minister said": what is said governs the cue */
    if (found == NONE && !s->preposition && at(m, base)->deprel == DEPREL_PARATAXIS)
        found = at(m, base)->head;
    return found;
}

/* ---- whose: possessive, adjective, compound, "by", "from", "of" ---- */

static bool rule_uses(const attempt *a, const char *preposition)
{
    const matcher *m = a->m;
    for (uint8_t i = 0; i < a->rule.slot_count; i++) {
        kb_slot s = kb_slot_at(m->k, a->rule.slot_first + i);
        if (s.relation != SLOT_PREPOSITION || !s.preposition)
            continue;
        uint32_t lemma = kb_lemma(m->k, str_of(preposition));
        if (lemma == NONE)
            continue;
        if (!kb_test_is_set(s.preposition) && kb_test_lemma(s.preposition) == lemma)
            return true;
        uint32_t first, count = kb_test_is_set(s.preposition) ? kb_set_members(m->k, lemma, &first) : 0;
        for (uint32_t j = 0; j < count; j++)
            if (kb_set_member_at(m->k, first + j).set == kb_test_set(s.preposition))
                return true;
    }
    return false;
}

static uint32_t owner_by_relation(const attempt *a, uint32_t noun, uint8_t relation)
{
    const matcher *m = a->m;
    for (uint32_t c = tree_child(m->d, noun, relation, NONE); c != NONE; c = tree_child(m->d, noun, relation, c))
        if ((relation == DEPREL_NMOD_POSS || m->mention[c] != NONE) && !is_taken(a, c))
            return c;
    return NONE;
}

/* Of a that-clause: whoever is named right after "that", else what the tree says. */
static uint32_t subject_of_clause(const matcher *m, uint32_t verb)
{
    uint32_t first = m->d->sentences.at[at(m, verb)->sentence].first, c = verb;
    while (c > first && verb - c < 12 && !str_is(at(m, c)->lower, "that"))
        c--;
    for (uint32_t i = c + 1; str_is(at(m, c)->lower, "that") && i < verb && i < c + 6; i++)
        if (m->mention[i] != NONE && (!m->d->mentions.at[m->mention[i]].adjective || at(m, i)->upos == UPOS_PROPN))
            return i;
    return tree_subject(m->d, verb);
}

static uint32_t find_owner(const attempt *a, uint32_t base)
{
    const matcher *m = a->m;
    if (at(m, base)->upos == UPOS_VERB || at(m, base)->upos == UPOS_AUX || tree_child(m->d, base, DEPREL_MARK, NONE) != NONE)
        return subject_of_clause(m, base);
    static const uint8_t relations[] = {DEPREL_NMOD_POSS, DEPREL_AMOD, DEPREL_COMPOUND, DEPREL_NMOD_DESC};
    static const char *const prepositions[] = {"by", "from", "of"};
    uint32_t found = tree_oblique(m->d, base, STR("by"));
    for (uint32_t of = tree_oblique(m->d, base, STR("of")); found == NONE && of != NONE; of = NONE)
        found = tree_oblique(m->d, of, STR("by"));
    for (size_t i = 0; i < COUNT(relations) && (found == NONE || at(m, found)->xpos == XPOS_PRPS); i++) {
        /* "his Iraqi counterpart": the adjective tells more than the pronoun */
        uint32_t other = owner_by_relation(a, base, relations[i]);
        found = other == NONE ? found : other;
    }
    for (size_t i = 0; i < COUNT(prepositions) && found == NONE; i++)
        if (!rule_uses(a, prepositions[i]))
            found = tree_oblique(m->d, base, str_of(prepositions[i]));
    return found;
}

/* ---- roles ---- */

/* "more than 100", "at least 12", "up to 40" */
static bool is_quantifier(str word)
{
    return str_is(word, "than") || str_is(word, "at") || str_is(word, "up") || str_is(word, "to") || str_is(word, "about");
}

/* The noun phrase right after a verb, where the tree gave it no object. */
static uint32_t object_by_order(const attempt *a, uint32_t verb)
{
    const matcher *m = a->m;
    const sentence *s = &m->d->sentences.at[at(m, verb)->sentence];
    uint32_t noun = NONE;
    if (tree_is_passive(m->d, verb))
        return NONE;
    for (uint32_t i = verb + 1; i < s->first + s->count; i++) {
        uint8_t u = at(m, i)->upos;
        if (u == UPOS_NOUN || u == UPOS_PROPN || (u == UPOS_PRON && at(m, i)->xpos != XPOS_PRPS))
            noun = i;
        else if (noun != NONE ? at(m, i)->xpos != XPOS_POS
                              : u != UPOS_DET && !(u == UPOS_CCONJ && i == verb + 1) && u != UPOS_ADJ && u != UPOS_NUM && u != UPOS_PRON && u != UPOS_ADV && !is_quantifier(at(m, i)->lower))
            break;
    }
    return noun;
}

static uint32_t find_bare_role(const attempt *a, uint32_t base)
{
    const matcher *m = a->m;
    if (at(m, base)->upos != UPOS_VERB)
        return NONE;
    uint32_t object = match_content(m, tree_object(m->d, base)), near = NONE;
    if (object != NONE && object > base + 1 && at(m, base)->deprel != DEPREL_ACL_RELCL)
        for (uint32_t i = base + 1; i < object && near == NONE; i++)
            if (str_is(at(m, i)->lower, ","))
                near = object_by_order(a, base);
    if (near != NONE && near < object && (m->mention[near] != NONE || m->cover[near] != NONE))
        object = near;
    if (object != NONE && !is_taken(a, object))
        return object;
    uint32_t given = tree_child(m->d, base, DEPREL_IOBJ, NONE);
    if (given == NONE)
        given = tree_child(m->d, base, DEPREL_OBJ, NONE);
    if (given == NONE)
        given = object_by_order(a, base);
    return given != NONE && !is_taken(a, given) ? given : NONE;
}

/* "gave R aid", "R was given aid": the one to whom, without "to". */
static uint32_t find_dative(const attempt *a, uint32_t base)
{
    const matcher *m = a->m;
    if (at(m, base)->upos != UPOS_VERB)
        return NONE;
    uint32_t given = tree_child(m->d, base, DEPREL_IOBJ, NONE);
    if (given == NONE && tree_is_passive(m->d, base) && tree_child(m->d, base, DEPREL_OBJ, NONE) != NONE)
        given = tree_subject(m->d, base);
    return given != NONE && !is_taken(a, given) ? given : NONE;
}

static bool is_dative(const matcher *m, uint32_t test)
{
    if (kb_test_is_set(test))
        return false;
    str p = test ? kb_lemma_text(m->k, kb_test_lemma(test)) : (str){0};
    return str_is(p, "to") || str_is(p, "for");
}

static bool modal_fits(const matcher *m, uint32_t clause, uint32_t test)
{
    for (uint32_t c = tree_child(m->d, clause, DEPREL_AUX, NONE); c != NONE; c = tree_child(m->d, clause, DEPREL_AUX, c))
        if (matcher_word_fits(m, c, test))
            return true;
    return matcher_word_fits(m, clause, test);
}

/* Where a phrase ends that a verb may govern, whatever the tree says. */
static bool ends_phrase(const matcher *m, uint32_t i)
{
    uint8_t u = at(m, i)->upos;
    return u == UPOS_VERB || u == UPOS_SCONJ || u == UPOS_AUX || str_is(at(m, i)->lower, ";") || str_is(at(m, i)->lower, ",");
}

static bool is_party_word(const matcher *m, uint32_t n)
{
    return (m->mention[n] != NONE && !m->d->mentions.at[m->mention[n]].adjective) || (at(m, n)->upos == UPOS_NOUN && match_in_set(m, n, m->persons));
}

/* A named party, or one of the words, after the preposition, later in the clause, whatever the tree hangs it on. */
static uint32_t prepositional_by_order(const attempt *a, uint32_t base, const kb_slot *s)
{
    const matcher *m = a->m;
    const sentence *here = &m->d->sentences.at[at(m, base)->sentence];
    uint32_t end = MIN(here->first + here->count, base + 16);
    bool word = s->role == ROLE_WORD;
    for (uint32_t i = base + 1; i < end && !ends_phrase(m, i); i++) {
        if (at(m, i)->upos != UPOS_ADP || !matcher_word_fits(m, i, s->preposition))
            continue;
        for (uint32_t n = i + 1; n < end && n < i + 6 && at(m, n)->upos != UPOS_ADP && at(m, n)->upos != UPOS_VERB; n++)
            if (!is_taken(a, n) && (word ? is_nominal(m, n) && matcher_word_fits(m, n, s->word) : is_party_word(m, n)))
                return n;
    }
    return NONE;
}

static uint32_t slot_find(const attempt *a, uint32_t base, const kb_slot *s)
{
    switch (s->relation) {
    case SLOT_BARE:
        if (s->role == ROLE_WORD && s->under != 255 && base > a->found.token && matcher_word_fits(a->m, base, s->word))
            return base; /* "that R <YIELDING>": the clause's own verb */
        return s->role == ROLE_WORD ? find_bare_word(a, base, s->word) : find_bare_role(a, base);
    case SLOT_PREPOSITION: {
        uint32_t found = find_prepositional(a, base, s);
        if (found == NONE && (s->role == ROLE_RECIPIENT || s->role == ROLE_WORD) && a->found.shape == SHAPE_VERB && s->preposition)
            found = prepositional_by_order(a, base, s);
        return found == NONE && s->role == ROLE_RECIPIENT && is_dative(a->m, s->preposition) ? find_dative(a, base) : found;
    }
    case SLOT_CLAUSE:
        return find_clause(a, base, s);
    case SLOT_OWNER:
        return find_owner(a, base);
    case SLOT_SUBJECT: {
        uint32_t subject = a->found.shape == SHAPE_BE ? tree_subject(a->m->d, base) : tree_actor(a->m->d, base);
        return fitting(a, subject, s->word);
    }
    case SLOT_CASE:
        return matcher_preposition_fits(a->m, base, s->preposition) ? base : NONE;
    default:
        return modal_fits(a->m, base, s->word) ? base : NONE;
    }
}

static void slot_take(attempt *a, const kb_slot *s, uint32_t token)
{
    static const uint8_t weights[] = {[SLOT_BARE] = 4, [SLOT_PREPOSITION] = 4, [SLOT_CLAUSE] = 2, [SLOT_OWNER] = 2, [SLOT_CASE] = 4, [SLOT_MODAL] = 3, [SLOT_SUBJECT] = 4};
    match *f = &a->found;
    if (s->role == ROLE_ACTOR)
        f->actor = token;
    else if (s->role == ROLE_RECIPIENT)
        f->recipient = token;
    else if (s->relation == SLOT_CLAUSE)
        f->clause = token;
    if (s->role == ROLE_WORD && s->relation != SLOT_CLAUSE && s->relation != SLOT_CASE && s->relation != SLOT_MODAL && f->word_count < MATCH_WORDS)
        f->words[f->word_count++] = token;
    bool role = s->role == ROLE_ACTOR || s->role == ROLE_RECIPIENT;
    f->weight += s->rank;
    f->weight += role ? 1 + (s->relation == SLOT_PREPOSITION || s->relation == SLOT_OWNER) + (s->word ? 3 : 0) : weights[s->relation] + (s->relation == SLOT_CLAUSE && s->word ? 2 : 0);
}

static bool slots_fit(attempt *a, bool roles)
{
    for (uint8_t i = 0; i < a->rule.slot_count; i++) {
        kb_slot s = kb_slot_at(a->m->k, a->rule.slot_first + i);
        bool role = s.role == ROLE_ACTOR || s.role == ROLE_RECIPIENT;
        if (role != roles)
            continue;
        uint32_t base = s.under == 255 ? a->found.token : a->bound[s.under];
        uint32_t token = base == NONE ? NONE : slot_find(a, base, &s);
        if (role && token != NONE && s.word)
            token = fitting(a, token, s.word);
        if (s.role == ROLE_RECIPIENT && token != NONE && is_only_time(a->m, token))
            token = NONE; /* "called on Monday" */
        a->bound[i] = token;
        if (token == NONE && s.needed && !(role && s.under != 255 && s.relation == SLOT_BARE))
            return false;
        if (token != NONE)
            slot_take(a, &s, token);
    }
    return true;
}

/* ---- shapes ---- */

/* Two parties: coordinated, "Thai and Cambodian commanders", "leaders of A and B", "both", "the two sides". */
static bool is_plural(const matcher *m, uint32_t token)
{
    uint8_t x = at(m, token)->xpos;
    str w = at(m, token)->lower;
    if (tree_has_case(m->d, token, STR("between")))
        return true;
    if (str_is(w, "they") || str_is(w, "both") || str_is(w, "two") || str_is(w, "sides") || str_is(w, "countries") || str_is(w, "states") ||
        tree_child(m->d, token, DEPREL_CONJ, NONE) != NONE)
        return true;
    if (x != XPOS_NNS && x != XPOS_NNPS && at(m, token)->upos != UPOS_PROPN)
        return false;
    uint32_t first, last;
    tree_yield(m->d, token, &first, &last);
    for (uint32_t i = first; i <= last; i++)
        if (str_is(at(m, i)->lower, "and") || str_is(at(m, i)->lower, "both") || str_is(at(m, i)->lower, "two"))
            return true;
    /* "Kenya's and Uganda's ministers", whatever the tree hangs the "and" on */
    for (uint32_t i = token; i-- > m->d->sentences.at[at(m, token)->sentence].first && token - i < 8;) {
        uint8_t u = at(m, i)->upos;
        if (u == UPOS_CCONJ)
            return true;
        if (u != UPOS_ADJ && u != UPOS_NOUN && u != UPOS_PROPN && at(m, i)->xpos != XPOS_POS)
            return false;
    }
    return false;
}

static bool shape_fits(const matcher *m, uint32_t token, const kb_rule *r)
{
    uint8_t u = at(m, token)->upos, rel = at(m, token)->deprel;
    if (r->shape == SHAPE_VERB)
        return u == UPOS_VERB && tree_is_main(m->d, token);
    if (r->shape == SHAPE_NOUN)
        return (u == UPOS_NOUN || u == UPOS_PROPN) && rel != DEPREL_COMPOUND && rel != DEPREL_FLAT && rel != DEPREL_AMOD;
    if (r->purpose == PURPOSE_CLAIM && tree_child(m->d, token, DEPREL_COP, NONE) != NONE)
        return true;
    if (r->purpose == PURPOSE_CLAIM)
        return u != UPOS_VERB || rel != DEPREL_ROOT;
    if (tree_child(m->d, token, DEPREL_COP, NONE) != NONE)
        return true;
    return rel == DEPREL_XCOMP || (u == UPOS_VERB && tree_child(m->d, token, DEPREL_AUX_PASS, NONE) != NONE);
}

/* The noun right before an active verb that the tree left without a subject. */
static uint32_t subject_by_order(const matcher *m, uint32_t verb)
{
    uint32_t first = m->d->sentences.at[at(m, verb)->sentence].first, i = verb;
    if (tree_is_passive(m->d, verb) || at(m, verb)->xpos == XPOS_VB || at(m, verb)->xpos == XPOS_VBG)
        return NONE;
    while (i > first && (at(m, i - 1)->upos == UPOS_AUX || at(m, i - 1)->upos == UPOS_ADV || at(m, i - 1)->upos == UPOS_PART))
        i--;
    if (i == first)
        return NONE;
    uint8_t u = at(m, i - 1)->upos;
    return u == UPOS_PROPN || u == UPOS_NOUN ? i - 1 : NONE;
}

static bool has_bare_slot(const attempt *a)
{
    for (uint8_t i = 0; i < a->rule.slot_count; i++) {
        kb_slot s = kb_slot_at(a->m->k, a->rule.slot_first + i);
        if (s.relation == SLOT_BARE && s.under == 255)
            return true;
    }
    return false;
}

/* "were turned on the farmers by the police": who did it, whatever the tree hangs the "by" on. */
static uint32_t agent_by_order(const attempt *a)
{
    uint32_t by = kb_lemma(a->m->k, STR("by"));
    kb_slot s = {.preposition = by + 1, .role = ROLE_ACTOR, .relation = SLOT_PREPOSITION};
    return by == NONE ? NONE : prepositional_by_order(a, a->found.token, &s);
}

static void actor_find(attempt *a)
{
    const matcher *m = a->m;
    match *f = &a->found;
    if (f->actor != NONE || f->shape == SHAPE_NOUN)
        return;
    if (f->shape == SHAPE_BE) {
        bool copula = tree_child(m->d, f->token, DEPREL_COP, NONE) != NONE || at(m, f->token)->deprel == DEPREL_XCOMP;
        f->actor = copula || at(m, f->token)->upos == UPOS_VERB ? tree_subject(m->d, f->token) : NONE;
    } else {
        f->actor = tree_actor(m->d, f->token);
        /* "is prepared to": a participle whose pattern knows no object */
        if (f->actor == NONE && f->recipient == NONE && !has_bare_slot(a))
            f->actor = tree_subject(m->d, f->token);
        if (f->actor == NONE)
            f->actor = subject_by_order(m, f->token);
        if (f->actor == NONE && tree_is_passive(m->d, f->token))
            f->actor = agent_by_order(a);
        /* "said the ministry" */
        if (f->actor == NONE && f->clause != NONE && f->clause < f->token)
            f->actor = object_by_order(a, f->token);
    }
    if (f->actor != NONE)
        f->actor = match_content(m, f->actor);
}

/* "did not renew", "voted not to renew", "would not meet demands" */
static bool is_refused(const matcher *m, uint32_t verb)
{
    uint32_t head = at(m, verb)->head;
    return tree_is_negated(m->d, verb) || (at(m, verb)->deprel == DEPREL_XCOMP && head != NONE && tree_is_negated(m->d, head));
}

/* Civilians block roads in protest, governments close them: 1 civilian, -1 of the state, 0 unknown. */
static int civilian(const matcher *m, uint32_t actor)
{
    static const char *const state[] = {"GOV", "MIL", "COP", "JUD", "SPY"}, *const people[] = {"CVL", "LAB", "EDU", "AGR", "OPP", "SOC", "REF", "MED", "REL", "BUS"};
    uint32_t n = m->mention[actor] != NONE ? m->mention[actor] : m->cover[actor];
    const char *sector = n == NONE ? "" : m->d->entities.at[m->d->mentions.at[n].entity].sector;
    for (size_t i = 0; i < COUNT(state); i++)
        if (!strcmp(sector, state[i]))
            return -1;
    for (size_t i = 0; i < COUNT(people); i++)
        if (!strcmp(sector, people[i]))
            return 1;
    return 0;
}

/* States have other means than marches. */
static bool is_state(const matcher *m, uint32_t actor)
{
    const entity *e = m->mention[actor] == NONE ? NULL : &m->d->entities.at[m->d->mentions.at[m->mention[actor]].entity];
    return e && e->type == ENTITY_GPE && !e->sector[0];
}

/* An object that no word of the pattern took. */
static bool has_other_object(const attempt *a)
{
    uint32_t object = tree_is_passive(a->m->d, a->found.token) ? NONE : tree_child(a->m->d, a->found.token, DEPREL_OBJ, NONE);
    return object != NONE && !is_taken(a, object) && object != a->found.recipient;
}

/* "R be on trial in A" */
static bool subject_receives(const attempt *a)
{
    for (uint8_t i = 0; i < a->rule.slot_count; i++) {
        kb_slot s = kb_slot_at(a->m->k, a->rule.slot_first + i);
        if (s.relation == SLOT_SUBJECT && s.role == ROLE_RECIPIENT)
            return true;
    }
    return false;
}

/* Whether the sentence has the words that the pattern cannot do without. */
static bool words_present(const matcher *m, uint32_t token, const kb_rule *r)
{
    for (uint8_t i = 0; i < r->slot_count; i++) {
        kb_slot s = kb_slot_at(m->k, r->slot_first + i);
        if (s.needed && s.word && !matcher_present(m, at(m, token)->sentence, s.word))
            return false;
        if (s.needed && s.preposition && (s.role == ROLE_WORD || s.role == ROLE_ANY) && !matcher_present(m, at(m, token)->sentence, s.preposition))
            return false;
    }
    return true;
}

static bool rule_fits(const matcher *m, uint32_t token, uint32_t number, const kb_rule *rule, match *ret)
{
    attempt a = {.m = m, .rule = *rule};
    if (!words_present(m, token, rule) || !shape_fits(m, token, &a.rule) || !matcher_word_fits(m, token, a.rule.trigger))
        return false;
    a.found = (match){.rule = number, .token = token, .actor = NONE, .recipient = NONE, .clause = NONE, .weight = 1, .shape = a.rule.shape};
    if (!slots_fit(&a, false) || !slots_fit(&a, true))
        return false;
    actor_find(&a);
    if ((a.rule.flags & RULE_DENIES) && a.rule.purpose == PURPOSE_EVENT) {
        if (!is_refused(m, token))
            return false;
        a.found.weight += 2;
    }
    if (a.rule.purpose == PURPOSE_EVENT && a.rule.type == EVENT_PROTEST && a.found.actor != NONE) {
        int who = civilian(m, a.found.actor);
        if (who < 0 || (a.rule.shape == SHAPE_VERB && is_state(m, a.found.actor) && tree_actor(m->d, token) == a.found.actor))
            return false;
        a.found.weight += 3 * who;
    }
    if ((a.rule.flags & (RULE_ALONE | RULE_BOTH)) && a.rule.shape == SHAPE_VERB && !(a.rule.purpose == PURPOSE_EVENT && a.rule.scope) && has_other_object(&a))
        return false;
    if (a.rule.flags & RULE_BOTH)
        a.found.weight += 2;
    if ((a.rule.flags & RULE_BOTH) && (a.found.actor == NONE || !is_plural(m, a.found.actor)))
        return false;
    if (a.found.recipient == a.found.actor)
        *(subject_receives(&a) ? &a.found.actor : &a.found.recipient) = NONE;
    *ret = a.found;
    return true;
}

/* What the patterns that fit at one trigger leave: the most specific one, and one of the same type that knows who receives. */
typedef struct contest {
    match best, donor;
    bool any;
} contest;

static void triggers_try(const matcher *m, uint32_t token, uint32_t lemma, uint8_t purpose, contest *c)
{
    uint32_t first = 0, count = lemma == NONE ? 0 : kb_triggers(m->k, lemma, &first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = kb_trigger_at(m->k, first + i);
        kb_rule r = kb_rule_at(m->k, number);
        match found;
        if ((r.purpose == PURPOSE_CLAIM) != (purpose == PURPOSE_CLAIM) || !rule_fits(m, token, number, &r, &found))
            continue;
        bool idiom = r.purpose == PURPOSE_IDIOM;
        if (found.recipient != NONE && !idiom && found.weight > c->donor.weight)
            c->donor = found;
        if (!c->any || found.weight > c->best.weight || (idiom && found.weight == c->best.weight)) {
            c->best = found;
            c->any = true;
        }
    }
}

/* "apologised to R for ~": one pattern knows what for, another to whom. */
static void recipient_lend(const matcher *m, contest *c)
{
    if (!c->any || c->best.recipient != NONE || !c->donor.weight || c->donor.shape != c->best.shape)
        return;
    kb_rule best = kb_rule_at(m->k, c->best.rule), donor = kb_rule_at(m->k, c->donor.rule);
    if (best.purpose != PURPOSE_EVENT || best.type != donor.type || ((best.flags | donor.flags) & RULE_BOTH) || c->donor.recipient == c->best.actor)
        return;
    for (uint8_t i = 0; i < c->best.word_count; i++)
        if (c->best.words[i] == c->donor.recipient && !match_in_set(m, c->donor.recipient, m->persons))
            return;
    c->best.recipient = c->donor.recipient;
}

bool match_best(const matcher *m, uint32_t token, uint8_t purpose, match *ret)
{
    contest c = {.any = false};
    triggers_try(m, token, m->lemma[token], purpose, &c);
    if (m->form[token] != m->lemma[token])
        triggers_try(m, token, m->form[token], purpose, &c);
    recipient_lend(m, &c);
    if (c.any)
        *ret = c.best;
    return c.any;
}
