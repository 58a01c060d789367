/* Whether a tie holds, since or until when, and in what sense: negation, tense, and words such as "on paper". */
#include "claim/inside.h"

static const token *at(const claimant *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

static bool word_is(const claimant *c, uint32_t i, const char *word)
{
    return str_is(at(c, i)->lower, word) || str_is(at(c, i)->lemma, word);
}

/* ---- what is not asserted at all ---- */

static bool is_question(const claimant *c, uint32_t token)
{
    static const char *const grounds[] = {"given", "since", "because", "although", "though"};
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    /* what a question takes for granted is no question: "..., given that A and B are bound by treaty?" */
    for (uint32_t i = s->first + 1; i < token; i++)
        for (size_t g = 0; g < COUNT(grounds); g++)
            if (word_is(c, i, grounds[g]) && word_is(c, i - 1, ","))
                return false;
    for (uint32_t i = token; i < s->first + s->count; i++)
        if (word_is(c, i, "?"))
            return true;
    return false;
}

/* 'the "ally" in Minsk': one word, or two, in quotation marks by themselves. */
static bool is_scare_quoted(const claimant *c, uint32_t noun)
{
    const sentence *s = &c->d->sentences.at[at(c, noun)->sentence];
    uint32_t end = noun + 1;
    if (end >= s->first + s->count || at(c, end)->upos != UPOS_PUNCT || !str_is(at(c, end)->lower, "\""))
        return false;
    uint32_t head = at(c, noun)->head, statement = c->m->within[noun];
    if (head != NONE && match_in_set(c->m, head, c->naming))
        return false;
    /* words that somebody is quoted with for what another is to him */
    if (statement != NONE && c->d->statements.at[statement].kind == STATEMENT_MIXED && span_len(c->d->statements.at[statement].cue) &&
        match_in_set(c->m, doc_token_at(c->d, c->d->statements.at[statement].cue.start), c->naming))
        return false;
    for (uint32_t back = 1; back <= 3 && noun >= s->first + back; back++)
        if (str_is(at(c, noun - back)->lower, "\""))
            return tree_child(c->d, noun, DEPREL_COP, NONE) == NONE && tree_child(c->d, noun, DEPREL_NMOD_POSS, NONE) == NONE;
    return false;
}

/* "so-called ally", however it was cut into words */
static bool is_so_called(const claimant *c, uint32_t noun)
{
    const sentence *s = &c->d->sentences.at[at(c, noun)->sentence];
    for (uint32_t i = noun; i-- > s->first && noun - i < 6;) {
        if (str_is(at(c, i)->lower, "so-called") || (str_is(at(c, i)->lower, "called") && i > s->first + 1 && str_is(at(c, i - 2)->lower, "so")))
            return true;
        if (at(c, i)->upos == UPOS_VERB && at(c, i)->deprel != DEPREL_AMOD)
            return false;
    }
    return false;
}

/* "Were X to become Y's guarantor, ...": a condition without an "if". */
static bool is_inverted(const claimant *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    str opens = at(c, s->first)->lower;
    if (!str_is(opens, "were") && !str_is(opens, "had") && !str_is(opens, "should"))
        return false;
    for (uint32_t i = s->first; i < token; i++)
        if (word_is(c, i, ","))
            return false;
    return true;
}

static bool sentence_has(const claimant *c, uint32_t token, uint32_t set)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (at(c, i)->upos != UPOS_PROPN && match_in_set(c->m, i, set))
            return true;
    return false;
}

/* ---- what stands above ---- */

static bool has_no(const claimant *c, uint32_t noun)
{
    uint32_t det = tree_child(c->d, noun, DEPREL_DET, NONE);
    return det != NONE && (word_is(c, det, "no") || word_is(c, det, "neither"));
}

static bool is_denied(const claimant *c, uint32_t verb)
{
    if (tree_is_negated(c->d, verb))
        return true;
    for (uint32_t n = tree_child(c->d, verb, DEPREL_NSUBJ, NONE); n != NONE; n = tree_child(c->d, verb, DEPREL_NSUBJ, n))
        if (word_is(c, n, "nobody") || word_is(c, n, "none") || word_is(c, n, "neither") || has_no(c, n))
            return true;
    uint32_t object = tree_child(c->d, verb, DEPREL_OBJ, NONE);
    return object != NONE && (tree_is_negated(c->d, object) || tree_child(c->d, object, DEPREL_CC_PRECONJ, NONE) != NONE) &&
           (tree_is_negated(c->d, object) || word_is(c, tree_child(c->d, object, DEPREL_CC_PRECONJ, NONE), "neither"));
}

