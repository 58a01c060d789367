/* Who acts and who receives: from a noun phrase to entities with a code. */
#include "doc/doc.h"

static const token *at(const matcher *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

bool party_has(const party *p, uint32_t entity)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->entity[i] == entity)
            return true;
    return false;
}

/* Two that have neither name nor identifier of their own, of one power and sector, are one. */
static bool is_same_group(const doc *d, uint32_t a, uint32_t b)
{
    const entity *x = &d->entities.at[a], *y = &d->entities.at[b];
    return x->sector[0] && !strcmp(x->code, y->code) && !strcmp(x->sector, y->sector) && !x->identifier.len && !y->identifier.len &&
           (x->type == ENTITY_ORG) + (y->type == ENTITY_ORG) > 0;
}

static void party_add(const matcher *c, party *p, uint32_t entity)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->entity[i] == entity || is_same_group(c->d, p->entity[i], entity))
            return;
    if (p->count < PARTY_LIMIT)
        p->entity[p->count++] = entity;
}

void party_without(party *p, const party *not)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->count; i++)
        if (!party_has(not, p->entity[i]))
            p->entity[kept++] = p->entity[i];
    p->count = kept;
}

static bool has_code(const matcher *c, uint32_t entity)
{
    return entity != NONE && c->d->entities.at[entity].code[0];
}

/* An organ or a group of a power that no mention names by itself: "Moscow" is Russia's government, and of "the troops of
 * Chad and Mali" each has its own. */
static uint32_t entity_of_sector(matcher *c, uint32_t power, const char *sector)
{
    doc *d = c->d;
    if (!sector[0] || d->entities.at[power].sector[0])
        return power;
    str key = arena_format(d->arena, "%s/%s", d->entities.at[power].code, sector);
    uint32_t here = map_get(c->entities, key);
    if (here != NONE)
        return here;
    entity *n = vec_push(d->arena, &d->entities);
    const entity *p = &d->entities.at[power];
    uint32_t country = p->country != NONE ? p->country : p->known;
    *n = (entity){.known = NONE, .name = country == NONE ? p->name : kb_entity_at(c->k, country).name, .type = ENTITY_ORG, .country = country};
    memcpy(n->code, p->code, sizeof n->code);
    for (uint32_t i = 0; i < 3 && sector[i]; i++)
        n->sector[i] = sector[i];
    map_add(c->entities, key, d->entities.count - 1);
    return d->entities.count - 1;
}

/* The entity of a mention at this token, if it has a code. */
static uint32_t coded_at(matcher *c, uint32_t token)
{
    uint32_t n = c->mention[token];
    if (n == NONE)
        n = c->cover[token];
    if (n == NONE)
        return NONE;
    const mention *m = &c->d->mentions.at[n];
    if (!has_code(c, m->entity))
        return NONE;
    bool state = m->metonym && !m->adjective && c->governments && strlen(c->d->entities.at[m->entity].code) == 3 && c->d->entities.at[m->entity].type == ENTITY_GPE;
    return state ? entity_of_sector(c, m->entity, "GOV") : m->entity;
}

/* The entity in this document that stands for a code, made from the knowledge where there is none yet. */
static uint32_t entity_of_code(matcher *c, const char *code)
{
    doc *d = c->d;
    uint32_t here = map_get(c->entities, str_of(code));
    if (here != NONE)
        return here;
    uint32_t known = kb_entity_find(c->k, str_of(code));
    if (known == NONE)
        return NONE;
    kb_entity e = kb_entity_at(c->k, known);
    entity *n = vec_push(d->arena, &d->entities);
    *n = (entity){.known = known, .identifier = e.identifier, .name = e.name, .type = e.type, .country = known};
    for (uint32_t i = 0; i < 3 && i < e.code.len; i++)
        n->code[i] = e.code.at[i];
    map_add(c->entities, n->identifier, d->entities.count - 1);
    return d->entities.count - 1;
}

uint32_t party_power(matcher *m, uint32_t entity)
{
    uint32_t power = entity_of_code(m, m->d->entities.at[entity].code);
    return power == NONE ? entity : power;
}

static uint32_t place_at(matcher *c, uint32_t token)
{
    const doc *d = c->d;
    uint32_t low = 0, high = d->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->places.at[middle].last < token)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < d->places.count && d->places.at[low].first <= token && d->places.at[low].country[0])
        return entity_of_code(c, d->places.at[low].country);
    return NONE;
}

/* ---- modifiers ---- */

