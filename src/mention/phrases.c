/* Noun phrases: what can refer to somebody or something. Where there is a tree it tells the bounds; else the tags do. */
#include "mention/refer.h"

/* By token, from the trees: the whole yield, the phrase as it is cut, its article. */
typedef struct bounds {
    uint32_t *low, *high, *first, *last;
    uint8_t *article;
    bool *parsed;
    uint32_t *named; /* by token: entity + 1 whose name stands beside it ("the striker, Ole Holm") */
} bounds;

/* What hangs on a noun and is no part of its phrase. */
static bool is_outside(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    switch (w->deprel) {
    case DEPREL_CASE:
        return t < w->head || w->xpos != XPOS_POS;
    case DEPREL_CONJ: case DEPREL_CC: case DEPREL_PUNCT: case DEPREL_COP: case DEPREL_NSUBJ: case DEPREL_NSUBJ_PASS: case DEPREL_CSUBJ:
    case DEPREL_MARK: case DEPREL_AUX: case DEPREL_AUX_PASS: case DEPREL_ADVCL: case DEPREL_PARATAXIS: case DEPREL_ADVMOD: case DEPREL_DISCOURSE:
    case DEPREL_LIST: case DEPREL_EXPL: case DEPREL_CCOMP: case DEPREL_VOCATIVE: case DEPREL_DISLOCATED: case DEPREL_APPOS: case DEPREL_ORPHAN:
    case DEPREL_REPARANDUM: case DEPREL_NSUBJ_OUTER:
        return true;
    default:
        return false;
    }
}

static uint8_t article_of(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    if (w->deprel == DEPREL_NMOD_POSS)
        return ARTICLE_OWNED;
    if (w->deprel != DEPREL_DET && w->upos != UPOS_DET)
        return ARTICLE_NONE;
    if (scan_is(s, t, "the") || scan_is(s, t, "both"))
        return ARTICLE_THE;
    static const char *const here[] = {"this", "that", "these", "those", "such"};
    if (scan_is_any(s, t, here, COUNT(here)))
        return ARTICLE_THIS;
    return scan_is(s, t, "a") || scan_is(s, t, "an") ? ARTICLE_A : ARTICLE_OTHER;
}

static void bounds_of_sentence(const scan *s, bounds *b, const sentence *at)
{
    uint32_t end = at->first + at->count;
    for (uint32_t t = at->first; t < end; t++) {
        b->low[t] = b->high[t] = b->first[t] = b->last[t] = t;
        b->parsed[t] = at->parsed;
    }
    for (uint32_t t = at->first; t < end && at->parsed; t++)
        for (uint32_t h = scan_token(s, t)->head, up = 0; h != NONE && up < at->count; h = scan_token(s, h)->head, up++) {
            b->low[h] = MIN(b->low[h], t);
            b->high[h] = MAX(b->high[h], t);
        }
    for (uint32_t t = at->first; t < end && at->parsed; t++) {
        uint32_t h = scan_token(s, t)->head;
        if (h == NONE || is_outside(s, t))
            continue;
        b->first[h] = MIN(b->first[h], b->low[t]);
        b->last[h] = MAX(b->last[h], b->high[t]);
        uint8_t article = t < h ? article_of(s, t) : ARTICLE_NONE;
        if (article && !b->article[h])
            b->article[h] = article;
    }
}

/* Without a tree: leftwards over what can stand before a noun. */
static void bounds_by_tags(const scan *s, bounds *b, uint32_t head)
{
    for (uint32_t t = head, begin = scan_begin(s, head); t > begin && head - t < 6; t--) {
        const token *w = scan_token(s, t - 1);
        bool inside = w->upos == UPOS_ADJ || w->upos == UPOS_NOUN || w->upos == UPOS_PROPN || w->upos == UPOS_NUM;
        bool opens = w->upos == UPOS_DET || w->xpos == XPOS_PRPS;
        if (!inside && !opens)
            return;
        b->first[head] = t - 1;
        if (opens) {
            b->article[head] = w->xpos == XPOS_PRPS ? ARTICLE_OWNED : article_of(s, t - 1);
            return;
        }
    }
}

/* ---- words ---- */