/* "no longer", "no more", "former", "ceased to be". */
static bool has_ended(const claimant *c, uint32_t word)
{
    for (uint32_t n = tree_next(c->d, word, NONE); n != NONE; n = tree_next(c->d, word, n)) {
        bool no = n > 0 && (word_is(c, n - 1, "no") || word_is(c, n - 1, "any"));
        if ((word_is(c, n, "longer") || word_is(c, n, "more")) && no)
            return true;
        if (word_is(c, n, "anymore") || word_is(c, n, "former") || word_is(c, n, "formerly") || word_is(c, n, "erstwhile") || word_is(c, n, "once") ||
            word_is(c, n, "onetime"))
            return true;
    }
    return word_is(c, word, "cease") || word_is(c, word, "stop");
}

static bool is_supposed(const claimant *c, uint32_t verb)
{
    for (uint32_t n = tree_next(c->d, verb, NONE); n != NONE; n = tree_next(c->d, verb, n)) {
        uint8_t r = at(c, n)->deprel;
        if (r == DEPREL_MARK && (word_is(c, n, "if") || word_is(c, n, "unless") || word_is(c, n, "whether")))
            return true;
        bool can = word_is(c, n, "can") || word_is(c, n, "could");
        if (r == DEPREL_AUX && can && (is_denied(c, verb) || has_ended(c, verb)))
            continue; /* "can no longer be called" */
        if (r == DEPREL_AUX && (can || word_is(c, n, "would") || word_is(c, n, "may") || word_is(c, n, "might") ||
                                word_is(c, n, "should") || word_is(c, n, "must") || word_is(c, n, "will")))
            return true;
        if (r == DEPREL_AMOD && match_in_set(c->m, n, c->ALLEGED))
            return true;
    }
    return false;
}

/* Climbs from the carrier: false where it is only supposed; `*holds` turns where it is denied, `*ended` where it was given up. */
static bool above(const claimant *c, uint32_t carrier, bool *holds, bool *ended)
{
    uint32_t below = carrier;
    for (int depth = 0; depth < 6; depth++) {
        uint8_t r = at(c, below)->deprel;
        uint32_t head = at(c, below)->head;
        if (head == NONE || (r != DEPREL_CCOMP && r != DEPREL_XCOMP && r != DEPREL_ACL && r != DEPREL_CSUBJ && r != DEPREL_CONJ && r != DEPREL_ADVCL))
            return true;
        if (r == DEPREL_ADVCL || r == DEPREL_ACL || r == DEPREL_XCOMP) {
            uint32_t mark = tree_child(c->d, below, DEPREL_MARK, NONE);
            if (r != DEPREL_XCOMP && (mark == NONE || !word_is(c, mark, "to")))
                return true;
        }
        if (r != DEPREL_CONJ) {
            if (match_in_set(c->m, head, c->DENIAL) || (r == DEPREL_CCOMP && at(c, head)->upos == UPOS_VERB && is_denied(c, head))) {
                *holds = false;
                *ended |= match_in_set(c->m, head, c->ENDED);
            } else if (r == DEPREL_XCOMP && is_supposed(c, head)) {
                return false;
            } else if (match_in_set(c->m, head, c->HYPOTHESIS) && !match_in_set(c->m, head, c->ONGOING)) {
                return false;
            }
        }
        below = head;
    }
    return true;
}

/* ---- tense and change ---- */

static bool reported_in_past(const claimant *c, uint32_t carrier)
{
    uint32_t head = at(c, carrier)->head;
    return at(c, carrier)->deprel == DEPREL_CCOMP && head != NONE && at(c, head)->xpos == XPOS_VBD;
}

static bool is_past(const claimant *c, uint32_t carrier, uint32_t noun)
{
    uint32_t copula = tree_child(c->d, noun, DEPREL_COP, NONE);
    if (copula == NONE)
        return false;
    if (at(c, copula)->xpos != XPOS_VBD || tree_child(c->d, noun, DEPREL_AUX, NONE) != NONE)
        return false;
    return !reported_in_past(c, carrier);
}

static bool has_begun(const claimant *c, uint32_t word)
{
    uint32_t head = at(c, word)->head;
    if (word_is(c, word, "become") || word_is(c, word, "turn") || word_is(c, word, "make"))
        return true;
    if (head != NONE && at(c, word)->deprel == DEPREL_OBJ && word_is(c, head, "make"))
        return true;
    for (uint32_t n = tree_next(c->d, word, NONE); n != NONE; n = tree_next(c->d, word, n))
        if (word_is(c, n, "now") || (at(c, n)->deprel == DEPREL_OBL && tree_has_case(c->d, n, STR("since"))))
            return true;
    return false;
}

/* ---- scope ---- */

