/* Between whom: a tie is told by a copula ("X is an ally of Y"), by an apposition ("X, an ally of Y", "Y's ally X"),
 * by a verb of seeing ("Y regards X as an ally") or by a verb of its own ("X supports Y"). */
#include "claim/inside.h"

static const token *at(const claimant *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

/* Powers alone: a government, an office and whoever holds it stand for theirs; other persons are none. */
static void powers_only(claimant *c, party *p)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        entity e = c->d->entities.at[p->entity[i]];
        bool office = !strcmp(e.sector, "GOV") || !strcmp(e.sector, "LEG") || !strcmp(e.sector, "MIL");
        if (!e.code[0] || (e.type == ENTITY_PER && !office))
            continue;
        p->entity[kept++] = office ? party_power(c->m, p->entity[i]) : p->entity[i];
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

/* "Y's rival closed the bridge": the one other power that the sentence names. */
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

static uint32_t sentence_first(const claimant *c, uint32_t token)
{
    return c->d->sentences.at[at(c, token)->sentence].first;
}

static void speaker_of(claimant *c, uint32_t token, party *ret);

/* "his country's ally", "our nation's rival": that of whoever speaks. */
static bool own_country(const claimant *c, uint32_t i)
{
    static const char *const words[] = {"country", "nation", "homeland", "state", "government", "people", "republic", "kingdom"};
    for (size_t w = 0; w < COUNT(words); w++)
        if (str_is(at(c, i)->lemma, words[w]))
            return i > sentence_first(c, i) && at(c, i - 1)->xpos == XPOS_PRPS;
    return false;
}

static void partner_of(claimant *c, saying *s)
{
    uint32_t owner = tree_child(c->d, s->match.token, DEPREL_NMOD_POSS, NONE);
    if (owner != NONE && own_country(c, owner)) {
        speaker_of(c, owner, &s->b);
        return;
    }
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
    if (!s->b.count && head != NONE && at(c, head)->upos == UPOS_VERB &&
        (tree_has_case(c->d, noun, STR("as")) || match_in_set(c->m, head, c->naming)))
        powers_of(c, tree_actor(c->d, head), &s->b);
}

/* ---- the same by the order of words, where the tree is silent ---- */

static uint32_t sentence_end(const claimant *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    return s->first + s->count;
}

static bool is_link(const claimant *c, uint32_t i)
{
    static const char *const links[] = {"be", "remain", "become", "stay", "is", "are", "was", "were", "been"};
    for (size_t l = 0; l < COUNT(links); l++)
        if (str_is(at(c, i)->lemma, links[l]) || str_is(at(c, i)->lower, links[l]))
            return true;
    return false;
}

static bool in_phrase(const claimant *c, uint32_t i)
{
    uint8_t u = at(c, i)->upos;
    if (u == UPOS_VERB)
        return at(c, i)->deprel == DEPREL_AMOD && !is_link(c, i); /* "the occupying power" */
    return u == UPOS_ADJ || u == UPOS_ADV || u == UPOS_NUM || u == UPOS_NOUN || u == UPOS_DET || u == UPOS_PROPN || u == UPOS_PART ||
           (u == UPOS_PRON && at(c, i)->xpos == XPOS_PRPS) || str_is(at(c, i)->lower, "-") || str_is(at(c, i)->lower, "\"");
}

/* The owner that stands before the noun: "Y's chief ally", "its ally", "American ally". `*ret_first`: where the phrase begins. */
static void owner_before(claimant *c, uint32_t noun, party *ret, uint32_t *ret_first)
{
    uint32_t first = sentence_first(c, noun), i = noun;
    ret->count = 0;
    while (i > first && noun - i < 7 && in_phrase(c, i - 1)) {
        i--;
        if (at(c, i)->upos == UPOS_DET)
            break;
        bool possessive = at(c, i)->xpos == XPOS_POS || str_is(at(c, i)->lower, "'s");
        if (possessive && i > first)
            i--;
        if (own_country(c, i))
            speaker_of(c, noun, ret);
        else if (c->m->mention[i] != NONE || at(c, i)->xpos == XPOS_PRPS)
            powers_of(c, i, ret);
        if (ret->count || possessive)
            break;
    }
    *ret_first = i;
    uint32_t n = c->m->mention[i];
    if (n != NONE)
        *ret_first = c->d->mentions.at[n].first;
}

/* "ally of Y", "supplier of weapons to Y". `*ret_last`: where the phrase ends. */
static void owner_after(claimant *c, uint32_t noun, party *ret, uint32_t *ret_last)
{
    uint32_t end = sentence_end(c, noun);
    ret->count = 0;
    *ret_last = noun;
    if (noun + 1 < end && at(c, noun + 1)->upos == UPOS_CCONJ) /* "neither an ally nor an enemy of Y" */
        for (uint32_t i = noun + 2; i < end && i < noun + 6 && in_phrase(c, i); i++)
            if (match_in_set(c->m, i, c->TIE_NOUN)) {
                noun = i;
                break;
            }
    if (noun + 1 >= end || at(c, noun + 1)->upos != UPOS_ADP)
        return;
    for (uint32_t i = noun + 1; i < end && i < noun + 9 && !ret->count; i++) {
        if (at(c, i)->upos == UPOS_PUNCT || at(c, i)->upos == UPOS_VERB || at(c, i)->upos == UPOS_AUX)
            return;
        *ret_last = i;
        if (c->m->mention[i] != NONE && !c->d->mentions.at[c->m->mention[i]].adjective)
            powers_of(c, i, ret);
    }
}

static bool joins(const claimant *c, uint32_t i)
{
    return str_is(at(c, i)->lower, "and") || str_is(at(c, i)->lower, ",") || str_is(at(c, i)->lower, "or");
}

/* "X, Y and Z" from its last name to the left. */
static void names_joined(claimant *c, uint32_t last, party *ret)
{
    uint32_t first = sentence_first(c, last), i = c->d->mentions.at[c->m->mention[last]].first;
    while (i > first + 1 && joins(c, i - 1)) {
        uint32_t n = c->m->mention[i - 2];
        if (n == NONE || c->d->mentions.at[n].adjective)
            return;
        party one;
        powers_of(c, i - 2, &one);
        for (uint32_t k = 0; k < one.count && ret->count < PARTY_LIMIT; k++)
            if (!party_has(ret, one.entity[k]))
                ret->entity[ret->count++] = one.entity[k];
        i = c->d->mentions.at[n].first;
    }
}

/* The nearest power to the left that no preposition governs. */
static void subject_before(claimant *c, uint32_t link, party *ret)
{
    uint32_t first = sentence_first(c, link), back = link;
    while (back > first && (at(c, back - 1)->upos == UPOS_ADV || at(c, back - 1)->upos == UPOS_AUX || at(c, back - 1)->upos == UPOS_PART))
        back--;
    if (back > first && is_both(c, back - 1)) {
        pair_before(c, back - 1, ret);
        return;
    }
    for (uint32_t i = link; i-- > first && !ret->count;) {
        if (str_is(at(c, i)->lower, ";"))
            return;
        uint32_t n = c->m->mention[i];
        if (n == NONE || c->d->mentions.at[n].adjective)
            continue;
        uint32_t before = c->d->mentions.at[n].first;
        if (before > first && at(c, before - 1)->upos == UPOS_DET)
            before--;
        if (before > first && at(c, before - 1)->upos == UPOS_ADP)
            continue;
        if (is_both(c, i))
            pair_before(c, i, ret);
        else
            powers_of(c, i, ret);
        if (ret->count == 1)
            names_joined(c, i, ret);
    }
}

static void powers_listed(claimant *c, uint32_t from, party *ret)
{
    for (uint32_t i = from; i < sentence_end(c, from); i++) {
        party one;
        if (c->m->mention[i] == NONE)
            continue;
        powers_of(c, i, &one);
        for (uint32_t k = 0; k < one.count && ret->count < PARTY_LIMIT; k++)
            if (!party_has(ret, one.entity[k]))
                ret->entity[ret->count++] = one.entity[k];
    }
}

static bool names_as(const claimant *c, uint32_t verb)
{
    static const char *const all[] = {"make", "call", "consider", "name", "deem", "label", "think", "declare", "brand", "designate", "dub", "regard"};
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_is(at(c, verb)->lemma, all[i]))
            return true;
    return false;
}

