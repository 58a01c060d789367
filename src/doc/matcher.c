/* A document made ready for matching: what the knowledge says of each word, and whether a word is the one that a pattern asks for. */
#include "doc/inside.h"

static const token *at(const matcher *m, uint32_t i)
{
    return &m->d->tokens.at[i];
}

/* ---- making ready ---- */

static uint32_t lemma_number(doc *d, const kb *k, str lemma)
{
    char small[64];
    if (lemma.len > sizeof small)
        return NONE;
    for (uint32_t i = 0; i < lemma.len; i++)
        small[i] = (char)(lemma.at[i] >= 'A' && lemma.at[i] <= 'Z' ? lemma.at[i] + 32 : lemma.at[i]);
    (void)d;
    return kb_lemma(k, (str){small, lemma.len});
}

/* "hanged": where the lemma is no word that the patterns know, the regular one may be. */
static uint32_t regular_number(doc *d, const kb *k, const token *t)
{
    uint32_t cut = str_ends(t->lower, "ed") ? 2 : str_ends(t->lower, "ing") ? 3 : 0;
    if (t->upos != UPOS_VERB || !cut || t->lower.len < cut + 3)
        return NONE;
    str stem = str_part(t->lower, 0, t->lower.len - cut);
    uint32_t number = lemma_number(d, k, stem);
    if (number == NONE && stem.at[stem.len - 1] == stem.at[stem.len - 2])
        number = lemma_number(d, k, str_part(stem, 0, stem.len - 1));
    return number;
}

static void members_put(matcher *m, uint32_t lemma, uint32_t *at)
{
    uint32_t first = 0, count = lemma == NONE ? 0 : kb_set_members(m->k, lemma, &first);
    for (uint32_t n = 0; n < count; n++)
        m->member[(*at)++] = kb_set_member_at(m->k, first + n);
}

static uint32_t members_count(const matcher *m, uint32_t lemma)
{
    uint32_t first;
    return lemma == NONE ? 0 : kb_set_members(m->k, lemma, &first);
}

/* The sets of every token side by side, since they are asked for over and over. */
static void members_gather(matcher *m)
{
    uint32_t tokens = m->d->tokens.count, all = 0, at = 0;
    for (uint32_t i = 0; i < tokens; i++)
        all += members_count(m, m->lemma[i]) + (m->form[i] != m->lemma[i] ? members_count(m, m->form[i]) : 0);
    m->member = arena_take(m->d->arena, all + 1u, sizeof *m->member);
    m->member_first = arena_take(m->d->arena, tokens + 1u, sizeof *m->member_first);
    for (uint32_t i = 0; i < tokens; i++) {
        m->member_first[i] = at;
        members_put(m, m->lemma[i], &at);
        if (m->form[i] != m->lemma[i])
            members_put(m, m->form[i], &at);
    }
    m->member_first[tokens] = at;
}

enum { WORD_BITS = 512 }; /* of words, by the remainder of their number: what is not among them is not in the sentence */

static void mark(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
}

/* What each sentence has of words and sets, so that most patterns are refused at a glance. */
static void present_gather(matcher *m)
{
    uint32_t sets = 0;
    for (uint32_t i = 0; i < m->member_first[m->d->tokens.count]; i++)
        sets = MAX(sets, m->member[i].set + 1);
    m->present_words = (WORD_BITS + sets + 63) / 64;
    m->present = arena_take(m->d->arena, m->d->sentences.count * m->present_words + 1u, sizeof *m->present);
    for (uint32_t i = 0; i < m->d->tokens.count; i++) {
        uint64_t *bits = m->present + at(m, i)->sentence * m->present_words;
        if (m->lemma[i] != NONE)
            mark(bits, m->lemma[i] % WORD_BITS);
        if (m->form[i] != NONE)
            mark(bits, m->form[i] % WORD_BITS);
        for (uint32_t n = m->member_first[i]; n < m->member_first[i + 1]; n++)
            mark(bits, WORD_BITS + m->member[n].set);
    }
}

bool matcher_present(const matcher *m, uint32_t sentence, uint32_t test)
{
    uint32_t bit = kb_test_is_set(test) ? WORD_BITS + kb_test_set(test) : kb_test_lemma(test) % WORD_BITS;
    return !test || (bit / 64 < m->present_words && m->present[sentence * m->present_words + bit / 64] >> bit % 64 & 1);
}

/* "The shop", "a farmer": spoken of, but of no power and in no role that the lexicon knows. */
static bool is_nobody(const doc *d, const mention *n)
{
    const entity *e = &d->entities.at[n->entity];
    return n->kind != MENTION_NAME && !e->code[0] && !e->sector[0] && e->known == NONE;
}

/* "said in Danish": a tongue. */
static bool is_tongue(const doc *d, const mention *n)
{
    return d->entities.at[n->entity].type == ENTITY_NORP && n->first == n->last && n->first && str_is(d->tokens.at[n->first - 1].lower, "in") &&
           d->tokens.at[n->first - 1].sentence == n->sentence &&
           (n->last + 1 >= d->tokens.count || (d->tokens.at[n->last + 1].upos != UPOS_NOUN && d->tokens.at[n->last + 1].upos != UPOS_PROPN && d->tokens.at[n->last + 1].upos != UPOS_ADJ));
}

/* Shorter statements stand in longer ones: the shorter wins at each token. */
static void statements_paint(matcher *m)
{
    doc *d = m->d;
    m->within = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->within);
    for (uint32_t t = 0; t < d->tokens.count; t++)
        m->within[t] = NONE;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        span s = d->statements.at[i].span;
        for (uint32_t t = doc_token_at(d, s.start); t < d->tokens.count && d->tokens.at[t].span.start < s.end; t++)
            if (m->within[t] == NONE || span_len(s) < span_len(d->statements.at[m->within[t]].span))
                m->within[t] = i;
    }
}