static uint8_t scope_word(const claimant *c, uint32_t i)
{
    bool formal = match_in_set(c->m, i, c->FORMAL), practical = match_in_set(c->m, i, c->PRACTICAL);
    if (!formal && !practical)
        return 0;
    if (str_ends(at(c, i)->lower, "ly"))
        return formal ? 1 : 2;
    if (!i)
        return 0;
    uint32_t front = i - 1;
    if (word_is(c, front, "but") && word_is(c, i, "name"))
        return 2;
    if (word_is(c, front, "a") || word_is(c, front, "the") || at(c, front)->upos == UPOS_ADJ)
        front = front ? front - 1 : 0;
    if (word_is(c, i, "fact"))
        return 0;
    return word_is(c, front, "on") || word_is(c, front, "and") || word_is(c, front, "in") || word_is(c, front, "by") || word_is(c, front, "de") ? formal ? 1 : 2 : 0;
}

static bool is_mark(const claimant *c, uint32_t i)
{
    return at(c, i)->upos == UPOS_PUNCT ? !str_is(at(c, i)->lower, "\"") && !str_is(at(c, i)->lower, "-") : word_is(c, i, "but");
}

/* A stretch between marks: its scope words, whether it denies, whether it holds a verb. */
typedef struct stretch {
    uint32_t first, end;
    uint8_t scope;
    bool denies, verb, holds_tie, open;
} stretch;

static stretch stretch_at(const claimant *c, uint32_t first, uint32_t end, uint32_t tie)
{
    stretch s = {.first = first, .end = end};
    for (uint32_t i = first; i < end; i++) {
        s.scope |= scope_word(c, i);
        s.denies |= word_is(c, i, "not") || word_is(c, i, "n't") || word_is(c, i, "longer") || word_is(c, i, "never") || word_is(c, i, "neither") ||
                    word_is(c, i, "nor") || word_is(c, i, "hardly");
        s.verb |= at(c, i)->upos == UPOS_VERB;
        s.holds_tie |= i == tie || (i != tie && match_in_set(c->m, i, c->TIE_NOUN));
        s.open |= word_is(c, i, "whether") || word_is(c, i, "if");
    }
    return s;
}

/* "in name only", "only on paper": what is so narrowed does not hold in deeds. */
static bool only_formal(const claimant *c, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (scope_word(c, i) != 1)
            continue;
        for (uint32_t n = i > first + 3 ? i - 3 : first; n < end && n <= i + 1; n++)
            if (word_is(c, n, "only") || word_is(c, n, "merely") || word_is(c, n, "solely") || word_is(c, n, "just"))
                return true;
    }
    return false;
}

static void scope_of(const claimant *c, saying *s)
{
    const sentence *here = &c->d->sentences.at[at(c, s->match.token)->sentence];
    uint32_t first = here->first, end = here->first + here->count;
    s->scope = s->rule.scope;
    if (s->match.token > first && word_is(c, s->match.token - 1, "treaty") && s->match.shape == SHAPE_BE)
        s->scope |= 1;
    for (uint32_t i = first; i <= end; i++) {
        if (i < end && !is_mark(c, i))
            continue;
        stretch part = stretch_at(c, first, i, s->match.token);
        bool mine = first <= s->match.token && s->match.token < i;
        first = i + 1;
        if (!part.scope || (part.open && !mine))
            continue;
        if (mine && only_formal(c, part.first, part.end)) {
            s->other = true;
            s->other_scope = 2;
            s->other_holds = false;
        }
        if (mine || (!part.verb && !part.holds_tie && (!part.denies || !s->holds)))
            s->scope |= part.scope;
        else if (!part.holds_tie && part.denies && s->holds) {
            s->other = true;
            s->other_scope = part.scope;
            s->other_holds = false;
        }
    }
}

/* ---- all together ---- */

/* "not its rival", "and not a friend", "neither Lima nor Quito" */
static bool not_before(const claimant *c, uint32_t noun)
{
    const sentence *s = &c->d->sentences.at[at(c, noun)->sentence];
    uint32_t i = noun;
    while (i > s->first && noun - i < 5 && (at(c, i - 1)->upos == UPOS_DET || at(c, i - 1)->upos == UPOS_ADJ || at(c, i - 1)->upos == UPOS_PRON || at(c, i - 1)->xpos == XPOS_PRPS))
        i--;
    if (i > s->first && word_is(c, i - 1, "not") && !tree_is_negated(c->d, noun))
        return true;
    if (i > s->first && at(c, i - 1)->xpos == XPOS_POS) { /* "was not Togo's friend" */
        for (i--; i > s->first && at(c, i - 1)->upos == UPOS_PROPN; i--)
            ;
        if (i > s->first && word_is(c, i - 1, "not") && !tree_is_negated(c->d, noun))
            return true;
    }
    return noun + 1 < s->first + s->count && word_is(c, noun + 1, "neither") && at(c, noun)->upos == UPOS_VERB && !is_denied(c, noun);
}