static bool named_before(const claimant *c, uint32_t name)
{
    uint32_t first = c->d->mentions.at[c->m->mention[name]].first;
    return first > sentence_first(c, name) && names_as(c, first - 1);
}

/* What may stand between a link and the words of a tie: "is still the occupying ..." */
static bool goes_before(const claimant *c, uint32_t i)
{
    uint8_t u = at(c, i)->upos;
    bool participle = at(c, i)->deprel == DEPREL_AMOD && !is_link(c, i);
    return u == UPOS_DET || u == UPOS_ADV || u == UPOS_PART || u == UPOS_NUM || str_is(at(c, i)->lower, "\"") || participle;
}

static void holder_by_order(claimant *c, saying *s, uint32_t from, uint32_t to)
{
    uint32_t first = sentence_first(c, from), end = sentence_end(c, from), i = from;
    while (i > first && goes_before(c, i - 1))
        i--;
    /* "a client and ally of Y" */
    if (i > first + 1 && at(c, i - 1)->upos == UPOS_CCONJ && at(c, i - 2)->upos == UPOS_NOUN && c->m->mention[i - 2] == NONE)
        for (i -= 2; i > first && (at(c, i - 1)->upos == UPOS_DET || at(c, i - 1)->upos == UPOS_ADJ || at(c, i - 1)->upos == UPOS_X);)
            i--;
    if (i > first && str_is(at(c, i - 1)->lemma, "have")) {
        /* "Y has few friends: X, Z" */
        subject_before(c, i - 1, &s->b);
        for (uint32_t n = to + 1; n < end; n++)
            if (str_is(at(c, n)->lower, ":"))
                powers_listed(c, n + 1, &s->a);
    } else if (i > first && is_link(c, i - 1)) {
        subject_before(c, i - 1, &s->a);
    } else if (i > first + 1 && str_is(at(c, i - 1)->lower, ",") && c->m->mention[i - 2] != NONE) {
        powers_of(c, i - 2, &s->a);
        if (s->a.count == 1 && at(c, s->match.token)->xpos == XPOS_NNS)
            names_joined(c, i - 2, &s->a);
    } else if (i > first && at(c, i - 1)->upos == UPOS_VERB && names_as(c, i - 1)) {
        subject_before(c, i - 1, &s->a);
    } else if (i > first + 1 && c->m->mention[i - 1] != NONE && named_before(c, i - 1)) {
        powers_of(c, i - 1, &s->a);
        if (!s->b.count)
            subject_before(c, c->d->mentions.at[c->m->mention[i - 1]].first - 1, &s->b);
    } else if (i > first && (str_is(at(c, i - 1)->lower, "as") || str_is(at(c, i - 1)->lower, "among"))) {
        for (uint32_t n = i - 1; n-- > first && !s->a.count && at(c, n)->upos != UPOS_VERB;)
            if (c->m->mention[n] != NONE) {
                powers_of(c, n, &s->a);
                if (s->a.count == 1)
                    names_joined(c, n, &s->a);
            }
    }
    party_without(&s->a, &s->b);
    uint32_t next = to + 1;
    if (!s->a.count && next < end && (str_is(at(c, next)->lower, ",") || is_link(c, next)))
        next++;
    /* "A rival of Y's for years, X now ..." */
    if (!s->a.count && i == first && next < end && c->m->mention[next] == NONE)
        for (uint32_t n = next; n + 1 < end && n < to + 8; n++)
            if (str_is(at(c, n)->lower, ","))
                next = n + 1;
    for (; !s->a.count && next < end && next < to + 12 && (i == first || next < to + 5) && at(c, next)->upos != UPOS_VERB && at(c, next)->upos != UPOS_ADP; next++)
        if (c->m->mention[next] != NONE && !c->d->mentions.at[c->m->mention[next]].adjective)
            powers_of(c, next, &s->a);
    party_without(&s->a, &s->b);
}

