/* Mentions gathered into entities: short names, abbreviations, nominals and pronouns. Where the text does not tell, a
 * mention stays what it was, and a pronoun is no mention at all. */
#include "mention/inside.h"

typedef struct linker {
    scan *s;
    uint32_t *alias;  /* by entity: what it has become */
    uint8_t *gender;  /* by entity: 0 not told, 1 he, 2 she */
    uint32_t *last;   /* by entity: token of its latest mention so far + 1 */
    uint32_t *times;  /* by entity: how often it was mentioned so far */
    uint32_t named;   /* mentions by name and role: those that pronouns can mean */
} linker;

static uint32_t alias_of(const linker *l, uint32_t e)
{
    while (l->alias[e] != e)
        e = l->alias[e];
    return e;
}

/* ---- short names ---- */

/* Whether `part` is the last (or first) words of `whole`, and not all of it. */
static bool name_ends(str whole, str part, bool front)
{
    if (part.len >= whole.len || !part.len)
        return false;
    str side = front ? str_part(whole, 0, part.len) : str_part(whole, whole.len - part.len, whole.len);
    char border = front ? whole.at[part.len] : whole.at[whole.len - part.len - 1];
    return border == ' ' && str_equal_nocase(side, part);
}

/* "WHO" for "World Health Organization". */
static bool is_initials(str whole, str part)
{
    uint32_t n = 0;
    bool start = true;
    if (part.len < 2 || part.len > 8)
        return false;
    for (uint32_t i = 0; i < whole.len; i++) {
        char c = whole.at[i];
        if (start && c >= 'A' && c <= 'Z') {
            if (n >= part.len || part.at[n] != c)
                return false;
            n++;
        }
        start = c == ' ' || c == '-';
    }
    return n == part.len && n > 1;
}

static bool stands_for(const entity *whole, const entity *part)
{
    if (whole->type == ENTITY_PER && part->type == ENTITY_PER)
        return name_ends(whole->name, part->name, false) || (name_ends(whole->name, part->name, true) && str_find(part->name, STR(" ")) == NONE);
    bool body = whole->type == ENTITY_ORG || whole->type == ENTITY_MISC;
    if (body && (part->type == ENTITY_ORG || part->type == ENTITY_MISC))
        return name_ends(whole->name, part->name, true) || is_initials(whole->name, part->name)
               || (part->type == ENTITY_ORG && name_ends(whole->name, part->name, false));
    return false;
}

static bool has_name(const linker *l, uint32_t e)
{
    const entity *p = &l->s->d->entities.at[e];
    for (uint32_t i = 0; i < p->mentions.count; i++)
        if (l->s->d->mentions.at[doc_ref(l->s->d, p->mentions, i)].kind == MENTION_NAME)
            return true;
    return false;
}

/* Indexed by last and first word, so that a long text does not compare all with all. */
static str last_word(str name)
{
    uint32_t at = name.len;
    while (at && name.at[at - 1] != ' ')
        at--;
    return str_part(name, at, name.len);
}

static str first_word(str name)
{
    uint32_t space = str_find(name, STR(" "));
    return space == NONE ? name : str_part(name, 0, space);
}

static void link_short_names(linker *l)
{
    doc *d = l->s->d;
    uint32_t count = d->entities.count;
    map *by_last = map_new(l->s->a), *by_first = map_new(l->s->a);
    VEC(uint32_t) bodies = {0};
    for (uint32_t e = 0; e < count; e++) {
        const entity *p = &d->entities.at[e];
        if (p->name.len < 2 || str_find(p->name, STR(" ")) == NONE)
            continue;
        map_add(by_last, utf8_lower(l->s->a, last_word(p->name)), e);
        map_add(by_first, utf8_lower(l->s->a, first_word(p->name)), e);
        if (p->type == ENTITY_ORG && bodies.count < 64)
            *vec_push(l->s->a, &bodies) = e;
    }
    for (uint32_t e = 0; e < count; e++) {
        entity *p = &d->entities.at[e];
        if (p->known != NONE || !has_name(l, e) || p->name.len < 2)
            continue;
        uint32_t tries[2] = {map_get(by_last, utf8_lower(l->s->a, last_word(p->name))), map_get(by_first, utf8_lower(l->s->a, first_word(p->name)))};
        for (int i = 0; i < 2 && l->alias[e] == e; i++)
            if (tries[i] != NONE && alias_of(l, tries[i]) != e && stands_for(&d->entities.at[tries[i]], p))
                l->alias[e] = alias_of(l, tries[i]);
        for (uint32_t b = 0; b < bodies.count && l->alias[e] == e && p->type != ENTITY_PER; b++)
            if (bodies.at[b] != e && is_initials(d->entities.at[bodies.at[b]].name, p->name) && alias_of(l, bodies.at[b]) != e)
                l->alias[e] = alias_of(l, bodies.at[b]);
    }
}

