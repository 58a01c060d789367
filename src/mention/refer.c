/* What each phrase refers to: an earlier referent or a new one, by weights that were trained on GUM (train/refer.c). */
#include "mention/refer.h"

/* ---- whose words ---- */

static bool speaks(const scan *s, uint32_t verb)
{
    static const char *const verbs[] = {"say", "tell", "add", "warn", "ask", "declare", "announce", "insist", "write", "argue", "stress", "claim", "state", "note", "reply", "explain"};
    str lemma = scan_token(s, verb)->lemma;
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_is(lemma, verbs[i]))
            return true;
    return false;
}

/* The entity of the person's mention that ends here or later, or NONE. */
static uint32_t person_headed(const scan *s, uint32_t t)
{
    const doc *d = s->d;
    uint32_t from = doc_mention_from(d, scan_token(s, t)->span.start + 1);
    for (uint32_t i = from, steps = 0; i-- > 0 && steps < 16; steps++)
        if (d->mentions.at[i].last >= t && d->entities.at[d->mentions.at[i].entity].type == ENTITY_PER)
            return d->mentions.at[i].entity;
    return NONE;
}

/* The speaker of its turn, else whoever is said to speak in the sentence of a quoted word or beside it. */
static uint32_t speaker_at(const scan *s, uint32_t t, bool quoted)
{
    const doc *d = s->d;
    uint32_t at = scan_token(s, t)->sentence, turn = d->sentences.at[at].turn;
    if (turn != NONE)
        return turn < d->turns.count ? d->turns.at[turn].speaker : NONE;
    if (!quoted)
        return NONE;
    uint32_t near[3] = {at, at ? at - 1 : at, at + 1 < d->sentences.count ? at + 1 : at};
    for (int n = 0; n < 3; n++) {
        const sentence *x = &d->sentences.at[near[n]];
        for (uint32_t v = x->first; x->parsed && v < x->first + x->count; v++) {
            uint32_t subject = speaks(s, v) ? tree_child(d, v, DEPREL_NSUBJ, NONE) : NONE;
            uint32_t who = subject == NONE ? NONE : person_headed(s, subject);
            if (who != NONE)
                return who;
        }
    }
    return NONE;
}

/* ---- referents ---- */

static uint32_t referent_of(const referrer *r, uint32_t entity)
{
    return entity < r->entity_count && r->of_entity[entity] ? r->of_entity[entity] - 1 : NONE;
}

static uint32_t called(const referrer *r, str noun)
{
    uint32_t at = map_get(r->by_noun, noun);
    return at == NONE ? NONE : r->called.at[at];
}

static void call(referrer *r, str noun, uint32_t referent)
{
    uint32_t at = map_add(r->by_noun, noun, r->called.count);
    if (at == r->called.count)
        vec_push(r->s->a, &r->called);
    r->called.at[at] = referent;
}

static str noun_of(const referrer *r, const phrase *p)
{
    const token *h = scan_token(r->s, p->head);
    return h->lemma.len && !scan_is_upper(r->s, p->head) ? h->lemma : h->lower;
}

/* What is told in the same words has this key. */
static str words_of(const referrer *r, const phrase *p)
{
    return arena_format(r->s->a, "=%x", p->core);
}

static void recent_add(referrer *r, uint32_t referent)
{
    for (int list = 0; list < 2; list++) {
        uint32_t *at = r->recent[list], n = 0;
        for (uint32_t i = 0; i < r->recent_count[list]; i++)
            if (at[i] != referent)
                at[n++] = at[i];
        r->recent_count[list] = n;
    }
    int list = r->referents.at[referent].type == REFER_THING;
    uint32_t n = MIN(r->recent_count[list], RECENT - 1);
    memmove(&r->recent[list][1], &r->recent[list][0], n * sizeof **r->recent);
    r->recent[list][0] = referent;
    r->recent_count[list] = n + 1;
}