static const struct {
    const char *form;
    uint8_t pronoun;
} pronouns[] = {
    {"he", PRONOUN_HE}, {"him", PRONOUN_HE}, {"his", PRONOUN_HE}, {"himself", PRONOUN_HE}, {"she", PRONOUN_SHE}, {"her", PRONOUN_SHE},
    {"hers", PRONOUN_SHE}, {"herself", PRONOUN_SHE}, {"it", PRONOUN_IT}, {"its", PRONOUN_IT}, {"itself", PRONOUN_IT}, {"they", PRONOUN_THEY},
    {"them", PRONOUN_THEY}, {"their", PRONOUN_THEY}, {"theirs", PRONOUN_THEY}, {"themselves", PRONOUN_THEY}, {"i", PRONOUN_I}, {"me", PRONOUN_I},
    {"my", PRONOUN_I}, {"mine", PRONOUN_I}, {"myself", PRONOUN_I}, {"we", PRONOUN_WE}, {"us", PRONOUN_WE}, {"our", PRONOUN_WE},
    {"ours", PRONOUN_WE}, {"ourselves", PRONOUN_WE}, {"you", PRONOUN_YOU}, {"your", PRONOUN_YOU}, {"yours", PRONOUN_YOU}, {"yourself", PRONOUN_YOU},
    {"yourselves", PRONOUN_YOU}, {"everyone", PRONOUN_ANY}, {"everybody", PRONOUN_ANY}, {"someone", PRONOUN_ANY}, {"somebody", PRONOUN_ANY},
    {"anyone", PRONOUN_ANY}, {"anybody", PRONOUN_ANY}, {"nobody", PRONOUN_ANY}, {"one", PRONOUN_ANY}, {"here", PRONOUN_ANY}, {"there", PRONOUN_ANY},
};

static uint8_t pronoun_of(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    bool may = w->upos == UPOS_PRON || w->xpos == XPOS_PRP || w->xpos == XPOS_PRPS || (w->upos == UPOS_ADV && w->lower.at[w->lower.len - 1] == 'e');
    if (!may || w->lower.len > 10 || w->deprel == DEPREL_EXPL)
        return PRONOUN_NONE;
    for (size_t i = 0; i < COUNT(pronouns); i++)
        if (str_is(w->lower, pronouns[i].form))
            return pronouns[i].pronoun;
    return PRONOUN_NONE;
}

static uint8_t gender_at(const scan *s, uint32_t t)
{
    hit hits[HITS];
    uint8_t found = GENDER_NONE;
    bool given = false;
    for (uint32_t n = scan_walk(s, KB_TRIE_WORDS, t, hits); n--;)
        for (uint32_t i = 0; i < hits[n].count; i++) {
            str kind = kb_word_at(s->k, kb_value(s->k, KB_TRIE_WORDS, hits[n].first + i)).kind;
            if (str_is(kind, "woman"))
                return GENDER_SHE;
            if (str_is(kind, "man"))
                found = GENDER_HE;
            given |= str_is(kind, "given");
        }
    return found ? found : given ? GENDER_HE : GENDER_NONE;
}

static uint8_t gender_of(const scan *s, const phrase *p)
{
    if (p->pronoun)
        return p->pronoun == PRONOUN_HE ? GENDER_HE : p->pronoun == PRONOUN_SHE ? GENDER_SHE : GENDER_NONE;
    if (p->kind == MENTION_NOMINAL)
        return scan_is_upper(s, p->head) ? GENDER_NONE : gender_at(s, p->head);
    uint8_t title = p->first > scan_begin(s, p->first) && scan_is_upper(s, p->first - 1) ? gender_at(s, p->first - 1) : GENDER_NONE;
    return title ? title : p->last > p->first ? gender_at(s, p->first) : GENDER_NONE;
}

static bool is_plural(const scan *s, uint32_t head)
{
    const token *h = scan_token(s, head);
    return h->xpos == XPOS_NNS || h->xpos == XPOS_NNPS || str_is(h->lower, "police") || str_is(h->lower, "people");
}

static uint8_t agent_of(const scan *s, uint32_t head)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, head, hits); n--;)
        if (hits[n].last == head)
            return 1 + kb_agent_at(s->k, kb_value(s->k, KB_TRIE_AGENTS, hits[n].first)).kind;
    return 0;
}

static uint32_t nouns_of(const model_rows *rows, uint32_t lemma)
{
    int32_t scores[256] = {0};
    uint32_t feature = feature_of(NOUN_FEATURE, lemma, 0), set = 0;
    model_rows_add(rows, &feature, 1, scores);
    for (uint32_t i = 0; i < 2 * NOUN_LATER; i++)
        set |= scores[i] ? 1u << i : 0;
    return set;
}

static uint8_t part_of(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    if (w->head == NONE)
        return PART_NONE;
    if (w->deprel == DEPREL_NMOD_POSS)
        return agent_of(s, w->head) ? PART_OWNS : PART_NONE;
    bool verb = w->deprel == DEPREL_NSUBJ && scan_token(s, w->head)->upos == UPOS_VERB;
    return verb && kb_lemma(s->k, scan_token(s, w->head)->lemma) != NONE ? PART_ACTS : PART_NONE;
}

/* ---- phrases ---- */

static uint8_t type_of(const entity *e)
{
    static const uint8_t types[ENTITY_COUNT] = {[ENTITY_PER] = REFER_PERSON, [ENTITY_ORG] = REFER_BODY, [ENTITY_GPE] = REFER_PLACE,
                                                [ENTITY_LOC] = REFER_PLACE, [ENTITY_NORP] = REFER_PERSON, [ENTITY_MISC] = REFER_THING};
    return types[e->type];
}