static void aliases_apply(linker *l)
{
    doc *d = l->s->d;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        d->mentions.at[i].entity = alias_of(l, d->mentions.at[i].entity);
    for (uint32_t e = 0; e < d->entities.count; e++) {
        const entity *from = &d->entities.at[e];
        entity *to = &d->entities.at[alias_of(l, e)];
        if (to == from)
            continue;
        if (!to->code[0]) {
            memcpy(to->code, from->code, sizeof to->code);
            to->country = from->country;
        }
        if (!to->sector[0])
            memcpy(to->sector, from->sector, sizeof to->sector);
        if (!to->role.len)
            to->role = from->role;
    }
}

/* ---- who was meant last ---- */

enum { WANT_PERSON = 1, WANT_BODY = 2, WANT_MANY = 4 };

static bool is_plural(const linker *l, const mention *m)
{
    const token *h = scan_token(l->s, m->head);
    return m->kind == MENTION_NOMINAL && (h->xpos == XPOS_NNS || h->xpos == XPOS_NNPS || str_is(h->lower, "police") || str_is(h->lower, "people"));
}

static bool fits(const linker *l, const mention *m, unsigned want)
{
    const entity *e = &l->s->d->entities.at[m->entity];
    if (m->adjective)
        return false;
    bool many = is_plural(l, m) || e->type == ENTITY_NORP, person = e->type == ENTITY_PER && !many;
    if (want == WANT_PERSON)
        return person;
    if (want == WANT_BODY)
        return !person && !many && (e->type == ENTITY_ORG || e->type == ENTITY_GPE);
    return many || e->type == ENTITY_ORG;
}

static bool is_subject(const token *t)
{
    return t->deprel == DEPREL_NSUBJ || t->deprel == DEPREL_NSUBJ_PASS;
}

/* A clause-mate of the pronoun can only be meant by a reflexive or a possessive. */
static bool clashes(const linker *l, uint32_t pronoun, const mention *m)
{
    const token *p = scan_token(l->s, pronoun), *h = scan_token(l->s, m->head);
    if (p->deprel == DEPREL_NMOD_POSS)
        return p->head == m->head || (p->head >= m->first && p->head <= m->last);
    return p->head != NONE && p->head == h->head && p->sentence == h->sentence && !is_subject(p);
}

/* The mention before `pronoun` that it most likely means: near, a subject, often spoken of. */
static uint32_t antecedent(linker *l, uint32_t pronoun, unsigned want, uint8_t gender)
{
    doc *d = l->s->d;
    const token *p = scan_token(l->s, pronoun);
    uint32_t best = NONE;
    int best_score = INT32_MIN;
    uint32_t low = 0, high = l->named;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.at[middle].first < pronoun)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = low; i-- > 0 && low - i < 40;) {
        const mention *m = &d->mentions.at[i];
        uint32_t back = p->sentence - m->sentence;
        if (back > 3)
            break;
        if (m->last >= pronoun || !fits(l, m, want) || clashes(l, pronoun, m) || (gender && l->gender[m->entity] && l->gender[m->entity] != gender))
            continue;
        const token *h = scan_token(l->s, m->head);
        int score = -8 * (int)back + (is_subject(h) ? 6 : 0) + (m->kind == MENTION_NAME ? 2 : 0) + (int)MIN(l->times[m->entity], 5u)
                    + (gender && l->gender[m->entity] == gender ? 3 : 0) - (int)(low - i) / 3;
        score -= h->deprel == DEPREL_NMOD_POSS || h->deprel == DEPREL_NMOD || h->deprel == DEPREL_COMPOUND ? 3 : 0;
        if (p->deprel == DEPREL_NMOD_POSS && back == 0)
            score += 3;
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

/* ---- pronouns ---- */

static const struct {
    const char *form;
    uint8_t want, gender;
} pronouns[] = {
    {"he", WANT_PERSON, 1}, {"him", WANT_PERSON, 1}, {"his", WANT_PERSON, 1}, {"himself", WANT_PERSON, 1},
    {"she", WANT_PERSON, 2}, {"her", WANT_PERSON, 2}, {"hers", WANT_PERSON, 2}, {"herself", WANT_PERSON, 2},
    {"it", WANT_BODY, 0}, {"its", WANT_BODY, 0}, {"itself", WANT_BODY, 0},
    {"they", WANT_MANY, 0}, {"them", WANT_MANY, 0}, {"their", WANT_MANY, 0}, {"themselves", WANT_MANY, 0},
};

static bool is_expletive(const linker *l, uint32_t t)
{
    static const char *const weather[] = {"clear", "likely", "possible", "important", "necessary", "time", "difficult", "hard", "seems", "appears", "unclear"};
    const token *w = scan_token(l->s, t);
    if (w->deprel == DEPREL_EXPL || w->head == NONE)
        return true;
    return scan_is_any(l->s, w->head, weather, COUNT(weather));
}

static bool speaks(const linker *l, uint32_t verb)
{
    static const char *const verbs[] = {"say", "tell", "add", "warn", "ask", "declare", "announce", "insist", "write", "argue", "stress", "claim", "state", "note", "reply", "explain"};
    const token *w = scan_token(l->s, verb);
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_is(w->lemma, verbs[i]))
            return true;
    return false;
}

