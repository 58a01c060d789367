/* Role nouns: "Israeli troops", "Ghana's envoy to the union, Primeryan", "the Armenian Prime Minister". Each is an
 * entity of its own with the code of the power that stands with it and the sector of its noun, or says of the person
 * beside it who that is. */
#include "mention/inside.h"

/* One role noun with what hangs on it. */
typedef struct role {
    uint32_t first, last; /* tokens of the phrase */
    uint32_t noun, head;  /* first token of the noun itself, and the one that governs it */
    uint32_t noun_last;
    uint32_t bare;        /* first token after the determiner */
    uint32_t power;       /* of the knowledge, or NONE */
    uint32_t body;        /* entity of the document that it belongs to ("of the European Party"), or NONE */
    bool definite, indefinite, former;
    kb_agent agent;
} role;

static const char *const links_after[] = {"of", "from", "for", "in"};

static bool is_noun(const scan *s, uint32_t t)
{
    uint8_t upos = scan_token(s, t)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN;
}

static bool agent_at(const scan *s, uint32_t t, role *ret)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n--;) {
        uint32_t last = hits[n].last, head = last;
        for (uint32_t i = t + 1; i <= last && head == last; i++)
            if (scan_token(s, i)->upos == UPOS_ADP || scan_is(s, i, "of"))
                head = i - 1;
        if (s->taken[t] || s->taken[last] || !is_noun(s, head))
            continue;
        *ret = (role){.first = t, .last = last, .noun = t, .noun_last = last, .head = head, .bare = t, .power = NONE, .body = NONE,
                      .agent = kb_agent_at(s->k, kb_value(s->k, KB_TRIE_AGENTS, hits[n].first))};
        return ret->agent.kind != AGENT_MODIFIER;
    }
    return false;
}

static bool is_former(const scan *s, uint32_t t)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n--;)
        if (hits[n].last == t && kb_agent_at(s->k, kb_value(s->k, KB_TRIE_AGENTS, hits[n].first)).kind == AGENT_MODIFIER)
            return true;
    return false;
}

/* A name within the phrase says whose it is: the power, else the body. */
static void role_takes(const scan *s, role *r, uint32_t mention_at)
{
    uint32_t e = s->d->mentions.at[mention_at].entity, power = entity_power(s, e);
    /* "the Deby government": whoever is known to have ruled tells whose; else a person owns no organ */
    if (s->d->entities.at[e].type == ENTITY_PER && (s->d->entities.at[e].known == NONE || r->agent.kind != AGENT_BODY || !str_is(r->agent.sector, "GOV")))
        return;
    if (r->power == NONE && power != NONE)
        r->power = power;
    if (r->body == NONE && s->d->entities.at[e].type == ENTITY_ORG)
        r->body = e;
}

/* Leftwards over adjectives, compounds and possessors to the determiner. */
static void role_before(const scan *s, role *r)
{
    static const char *const articles[] = {"the", "this", "that", "these", "those", "both"};
    uint32_t begin = scan_begin(s, r->noun);
    for (uint32_t t = r->noun, steps = 0; t > begin && steps < 10; steps++) {
        uint32_t at = t - 1;
        const token *w = scan_token(s, at);
        if (s->taken[at]) {
            const mention *m = &s->d->mentions.at[s->taken[at] - 1];
            role_takes(s, r, s->taken[at] - 1);
            t = r->first = r->bare = m->first;
            continue;
        }
        if (scan_is(s, at, "'s") || scan_is(s, at, "'") || scan_is(s, at, "-") || (scan_is(s, at, "and") && at > begin && s->taken[at - 1] && s->taken[t])) {
            t = at;
            continue;
        }
        if (w->upos == UPOS_DET) {
            r->definite = scan_is_any(s, at, articles, COUNT(articles));
            r->indefinite = !r->definite;
            r->first = at;
            return;
        }
        bool compound = at > begin && scan_is(s, at - 1, "-") && (w->xpos == XPOS_VBG || w->xpos == XPOS_VBN);
        if (!compound && w->upos != UPOS_ADJ && w->upos != UPOS_NOUN && w->upos != UPOS_PROPN && w->upos != UPOS_NUM)
            return;
        r->former |= is_former(s, at);
        t = r->first = r->bare = at;
    }
}

/* Officials in X are X's; troops, envoys and embassies in X are mostly another's. */
static bool stays_home(const scan *s, const role *r)
{
    static const char *const away[] = {"embassy", "ambassador", "envoy", "consulate", "consul", "mission", "diplomat", "diplomats", "attache", "ambassadors",
                                       "envoys", "correspondent", "reporter", "journalist", "delegation", "negotiators", "peacekeepers", "refugees", "migrants"};
    return !str_is(r->agent.sector, "MIL") && !str_is(r->agent.sector, "SPY") && !scan_is_any(s, r->head, away, COUNT(away));
}

