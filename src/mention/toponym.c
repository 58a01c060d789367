/* Which place a name means: by the words beside it, the countries in the story, and the people who live there. */
#include "mention/inside.h"

#include <math.h>

/* How often each country is named in the text, by power of the knowledge. */
typedef struct story {
    scan *s;
    map *countries; /* alpha-3 to times it is named */
} story;

static void story_add(story *st, str code)
{
    uint32_t before = map_get(st->countries, code);
    if (before == NONE)
        map_add(st->countries, code, 1);
}

static story story_of(scan *s)
{
    story st = {s, map_new(s->a)};
    for (uint32_t i = 0; i < s->d->mentions.count; i++) {
        uint32_t power = entity_power(s, s->d->mentions.at[i].entity);
        if (power != NONE)
            story_add(&st, kb_entity_at(s->k, power).code);
    }
    return st;
}

static bool same_place_name(const scan *s, const toponym *t, const kb_toponym *p)
{
    return t->power != NONE && str_equal(kb_entity_at(s->k, t->power).code, p->country);
}

/* The name that follows after a comma, if it is one: "Paris, Texas". */
static const toponym *next_toponym(const scan *s, uint32_t i)
{
    const toponym *t = &s->toponyms.at[i];
    if (i + 1 >= s->toponyms.count || t[1].first != t->last + 2 || !scan_is(s, t->last + 1, ","))
        return NULL;
    return &t[1];
}

/* Whether a place that `t` may mean is the country of `p` or a part of it that `p` lies in. */
static bool lies_in(const scan *s, const kb_toponym *p, const toponym *t)
{
    if (t->power != NONE)
        return str_equal(kb_entity_at(s->k, t->power).code, p->country);
    for (uint32_t i = 0; i < t->count; i++) {
        kb_toponym q = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + i));
        if (q.kind == TOPONYM_REGION && str_equal(q.country, p->country) && str_equal(q.admin, p->admin))
            return true;
    }
    return false;
}

static double weigh(const story *st, uint32_t i, const kb_toponym *p)
{
    const scan *s = st->s;
    const toponym *after = next_toponym(s, i);
    double w = log10(p->population + 10.0);
    static const double by_kind[TOPONYM_COUNT] = {[TOPONYM_CITY] = 0, [TOPONYM_REGION] = -0.5, [TOPONYM_COUNTRY] = 9,
                                                  [TOPONYM_NATURE] = 5, [TOPONYM_WIDE] = 7, [TOPONYM_SITE] = 5};
    w += by_kind[p->kind];
    if (p->country.len && map_get(st->countries, p->country) != NONE)
        w += 2;
    if (after && lies_in(s, p, after))
        w += 8;
    if (str_is(p->feature, "PPLC"))
        w += 2;
    else if (str_is(p->feature, "PPLA"))
        w += 0.5;
    return w;
}

static void place_put(scan *s, const toponym *t, const kb_toponym *p)
{
    place *out = vec_push(s->a, &s->d->places);
    *out = (place){.span = {scan_token(s, t->first)->span.start, scan_token(s, t->last)->span.end}, .first = t->first, .last = t->last};
    out->name = p ? p->name : scan_text(s, t->first, t->last);
    if (!p)
        return;
    out->lat = p->lat;
    out->lon = p->lon;
    out->located = true;
    out->feature = p->feature;
    out->geonameid = p->geonameid;
    if (p->country.len == 3)
        memcpy(out->country, p->country.at, 3);
}

static void place_settle(story *st, uint32_t i)
{
    scan *s = st->s;
    toponym *t = &s->toponyms.at[i];
    kb_toponym best, p;
    double best_weight = -1e9;
    for (uint32_t c = 0; c < t->count; c++) {
        p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        bool power = same_place_name(s, t, &p) && p.kind != TOPONYM_CITY;
        double w = weigh(st, i, &p) + (power ? 20 : t->power != NONE ? -20 : 0);
        if (w > best_weight) {
            best_weight = w;
            best = p;
        }
    }
    place_put(s, t, best_weight > -1e9 ? &best : NULL);
    place *out = &s->d->places.at[s->d->places.count - 1];
    if (!out->located && t->power != NONE) {
        str code = kb_entity_at(s->k, t->power).code;
        if (code.len == 3)
            memcpy(out->country, code.at, 3);
    }
    if (t->mention == NONE || !out->country[0])
        return;
    entity *e = &s->d->entities.at[s->d->mentions.at[t->mention].entity];
    if (e->known == NONE && !e->code[0] && (e->type == ENTITY_GPE || e->type == ENTITY_LOC)) {
        memcpy(e->code, out->country, sizeof e->code);
        e->country = kb_entity_find(s->k, str_of(out->country));
    }
}

void find_places(scan *s)
{
    story st = story_of(s);
    for (uint32_t i = 0; i < s->toponyms.count; i++)
        place_settle(&st, i);
}