/* Whose words a token stands in: the speaker of its turn, else whoever is said to speak in its sentence or beside it. */
static uint32_t speaker_at(const linker *l, uint32_t t, bool quoted)
{
    const doc *d = l->s->d;
    const sentence *s = &d->sentences.at[scan_token(l->s, t)->sentence];
    if (s->turn != NONE)
        return s->turn < d->turns.count ? d->turns.at[s->turn].speaker : NONE;
    if (!quoted)
        return NONE;
    uint32_t at = scan_token(l->s, t)->sentence;
    uint32_t near[3] = {at, at ? at - 1 : at, at + 1 < d->sentences.count ? at + 1 : at};
    for (int n = 0; n < 3; n++) {
        const sentence *x = &d->sentences.at[near[n]];
        if (!x->parsed)
            continue;
        for (uint32_t v = x->first; v < x->first + x->count; v++) {
            uint32_t subject = speaks(l, v) ? tree_child(d, v, DEPREL_NSUBJ, NONE) : NONE;
            uint32_t m = subject == NONE ? NONE : doc_mention_at(d, subject);
            if (m != NONE && d->entities.at[d->mentions.at[m].entity].type == ENTITY_PER)
                return d->mentions.at[m].entity;
        }
    }
    return NONE;
}

static void note(linker *l, uint32_t e, uint32_t t)
{
    l->last[e] = t + 1;
    l->times[e]++;
}

static uint32_t pronoun_add(linker *l, uint32_t t, uint32_t e)
{
    doc *d = l->s->d;
    mention *m = vec_push(l->s->a, &d->mentions);
    const token *w = scan_token(l->s, t);
    *m = (mention){.span = w->span, .entity = e, .sentence = w->sentence, .first = t, .last = t, .head = t, .kind = MENTION_PRONOUN};
    note(l, e, t);
    return e;
}

static void pronoun_link(linker *l, uint32_t t, bool quoted)
{
    static const char *const me[] = {"i", "me", "my", "mine", "myself"};
    const token *w = scan_token(l->s, t);
    if (scan_is_any(l->s, t, me, COUNT(me))) {
        uint32_t speaker = speaker_at(l, t, quoted);
        if (speaker != NONE)
            pronoun_add(l, t, speaker);
        return;
    }
    for (size_t i = 0; i < COUNT(pronouns); i++) {
        if (!str_is(w->lower, pronouns[i].form))
            continue;
        if (pronouns[i].want == WANT_BODY && is_expletive(l, t))
            return;
        uint32_t m = antecedent(l, t, pronouns[i].want, pronouns[i].gender);
        if (m == NONE)
            return;
        uint32_t e = l->s->d->mentions.at[m].entity;
        if (pronouns[i].gender)
            l->gender[e] = pronouns[i].gender;
        pronoun_add(l, t, e);
        return;
    }
}

static void link_pronouns(linker *l)
{
    doc *d = l->s->d;
    uint32_t next = 0;
    bool quoted = false;
    l->named = d->mentions.count;
    for (uint32_t t = 0; t < d->tokens.count; t++) {
        for (; next < l->named && d->mentions.at[next].first <= t; next++)
            note(l, d->mentions.at[next].entity, t);
        const token *w = scan_token(l->s, t);
        if (str_is(w->lower, "\"") || str_is(w->lower, "''") || str_is(w->lower, "``"))
            quoted = !quoted;
        bool paragraph = t && w->sentence != d->tokens.at[t - 1].sentence && d->sentences.at[w->sentence].block != d->sentences.at[d->tokens.at[t - 1].sentence].block;
        if (paragraph)
            quoted = str_is(w->lower, "\"");
        if (w->upos == UPOS_PRON || w->xpos == XPOS_PRPS || w->xpos == XPOS_PRP)
            pronoun_link(l, t, quoted);
    }
}

/* ---- "the alliance", "the country": a noun that stands for a name told before ---- */