/* "The alliance", "this country": the latest of those named that the noun can stand for. */
static uint32_t stands_for(const referrer *r, const phrase *p)
{
    enum { BACK = 4 /* sentences */ };
    hit hits[HITS];
    bool bare = p->kind == MENTION_NOMINAL && !p->plural && p->first + 1 == p->head && p->last == p->head;
    if (!bare || (p->article != ARTICLE_THE && p->article != ARTICLE_THIS) || !scan_walk(r->s, KB_TRIE_WORDS, p->head, hits) || hits[0].last != p->head)
        return NONE;
    for (uint32_t n = 0; n < hits[0].count; n++) {
        kb_time word = kb_word_at(r->s->k, kb_value(r->s->k, KB_TRIE_WORDS, hits[0].first + n));
        for (uint32_t i = 0; i < r->recent_count[0] && str_is(word.kind, "standin"); i++) {
            const referent *x = &r->referents.at[r->recent[0][i]];
            uint32_t back = scan_token(r->s, p->head)->sentence - scan_token(r->s, r->phrases.at[x->latest].head)->sentence;
            if (x->names && x->class && back <= BACK && str_lists(word.value, str_of(kb_class_names[x->class - 1])))
                return r->recent[0][i];
        }
    }
    return NONE;
}

bool refer_told(referrer *r, uint32_t at, uint32_t *ret)
{
    phrase *p = &r->phrases.at[at];
    if (p->pronoun == PRONOUN_I || p->pronoun == PRONOUN_WE)
        p->entity = speaker_at(r->s, p->head, p->quoted);
    *ret = p->entity == NONE ? stands_for(r, p) : referent_of(r, p->entity);
    if (p->entity == NONE && *ret != NONE)
        return true;
    return p->entity != NONE && (*ret != NONE || p->kind != MENTION_NAME);
}

/* ---- how two phrases stand to each other ---- */

enum { RELATION_NONE, RELATION_APPOS, RELATION_COPULA, RELATION_CONJ, RELATION_MATE, RELATION_UNDER, RELATION_HOLDS };

/* Beside each other, but for a comma or a mark. */
static bool is_beside(const phrase *p, const phrase *q)
{
    return q->last < p->first ? p->first - q->last <= 3 : p->last < q->first && q->first - p->last <= 3;
}

static uint32_t relation(const scan *s, const phrase *p, const phrase *q)
{
    const token *a = scan_token(s, p->head), *b = scan_token(s, q->head);
    if (a->head == q->head && a->deprel != DEPREL_APPOS)
        return a->deprel == DEPREL_CONJ ? RELATION_CONJ : RELATION_UNDER;
    if (a->head == q->head)
        return is_beside(p, q) ? RELATION_APPOS : RELATION_UNDER;
    if (b->head == p->head && b->deprel == DEPREL_APPOS && is_beside(p, q))
        return RELATION_APPOS;
    if (b->head == p->head)
        return b->deprel == DEPREL_NSUBJ ? RELATION_COPULA : RELATION_HOLDS;
    return a->head != NONE && a->head == b->head ? RELATION_MATE : RELATION_NONE;
}

static bool overlap(const phrase *p, const phrase *q)
{
    return p->first <= q->last && q->first <= p->last;
}

static bool codes_fit(const referrer *r, const phrase *p, const referent *x)
{
    if (x->entity == NONE)
        return true;
    const entity *b = &r->s->d->entities.at[x->entity];
    if (p->mention == NONE)
        return p->owner == NONE || (p->owner != x->entity && (!b->code[0] || !strcmp(r->s->d->entities.at[p->owner].code, b->code)));
    const entity *a = &r->s->d->entities.at[r->s->d->mentions.at[p->mention].entity];
    bool code = !a->code[0] || !b->code[0] || !strcmp(a->code, b->code), sector = !a->sector[0] || !b->sector[0] || !strcmp(a->sector, b->sector);
    return code && sector && (!a->code[0] || b->type == a->type);
}