static void role_after(const scan *s, role *r)
{
    static const char *const stays[] = {"based", "living", "operating", "stationed", "fighting", "active"};
    uint32_t end = scan_end(s, r->last), t = r->last + 1;
    bool based = t + 2 < end && scan_is_any(s, t, stays, COUNT(stays)) && scan_is(s, t + 1, "in");
    if (based && stays_home(s, r))
        t++;
    if (t + 1 >= end || !scan_is_any(s, t, links_after, COUNT(links_after)))
        return;
    if (scan_is(s, t, "in") && !stays_home(s, r))
        return;
    t++;
    if (t + 1 < end && scan_is(s, t, "the"))
        t++;
    for (uint32_t steps = 0; steps < 3 && t + 1 < end && !s->taken[t] && (scan_token(s, t)->upos == UPOS_ADJ); steps++)
        t++;
    if (t >= end || !s->taken[t])
        return;
    const mention *m = &s->d->mentions.at[s->taken[t] - 1];
    if (m->adjective)
        return;
    role_takes(s, r, s->taken[t] - 1);
    if (m->first == t)
        r->last = m->last;
}

/* ---- what becomes of it ---- */

/* "A former minister" is of the elite; a former banker is still of business. */
static str role_sector(const role *r)
{
    char sector[4] = "";
    memcpy(sector, r->agent.sector.at, MIN(r->agent.sector.len, sizeof sector - 1));
    return r->former && !sector_is_private(sector) ? STR("ELI") : r->agent.sector;
}

/* "Japanese Prime Minister Hashimoto", who was that once: an old text without its date, or one that tells of then. "President
 * Hashimoto" alone is no more than polite. */
static bool speaks_of_then(const scan *s, const entity *e, const role *r)
{
    str title = scan_text(s, r->noun, r->noun_last);
    uint32_t power = r->power == e->country ? NONE : r->power; /* "German" may have been East German */
    return !r->former && r->power != NONE && str_is(str_of(e->sector), "ELI") && entity_had_office(s, e->known, power, title, false);
}

static void describe(scan *s, uint32_t e, const role *r)
{
    entity *p = &s->d->entities.at[e];
    if (p->known != NONE && p->code[0]) {
        if (!p->role.len)
            p->role = scan_text(s, r->bare, r->last);
        if (speaks_of_then(s, p, r))
            entity_set_sector(p, r->agent.sector);
        return;
    }
    p->role = p->role.len ? p->role : scan_text(s, r->bare, r->last);
    if (!p->code[0] && r->agent.code.len)
        entity_set_code(p, r->agent.code);
    else if (!p->code[0] && r->power != NONE)
        entity_belongs(s, e, r->power);
    p = &s->d->entities.at[e];
    if (!p->sector[0] && role_sector(r).len)
        entity_set_sector(p, role_sector(r));
    if (!p->sector[0] && r->body != NONE)
        entity_set_sector(p, str_of(s->d->entities.at[r->body].sector));
}

static uint32_t person_at(const scan *s, uint32_t t)
{
    if (t >= s->d->tokens.count || !s->taken[t])
        return NONE;
    const mention *m = &s->d->mentions.at[s->taken[t] - 1];
    return s->d->entities.at[m->entity].type == ENTITY_PER ? m->entity : NONE;
}

/* The person whom the noun stands beside: "minister X", "minister of Y, X," and "X, the minister of Y". */
static uint32_t person_beside(const scan *s, const role *r)
{
    uint32_t end = scan_end(s, r->last), begin = scan_begin(s, r->first), e;
    if (r->agent.kind != AGENT_PERSON || r->agent.plural)
        return NONE;
    if (r->noun_last + 1 < end && (e = person_at(s, r->noun_last + 1)) != NONE)
        return e;
    if (r->last + 2 < end && scan_is(s, r->last + 1, ",") && (e = person_at(s, r->last + 2)) != NONE) {
        uint32_t after = s->d->mentions.at[s->taken[r->last + 2] - 1].last + 1;
        if (after >= end || scan_token(s, after)->upos == UPOS_PUNCT || scan_token(s, after)->upos == UPOS_VERB)
            return e;
    }
    if (r->first >= begin + 2 && scan_is(s, r->first - 1, ",") && (e = person_at(s, r->first - 2)) != NONE)
        return e;
    return NONE;
}

/* The power that the text names first, from where on, and where it first names another one. */
typedef struct only {
    uint32_t power, from, to;
} only;

static only only_power(const scan *s)
{
    only o = {NONE, NONE, NONE};
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < s->d->mentions.count; i++) {
            const mention *m = &s->d->mentions.at[i];
            uint32_t power = entity_power(s, m->entity);
            if (power == NONE || kb_entity_at(s->k, power).class > CLASS_PARTIAL)
                continue;
            if (!pass && m->first < o.from) {
                o.power = power;
                o.from = m->first;
            } else if (pass && power != o.power && m->first < o.to) {
                o.to = m->first;
            }
        }
    return o;
}