static uint32_t governed_head(const scan *s, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t <= last; t++) {
        uint32_t h = scan_token(s, t)->head;
        if (h == NONE ? scan_token(s, t)->deprel == DEPREL_ROOT : h < first || h > last)
            return t;
    }
    return last;
}

static phrase *phrase_push(referrer *r, uint32_t first, uint32_t last, uint32_t head, uint8_t kind)
{
    phrase *p = vec_push(r->s->a, &r->phrases);
    const token *h = scan_token(r->s, head);
    *p = (phrase){.first = first, .last = last, .head = head, .mention = NONE, .entity = NONE, .owner = NONE, .referent = NONE, .group = NONE, .kind = kind, .plural = is_plural(r->s, head)};
    p->lemma = (uint32_t)str_hash(h->lemma.len ? h->lemma : h->lower);
    for (uint32_t t = first; t <= head; t++)
        if (t == head || !article_of(r->s, t))
            p->core = p->core * 31 + (uint32_t)str_hash(scan_token(r->s, t)->lower);
    return p;
}

static void phrase_of_mention(referrer *r, const bounds *b, uint32_t at, const model_rows *rows, bool trained)
{
    const mention *m = &r->s->d->mentions.at[at];
    const entity *e = &r->s->d->entities.at[m->entity];
    bool name = m->kind == MENTION_NAME, wider = !name && !e->code[0] && b->first[m->head] <= m->first && b->last[m->head] >= m->last;
    uint32_t head = name ? governed_head(r->s, m->first, m->last) : m->head;
    phrase *p = phrase_push(r, wider ? b->first[head] : m->first, wider ? b->last[head] : m->last, head, m->kind);
    p->mention = at;
    p->type = type_of(e);
    p->sure = name || e->code[0];
    p->entity = p->sure ? m->entity : NONE;
    p->plural |= e->type == ENTITY_NORP;
    p->article = b->article[head];
    p->agent = name ? 0 : agent_of(r->s, head);
    p->nouns = trained && !name ? nouns_of(rows, p->lemma) : 0;
    p->gender = p->type == REFER_PERSON && e->type == ENTITY_PER ? gender_of(r->s, p) : GENDER_NONE;
}

/* Names in apposition to a noun, and nouns in apposition to a name. */
static void bounds_name(const scan *s, bounds *b)
{
    for (uint32_t i = 0; i < s->d->mentions.count; i++) {
        const mention *m = &s->d->mentions.at[i];
        uint32_t head = governed_head(s, m->first, m->last), noun = scan_token(s, head)->head;
        if (m->kind != MENTION_NAME || m->adjective)
            continue;
        if (noun != NONE && scan_token(s, head)->deprel == DEPREL_APPOS && !s->taken[noun])
            b->named[noun] = m->entity + 1;
        for (uint32_t t = m->last + 1; t < scan_end(s, head) && t < m->last + 16; t++)
            if (scan_token(s, t)->head == head && scan_token(s, t)->deprel == DEPREL_APPOS && !s->taken[t])
                b->named[t] = m->entity + 1;
    }
}

/* The first within the phrase that has a code: "the Greek prime minister", "Iceland's former president". */
static uint32_t owner_in(const scan *s, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t <= last; t++) {
        uint32_t e = s->taken[t] ? s->d->mentions.at[s->taken[t] - 1].entity : NONE;
        if (e != NONE && s->d->entities.at[e].code[0])
            return e;
    }
    return NONE;
}

/* A person beside a noun for persons, a body or place beside another noun. */
static void phrase_named(const scan *s, const bounds *b, phrase *p)
{
    if (!b->named[p->head])
        return;
    uint32_t e = b->named[p->head] - 1u;
    bool person = s->d->entities.at[e].type == ENTITY_PER, noun = p->agent == 1 + AGENT_PERSON || p->nouns & (1u << NOUN_PERSON);
    if (person != noun || p->plural)
        return;
    p->entity = e;
    p->sure = true;
    p->type = type_of(&s->d->entities.at[e]);
}

/* "The two signed", "both agreed". */
static bool is_pair(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    bool alone = w->deprel == DEPREL_NSUBJ || w->deprel == DEPREL_NSUBJ_PASS || w->deprel == DEPREL_OBJ || w->deprel == DEPREL_OBL;
    bool two = str_is(w->lower, "two") && t > scan_begin(s, t) && scan_is(s, t - 1, "the");
    return alone && (two || (str_is(w->lower, "both") && w->upos != UPOS_CCONJ));
}