static void add_referent(matcher *c, uint32_t token, party *ret, int depth);

static const char *const owning[] = {"of", "from", "in", "at", "near", "outside", "on", "to", "for", "with", "against", "by", "inside", "across", "over", "around", "between"};

static bool owns(const matcher *c, uint32_t token, size_t upto)
{
    for (size_t i = 0; i < upto; i++)
        if (tree_has_case(c->d, token, str_of(owning[i])))
            return true;
    return false;
}

static uint32_t owner_entity(matcher *c, uint32_t noun, size_t upto, int depth);

static uint32_t named(matcher *c, uint32_t token, size_t upto, int depth);

/* "a fence built by Nepalese guards", "fishermen leaving the port in Ghana" */
static uint32_t below_clause(matcher *c, uint32_t verb)
{
    uint32_t agent = tree_agent(c->d, verb);
    if (agent != NONE)
        return named(c, agent, COUNT(owning), 1);
    uint32_t first, last, entity = NONE;
    tree_yield(c->d, verb, &first, &last);
    for (uint32_t i = verb + 1; i <= last && entity == NONE; i++)
        entity = coded_at(c, i) != NONE ? coded_at(c, i) : place_at(c, i);
    return entity;
}

static uint32_t named(matcher *c, uint32_t token, size_t upto, int depth)
{
    uint32_t entity = coded_at(c, token);
    if (entity == NONE && at(c, token)->xpos == XPOS_PRPS) {
        party whose = {.count = 0};
        add_referent(c, token, &whose, 4);
        return whose.count ? whose.entity[0] : NONE;
    }
    if (entity == NONE)
        entity = place_at(c, token);
    return entity == NONE && depth < 3 ? owner_entity(c, token, upto, depth + 1) : entity;
}

/* The coded entity among the modifiers of a noun: possessive and adjective first, then prepositional ones. */
static uint32_t owner_entity(matcher *c, uint32_t noun, size_t upto, int depth)
{
    uint32_t entity = NONE;
    /* "his Iraqi counterpart": the adjective tells more than the pronoun */
    for (int pass = 0; pass < 3 && entity == NONE; pass++)
        for (uint32_t n = tree_next(c->d, noun, NONE); n != NONE && entity == NONE; n = tree_next(c->d, noun, n)) {
            uint8_t r = at(c, n)->deprel;
            bool close = r == DEPREL_NMOD_POSS || r == DEPREL_AMOD || r == DEPREL_COMPOUND || r == DEPREL_FLAT || r == DEPREL_NMOD_DESC;
            bool pronoun = close && at(c, n)->xpos == XPOS_PRPS;
            if (pass == 0 ? close && !pronoun : pass == 1 ? pronoun : r == DEPREL_APPOS || ((r == DEPREL_NMOD || r == DEPREL_OBL) && owns(c, n, upto)))
                entity = named(c, n, upto, depth);
        }
    for (uint32_t n = tree_next(c->d, noun, NONE); n != NONE && entity == NONE && depth < 2; n = tree_next(c->d, noun, n))
        if (at(c, n)->deprel == DEPREL_ACL && n > noun)
            entity = below_clause(c, n);
    return entity;
}

/* ---- one noun ---- */

static bool is_group(const matcher *c, uint32_t token)
{
    return c->mention[token] != NONE || match_in_set(c, token, c->persons);
}

/* A group that the document names without its country now gets it: "protesters in Antwerp" are Belgian. */
static uint32_t group_of(matcher *c, uint32_t token, uint32_t country)
{
    uint32_t n = c->mention[token];
    if (n == NONE || c->d->mentions.at[n].kind == MENTION_PRONOUN)
        return country;
    entity *group = &c->d->entities.at[c->d->mentions.at[n].entity];
    if (group->code[0] || group->type == ENTITY_LOC)
        return country;
    memcpy(group->code, c->d->entities.at[country].code, sizeof group->code);
    group->country = c->d->entities.at[country].country;
    return c->d->mentions.at[n].entity;
}

/* "EU leaders": a name right before, whatever the tree makes of it. */
static uint32_t name_before(matcher *c, uint32_t token)
{
    if (!token || at(c, token)->upos != UPOS_NOUN || at(c, token - 1)->upos != UPOS_PROPN || at(c, token - 1)->sentence != at(c, token)->sentence)
        return NONE;
    return coded_at(c, token - 1);
}