static uint32_t role_entity(scan *s, const role *r, map *last_of_noun)
{
    str noun = scan_token(s, r->head)->lower;
    if (r->power == NONE && r->body == NONE && r->definite) {
        uint32_t before = map_get(last_of_noun, noun);
        if (before != NONE)
            return before;
    }
    if (r->agent.office.len && r->power != NONE && !r->former && !r->agent.plural && !r->indefinite && r->agent.kind == AGENT_PERSON) {
        uint32_t holder = entity_holder(s, r->power, r->agent.office);
        if (holder != NONE)
            return entity_known(s, holder);
    }
    str name = scan_text(s, r->bare, r->last), sector = role_sector(r);
    str key = arena_format(s->a, "agent:%u:%.*s:%.*s", r->power, (int)sector.len, sector.at, (int)noun.len, noun.at);
    if (r->power == NONE && r->body != NONE)
        key = arena_format(s->a, "agent:body%u:%.*s:%.*s", r->body, (int)sector.len, sector.at, (int)noun.len, noun.at);
    if (r->power == NONE && r->body == NONE && r->indefinite)
        key = arena_format(s->a, "agent:at%u", r->head);
    uint32_t e = entity_own(s, key, name, r->agent.kind == AGENT_BODY ? ENTITY_ORG : ENTITY_PER);
    entity_belongs(s, e, r->power);
    entity *p = &s->d->entities.at[e];
    if (r->power == NONE && r->body != NONE)
        entity_set_code(p, str_of(s->d->entities.at[r->body].code));
    if (r->agent.code.len && (r->power == NONE || str_is(r->agent.code, "IMG")))
        entity_set_code(p, r->power == NONE ? r->agent.code : str_of(p->code));
    entity_set_sector(p, sector);
    return e;
}

/* "In Oslo, the foreign ministry said ...": the town at the sentence's head tells whose organ it is, whatever was named before. Persons and
 * troops may be there as guests. */
static uint32_t power_of_town(const scan *s, const role *r)
{
    bool organ = r->agent.kind == AGENT_BODY || str_is(r->agent.sector, "COP");
    uint32_t town = scan_begin(s, r->noun) + 1;
    if (!organ || r->indefinite || r->agent.code.len || str_is(r->agent.sector, "MIL") || town >= r->first || !scan_is(s, town - 1, "in") || !s->taken[town])
        return NONE;
    const mention *m = &s->d->mentions.at[s->taken[town] - 1];
    if (m->adjective || s->d->entities.at[m->entity].type != ENTITY_GPE)
        return NONE;
    for (uint32_t t = m->last + 1; t < r->first; t++)
        if (s->taken[t] && entity_power(s, s->d->mentions.at[s->taken[t] - 1].entity) != NONE)
            return NONE;
    return entity_power(s, m->entity);
}

static void role_settle(scan *s, role *r, map *last_of_noun, uint32_t power_before, const only *o)
{
    uint32_t person = person_beside(s, r);
    if (person != NONE) {
        describe(s, person, r);
        return;
    }
    if (!r->agent.sector.len && !r->agent.code.len)
        return;
    if (r->power == NONE && r->body == NONE)
        r->power = power_before;
    if (r->power == NONE && r->body == NONE)
        r->power = power_of_town(s, r);
    bool alone = o->from < r->noun && r->noun <= o->to;
    if (r->power == NONE && alone && !r->indefinite && !r->agent.code.len && str_is(r->agent.sector, "GOV"))
        r->power = o->power;
    uint32_t e = role_entity(s, r, last_of_noun);
    uint32_t m = mention_add(s, e, r->first, r->last, MENTION_NOMINAL);
    s->d->mentions.at[m].head = r->head;
    if (s->d->entities.at[e].code[0])
        map_add(last_of_noun, scan_token(s, r->head)->lower, e);
}

void find_agents(scan *s)
{
    map *last_of_noun = map_new(s->a);
    only o = only_power(s);
    uint32_t before_last = NONE, before_power = NONE;
    for (uint32_t t = 0; t < s->d->tokens.count; t++) {
        role r;
        if (s->taken[t] || !(s->shape[t] & SHAPE_LETTER) || !agent_at(s, t, &r))
            continue;
        uint32_t end = scan_end(s, t);
        if (r.last + 1 < end && is_noun(s, r.last + 1) && !s->taken[r.last + 1])
            continue;
        role_before(s, &r);
        role_after(s, &r);
        bool joined = before_last != NONE && r.first == before_last + 2 && (scan_is(s, r.first - 1, "and") || scan_is(s, r.first - 1, "or"));
        role_settle(s, &r, last_of_noun, joined && !r.definite && !r.indefinite ? before_power : NONE, &o);
        before_last = r.noun_last;
        before_power = r.power;
        t = r.noun_last;
    }
}
