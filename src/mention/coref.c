/* Mentions gathered into entities: short names and abbreviations by rule, then all phrases by what they refer to
 * (phrases.c, refer.c), then what an owner or the sentence tells of those without a country. */
#include "mention/refer.h"

typedef struct linker {
    scan *s;
    uint32_t *alias; /* by entity: what it has become */
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
    for (uint32_t e = 0; e < d->entities.count; e++)
        entity_inherits(l->s, alias_of(l, e), e);
}

void link_names(scan *s)
{
    doc *d = s->d;
    uint32_t count = d->entities.count;
    linker l = {s, arena_take(s->a, count + 1u, sizeof *l.alias)};
    for (uint32_t e = 0; e < count; e++)
        l.alias[e] = e;
    link_short_names(&l);
    aliases_apply(&l);
    for (uint32_t i = 0; i < d->turns.count; i++)
        if (d->turns.at[i].speaker != NONE)
            d->turns.at[i].speaker = alias_of(&l, d->turns.at[i].speaker);
    mentions_order(d);
}

/* ---- what the phrases refer to ---- */

static int32_t score_of(const model_rows *rows, const uint32_t *features, uint32_t count)
{
    int32_t scores[256];
    memset(scores, 0, REFER_CLASSES * sizeof *scores);
    model_rows_add(rows, features, count, scores);
    return scores[REFER_SCORE];
}

static uint8_t best_type(const referrer *r, const model_rows *rows, uint32_t at)
{
    uint32_t features[REFER_FEATURES], count = type_features(r, at, features);
    int32_t scores[256];
    memset(scores, 0, REFER_CLASSES * sizeof *scores);
    uint8_t best = 0;
    model_rows_add(rows, features, count, scores);
    for (uint8_t c = 1; c < REFER_TYPES; c++)
        best = scores[c] > scores[best] ? c : best;
    return best;
}

/* News leans otherwise than the treebank: a pronoun mostly means somebody who was named, and what acts or has people of
 * its own is a power or a body. */
static int32_t leaning(const referrer *r, const phrase *p, uint32_t referent)
{
    enum { NEWS = 150, ACTS = 250, SUBJECT = 150 };
    if (p->pronoun < PRONOUN_HE || p->pronoun > PRONOUN_THEY)
        return 0;
    if (referent == NONE)
        return -NEWS;
    const struct referent *x = &r->referents.at[referent];
    uint8_t relates = scan_token(r->s, r->phrases.at[x->latest].head)->deprel;
    bool modifies = relates == DEPREL_AMOD || relates == DEPREL_COMPOUND, power = x->entity != NONE && r->s->d->entities.at[x->entity].code[0];
    if (!p->part || !power || modifies || p->pronoun == PRONOUN_HE || p->pronoun == PRONOUN_SHE)
        return 0;
    return ACTS + (x->subject ? SUBJECT : 0);
}

static uint32_t best_referent(referrer *r, const model_rows *rows, uint32_t at)
{
    uint32_t candidates[REFER_CANDIDATES], features[REFER_FEATURES], count = refer_candidates(r, at, candidates), found = NONE;
    if (!count)
        return NONE;
    int32_t best = score_of(rows, features, refer_features(r, at, NONE, features)) + leaning(r, &r->phrases.at[at], NONE);
    for (uint32_t i = 0; i < count; i++) {
        int32_t score = score_of(rows, features, refer_features(r, at, candidates[i], features)) + leaning(r, &r->phrases.at[at], candidates[i]);
        if (score > best) {
            best = score;
            found = candidates[i];
        }
    }
    return found;
}

static void refer_all(referrer *r, const model_rows *rows)
{
    for (uint32_t i = 0; i < r->phrases.count; i++) {
        uint32_t referent;
        if (!r->phrases.at[i].sure)
            r->phrases.at[i].type = best_type(r, rows, i);
        if (!refer_told(r, i, &referent))
            referent = best_referent(r, rows, i);
        if (refer_group(r, i, referent))
            referent = NONE;
        refer_settle(r, i, referent);
    }
}

/* ---- what becomes of them ---- */

static uint8_t entity_type(uint8_t type)
{
    static const uint8_t types[] = {[REFER_THING] = ENTITY_MISC, [REFER_PERSON] = ENTITY_PER, [REFER_BODY] = ENTITY_ORG, [REFER_PLACE] = ENTITY_LOC};
    return types[type];
}