/* The first timex of a sentence. */
static uint32_t first_time(const claimant *c, const sentence *s)
{
    uint32_t low = 0, high = c->d->times.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->d->times.at[middle].first < s->first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Said of days that are over: "in the 1970s". */
static bool long_over(const claimant *c, uint32_t noun)
{
    const sentence *s = &c->d->sentences.at[at(c, noun)->sentence];
    for (uint32_t i = first_time(c, s); i < c->d->times.count && c->d->times.at[i].first < s->first + s->count; i++) {
        const timex *t = &c->d->times.at[i];
        bool after = t->first > noun && t->first < noun + 7 && t->first < s->first + s->count;
        if (after && date_known(t->date) && word_is(c, t->first - (word_is(c, t->first, "the") ? 0u : 1u), "since"))
            return false;
        if (after && date_known(t->date) && c->d->head.reference != NO_DAY && t->date.to + 400 < c->d->head.reference &&
            tree_child(c->d, noun, DEPREL_COP, NONE) == NONE)
            return true;
    }
    return false;
}

/* "is the union's member since May" */
static bool since_lately(const claimant *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    for (uint32_t i = first_time(c, s); i < c->d->times.count && c->d->times.at[i].first < s->first + s->count; i++) {
        const timex *t = &c->d->times.at[i];
        if (t->first > s->first && t->first < s->first + s->count && word_is(c, t->first - 1, "since") && date_known(t->date) &&
            c->d->head.reference != NO_DAY && t->date.from + 60 > c->d->head.reference)
            return true;
    }
    return false;
}

bool tense_of(claimant *c, saying *s)
{
    uint32_t noun = s->match.token, carrier = noun;
    s->holds = !(s->rule.flags & RULE_DENIES);
    s->change = s->rule.change;
    s->other = false;
    if (is_question(c, noun) || is_scare_quoted(c, noun) || is_so_called(c, noun) || is_inverted(c, noun) || is_supposed(c, noun) ||
        sentence_has(c, noun, c->FICTION) || sentence_has(c, noun, c->QUIET))
        return false;
    uint32_t head = at(c, noun)->head;
    bool verb = head != NONE && at(c, head)->upos == UPOS_VERB, ended = false;
    if (verb && (at(c, noun)->deprel == DEPREL_XCOMP || tree_has_case(c->d, noun, STR("as")) || str_is(at(c, head)->lemma, "be")))
        carrier = head;
    uint8_t relation = at(c, noun)->deprel;
    bool subject = verb && s->match.shape == SHAPE_NOUN &&
                   (relation == DEPREL_NSUBJ || relation == DEPREL_NSUBJ_PASS || relation == DEPREL_NSUBJ_OUTER);
    if (subject && is_supposed(c, head))
        return false;
    /* "called Y a partner" is no call to anybody, "called on Y to be one" is */
    bool names = match_in_set(c->m, carrier, c->naming) && !tree_has_case(c->d, noun, STR("to"));
    if (carrier != noun && (is_supposed(c, carrier) || (!names && match_in_set(c->m, carrier, c->HYPOTHESIS))) && !match_in_set(c->m, carrier, c->ONGOING))
        return false;
    if (!above(c, carrier, &s->holds, &ended))
        return false;
    if (subject && match_in_set(c->m, head, c->LASTING) && is_denied(c, head))
        s->holds = false;
    ended |= subject && match_in_set(c->m, head, c->LAPSED) && !is_denied(c, head);
    if (is_denied(c, noun) || is_denied(c, carrier) || not_before(c, noun))
        s->holds = !s->holds;
    bool noun_tie = s->match.shape == SHAPE_BE;
    bool became = word_is(c, carrier, "become");
    if (ended || has_ended(c, noun) || has_ended(c, carrier) || is_past(c, carrier, noun) || (noun_tie && !became && long_over(c, noun))) {
        s->holds = false;
        s->change = CHANGE_ENDED;
    } else if (s->holds && s->match.shape == SHAPE_BE && (has_begun(c, noun) || has_begun(c, carrier))) {
        s->change = CHANGE_BEGAN;
    }
    uint32_t until = tree_oblique(c->d, noun, STR("until"));
    if (until != NONE && at(c, noun)->xpos == XPOS_VBD && s->holds) {
        s->holds = false;
        s->change = CHANGE_ENDED;
    }
    for (uint32_t n = tree_child(c->d, noun, DEPREL_ADVMOD, NONE); n != NONE && s->holds && !noun_tie; n = tree_child(c->d, noun, DEPREL_ADVMOD, n))
        if (word_is(c, n, "now"))
            s->change = CHANGE_BEGAN;
    if (s->holds && s->change == CHANGE_NONE && (since_lately(c, noun) || (s->rule.type == TIE_RECOGNITION && at(c, noun)->xpos == XPOS_VBD)))
        s->change = CHANGE_BEGAN;
    if (!s->holds && s->change == CHANGE_BEGAN)
        s->change = CHANGE_NONE;
    scope_of(c, s);
    return true;
}