/* "Danish city council chairman Ole Primeryan" */
static uint32_t adjective_before(matcher *c, uint32_t token)
{
    uint32_t first = c->d->sentences.at[at(c, token)->sentence].first;
    for (uint32_t i = token; i-- > first && token - i < 8;) {
        uint8_t u = at(c, i)->upos;
        if (u != UPOS_ADJ && u != UPOS_NOUN && u != UPOS_PROPN && u != UPOS_PART)
            return NONE;
        uint32_t n = c->mention[i];
        if (n != NONE && (c->d->mentions.at[n].adjective || at(c, i + 1)->xpos == XPOS_POS) && has_code(c, c->d->mentions.at[n].entity))
            return c->d->mentions.at[n].entity;
    }
    return NONE;
}

static void collect(matcher *c, uint32_t token, party *ret, int depth);

static bool refers_back(str word)
{
    static const char *const all[] = {"it", "they", "he", "she", "them", "its", "their", "his", "her", "him"};
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_is(word, all[i]))
            return true;
    return false;
}

/* "X said it would": the subject of the clause above, where the mention stage left the pronoun open. */
static void add_referent(matcher *c, uint32_t token, party *ret, int depth)
{
    if (!refers_back(at(c, token)->lower) || c->referring > 1)
        return;
    c->referring++;
    uint32_t verb = at(c, token)->head;
    if (verb != NONE && (at(c, token)->deprel == DEPREL_OBJ || at(c, token)->deprel == DEPREL_OBL)) {
        uint32_t subject = tree_subject(c->d, verb), first = c->d->sentences.at[at(c, token)->sentence].first;
        for (uint32_t i = token; i-- > first && !ret->count;)
            if (i != subject && coded_at(c, i) != NONE && at(c, i)->upos != UPOS_PRON && at(c, i)->deprel != DEPREL_CONJ && at(c, i)->deprel != DEPREL_NSUBJ)
                party_add(c, ret, coded_at(c, i));
    }
    for (int steps = 0; steps < 8 && verb != NONE && !ret->count; steps++) {
        uint32_t subject = at(c, verb)->upos == UPOS_VERB ? tree_subject(c->d, verb) : NONE;
        if (subject != NONE && subject < token && at(c, subject)->upos != UPOS_PRON)
            collect(c, subject, ret, depth + 1);
        verb = at(c, verb)->head;
    }
    /* "While it refused ..., Malta agreed": the main clause tells who */
    verb = at(c, token)->head;
    while (verb != NONE && !ret->count && at(c, verb)->deprel != DEPREL_ADVCL)
        verb = at(c, verb)->head;
    if (verb != NONE && !ret->count && at(c, verb)->head != NONE) {
        uint32_t subject = tree_subject(c->d, at(c, verb)->head);
        if (subject != NONE && at(c, subject)->upos != UPOS_PRON)
            collect(c, subject, ret, depth + 1);
    }
    c->referring--;
}

/* "hit by drones": arms have a power only where the words tell it. */
static bool is_bare_weapon(const matcher *c, uint32_t token)
{
    uint32_t n = c->mention[token];
    return n != NONE && c->d->mentions.at[n].first == c->d->mentions.at[n].last && match_in_set(c, token, c->weapons);
}

/* "both countries", "the two sides" */
static bool is_pair(const matcher *c, uint32_t token)
{
    static const char *const nouns[] = {"country", "side", "state", "nation", "government", "neighbour", "neighbor", "capital", "power", "army", "republic", "rival", "ally"};
    uint32_t first = c->d->sentences.at[at(c, token)->sentence].first;
    bool noun = false, two = false;
    for (size_t i = 0; i < COUNT(nouns); i++)
        noun |= str_is(at(c, token)->lemma, nouns[i]);
    for (uint32_t i = token; noun && i-- > first && token - i < 4;)
        two |= str_is(at(c, i)->lower, "both") || str_is(at(c, i)->lower, "two");
    return two;
}

/* The two powers that were named last: what a pair stands for. */
static void add_pair(matcher *c, uint32_t token, party *ret)
{
    uint32_t found[2], count = 0;
    for (uint32_t i = token; i-- > 0 && token - i < 150 && count < 2;) {
        uint32_t n = c->mention[i];
        if (n == NONE || c->d->mentions.at[n].kind == MENTION_PRONOUN || !has_code(c, c->d->mentions.at[n].entity))
            continue;
        uint32_t power = party_power(c, c->d->mentions.at[n].entity);
        const entity *e = &c->d->entities.at[power];
        bool body = !strcmp(e->code, "IGO") || !strcmp(e->code, "UNO") || !strcmp(e->code, "NGO") || !strcmp(e->code, "IMG");
        if (e->known != NONE && !body && (!count || found[0] != power))
            found[count++] = power;
    }
    for (uint32_t i = count; count == 2 && i-- > 0;)
        party_add(c, ret, found[i]);
}