/* What nobody has named: called as it is first spoken of; "I" as the author. */
static uint32_t entity_unnamed(scan *s, const referrer *r, const referent *x)
{
    const phrase *p = &r->phrases.at[x->first];
    uint32_t first = p->first, last = p->last;
    while (first < p->head && scan_token(s, first)->upos == UPOS_DET)
        first++;
    while (last > p->head && scan_token(s, last)->xpos == XPOS_POS)
        last--;
    str byline = s->d->head.byline, name = p->pronoun == PRONOUN_I && byline.len ? byline : scan_text(s, first, last);
    *vec_push(s->a, &s->d->entities) = (entity){.known = NONE, .name = name, .type = entity_type(x->type), .country = NONE};
    return s->d->entities.count - 1;
}

static void group_becomes(scan *s, const referrer *r, const phrase *p)
{
    const group *g = &r->groups.at[p->group];
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t m = mention_add(s, r->referents.at[g->members[i]].entity, p->first, p->last, p->kind);
        s->d->mentions.at[m].head = p->head;
    }
}

static void phrase_becomes(scan *s, const phrase *p, uint32_t e)
{
    if (p->mention == NONE) {
        uint32_t m = mention_add(s, e, p->first, p->last, p->kind);
        s->d->mentions.at[m].head = p->head;
        return;
    }
    mention *m = &s->d->mentions.at[p->mention];
    if (m->kind == MENTION_NAME)
        return;
    entity_inherits(s, e, m->entity);
    m->entity = e;
    m->first = p->first;
    m->last = p->last;
    m->span = (span){scan_token(s, p->first)->span.start, scan_token(s, p->last)->span.end};
}

/* Persons, bodies and places become mentions; things only where a role noun had made one of them, and no pronoun that
 * is all by itself. */
static bool is_told(const referrer *r, const phrase *p)
{
    const referent *x = &r->referents.at[p->referent];
    if (x->entity != NONE || p->mention != NONE)
        return true;
    return x->type != REFER_THING && (x->count > 1 || !p->pronoun);
}

static void refer_export(scan *s, referrer *r)
{
    uint32_t *entity_of = arena_take(s->a, r->referents.count + 1u, sizeof *entity_of);
    for (uint32_t i = 0; i < r->referents.count; i++)
        entity_of[i] = r->referents.at[i].entity;
    for (uint32_t i = 0; i < r->phrases.count; i++) {
        const phrase *p = &r->phrases.at[i];
        if (p->group != NONE)
            group_becomes(s, r, p);
        if (p->group != NONE || p->kind == MENTION_NAME || !is_told(r, p))
            continue;
        if (entity_of[p->referent] == NONE)
            entity_of[p->referent] = entity_unnamed(s, r, &r->referents.at[p->referent]);
        phrase_becomes(s, p, entity_of[p->referent]);
    }
}

static void link_phrases(scan *s, const model *weights)
{
    model_rows rows;
    if (!model_rows_find(weights, "refer", &rows))
        return;
    referrer *r = referrer_new(s, weights);
    refer_all(r, &rows);
    refer_export(s, r);
}

/* ---- "its embassy", "the bloc's spokesman", "a spokesman for the alliance" ---- */

static uint32_t mention_headed(const scan *s, uint32_t t)
{
    const doc *d = s->d;
    uint32_t low = 0, high = d->mentions.count, found = NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.at[middle].span.start + 400 < scan_token(s, t)->span.start)
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
static uint32_t owner_of(const scan *s, uint32_t head)
{
    const doc *d = s->d;
    for (uint32_t c = tree_next(d, head, NONE); c != NONE; c = tree_next(d, head, c)) {
        uint8_t r = scan_token(s, c)->deprel;
        bool linked = r == DEPREL_NMOD && (tree_has_case(d, c, STR("of")) || tree_has_case(d, c, STR("for")) || tree_has_case(d, c, STR("from")));
        if (r != DEPREL_NMOD_POSS && r != DEPREL_COMPOUND && !linked)
            continue;
        uint32_t m = mention_headed(s, c);
        if (m != NONE && d->entities.at[d->mentions.at[m].entity].code[0])
            return d->mentions.at[m].entity;
    }
    return NONE;
}

static void link_owners(scan *s)
{
    doc *d = s->d;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const mention *m = &d->mentions.at[i];
        entity *e = &d->entities.at[m->entity];
        uint32_t owner = m->kind == MENTION_NOMINAL && !e->code[0] && e->sector[0] && e->known == NONE ? owner_of(s, m->head) : NONE;
        if (owner == NONE || owner == m->entity || d->entities.at[owner].type == ENTITY_PER)
            continue;
        memcpy(e->code, d->entities.at[owner].code, sizeof e->code);
        e->country = d->entities.at[owner].country;
    }
}

/* ---- "prisoners", "the police": a group of the country that the sentence is about ---- */