static bool is_phrase_head(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t);
    if (is_pair(s, t))
        return true;
    if ((w->upos != UPOS_NOUN && w->upos != UPOS_PROPN) || s->timed[t] || !(s->shape[t] & SHAPE_LETTER))
        return false;
    bool title = w->deprel == DEPREL_COMPOUND || w->deprel == DEPREL_NMOD_DESC;
    if (title && w->head != NONE && s->taken[w->head] && s->d->entities.at[s->d->mentions.at[s->taken[w->head] - 1].entity].type == ENTITY_PER)
        return false;
    if (w->deprel == DEPREL_FLAT || w->deprel == DEPREL_FIXED || w->deprel == DEPREL_GOESWITH)
        return false;
    bool next = t + 1 < scan_end(s, t) && scan_token(s, t)->head == NONE && w->deprel != DEPREL_ROOT;
    return !next || (scan_token(s, t + 1)->upos != UPOS_NOUN && scan_token(s, t + 1)->upos != UPOS_PROPN);
}

static void phrase_of_noun(referrer *r, bounds *b, uint32_t t, const model_rows *rows, bool trained)
{
    if (!b->parsed[t])
        bounds_by_tags(r->s, b, t);
    phrase *p = phrase_push(r, b->first[t], b->last[t], t, MENTION_NOMINAL);
    p->article = b->article[t];
    p->agent = agent_of(r->s, t);
    p->nouns = trained ? nouns_of(rows, p->lemma) : 0;
    p->gender = gender_of(r->s, p);
    p->owner = owner_in(r->s, p->first, p->last);
    phrase_named(r->s, b, p);
}

static void phrase_of_pronoun(referrer *r, uint32_t t, uint8_t pronoun)
{
    phrase *p = phrase_push(r, t, t, t, MENTION_PRONOUN);
    p->pronoun = pronoun;
    p->lemma = (uint32_t)str_hash(scan_token(r->s, t)->lower);
    p->plural = pronoun == PRONOUN_THEY || pronoun == PRONOUN_WE;
    p->gender = gender_of(r->s, p);
    p->part = part_of(r->s, t);
    p->sure = pronoun == PRONOUN_HE || pronoun == PRONOUN_SHE || pronoun == PRONOUN_I || pronoun == PRONOUN_WE || pronoun == PRONOUN_YOU;
    p->type = p->sure ? REFER_PERSON : REFER_THING;
}

/* A quotation ends with its paragraph unless the next one opens with a mark of its own. */
static bool quote_step(const scan *s, uint32_t t, bool quoted)
{
    const doc *d = s->d;
    const token *w = scan_token(s, t);
    bool mark = str_is(w->lower, "\"") || str_is(w->lower, "''") || str_is(w->lower, "``");
    bool paragraph = t && w->sentence != d->tokens.at[t - 1].sentence && d->sentences.at[w->sentence].block != d->sentences.at[d->tokens.at[t - 1].sentence].block;
    return paragraph ? mark : mark ? !quoted : quoted;
}

referrer *referrer_new(scan *s, const model *weights)
{
    doc *d = s->d;
    uint32_t count = d->tokens.count, *at_head = arena_take(s->a, count + 1u, sizeof *at_head);
    referrer *r = arena_take(s->a, 1, sizeof *r);
    *r = (referrer){.s = s, .by_noun = map_new(s->a), .entity_count = d->entities.count};
    r->of_entity = arena_take(s->a, d->entities.count + 1u, sizeof *r->of_entity);
    bounds b = {arena_take(s->a, count + 1u, 4), arena_take(s->a, count + 1u, 4), arena_take(s->a, count + 1u, 4), arena_take(s->a, count + 1u, 4),
                arena_take(s->a, count + 1u, 1), arena_take(s->a, count + 1u, sizeof(bool)), arena_take(s->a, count + 1u, 4)};
    model_rows rows;
    bool trained = model_rows_find(weights, "nouns", &rows), quoted = false;
    for (uint32_t i = 0; i < d->sentences.count; i++)
        bounds_of_sentence(s, &b, &d->sentences.at[i]);
    bounds_name(s, &b);
    for (uint32_t i = d->mentions.count; i-- > 0;)
        at_head[d->mentions.at[i].kind == MENTION_NAME ? d->mentions.at[i].last : d->mentions.at[i].head] = i + 1;
    for (uint32_t t = 0; t < count; t++) {
        uint8_t pronoun = pronoun_of(s, t);
        uint32_t before = r->phrases.count;
        quoted = quote_step(s, t, quoted);
        if (at_head[t])
            phrase_of_mention(r, &b, at_head[t] - 1, &rows, trained);
        else if (pronoun)
            phrase_of_pronoun(r, t, pronoun);
        else if (!s->taken[t] && is_phrase_head(s, t))
            phrase_of_noun(r, &b, t, &rows, trained);
        if (r->phrases.count > before)
            r->phrases.at[before].quoted = quoted;
    }
    return r;
}