/* "It", "him" and "her" are never the subject of their own verb, nor is "its" that of its own noun. */
static bool clashes(const scan *s, const phrase *p, const phrase *q)
{
    const token *a = scan_token(s, p->head), *b = scan_token(s, q->head);
    if (!p->pronoun || b->deprel != DEPREL_NSUBJ || b->head == NONE)
        return false;
    if (a->deprel == DEPREL_NMOD_POSS)
        return a->head == b->head;
    bool reflexive = a->lower.len > 5 && (a->lower.at[a->lower.len - 1] == 'f' || str_is(a->lower, "themselves") || str_is(a->lower, "ourselves"));
    return a->head == b->head && a->deprel != DEPREL_NSUBJ && !reflexive;
}

/* No person is a place or a body that has a name, nor the other way round. */
static bool types_fit(const phrase *p, const referent *x)
{
    return p->pronoun || !x->names || p->type == REFER_THING || (p->type == REFER_PERSON) == (x->type == REFER_PERSON);
}

/* Gender, number and what can hold neither in grammar nor in sense. */
static bool may_mean(const referrer *r, const phrase *p, const referent *x)
{
    const phrase *q = &r->phrases.at[x->latest];
    if (overlap(p, q) || clashes(r->s, p, q) || !types_fit(p, x) || (p->gender && x->gender && p->gender != x->gender) || !codes_fit(r, p, x))
        return false;
    bool person = p->pronoun == PRONOUN_HE || p->pronoun == PRONOUN_SHE;
    if (person && (x->plural || (x->type != REFER_PERSON && x->names)))
        return false;
    if (p->pronoun == PRONOUN_IT && (x->plural || x->gender || (x->type == REFER_PERSON && x->names)))
        return false;
    bool one = x->names && !x->plural && x->type != REFER_BODY;
    if (p->pronoun == PRONOUN_THEY && one)
        return false;
    uint8_t first = r->phrases.at[x->first].pronoun;
    bool others = p->pronoun >= PRONOUN_HE && p->pronoun <= PRONOUN_THEY;
    if (others && !x->names && first >= PRONOUN_I && first <= PRONOUN_YOU)
        return false;
    bool mine = p->pronoun == PRONOUN_I || p->pronoun == PRONOUN_WE || p->pronoun == PRONOUN_YOU;
    if (mine && q->pronoun != p->pronoun && first != p->pronoun)
        return false;
    return p->kind != MENTION_NAME || !x->names;
}

static void candidate_add(referrer *r, const phrase *p, uint32_t referent, uint32_t *ret, uint32_t *count)
{
    if (referent == NONE || *count == REFER_CANDIDATES)
        return;
    struct referent *x = &r->referents.at[referent];
    if (x->seen == r->stamp)
        return;
    x->seen = r->stamp;
    if (may_mean(r, p, x))
        ret[(*count)++] = referent;
}

static bool is_related(const referrer *r, const phrase *p, uint32_t referent)
{
    uint32_t relates = relation(r->s, p, &r->phrases.at[r->referents.at[referent].latest]);
    return relates == RELATION_APPOS || relates == RELATION_COPULA;
}

uint32_t refer_candidates(referrer *r, uint32_t at, uint32_t ret[REFER_CANDIDATES])
{
    const phrase *p = &r->phrases.at[at];
    uint32_t count = 0;
    bool back = p->pronoun || p->article == ARTICLE_THE || p->article == ARTICLE_THIS;
    r->stamp++;
    if (!p->pronoun && p->kind != MENTION_NAME) {
        candidate_add(r, p, called(r, noun_of(r, p)), ret, &count);
        candidate_add(r, p, called(r, words_of(r, p)), ret, &count);
    }
    bool things = p->pronoun == PRONOUN_IT || p->pronoun == PRONOUN_THEY || !p->pronoun;
    for (int list = 0; list < 1 + things; list++)
        for (uint32_t i = 0; i < r->recent_count[list]; i++)
            if ((back && p->kind != MENTION_NAME) || (i < 4 && is_related(r, p, r->recent[list][i])))
                candidate_add(r, p, r->recent[list][i], ret, &count);
    return count;
}

/* ---- features ---- */

typedef struct out {
    uint32_t *at, count, kind;
} out;