/* "The two countries": further mentions of the same words. */
static void add_others(matcher *c, uint32_t token, party *ret)
{
    const doc *d = c->d;
    uint32_t n = c->mention[token];
    for (uint32_t i = n; n != NONE && ++i < d->mentions.count;) {
        const mention *m = &d->mentions.at[i];
        if (m->span.start != d->mentions.at[n].span.start || m->span.end != d->mentions.at[n].span.end)
            return;
        if (has_code(c, m->entity))
            party_add(c, ret, m->entity);
    }
}

static void add_one(matcher *c, uint32_t token, party *ret, int depth)
{
    if (is_pair(c, token)) {
        add_pair(c, token, ret);
        return;
    }
    uint32_t entity = is_bare_weapon(c, token) ? NONE : coded_at(c, token);
    if (entity == NONE && at(c, token)->upos == UPOS_PRON) {
        add_referent(c, token, ret, depth);
        return;
    }
    if (entity == NONE)
        entity = place_at(c, token);
    if (entity == NONE) {
        /* what stands with a group tells where it belongs; a thing belongs to whoever owns it or holds the ground */
        uint32_t owner = name_before(c, token);
        if (owner == NONE)
            owner = owner_entity(c, token, 9, 0);
        if (owner == NONE)
            owner = adjective_before(c, token);
        entity = owner == NONE || is_bare_weapon(c, token) ? owner : group_of(c, token, owner);
    }
    if (entity != NONE)
        party_add(c, ret, entity);
    add_others(c, token, ret);
}

static bool is_people(const matcher *c, uint32_t n)
{
    return c->d->entities.at[c->d->mentions.at[n].entity].type == ENTITY_NORP;
}

/* "Danish and Dutch police": the first adjective, taken for a name, has police as well. */
static void people_share(matcher *c, uint32_t token, party *ret, uint32_t before)
{
    uint32_t n = c->mention[token];
    if (n == NONE || !is_people(c, n) || ret->count < before + 2 || c->d->entities.at[ret->entity[before]].sector[0])
        return;
    char sector[4] = "";
    memcpy(sector, c->d->entities.at[ret->entity[ret->count - 1]].sector, sizeof sector);
    ret->entity[before] = entity_of_sector(c, ret->entity[before], sector);
}

/* "Malian and Nigerien sides", "the mayors of Laos and Nepal": one noun, several powers. */
static void adjectives_part(matcher *c, uint32_t noun, party *ret, uint32_t before)
{
    uint32_t first = c->d->sentences.at[at(c, noun)->sentence].first, found[8], count = 0, joined = 0;
    for (uint32_t i = noun; i-- > first && noun - i < 8 && count < COUNT(found);) {
        uint8_t u = at(c, i)->upos;
        uint32_t n = c->mention[i];
        joined += u == UPOS_CCONJ;
        bool owner = (i + 1 < noun && at(c, i + 1)->xpos == XPOS_POS) || (n != NONE && is_people(c, n) && at(c, i + 1)->upos == UPOS_CCONJ);
        if (n != NONE && (c->d->mentions.at[n].adjective || owner) && has_code(c, c->d->mentions.at[n].entity))
            found[count++] = c->d->mentions.at[n].entity;
        else if (at(c, i)->xpos == XPOS_POS)
            continue;
        else if (u != UPOS_ADJ && u != UPOS_NOUN && u != UPOS_CCONJ && !str_is(at(c, i)->lower, ","))
            break;
    }
    const char *sector = c->mention[noun] == NONE ? "" : c->d->entities.at[c->d->mentions.at[c->mention[noun]].entity].sector;
    char shared[4] = "";
    memcpy(shared, sector, MIN(strlen(sector), 3));
    if (count > 1 && joined) {
        ret->count = before;
        while (count--)
            party_add(c, ret, entity_of_sector(c, found[count], shared));
        return;
    }
    uint32_t of = at(c, noun)->xpos == XPOS_NNS ? tree_oblique(c->d, noun, STR("of")) : NONE;
    if (of == NONE && at(c, noun)->xpos == XPOS_NNS)
        of = tree_oblique(c->d, noun, STR("from"));
    if (of == NONE || (!is_pair(c, of) && (tree_child(c->d, of, DEPREL_CONJ, NONE) == NONE || ret->count == before)))
        return;
    party more = {.count = 0};
    collect(c, of, &more, 5);
    if (more.count > 1) {
        ret->count = before;
        for (uint32_t i = 0; i < more.count; i++)
            party_add(c, ret, entity_of_sector(c, more.entity[i], shared));
    }
}

