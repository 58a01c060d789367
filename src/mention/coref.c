/* Mentions gathered into entities: short names, abbreviations, nominals and pronouns. Where the text does not tell, a
 * mention stays what it was, and a pronoun is no mention at all. */
#include "mention/inside.h"

typedef struct linker {
    scan *s;
    uint32_t *alias;  /* by entity: what it has become */
    uint8_t *gender;  /* by entity: 0 not told, 1 he, 2 she */
    uint32_t *last;   /* by entity: token of its latest mention so far + 1 */
    uint32_t *times;  /* by entity: how often it was mentioned so far */
    VEC(uint32_t) unsaid; /* tokens: "I" of nobody that the text names */
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

static bool speaks(const linker *l, uint32_t verb)
{
    static const char *const verbs[] = {"say", "tell", "add", "warn", "ask", "declare", "announce", "insist", "write", "argue", "stress", "claim", "state", "note", "reply", "explain"};
    const token *w = scan_token(l->s, verb);
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_is(w->lemma, verbs[i]))
            return true;
    return false;
}

/* A clause-mate of the pronoun can only be meant by a reflexive or a possessive. */
static bool clashes(const linker *l, uint32_t pronoun, const mention *m)
{
    const token *p = scan_token(l->s, pronoun), *h = scan_token(l->s, m->head);
    if (p->deprel == DEPREL_NMOD_POSS)
        return p->head == m->head || (p->head >= m->first && p->head <= m->last);
    return p->head != NONE && p->head == h->head && p->sentence == h->sentence && !is_subject(p);
}