static void add(out *o, uint32_t a, uint32_t b)
{
    o->kind++;
    if (o->count < REFER_FEATURES)
        o->at[o->count++] = feature_of(o->kind, a, b);
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 9 ? 5 : n < 16 ? 6 : n < 32 ? 7 : n < 64 ? 8 : 9;
}

static uint32_t look_of(const phrase *p)
{
    return (p->pronoun ? 8u + p->pronoun : p->kind == MENTION_NAME ? 7u : p->article) * 2 + p->plural;
}

static uint32_t hash_before(const scan *s, uint32_t t, int by)
{
    uint32_t at = by < 0 ? t - 1 : t + 1;
    if (by < 0 ? t == scan_begin(s, t) : at >= scan_end(s, t))
        return 1;
    return (uint32_t)str_hash(scan_token(s, at)->lower);
}

static uint32_t governor(const scan *s, uint32_t t)
{
    uint32_t h = scan_token(s, t)->head;
    return h == NONE ? 1 : (uint32_t)str_hash(scan_token(s, h)->lemma);
}

static uint32_t ending(str word, uint32_t len)
{
    return word.len < len ? 0 : (uint32_t)str_hash(str_part(word, word.len - len, word.len));
}

uint32_t type_features(const referrer *r, uint32_t at, uint32_t ret[REFER_FEATURES])
{
    const phrase *p = &r->phrases.at[at];
    const scan *s = r->s;
    const token *h = scan_token(s, p->head);
    out o = {ret, 0, 0};
    uint32_t look = look_of(p), upper = scan_is_upper(s, p->head), relates = h->deprel, before = hash_before(s, p->head, -1), after = hash_before(s, p->head, 1);
    add(&o, p->lemma, 0);
    add(&o, p->lemma, p->plural);
    add(&o, p->lemma, relates);
    add(&o, p->lemma, before);
    add(&o, p->core, 0);
    add(&o, look, 0);
    add(&o, ending(h->lower, 3), p->nouns == 0);
    add(&o, ending(h->lower, 4), p->nouns == 0);
    add(&o, p->nouns, look);
    add(&o, p->nouns, relates);
    add(&o, p->nouns & ((1u << NOUN_LATER) - 1), upper);
    add(&o, p->agent, look);
    add(&o, p->agent, p->nouns);
    add(&o, relates, look);
    add(&o, governor(s, p->head), relates);
    add(&o, hash_before(s, p->first, -1), p->nouns);
    add(&o, before, p->nouns);
    add(&o, after, p->nouns);
    add(&o, upper, h->upos * 64 + relates);
    add(&o, before, upper);
    return o.count;
}

static bool role_says(const referrer *r, const phrase *p, const referent *x)
{
    return x->entity != NONE && !p->pronoun && str_find(r->s->d->entities.at[x->entity].role, scan_token(r->s, p->head)->lower) != NONE;
}

static uint32_t same_words(const referrer *r, const phrase *p, const referent *x)
{
    const phrase *q = &r->phrases.at[x->latest], *f = &r->phrases.at[x->first];
    if (p->pronoun)
        return p->lemma == q->lemma ? 1 : 0;
    if (p->core == q->core || p->core == f->core)
        return 3;
    return p->lemma == q->lemma || p->lemma == f->lemma ? (p->first + 1 < p->head ? 1 : 2) : called(r, noun_of(r, p)) == (uint32_t)(x - r->referents.at) ? 4 : 0;
}