/* "between X and Y": Y, where the tree does not tie the two. */
static uint32_t after_and(const matcher *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    uint32_t i = token + 1, end = s->first + s->count;
    while (i < end && i < token + 5 && !str_is(at(c, i)->lower, "and"))
        i++;
    for (uint32_t n = i + 1; n < end && n < i + 6; n++)
        if (c->mention[n] != NONE && !c->d->mentions.at[c->mention[n]].adjective)
            return n;
    return NONE;
}

/* "to Chile and Peru": a second name that is the subject of nothing. */
static bool and_follows(const matcher *c, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    uint32_t n = c->mention[token], last = n == NONE ? token : c->d->mentions.at[n].last, second = NONE;
    if (n == NONE || c->d->mentions.at[n].adjective || last + 2 >= s->first + s->count || !str_is(at(c, last + 1)->lower, "and"))
        return false;
    for (uint32_t i = last + 2; i < s->first + s->count && i < last + 5 && second == NONE; i++)
        if (c->mention[i] != NONE && !c->d->mentions.at[c->mention[i]].adjective)
            second = c->d->mentions.at[c->mention[i]].last;
    if (second == NONE || second + 1 >= s->first + s->count)
        return second != NONE;
    uint8_t u = at(c, second + 1)->upos;
    return u != UPOS_VERB && u != UPOS_AUX && u != UPOS_ADV;
}

static void collect(matcher *c, uint32_t token, party *ret, int depth)
{
    if (token == NONE || depth > 6)
        return;
    token = match_content(c, token);
    uint32_t before = ret->count;
    add_one(c, token, ret, depth);
    uint32_t second = tree_child(c->d, token, DEPREL_CONJ, NONE);
    if (second == NONE && (tree_has_case(c->d, token, STR("between")) || and_follows(c, token)))
        collect(c, after_and(c, token), ret, depth + 1);
    for (uint32_t n = second; n != NONE; n = tree_child(c->d, token, DEPREL_CONJ, n))
        collect(c, n, ret, depth + 1);
    people_share(c, token, ret, before);
    adjectives_part(c, token, ret, before);
}

void party_of(matcher *c, uint32_t token, party *ret)
{
    ret->count = 0;
    ret->guessed = false;
    collect(c, token, ret, 0);
}

/* "the website of Croatia's ministry", whatever the tree hangs the "of" on. */
static uint32_t owner_by_order(matcher *c, uint32_t noun)
{
    const sentence *s = &c->d->sentences.at[at(c, noun)->sentence];
    uint32_t i = noun + 1, entity = NONE;
    if (i >= s->first + s->count || at(c, i)->upos != UPOS_ADP)
        return NONE;
    for (; i < s->first + s->count && i < noun + 8 && entity == NONE; i++) {
        if (at(c, i)->upos == UPOS_VERB || at(c, i)->upos == UPOS_PUNCT || at(c, i)->upos == UPOS_AUX)
            return NONE;
        entity = coded_at(c, i) != NONE ? coded_at(c, i) : place_at(c, i);
    }
    return entity;
}

/* "letters to Chile and Peru": several own it. */
static bool owners_joined(matcher *c, uint32_t noun, party *ret)
{
    for (uint32_t n = tree_child(c->d, noun, DEPREL_NMOD, NONE); n != NONE; n = tree_child(c->d, noun, DEPREL_NMOD, n))
        if (owns(c, n, COUNT(owning)) && tree_child(c->d, n, DEPREL_CONJ, NONE) != NONE && coded_at(c, n) != NONE) {
            collect(c, n, ret, 0);
            return true;
        }
    return false;
}

void party_of_owner(matcher *c, uint32_t noun, party *ret)
{
    ret->count = 0;
    ret->guessed = false;
    if (noun == NONE || owners_joined(c, noun, ret))
        return;
    uint32_t entity = owner_entity(c, noun, COUNT(owning), 0);
    if (entity == NONE)
        entity = owner_by_order(c, noun);
    if (entity != NONE)
        party_add(c, ret, entity);
}