matcher *match_new(doc *d, const kb *k)
{
    matcher *m = arena_take(d->arena, 1, sizeof *m);
    m->d = d;
    m->k = k;
    m->lemma = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->lemma);
    m->form = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->form);
    m->mention = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->mention);
    m->cover = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->cover);
    for (uint32_t i = 0; i < d->tokens.count; i++) {
        m->mention[i] = m->cover[i] = NONE;
        m->lemma[i] = lemma_number(d, k, d->tokens.at[i].lemma);
        m->form[i] = lemma_number(d, k, d->tokens.at[i].lower);
        if (m->lemma[i] == NONE)
            m->lemma[i] = m->form[i] != NONE ? m->form[i] : regular_number(d, k, &d->tokens.at[i]);
    }
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const mention *n = &d->mentions.at[i];
        if (is_nobody(d, n) || is_tongue(d, n))
            continue;
        for (uint32_t t = n->first; t <= n->last && t < d->tokens.count && !n->adjective; t++)
            m->cover[t] = i;
        uint32_t *best = n->head < d->tokens.count ? &m->mention[n->head] : NULL;
        if (best && (*best == NONE || span_len(n->span) > span_len(d->mentions.at[*best].span)))
            *best = i;
    }
    m->timed = arena_take(d->arena, d->tokens.count + 1u, sizeof *m->timed);
    for (uint32_t i = 0; i < d->times.count; i++)
        for (uint32_t t = d->times.at[i].first; t <= d->times.at[i].last && t < d->tokens.count; t++)
            m->timed[t] = m->cover[t] == NONE;
    members_gather(m);
    present_gather(m);
    statements_paint(m);
    m->entities = map_new(d->arena);
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (d->entities.at[i].identifier.len)
            map_add(m->entities, d->entities.at[i].identifier, i);
    m->containers = kb_set_find(k, "CONTAINER");
    m->persons = kb_set_find(k, "PERSON");
    m->weapons = kb_set_find(k, "WEAPON");
    return m;
}

/* ---- words ---- */

/* The word before the last of a set's "hunger strike" may be a dependent or simply stand before. */
static bool stands_before(const matcher *m, uint32_t token, uint32_t lemma)
{
    if (token > 0 && m->lemma[token - 1] == lemma && at(m, token - 1)->sentence == at(m, token)->sentence)
        return true;
    for (uint32_t c = tree_next(m->d, token, NONE); c != NONE && c < token; c = tree_next(m->d, token, c))
        if (m->lemma[c] == lemma)
            return true;
    return false;
}

uint32_t match_set_line(const matcher *m, uint32_t token, uint32_t set)
{
    if (set == NONE || token == NONE)
        return NONE;
    for (uint32_t i = m->member_first[token]; i < m->member_first[token + 1]; i++)
        if (m->member[i].set == set && (m->member[i].before == NONE || stands_before(m, token, m->member[i].before)))
            return m->member[i].line;
    return NONE;
}

bool match_in_set(const matcher *m, uint32_t token, uint32_t set)
{
    return match_set_line(m, token, set) != NONE;
}

bool matcher_word_fits(const matcher *m, uint32_t token, uint32_t test)
{
    if (!test)
        return true;
    if (kb_test_is_set(test))
        return match_in_set(m, token, kb_test_set(test));
    return m->lemma[token] == kb_test_lemma(test) || m->form[token] == kb_test_lemma(test);
}

/* "Dozens of Berbers": the noun after "of", whatever the tree hangs it on. */
static uint32_t content_by_order(const matcher *m, uint32_t token)
{
    const sentence *s = &m->d->sentences.at[at(m, token)->sentence];
    uint32_t noun = NONE, i = token + 1;
    if (i >= s->first + s->count || !str_is(at(m, i)->lower, "of"))
        return NONE;
    while (++i < s->first + s->count) {
        uint8_t u = at(m, i)->upos;
        if (u == UPOS_NOUN || u == UPOS_PROPN)
            noun = i;
        else if (noun != NONE || (u != UPOS_DET && u != UPOS_ADJ && u != UPOS_NUM && u != UPOS_PRON))
            break;
    }
    return noun;
}

uint32_t match_content(const matcher *m, uint32_t token)
{
    for (int depth = 0; depth < 3 && token != NONE && match_in_set(m, token, m->containers); depth++) {
        /* "tens of thousands of students": the tree may hang both on the first */
        uint32_t inner = NONE;
        for (uint32_t c = tree_next(m->d, token, NONE); c != NONE; c = tree_next(m->d, token, c))
            if ((at(m, c)->deprel == DEPREL_NMOD || at(m, c)->deprel == DEPREL_OBL) && tree_has_case(m->d, c, STR("of")))
                inner = c;
        if (inner == NONE)
            inner = content_by_order(m, token);
        if (inner == NONE)
            return token;
        token = inner;
    }
    return token;
}

/* Whether a dependent bears a preposition (or a mark such as "after") that fits. */
bool matcher_preposition_fits(const matcher *m, uint32_t token, uint32_t test)
{
    for (uint32_t c = tree_next(m->d, token, NONE); c != NONE; c = tree_next(m->d, token, c)) {
        uint8_t r = at(m, c)->deprel;
        if ((r == DEPREL_CASE || r == DEPREL_MARK) && matcher_word_fits(m, c, test))
            return true;
    }
    return false;
}