static bool is_state_code(const scan *s, const entity *e)
{
    uint32_t power = e->known != NONE && kb_entity_at(s->k, e->known).class <= CLASS_PARTIAL ? e->known : e->country;
    return e->code[0] && power != NONE && kb_entity_at(s->k, power).class <= CLASS_PARTIAL;
}

/* The state that the mentions [from, to) speak of, when it is but one; else the one whose town is among them. */
static uint32_t state_of(const scan *s, uint32_t from, uint32_t to)
{
    const doc *d = s->d;
    uint32_t only = NONE, town = NONE;
    bool several = false, towns = false;
    for (uint32_t i = from; i < to; i++) {
        const entity *e = &d->entities.at[d->mentions.at[i].entity];
        if (d->mentions.at[i].kind == MENTION_PRONOUN || doc_travels(e) || !is_state_code(s, e))
            continue;
        uint32_t power = entity_power(s, d->mentions.at[i].entity);
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

/* "YEREVAN -": the sentence with which a story from there opens. */
static bool is_dateline(const doc *d, const sentence *x)
{
    static const char *const ends[] = {"-", "--", "\xE2\x80\x93", "\xE2\x80\x94", ":"};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_is(d->tokens.at[x->first + x->count - 1].lower, ends[i]))
            return x->count > 1 && x->first == 0;
    return false;
}

enum { GROUND_NONE, GROUND_SEVERAL, GROUND_ONE }; /* a power is GROUND_ONE and more */

/* By sentence, the state in whose capital or towns it is set ("in Yerevan"); what a capital's dateline tells, it tells of every
 * sentence that is set nowhere else. */
static uint32_t *grounds(scan *s)
{
    const doc *d = s->d;
    uint32_t *ground = arena_take(s->a, d->sentences.count + 1u, sizeof *ground), home = GROUND_NONE;
    for (uint32_t i = 0; i < d->places.count; i++) {
        const place *p = &d->places.at[i];
        uint32_t at = scan_token(s, p->first)->sentence, power = kb_entity_find(s->k, str_of(p->country));
        bool dateline = !at && is_dateline(d, d->sentences.at) && str_is(p->feature, "PPLC");
        bool set = str_starts(p->feature, "PPL") && p->first > scan_begin(s, p->first) && scan_is(s, p->first - 1, "in");
        if (power == NONE || !(dateline || set))
            continue;
        ground[at] = ground[at] == GROUND_NONE || ground[at] == GROUND_ONE + power ? GROUND_ONE + power : GROUND_SEVERAL;
        if (dateline)
            home = ground[at];
    }
    for (uint32_t i = 0; i < d->sentences.count; i++)
        if (ground[i] == GROUND_NONE)
            ground[i] = home;
    return ground;
}

/* "The government", "police": nobody says whose, since every reader knows where the story is set. */
static bool is_organ(const entity *e)
{
    static const char *const sectors[] = {"GOV", "MIL", "COP", "JUD", "LEG"};
    for (size_t i = 0; i < COUNT(sectors); i++)
        if (!strcmp(e->sector, sectors[i]))
            return true;
    return false;
}

static void link_homes(scan *s)
{
    doc *d = s->d;
    uint32_t all = state_of(s, 0, d->mentions.count);
    const uint32_t *ground = grounds(s);
    for (uint32_t from = 0, to; from < d->mentions.count; from = to) {
        to = sentence_mentions(d, from);
        uint32_t here = state_of(s, from, to), set = ground[d->mentions.at[from].sentence];
        for (uint32_t i = from; i < to; i++) {
            const mention *m = &d->mentions.at[i];
            const entity *e = &d->entities.at[m->entity];
            /* who acts for a state is of the one that the text speaks of; a sister or a doctor need not be */
            uint32_t home = set >= GROUND_ONE && is_organ(e) ? set - GROUND_ONE : here != NONE || sector_is_private(e->sector) ? here : all;
            bool group = m->kind == MENTION_NOMINAL || (m->kind == MENTION_NAME && e->type == ENTITY_NORP);
            if (!group || e->code[0] || e->known != NONE || !e->sector[0] || home == NONE)
                continue;
            entity_belongs(s, m->entity, home);
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

void link_mentions(scan *s, const model *weights)
{
    link_names(s);
    link_phrases(s, weights);
    mentions_order(s->d);
    link_owners(s);
    link_homes(s);
    mentions_order(s->d);
}

void link_spellings(scan *s)
{
    for (uint32_t e = 0; e < s->d->entities.count; e++)
        name_as_told(s, &s->d->entities.at[e]);
}