static bool same_code(const matcher *c, const party *p, uint32_t entity)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (!strcmp(c->d->entities.at[p->entity[i]].code, c->d->entities.at[entity].code))
            return true;
    return false;
}

/* Of a party: those of other powers than `not`; or, for acts within a country, groups of the same. */
static void keep_others(const matcher *c, party *p, const party *not, bool foreign)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        bool same = same_code(c, not, p->entity[i]);
        if (foreign ? !same : !party_has(not, p->entity[i]) && c->d->entities.at[p->entity[i]].sector[0])
            p->entity[kept++] = p->entity[i];
    }
    p->count = kept;
}

static uint32_t below_all(matcher *c, uint32_t token, uint32_t *queue, uint32_t room)
{
    uint32_t count = 0;
    queue[count++] = token;
    for (uint32_t i = 0; i < count; i++)
        for (int pass = 0; pass < 2; pass++)
            for (uint32_t n = tree_next(c->d, queue[i], NONE); n != NONE && count < room; n = tree_next(c->d, queue[i], n)) {
                uint8_t r = at(c, n)->deprel;
                bool near = r == DEPREL_OBJ || r == DEPREL_IOBJ || r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_PASS;
                if (r == DEPREL_CONJ && tree_child(c->d, n, DEPREL_NSUBJ, NONE) != NONE)
                    continue;
                if (r != DEPREL_PUNCT && r != DEPREL_ACL_RELCL && r != DEPREL_PARATAXIS && r != DEPREL_APPOS && near == !pass)
                    queue[count++] = n;
            }
    return count;
}

/* Breadth first, objects before others, so that what is nearest to the verb counts. */
void party_below(matcher *c, uint32_t token, const party *not, party *ret)
{
    uint32_t queue[64], count = below_all(c, token, queue, COUNT(queue));
    ret->count = 0;
    ret->guessed = false;
    for (int foreign = 1; foreign >= 0; foreign--)
        for (uint32_t i = 1; i < count; i++) {
            if ((at(c, queue[i])->deprel == DEPREL_NSUBJ && at(c, queue[i])->head == token) || at(c, queue[i])->upos == UPOS_VERB)
                continue; /* what a verb governs comes later by itself */
            party_of(c, queue[i], ret);
            keep_others(c, ret, not, foreign);
            if (ret->count)
                return;
        }
}

void party_before(matcher *c, uint32_t token, const party *not, party *ret)
{
    uint32_t first = c->d->sentences.at[at(c, token)->sentence].first;
    ret->count = 0;
    for (uint32_t i = token; i-- > first && !ret->count;) {
        uint32_t n = c->mention[i];
        if (n == NONE || c->d->mentions.at[n].adjective || c->d->mentions.at[n].kind == MENTION_PRONOUN || coded_at(c, i) == NONE)
            continue;
        party_add(c, ret, coded_at(c, i));
        keep_others(c, ret, not, true);
    }
}

/* The power on whose ground it happens: "in Gaza", "near Tyre" under the verb that the noun hangs on. */
static uint32_t where(matcher *c, uint32_t token)
{
    static const char *const prepositions[] = {"in", "at", "near", "outside", "inside", "across", "throughout"};
    uint32_t verb = at(c, token)->head;
    for (size_t i = 0; i < COUNT(prepositions) && verb != NONE; i++) {
        uint32_t noun = tree_oblique(c->d, verb, str_of(prepositions[i]));
        uint32_t entity = noun == NONE ? NONE : named(c, noun, 6, 1);
        if (entity != NONE)
            return entity;
    }
    return NONE;
}

static bool entity_travels(const matcher *c, uint32_t who)
{
    return doc_travels(&c->d->entities.at[who]);
}

void party_guess(matcher *c, uint32_t token, const party *other, party *ret)
{
    if (token == NONE || !is_group(c, token))
        return;
    if (at(c, token)->upos == UPOS_PRON || at(c, token)->upos == UPOS_PROPN)
        return;
    uint32_t entity = where(c, token);
    if (entity == NONE && other->count && !entity_travels(c, other->entity[0]))
        entity = other->entity[0];
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    for (uint32_t i = s->first; i < s->first + s->count && entity == NONE; i++)
        entity = coded_at(c, i) != NONE && !entity_travels(c, coded_at(c, i)) ? coded_at(c, i) : place_at(c, i);
    if (entity == NONE)
        return;
    uint32_t country = entity_of_code(c, c->d->entities.at[entity].code);
    party_add(c, ret, group_of(c, token, country == NONE ? entity : country));
    ret->guessed = true;
}