static void parties_by_order(claimant *c, saying *s)
{
    party before, after;
    uint32_t from, to;
    owner_before(c, s->match.token, &before, &from);
    owner_after(c, s->match.token, &after, &to);
    if (!s->b.count)
        s->b = before.count ? before : after;
    if (!s->a.count)
        holder_by_order(c, s, from, to);
}

/* Whoever speaks: "our ally", "a competitor and not an enemy". */
static void speaker_of(claimant *c, uint32_t token, party *ret)
{
    uint32_t best = c->m->within[token];
    if (best != NONE && c->d->statements.at[best].speaker == NONE)
        best = NONE;
    ret->count = 0;
    if (best != NONE && c->d->entities.at[c->d->statements.at[best].speaker].code[0])
        ret->entity[ret->count++] = party_power(c->m, c->d->statements.at[best].speaker);
}

/* "its American ally": the possessive owns, the adjective is the ally. */
static bool parties_in_front(claimant *c, saying *s)
{
    uint32_t noun = s->match.token, first = sentence_first(c, noun), i = noun;
    while (i > first && noun - i < 4 && at(c, i - 1)->upos == UPOS_ADJ)
        i--;
    if (i == noun || i == first || at(c, i - 1)->xpos != XPOS_PRPS)
        return false;
    for (uint32_t a = i; a < noun && !s->a.count; a++)
        if (c->m->mention[a] != NONE)
            powers_of(c, a, &s->a);
    if (!s->a.count)
        return false;
    powers_of(c, i - 1, &s->b);
    party_without(&s->b, &s->a);
    if (!s->b.count)
        speaker_of(c, noun, &s->b);
    return s->b.count > 0;
}