static void link_features(const referrer *r, const phrase *p, const referent *x, out *o)
{
    const phrase *q = &r->phrases.at[x->latest];
    const token *a = scan_token(r->s, p->head), *b = scan_token(r->s, q->head);
    uint32_t look = look_of(p), back = bucket(a->sentence - b->sentence), steps = bucket((uint32_t)(p - q)), other = look_of(q);
    uint32_t kind = x->type * 32u + x->class, same = same_words(r, p, x), relates = relation(r->s, p, q), noun = p->pronoun ? look : p->lemma;
    uint32_t number = look * 2 + x->plural, sex = (p->gender * 3u + x->gender) * 4 + x->type;
    add(o, look, back);
    add(o, number, x->type);
    add(o, look, sex);
    add(o, look, other);
    add(o, look * 64 + b->deprel, back == 0);
    add(o, look * 64 + a->deprel, b->deprel);
    add(o, look, steps);
    add(o, look, same);
    add(o, look * 8 + same, back);
    add(o, look * 8 + relates, back == 0);
    add(o, relates, a->deprel * 64u + b->deprel);
    add(o, p->pronoun ? 0 : p->lemma, q->lemma);
    add(o, noun, kind);
    add(o, look, role_says(r, p, x));
    add(o, look, bucket(x->count));
    add(o, look * 32 + other, back);
    add(o, look * 4 + p->quoted * 2u + q->quoted, other);
    add(o, look * 4 + p->type, x->type * 2u + (x->names > 0));
    add(o, same * 8 + p->article, q->article * 4u + p->type);
    add(o, p->nouns, kind);
    add(o, look, kind);
    add(o, look * 8 + steps, b->deprel);
    add(o, governor(r->s, p->head), look * 64 + x->type);
    add(o, look * 4 + p->part, x->type * 2u + (q->kind == MENTION_NAME));
    add(o, look * 4 + p->part, b->deprel * 4u + x->type);
    add(o, same * 16 + back, p->type * 64u + other);
}

static void new_features(const referrer *r, const phrase *p, out *o)
{
    const token *h = scan_token(r->s, p->head);
    uint32_t look = look_of(p), before = p->pronoun || called(r, noun_of(r, p)) == NONE ? 0 : 1;
    add(o, look, 0);
    add(o, look, h->deprel);
    add(o, p->lemma, 0);
    add(o, p->lemma, look);
    add(o, look, p->type);
    add(o, look * 2 + before, p->type);
    add(o, p->nouns, look);
    add(o, look, bucket(p->last - p->first));
    add(o, look * 2 + before, bucket(p->last - p->head));
    add(o, look * 2 + before, bucket(p->head - p->first));
    add(o, p->agent, look);
    add(o, look, bucket(h->sentence));
    add(o, look, p->quoted);
    add(o, look, p->part);
    add(o, governor(r->s, p->head), look);
}

uint32_t refer_features(const referrer *r, uint32_t at, uint32_t referent, uint32_t ret[REFER_FEATURES])
{
    out o = {ret, 0, referent == NONE ? 160 : 100};
    if (referent == NONE)
        new_features(r, &r->phrases.at[at], &o);
    else
        link_features(r, &r->phrases.at[at], &r->referents.at[referent], &o);
    return o.count;
}

/* ---- several as one ---- */

static bool is_one(const referrer *r, uint32_t referent)
{
    const struct referent *x = &r->referents.at[referent];
    return x->entity != NONE && !x->plural && r->s->d->entities.at[x->entity].code[0];
}

/* "X and Y": a conjunct joins the group of the phrase that it hangs on. */
static void group_note(referrer *r, uint32_t at)
{
    const phrase *p = &r->phrases.at[at];
    const token *w = scan_token(r->s, p->head);
    if (w->deprel != DEPREL_CONJ || w->head == NONE || !is_one(r, p->referent))
        return;
    for (uint32_t i = at, steps = 0; i-- > 0 && steps < 8; steps++) {
        const phrase *q = &r->phrases.at[i];
        if (q->head != w->head || q->referent == p->referent || !is_one(r, q->referent))
            continue;
        group *g = r->groups.count ? &r->groups.at[r->groups.count - 1] : NULL;
        if (!g || g->members[0] != q->referent || g->latest < i) {
            g = vec_push(r->s->a, &r->groups);
            g->members[g->count++] = q->referent;
        }
        if (g->count < COUNT(g->members))
            g->members[g->count++] = p->referent;
        g->latest = at;
        return;
    }
}