static const struct {
    const char *noun;
    uint8_t type; /* ENTITY_ */
    uint8_t class_from, class_to;
} stand_ins[] = {
    {"alliance", ENTITY_ORG, CLASS_BODY, CLASS_BODY}, {"bloc", ENTITY_ORG, CLASS_EU, CLASS_BODY}, {"organization", ENTITY_ORG, CLASS_UN, CLASS_BODY},
    {"organisation", ENTITY_ORG, CLASS_UN, CLASS_BODY}, {"country", ENTITY_GPE, CLASS_STATE, CLASS_PARTIAL}, {"nation", ENTITY_GPE, CLASS_STATE, CLASS_PARTIAL},
    {"republic", ENTITY_GPE, CLASS_STATE, CLASS_PARTIAL}, {"kingdom", ENTITY_GPE, CLASS_STATE, CLASS_STATE}, {"company", ENTITY_ORG, CLASS_COMPANY, CLASS_COMPANY},
    {"firm", ENTITY_ORG, CLASS_COMPANY, CLASS_COMPANY}, {"union", ENTITY_ORG, CLASS_EU, CLASS_BODY}, {"party", ENTITY_ORG, CLASS_PARTY, CLASS_PARTY},
    {"newspaper", ENTITY_ORG, CLASS_OUTLET, CLASS_OUTLET}, {"agency", ENTITY_ORG, CLASS_UN, CLASS_OUTLET}, {"group", ENTITY_ORG, CLASS_ARMED, CLASS_GROUP},
    {"city", ENTITY_GPE, CLASS_COUNT, CLASS_COUNT}, {"town", ENTITY_GPE, CLASS_COUNT, CLASS_COUNT}, {"university", ENTITY_ORG, CLASS_UNIVERSITY, CLASS_UNIVERSITY},
};

static bool stand_in_fits(const linker *l, size_t i, const mention *m)
{
    const entity *e = &l->s->d->entities.at[m->entity];
    if (e->type != stand_ins[i].type || m->adjective || m->kind != MENTION_NAME)
        return false;
    if (e->known == NONE)
        return stand_ins[i].type == ENTITY_ORG || stand_ins[i].class_from == CLASS_COUNT;
    uint8_t class = kb_entity_at(l->s->k, e->known).class;
    return class >= stand_ins[i].class_from && class <= stand_ins[i].class_to;
}

static void stand_in_link(linker *l, uint32_t t, size_t i)
{
    doc *d = l->s->d;
    for (uint32_t m = l->named; m-- > 0;) {
        if (d->mentions.at[m].first >= t)
            continue;
        if (scan_token(l->s, t)->sentence - d->mentions.at[m].sentence > 4)
            return;
        if (!stand_in_fits(l, i, &d->mentions.at[m]))
            continue;
        uint32_t e = d->mentions.at[m].entity, at = mention_add(l->s, e, t - 1, t, MENTION_NOMINAL);
        d->mentions.at[at].head = t;
        return;
    }
}

static void link_stand_ins(linker *l)
{
    doc *d = l->s->d;
    l->named = d->mentions.count;
    for (uint32_t t = 1; t < d->tokens.count; t++) {
        const token *w = scan_token(l->s, t);
        if (w->upos != UPOS_NOUN || w->xpos == XPOS_NNS || !(scan_is(l->s, t - 1, "the") || scan_is(l->s, t - 1, "this")) || w->sentence != scan_token(l->s, t - 1)->sentence)
            continue;
        if (t + 1 < scan_end(l->s, t) && (scan_is(l->s, t + 1, "of") || scan_token(l->s, t + 1)->upos == UPOS_NOUN))
            continue;
        for (size_t i = 0; i < COUNT(stand_ins); i++)
            if (str_is(w->lower, stand_ins[i].noun) && !l->s->taken[t])
                stand_in_link(l, t, i);
    }
}

static void taken_by_nominals(scan *s)
{
    for (uint32_t i = 0; i < s->d->mentions.count; i++)
        for (uint32_t t = s->d->mentions.at[i].first; t <= s->d->mentions.at[i].last; t++)
            s->taken[t] = i + 1;
}

void link_mentions(scan *s)
{
    uint32_t count = s->d->entities.count;
    linker l = {.s = s};
    l.alias = arena_take(s->a, count + 1u, sizeof *l.alias);
    for (uint32_t e = 0; e < count; e++)
        l.alias[e] = e;
    link_short_names(&l);
    aliases_apply(&l);
    for (uint32_t i = 0; i < s->d->turns.count; i++)
        if (s->d->turns.at[i].speaker != NONE)
            s->d->turns.at[i].speaker = alias_of(&l, s->d->turns.at[i].speaker);
    l.gender = arena_take(s->a, count + 1u, 1);
    l.last = arena_take(s->a, count + 1u, sizeof *l.last);
    l.times = arena_take(s->a, count + 1u, sizeof *l.times);
    taken_by_nominals(s);
    link_stand_ins(&l);
    mentions_order(s->d);
    link_pronouns(&l);
}