/* "an ally, not its occupier": what is coordinated shares its holder. */
static uint32_t tie_before(const claimant *c, uint32_t noun)
{
    uint32_t first = sentence_first(c, noun);
    for (uint32_t i = noun; i-- > first && noun - i < 7;) {
        if (match_in_set(c->m, i, c->TIE_NOUN))
            return i;
        uint8_t u = at(c, i)->upos;
        if (u == UPOS_VERB || u == UPOS_AUX || str_is(at(c, i)->lower, ";") || str_is(at(c, i)->lower, "."))
            return NONE;
    }
    return NONE;
}

/* The power last spoken of before `token`, but not `not`: what "it" and "its" stand for. */
static void power_before(claimant *c, uint32_t token, const party *not, party *ret)
{
    uint32_t from = sentence_first(c, token), sentence = at(c, token)->sentence;
    if (sentence)
        from = c->d->sentences.at[sentence - 1].first;
    for (uint32_t i = token; i-- > from && !ret->count;) {
        uint32_t n = c->m->mention[i];
        if (n == NONE || c->d->mentions.at[n].adjective || c->d->mentions.at[n].kind == MENTION_PRONOUN)
            continue;
        powers_of(c, i, ret);
        party_without(ret, not);
    }
}

/* "Lima has two allies: Chile, Brazil": the list after the noun holds them. */
static bool same_power(const claimant *c, const party *x, const party *y)
{
    return x->count && y->count && !strcmp(c->d->entities.at[x->entity[0]].code, c->d->entities.at[y->entity[0]].code);
}

/* What pronouns leave open: "it is an ally", "our guarantor", "its enemy". */
static void open_parties(claimant *c, saying *s)
{
    uint32_t noun = s->match.token;
    party speaker, seen;
    speaker_of(c, noun, &speaker);
    party_without(&s->b, &s->a);
    if (same_power(c, &s->a, &s->b))
        s->b.count = 0;
    bool says_it = s->match.actor != NONE && str_is(at(c, s->match.actor)->lower, "it");
    if (!s->a.count && (says_it || tree_child(c->d, noun, DEPREL_COP, NONE) != NONE)) {
        seen = s->b.count ? s->b : speaker;
        power_before(c, noun, &seen, &s->a);
    }
    uint32_t det = tree_child(c->d, noun, DEPREL_DET, NONE);
    if (s->a.count == 1 && !s->b.count && det != NONE && str_is(at(c, det)->lower, "that"))
        power_before(c, noun, &s->a, &s->b);
    if (s->a.count == 1 && !s->b.count && !same_power(c, &s->a, &speaker))
        s->b = speaker;
}

static bool pronoun_owns(const claimant *c, uint32_t noun)
{
    uint32_t n = tree_child(c->d, noun, DEPREL_NMOD_POSS, NONE);
    return n != NONE && at(c, n)->xpos == XPOS_PRPS;
}