/* The first of the sorted mentions that begins at `t` or later. */
static uint32_t first_from(const linker *l, uint32_t t)
{
    uint32_t low = 0, high = l->named;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->s->d->mentions.at[middle].first < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The mention before `pronoun` that it most likely means: near, a subject, often spoken of. */
static uint32_t antecedent(linker *l, uint32_t pronoun, unsigned want, uint8_t gender)
{
    doc *d = l->s->d;
    const token *p = scan_token(l->s, pronoun);
    uint32_t best = NONE;
    int best_score = INT32_MIN;
    bool said = is_subject(p) && p->head != NONE && speaks(l, p->head);
    uint32_t low = first_from(l, pronoun);
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
        if (said && is_subject(h) && h->head != NONE && speaks(l, h->head))
            score += 5;
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

/* A person's mention whose head this is, or NONE. */
static uint32_t person_headed(const linker *l, uint32_t t)
{
    const doc *d = l->s->d;
    for (uint32_t i = first_from(l, t + 1), steps = 0; i-- > 0 && steps < 16; steps++)
        if (d->mentions.at[i].head == t && d->entities.at[d->mentions.at[i].entity].type == ENTITY_PER)
            return d->mentions.at[i].entity;
    return NONE;
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
            uint32_t who = subject == NONE ? NONE : person_headed(l, subject);
            if (who != NONE)
                return who;
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
    static const char *const me[] = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
    const token *w = scan_token(l->s, t);
    if (scan_is_any(l->s, t, me, COUNT(me))) {
        uint32_t speaker = speaker_at(l, t, quoted);
        if (speaker == NONE)
            *vec_push(l->s->a, &l->unsaid) = t;
        else
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

/* One entity for all of these words. */
static void author_add(linker *l, str name, bool many)
{
    doc *d = l->s->d;
    uint32_t entity_number = NONE;
    for (uint32_t i = 0; i < l->unsaid.count; i++) {
        uint32_t t = l->unsaid.at[i];
        const token *w = scan_token(l->s, t);
        bool plural = w->lower.at[0] == 'w' || w->lower.at[0] == 'u' || w->lower.at[0] == 'o';
        if (plural != many)
            continue;
        if (entity_number == NONE) {
            *vec_push(l->s->a, &d->entities) = (entity){.known = NONE, .name = name, .type = ENTITY_PER, .country = NONE};
            entity_number = d->entities.count - 1;
        }
        *vec_push(l->s->a, &d->mentions) = (mention){.span = w->span, .entity = entity_number, .sentence = w->sentence,
                                                     .first = t, .last = t, .head = t, .kind = MENTION_PRONOUN};
    }
}

/* The author of a text that says "I" or "we" outside of anybody's words. */
static void link_author(linker *l)
{
    if (l->unsaid.count < 2)
        return;
    author_add(l, l->s->d->head.byline.len ? l->s->d->head.byline : STR("I"), false);
    author_add(l, STR("we"), true);
}

/* ---- "the museum ... the museum": things that are spoken of again ---- */

/* The phrase of a noun without what follows it as a clause or apposition. */
static void phrase_of(const linker *l, uint32_t head, uint32_t *ret_first, uint32_t *ret_last)
{
    const doc *d = l->s->d;
    *ret_first = *ret_last = head;
    for (uint32_t c = tree_next(d, head, NONE); c != NONE; c = tree_next(d, head, c)) {
        uint8_t r = scan_token(l->s, c)->deprel;
        uint32_t from, to;
        if (r == DEPREL_ACL_RELCL || r == DEPREL_APPOS || r == DEPREL_CONJ || r == DEPREL_CC || r == DEPREL_PUNCT || r == DEPREL_PARATAXIS
            || r == DEPREL_COP || r == DEPREL_NSUBJ || r == DEPREL_CASE || r == DEPREL_ADVCL || r == DEPREL_MARK || r == DEPREL_AUX)
            continue;
        tree_yield(d, c, &from, &to);
        if (to + 1 == *ret_first || (c < head && to < head))
            *ret_first = MIN(*ret_first, from);
        if (c > head && (r == DEPREL_NMOD || r == DEPREL_ACL))
            *ret_last = MAX(*ret_last, to);
    }
}

static bool is_thing(const linker *l, uint32_t t)
{
    hit hits[HITS];
    const token *w = scan_token(l->s, t);
    if (w->upos != UPOS_NOUN || l->s->taken[t] || l->s->timed[t] || w->head == NONE)
        return false;
    for (uint32_t n = scan_walk(l->s, KB_TRIE_AGENTS, t, hits); n--;)
        if (hits[n].last == t)
            return kb_agent_at(l->s->k, kb_value(l->s->k, KB_TRIE_AGENTS, hits[n].first)).kind != AGENT_MODIFIER;
    return false;
}

static bool is_definite(const linker *l, uint32_t t)
{
    const doc *d = l->s->d;
    for (uint32_t c = tree_next(d, t, NONE); c != NONE && c < t; c = tree_next(d, t, c)) {
        const token *w = scan_token(l->s, c);
        if (w->deprel == DEPREL_NMOD_POSS)
            return true;
        if (w->deprel == DEPREL_DET)
            return str_is(w->lower, "the") || str_is(w->lower, "this") || str_is(w->lower, "that") || str_is(w->lower, "these") || str_is(w->lower, "those");
    }
    return false;
}

/* The second time that a noun stands with "the" it means the first one; a thing that is told once is no entity. */
static void link_things(linker *l)
{
    doc *d = l->s->d;
    map *seen = map_new(l->s->a);
    uint32_t *entity_at = arena_take(l->s->a, d->tokens.count + 1u, sizeof *entity_at);
    for (uint32_t t = 0; t < d->tokens.count; t++) {
        if (!is_thing(l, t))
            continue;
        str noun = scan_token(l->s, t)->lower;
        uint32_t before = map_get(seen, noun), first, last;
        if (before == NONE) {
            map_add(seen, noun, t);
            continue;
        }
        if (!is_definite(l, t))
            continue;
        if (!entity_at[before]) {
            phrase_of(l, before, &first, &last);
            entity *e = vec_push(l->s->a, &d->entities);
            *e = (entity){.known = NONE, .name = scan_text(l->s, first, last), .type = ENTITY_MISC, .country = NONE};
            entity_at[before] = d->entities.count;
            uint32_t m = mention_add(l->s, d->entities.count - 1, first, last, MENTION_NOMINAL);
            d->mentions.at[m].head = before;
        }
        phrase_of(l, t, &first, &last);
        uint32_t m = mention_add(l->s, entity_at[before] - 1, first, last, MENTION_NOMINAL);
        d->mentions.at[m].head = t;
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
    for (uint32_t m = first_from(l, t); m-- > 0;) {
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

/* ---- "its embassy", "the bloc's spokesman", "a spokesman for the alliance" ---- */

static uint32_t mention_headed(const linker *l, uint32_t t)
{
    const doc *d = l->s->d;
    uint32_t low = 0, high = d->mentions.count, found = NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.at[middle].span.start + 400 < scan_token(l->s, t)->span.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < d->mentions.count && d->mentions.at[low].first <= t; low++)
        if (d->mentions.at[low].head == t)
            found = low;
    return found;
}

/* The mention that owns what `head` names: its possessor, a compound, or what stands after "of", "for" or "from". */
static uint32_t owner_of(const linker *l, uint32_t head)
{
    const doc *d = l->s->d;
    for (uint32_t c = tree_next(d, head, NONE); c != NONE; c = tree_next(d, head, c)) {
        uint8_t r = scan_token(l->s, c)->deprel;
        bool linked = r == DEPREL_NMOD && (tree_has_case(d, c, STR("of")) || tree_has_case(d, c, STR("for")) || tree_has_case(d, c, STR("from")));
        if (r != DEPREL_NMOD_POSS && r != DEPREL_COMPOUND && !linked)
            continue;
        uint32_t m = mention_headed(l, c);
        if (m != NONE && d->entities.at[d->mentions.at[m].entity].code[0])
            return d->mentions.at[m].entity;
    }
    return NONE;
}

static void link_owners(linker *l)
{
    doc *d = l->s->d;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        mention *m = &d->mentions.at[i];
        const entity *e = &d->entities.at[m->entity];
        uint32_t owner = m->kind == MENTION_NOMINAL && !e->code[0] && e->known == NONE ? owner_of(l, m->head) : NONE;
        if (owner == NONE || owner == m->entity || d->entities.at[owner].type == ENTITY_PER)
            continue;
        str key = arena_format(l->s->a, "owned:%u:%u", owner, m->entity);
        uint32_t old = m->entity, own = entity_own(l->s, key, scan_text(l->s, m->first, m->last), e->type);
        entity *to = &d->entities.at[own];
        const entity *from = &d->entities.at[old], *by = &d->entities.at[owner];
        memcpy(to->code, by->code, sizeof to->code);
        memcpy(to->sector, from->sector, sizeof to->sector);
        to->country = by->country;
        to->role = from->role;
        m->entity = own;
    }
}

/* ---- "prisoners", "the police": a group of the country that the sentence is about ---- */

static bool is_state_code(const linker *l, const entity *e)
{
    uint32_t power = e->known != NONE && kb_entity_at(l->s->k, e->known).class <= CLASS_PARTIAL ? e->known : e->country;
    return e->code[0] && power != NONE && kb_entity_at(l->s->k, power).class <= CLASS_PARTIAL;
}

/* The state that the mentions [from, to) speak of, when it is but one; else the one whose town is among them. */
static uint32_t state_of(const linker *l, uint32_t from, uint32_t to)
{
    const doc *d = l->s->d;
    uint32_t only = NONE, town = NONE;
    bool several = false, towns = false;
    for (uint32_t i = from; i < to; i++) {
        const entity *e = &d->entities.at[d->mentions.at[i].entity];
        if (d->mentions.at[i].kind == MENTION_PRONOUN || !is_state_code(l, e))
            continue;
        uint32_t power = entity_power(l->s, d->mentions.at[i].entity);
        several |= only != NONE && only != power;
        only = power;
        if (e->known == NONE && e->type == ENTITY_GPE && d->mentions.at[i].kind == MENTION_NAME) {
            towns |= town != NONE && town != power;
            town = power;
        }
    }
    return !several ? only : towns ? NONE : town;
}

static uint32_t sentence_mentions(const doc *d, uint32_t from)
{
    uint32_t to = from;
    while (to < d->mentions.count && d->mentions.at[to].sentence == d->mentions.at[from].sentence)
        to++;
    return to;
}

static void link_homes(linker *l)
{
    doc *d = l->s->d;
    uint32_t all = state_of(l, 0, d->mentions.count);
    for (uint32_t from = 0, to; from < d->mentions.count; from = to) {
        to = sentence_mentions(d, from);
        uint32_t here = state_of(l, from, to);
        for (uint32_t i = from; i < to; i++) {
            mention *m = &d->mentions.at[i];
            const entity *e = &d->entities.at[m->entity];
            uint32_t home = here != NONE ? here : all;
            bool group = m->kind == MENTION_NOMINAL || (m->kind == MENTION_NAME && e->type == ENTITY_NORP);
            if (!group || e->code[0] || e->known != NONE || !e->sector[0] || home == NONE)
                continue;
            str key = arena_format(l->s->a, "home:%u:%u", home, m->entity);
            uint32_t old = m->entity, own = entity_own(l->s, key, e->name, e->type);
            entity *made = &d->entities.at[own];
            memcpy(made->sector, d->entities.at[old].sector, sizeof made->sector);
            made->role = d->entities.at[old].role;
            entity_belongs(l->s, own, home);
            m->entity = own;
        }
    }
}

/* ---- the name that the text uses ---- */

static bool name_is_told(const doc *d, const entity *e, str *ret_told)
{
    *ret_told = (str){0};
    for (uint32_t i = 0; i < e->mentions.count; i++) {
        const mention *m = &d->mentions.at[doc_ref(d, e->mentions, i)];
        if (m->kind != MENTION_NAME)
            continue;
        str text = doc_str(d, m->span);
        if (str_find(e->name, text) != NONE)
            return true;
        if (text.len > ret_told->len)
            *ret_told = text;
    }
    return !ret_told->len;
}

/* A text that spells a name in another way than the knowledge does: whoever is meant is called by that variant. */
static void name_as_told(scan *s, entity *e)
{
    str told;
    if (e->known == NONE || e->type != ENTITY_PER || name_is_told(s->d, e, &told))
        return;
    for (uint32_t i = 0; i < kb_name_count(s->k); i++) {
        kb_name n = kb_name_at(s->k, i);
        if (n.entity == e->known && n.use == USE_NAME && str_find(n.text, told) != NONE) {
            e->name = n.text;
            return;
        }
    }
}

static void taken_by_nominals(scan *s)
{
    for (uint32_t i = 0; i < s->d->mentions.count; i++)
        s->taken[s->d->mentions.at[i].head] = i + 1;
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
    mentions_order(s->d);
    link_owners(&l);
    link_homes(&l);
    link_author(&l);
    link_things(&l);
    mentions_order(s->d);
}

void link_spellings(scan *s)
{
    for (uint32_t e = 0; e < s->d->entities.count; e++)
        name_as_told(s, &s->d->entities.at[e]);
}