bool refer_group(referrer *r, uint32_t at, uint32_t referent)
{
    enum { BACK = 3 /* sentences */ };
    phrase *p = &r->phrases.at[at];
    const scan *s = r->s;
    bool they = p->pronoun == PRONOUN_THEY, two = scan_is(s, p->head, "pair");
    for (uint32_t t = p->first; !p->pronoun && t <= p->head && !two; t++)
        two = scan_is(s, t, "both") || (scan_is(s, t, "two") && p->article == ARTICLE_THE);
    if (!r->groups.count || (!they && (!two || p->owner != NONE || p->mention != NONE)))
        return false;
    group *g = &r->groups.at[r->groups.count - 1];
    uint32_t back = scan_token(s, p->head)->sentence - scan_token(s, r->phrases.at[g->latest].head)->sentence;
    if (back > BACK || (two && g->count != 2) || (they && referent != NONE && r->referents.at[referent].latest > g->latest))
        return false;
    g->latest = at;
    p->group = r->groups.count - 1;
    return true;
}

/* ---- settling ---- */

static uint32_t referent_new(referrer *r, uint32_t at)
{
    const phrase *p = &r->phrases.at[at];
    referent *x = vec_push(r->s->a, &r->referents);
    *x = (referent){.first = at, .entity = NONE, .type = p->type};
    return r->referents.count - 1;
}

/* The head word of "Prime Minister of Latvia", by which the person may be called later. */
static void call_by_role(referrer *r, uint32_t entity, uint32_t referent)
{
    str role = r->s->d->entities.at[entity].role, word = {0}, part;
    while (str_next(&role, ' ', &part) && !str_is(part, "of") && !str_is(part, "for") && !str_is(part, "at") && !str_is(part, "from")) {
        word = part;
        if (word.len && word.at[word.len - 1] == ',')
            break;
    }
    if (word.len && word.at[word.len - 1] == ',')
        word.len--;
    if (word.len)
        call(r, utf8_lower(r->s->a, word), referent);
}

/* "The Commission" for the European one: its first and last words. */
static void call_by_words(referrer *r, uint32_t entity, uint32_t referent)
{
    str name = utf8_lower(r->s->a, r->s->d->entities.at[entity].name), part, last = {0};
    for (uint32_t n = 0; str_next(&name, ' ', &part); n++) {
        if (n == 0)
            call(r, part, referent);
        last = part;
    }
    if (last.len)
        call(r, last, referent);
}

static void referent_takes_entity(referrer *r, referent *x, uint32_t number, const phrase *p)
{
    uint32_t known = r->s->d->entities.at[number].known;
    if (x->entity == NONE || p->kind == MENTION_NAME)
        x->entity = number;
    x->class = known == NONE ? x->class : (uint8_t)(1 + kb_entity_at(r->s->k, known).class);
    if (number < r->entity_count && !r->of_entity[number])
        r->of_entity[number] = 1 + (uint32_t)(x - r->referents.at);
}

uint32_t refer_settle(referrer *r, uint32_t at, uint32_t referent)
{
    phrase *p = &r->phrases.at[at];
    bool fresh = referent == NONE;
    if (fresh)
        referent = referent_new(r, at);
    struct referent *x = &r->referents.at[referent];
    p->referent = referent;
    if (p->entity != NONE)
        referent_takes_entity(r, x, p->entity, p);
    if (p->kind == MENTION_NAME && !x->names++) {
        call_by_role(r, p->entity, referent);
        if (p->type == REFER_BODY)
            call_by_words(r, p->entity, referent);
    }
    if (p->kind == MENTION_NAME || x->type == REFER_THING)
        x->type = p->type;
    x->gender = x->gender ? x->gender : p->gender;
    x->plural = fresh || p->kind == MENTION_NAME ? p->plural : x->plural;
    uint8_t relates = scan_token(r->s, p->head)->deprel;
    x->subject = relates == DEPREL_NSUBJ || (x->subject && relates == DEPREL_NMOD_POSS && p->pronoun);
    x->latest = at;
    x->count++;
    if (!p->pronoun && p->kind != MENTION_NAME) {
        call(r, noun_of(r, p), referent);
        call(r, words_of(r, p), referent);
    }
    recent_add(r, referent);
    group_note(r, at);
    return referent;
}