static void parties_of_noun(claimant *c, saying *s)
{
    if (parties_in_front(c, s))
        return;
    parties_by_order(c, s);
    if (!s->b.count)
        partner_of(c, s);
    uint32_t holder = holder_of(c, s), noun = s->match.token, head = at(c, noun)->head;
    if (holder != NONE && is_both(c, holder)) {
        powers_of(c, holder, &s->a);
        if (s->a.count < 2 && !s->b.count)
            pair_before(c, holder, &s->a);
        if (s->a.count > 1)
            return;
    }
    if (!s->a.count)
        powers_of(c, holder, &s->a);
    if (same_power(c, &s->a, &s->b) && pronoun_owns(c, noun)) {
        s->b.count = 0; /* "Y is ruined; X is not its guarantor" */
        power_before(c, noun, &s->a, &s->b);
    }
    party_without(&s->a, &s->b);
    bool owned = head != NONE && at(c, noun)->deprel == DEPREL_OBJ && (str_is(at(c, head)->lemma, "have") || str_is(at(c, head)->lemma, "keep"));
    if (!s->b.count && owned)
        powers_of(c, tree_subject(c->d, head), &s->b);
    if (!s->a.count && s->b.count && (owned || at(c, noun)->deprel == DEPREL_NSUBJ))
        other_power(c, s, &s->a);
    uint32_t other = s->a.count ? NONE : tie_before(c, noun);
    if (other != NONE) {
        saying before = {.match = {.token = other, .actor = NONE, .recipient = NONE, .shape = SHAPE_BE}};
        parties_of_noun(c, &before);
        s->a = before.a;
        if (!s->b.count || same_power(c, &s->b, &s->a))
            s->b = before.b;
    }
    open_parties(c, s);
}

/* "The accord with B binds A", "spoke of a partnership with B", "X, neutral between Y and Z": what the pattern missed. */
static void verb_parties(claimant *c, saying *s)
{
    uint32_t token = s->match.token, head = at(c, token)->head;
    for (uint8_t i = 0; i < s->match.word_count && !s->b.count; i++) {
        powers_of(c, tree_oblique(c->d, s->match.words[i], STR("with")), &s->b);
        if (!s->b.count) {
            party_of_owner(c->m, s->match.words[i], &s->b);
            powers_only(c, &s->b);
        }
        party_without(&s->b, &s->a);
    }
    if (s->match.shape == SHAPE_BE && !s->b.count) {
        uint32_t end;
        owner_before(c, token, &s->b, &end);
        party_without(&s->b, &s->a);
        if (!s->b.count)
            owner_after(c, token, &s->b, &end);
    }
    if (s->match.shape == SHAPE_BE && !s->a.count) {
        holder_by_order(c, s, token, token);
    } else if (s->match.shape == SHAPE_NOUN && !s->a.count && s->b.count && head != NONE) {
        while (head != NONE && at(c, head)->upos != UPOS_VERB)
            head = at(c, head)->head;
        powers_of(c, head == NONE ? NONE : tree_subject(c->d, head), &s->a);
    }
    if (same_power(c, &s->a, &s->b))
        s->a.count = 0;
}

/* ---- all together ---- */

/* "anybody's friend" names no pair. */
static bool owned_by_all(const claimant *c, uint32_t noun)
{
    static const char *const all[] = {"nobody", "everybody", "everyone", "anybody", "anyone", "no-one"};
    uint32_t first = sentence_first(c, noun);
    for (uint32_t i = noun; i-- > first && noun - i < 5;)
        for (size_t w = 0; w < COUNT(all) && at(c, i)->xpos == XPOS_POS && i > first; w++)
            if (str_is(at(c, i - 1)->lower, all[w]))
                return true;
    return false;
}

bool tie_parties(claimant *c, saying *s)
{
    s->a.count = s->b.count = 0;
    if (owned_by_all(c, s->match.token))
        return false;
    if (s->match.shape == SHAPE_BE && match_in_set(c->m, s->match.token, c->TIE_NOUN)) {
        parties_of_noun(c, s);
    } else {
        powers_of(c, s->match.actor, &s->a);
        powers_of(c, s->match.recipient, &s->b);
        verb_parties(c, s);
        if (s->match.actor != NONE && is_both(c, s->match.actor) && s->a.count + s->b.count < 2)
            pair_before(c, s->match.actor, &s->a);
        if (s->match.recipient != NONE && is_both(c, s->match.recipient) && s->a.count + s->b.count < 2)
            pair_before(c, s->match.recipient, &s->a);
    }
    party_without(&s->b, &s->a);
    bool pair = (s->rule.flags & (RULE_BOTH | RULE_MUTUAL)) || s->match.shape == SHAPE_BE;
    return s->a.count && (s->b.count || (s->a.count > 1 && pair));
}
