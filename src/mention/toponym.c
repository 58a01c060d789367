/* Which place a name means: by the words beside it, the countries in the story, and the people who live there. */
#include "mention/inside.h"

#include <math.h>
#include <stdlib.h>

/* What the text tells of where it happens. */
typedef struct story {
    scan *s;
    map *countries;       /* alpha-3, and alpha-3.division */
    map *told;            /* folded names to a toponym that is told with what it lies in: "Paris, Texas" */
    kb_toponym *first;    /* by toponym: what it means by itself, before its neighbours are heard */
    uint8_t *sure;        /* by toponym: SURE_ */
} story;

enum { SURE_NOT, SURE_LIKELY, SURE_TOLD };
static const double SURE_MARGIN = 1.2; /* what a reading must weigh more than the next one to be leaned on */

static void story_add(story *st, str code)
{
    uint32_t before = map_get(st->countries, code);
    if (before == NONE)
        map_add(st->countries, code, 1);
}

/* Regions vote for their country and for what lies in them: with Texas in the story, Dallas is in Texas. */
static void story_regions(story *st)
{
    const scan *s = st->s;
    for (uint32_t i = 0; i < s->toponyms.count; i++) {
        const toponym *t = &s->toponyms.at[i];
        bool curated = false, city = false;
        str country = {0};
        for (uint32_t c = 0; c < t->count && t->power == NONE; c++) {
            kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
            city |= p.kind == TOPONYM_CITY && p.population >= 300000;
            if (p.kind == TOPONYM_REGION && !curated) {
                curated = !p.feature.len;
                country = p.country;
            }
        }
        if (!country.len || (!curated && t->count > 3))
            continue;
        story_add(st, country);
        for (uint32_t c = 0; c < t->count && !city; c++) {
            kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
            if (p.kind == TOPONYM_REGION && p.admin.len && str_equal(p.country, country))
                story_add(st, arena_format(s->a, "%.*s.%.*s", (int)country.len, country.at, (int)p.admin.len, p.admin.at));
        }
    }
}

static story story_of(scan *s)
{
    story st = {.s = s, .countries = map_new(s->a), .told = map_new(s->a)};
    st.first = arena_take(s->a, s->toponyms.count + 1u, sizeof *st.first);
    st.sure = arena_take(s->a, s->toponyms.count + 1u, sizeof *st.sure);
    for (uint32_t i = 0; i < s->d->mentions.count; i++) {
        const mention *m = &s->d->mentions.at[i];
        const entity *e = &s->d->entities.at[m->entity];
        uint32_t power = entity_power(s, m->entity);
        bool town = m->metonym || (e->known == NONE && (e->type == ENTITY_GPE || e->type == ENTITY_LOC));
        if (power != NONE && !town)
            story_add(&st, kb_entity_at(s->k, power).code);
    }
    story_regions(&st);
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
    if (t->power != NONE && str_equal(kb_entity_at(s->k, t->power).code, p->country))
        return true;
    for (uint32_t i = 0; i < t->count; i++) {
        kb_toponym q = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + i));
        if (q.kind == TOPONYM_REGION && str_equal(q.country, p->country) && str_equal(q.admin, p->admin))
            return true;
    }
    return false;
}

/* The region or country that the words after the name put it in: "Paris, Texas", "Kurdistan province of Iran",
 * "Bern, the capital of Switzerland". */
static const toponym *container(const scan *s, uint32_t i)
{
    const toponym *t = &s->toponyms.at[i], *after = next_toponym(s, i);
    bool apposed = scan_is(s, t->last + 1, ",") && (scan_is(s, t->last + 2, "the") || scan_is(s, t->last + 2, "a"));
    if (after || i + 1 >= s->toponyms.count || t[1].first > t->last + (apposed ? 7 : 4) || t[1].first < t->last + 2)
        return after;
    uint32_t link = scan_is(s, t[1].first - 1, "the") ? t[1].first - 2 : t[1].first - 1;
    bool linked = link > t->last && (scan_is(s, link, "in") || scan_is(s, link, "of"));
    return linked && t[1].first < scan_end(s, t->last) ? &t[1] : NULL;
}

static bool is_division(const kb_toponym *p)
{
    return p->kind == TOPONYM_REGION && p->admin.len;
}

/* "Spokane, Washington": what stands after the comma is a division that the place before it may lie in. */
static bool holds_before(const scan *s, uint32_t i, const kb_toponym *p)
{
    const toponym *t = &s->toponyms.at[i];
    if (!i || !is_division(p) || next_toponym(s, i - 1) != t)
        return false;
    for (uint32_t c = 0; c < t[-1].count; c++) {
        kb_toponym q = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t[-1].at + c));
        if (q.kind != TOPONYM_REGION && str_equal(q.country, p->country) && str_equal(q.admin, p->admin))
            return true;
    }
    return false;
}

/* "Sonora state", "Kurdistan province", "Sonora Governor". */
static bool called_division(const scan *s, const toponym *t, const kb_toponym *p)
{
    static const char *const kinds[] = {"state", "province", "prefecture", "governorate", "region", "oblast", "county", "department",
                                        "governor", "gov", "gov.", "legislature", "senator"};
    return p->kind == TOPONYM_REGION && t->last + 1 < scan_end(s, t->last) && scan_is_any(s, t->last + 1, kinds, COUNT(kinds));
}

/* "Oregon, Idaho and Washington": a list goes on as it began. */
static bool among_sisters(const story *st, uint32_t i, const kb_toponym *p)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i];
    for (uint32_t side = 0; side < 2 && is_division(p); side++) {
        bool there = side ? i + 1 < s->toponyms.count : i > 0;
        uint32_t n = side ? i + 1 : i - 1, gap = !there ? 9 : side ? t[1].first - t->last : t->first - t[-1].last;
        if (gap < 4 && is_division(&st->first[n]) && str_equal(st->first[n].country, p->country) && scan_begin(s, t->first) == scan_begin(s, s->toponyms.at[n].first))
            return true;
    }
    return false;
}

static double distance(const kb_toponym *a, const kb_toponym *b)
{
    static const double rad = 3.14159265358979 / 180, earth = 6371;
    double north = sin((a->lat - b->lat) * rad / 2), east = sin((a->lon - b->lon) * rad / 2);
    return 2 * earth * asin(sqrt(MIN(1.0, north * north + cos(a->lat * rad) * cos(b->lat * rad) * east * east)));
}

/* Towns are told with the towns beside them. */
static double neighbours(const story *st, uint32_t i, const kb_toponym *p)
{
    enum { WINDOW = 12 };
    static const double most = 2.5;
    const scan *s = st->s;
    double sum = 0;
    uint32_t from = i > WINDOW ? i - WINDOW : 0, to = MIN(i + WINDOW + 1, s->toponyms.count);
    for (uint32_t n = from; n < to && sum < most; n++) {
        const kb_toponym *q = &st->first[n];
        bool other = s->toponyms.at[n].at != s->toponyms.at[i].at;
        if (!other || !st->sure[n] || (q->kind != TOPONYM_CITY && q->kind != TOPONYM_SITE && !str_is(q->feature, "ADM2")))
            continue;
        double km = distance(p, q);
        sum += (km < 40 ? 1.0 : km < 120 ? 0.7 : km < 250 ? 0.3 : 0) * (st->sure[n] == SURE_TOLD ? 1.5 : 1);
    }
    return MIN(sum, most);
}

/* How much a place is spoken of at all. */
static double weigh_alone(const kb_toponym *p)
{
    static const double by_kind[TOPONYM_COUNT] = {[TOPONYM_CITY] = 0, [TOPONYM_REGION] = -0.5, [TOPONYM_COUNTRY] = 9,
                                                  [TOPONYM_NATURE] = 5, [TOPONYM_WIDE] = 7, [TOPONYM_SITE] = 5};
    bool curated = p->kind == TOPONYM_REGION && !p->feature.len;
    double people = p->population ? p->population : curated ? 5e6 : str_is(p->feature, "ADM2") ? 2e5 : 1000;
    double w = log10(people + 10.0) + (curated ? 1.6 : 0) + by_kind[p->kind];
    if (str_is(p->feature, "PPLC"))
        return w + 2;
    if (str_is(p->feature, "PPLA"))
        return w + 0.5;
    return p->kind == TOPONYM_CITY ? w - 1.5 : w; /* a town of no rank is not what a capital's or a province's name means */
}

static double weigh_story(const story *st, const kb_toponym *p)
{
    double w = 0;
    if (p->country.len && map_get(st->countries, p->country) != NONE)
        w += 3;
    if (p->country.len && p->admin.len && (p->kind != TOPONYM_REGION || str_is(p->feature, "ADM2"))
        && map_get(st->countries, arena_format(st->s->a, "%.*s.%.*s", (int)p->country.len, p->country.at, (int)p->admin.len, p->admin.at)) != NONE)
        w += 2;
    return w;
}

/* Once told, a name goes on to mean the same. */
static bool told_before(const story *st, const toponym *t, const kb_toponym *p)
{
    uint32_t n = map_get(st->told, utf8_fold(st->s->a, scan_text(st->s, t->first, t->last)));
    return n != NONE && st->first[n].line == p->line && str_equal(st->first[n].name, p->name);
}

/* "New York" alone is the city, not the state that it lies in. */
static bool has_metropolis(const scan *s, const toponym *t, const kb_toponym *p)
{
    enum { METROPOLIS = 1000000 };
    for (uint32_t c = 0; c < t->count && is_division(p); c++) {
        kb_toponym q = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        if (q.kind == TOPONYM_CITY && q.population >= METROPOLIS && str_equal(q.country, p->country))
            return true;
    }
    return false;
}

static double weigh(const story *st, uint32_t i, const kb_toponym *p)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i], *within = container(s, i);
    double w = weigh_alone(p) + weigh_story(st, p) + neighbours(st, i, p);
    if (within && lies_in(s, p, within))
        w += next_toponym(s, i) ? 8 : 5;
    else if (told_before(st, t, p))
        w += 6;
    if (holds_before(s, i, p) || called_division(s, t, p) || among_sisters(st, i, p))
        w += 4;
    return has_metropolis(s, t, p) ? w - 3 : w;
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

/* Countries are kept under "=ARM" too. */
static bool country_place(const scan *s, str code, kb_toponym *ret)
{
    uint32_t words[4], first, count = kb_words(s->k, arena_format(s->a, "=%.*s", (int)code.len, code.at), words, 4), node = 0;
    for (uint32_t i = 0; i < count && node != NONE; i++)
        node = kb_step(s->k, KB_TRIE_PLACES, node, words[i]);
    if (!count || node == NONE || !kb_ends(s->k, KB_TRIE_PLACES, node, &first))
        return false;
    *ret = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, first));
    return true;
}

/* A region of another country that bears the power's name: "Georgia" of the United States. */
static bool namesake(const scan *s, const toponym *t, kb_toponym *ret)
{
    str code = kb_entity_at(s->k, t->power).code;
    for (uint32_t c = 0; c < t->count; c++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        if (p.kind == TOPONYM_REGION && !p.feature.len && !str_equal(p.country, code)) {
            *ret = p;
            return true;
        }
    }
    return false;
}

static bool region_of(const scan *s, const toponym *t, str country)
{
    for (uint32_t c = 0; c < t->count && t->power == NONE; c++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        if (str_equal(p.country, country) && (p.kind == TOPONYM_REGION || p.admin.len))
            return true;
    }
    return false;
}

/* The namesake is meant where it stands among its sisters, or where the power is not spoken of in any other way. */
static bool namesake_meant(const story *st, uint32_t i, const kb_toponym *p)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i];
    if (i && t[-1].last + 4 > t->first && scan_begin(s, t->first) <= t[-1].first && region_of(s, &t[-1], p->country))
        return true;
    if (i + 1 < s->toponyms.count && t->last + 4 > t[1].first && t[1].first < scan_end(s, t->first) && region_of(s, &t[1], p->country))
        return true;
    uint32_t others = 0, sisters = 0;
    for (uint32_t m = 0; m < s->d->mentions.count; m++) {
        uint32_t power = entity_power(s, s->d->mentions.at[m].entity);
        bool own_name = s->d->mentions.at[m].span.end - s->d->mentions.at[m].span.start == scan_text(s, t->first, t->last).len;
        others += power == t->power && !own_name;
    }
    for (uint32_t n = 0; n < s->toponyms.count; n++)
        sisters += n != i && region_of(s, &s->toponyms.at[n], p->country);
    return !others && sisters > 0 && map_get(st->countries, p->country) != NONE;
}

static void become_namesake(scan *s, toponym *t, const kb_toponym *p)
{
    str name = scan_text(s, t->first, t->last);
    uint32_t power = kb_entity_find(s->k, p->country);
    uint32_t e = entity_own(s, arena_format(s->a, "place:%.*s:%.*s", (int)p->country.len, p->country.at, (int)name.len, name.at), name, ENTITY_GPE);
    entity_belongs(s, e, power);
    s->d->mentions.at[t->mention].entity = e;
    t->power = NONE;
}

/* The place that weighs most among those that the name may mean, and by how much; false where the gazetteer has none. */
static bool choose(const story *st, uint32_t i, kb_toponym *ret, double *ret_margin)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i];
    double best = -1e9;
    *ret_margin = 1e9;
    kb_entity power = t->power != NONE ? kb_entity_at(s->k, t->power) : (kb_entity){.class = CLASS_COUNT};
    if (power.class == CLASS_STATE && country_place(s, power.code, ret))
        return true;
    for (uint32_t c = 0; c < t->count; c++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        double w = weigh(st, i, &p) + (same_place_name(s, t, &p) && p.kind != TOPONYM_CITY ? 20 : t->power != NONE ? -20 : 0);
        bool same = c && fabs(p.lat - ret->lat) + fabs(p.lon - ret->lon) < 0.5;
        if (!same)
            *ret_margin = MIN(*ret_margin, fabs(w - best));
        if (w > best) {
            *ret_margin = same ? *ret_margin : w - best;
            best = w;
            *ret = p;
        }
    }
    return t->count > 0;
}

/* The country of a place that the gazetteer does not have: that of the power, else of the name after the comma. */
static str country_told(const story *st, uint32_t i)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i], *after = next_toponym(s, i);
    if (t->power != NONE)
        return kb_entity_at(s->k, t->power).code;
    if (after && after->power != NONE)
        return kb_entity_at(s->k, after->power).code;
    return after ? st->first[i + 1].country : (str){0};
}

/* The country of what several states share, where the words after it say so: "Lake Constance in Austria". */
static str shared_country(const story *st, uint32_t i, const kb_toponym *p)
{
    const toponym *within = p->kind == TOPONYM_NATURE && !p->country.len ? container(st->s, i) : NULL;
    return within ? st->first[i + 1].country : (str){0};
}

/* A place that nobody knows lies in the country of most places told around it, the nearer ones counting more. */
static void strangers_settle(scan *s)
{
    enum { WINDOW = 8 };
    static const double reach = 15; /* tokens over which a place loses half its say */
    for (uint32_t i = 0; i < s->d->places.count; i++) {
        place *p = &s->d->places.at[i];
        double best = 0;
        for (uint32_t n = i > WINDOW ? i - WINDOW : 0; n < MIN(i + WINDOW + 1, s->d->places.count) && !p->located; n++) {
            const place *q = &s->d->places.at[n];
            double say = 0;
            for (uint32_t m = i > WINDOW ? i - WINDOW : 0; m < MIN(i + WINDOW + 1, s->d->places.count) && q->located && q->country[0]; m++) {
                const place *r = &s->d->places.at[m];
                double gap = r->first > p->first ? r->first - p->first : p->first - r->first;
                say += r->located && !memcmp(r->country, q->country, 3) ? reach / (reach + gap) : 0;
            }
            if (say > best && (!p->country[0] || best > 0)) {
                best = say;
                memcpy(p->country, q->country, sizeof p->country);
            }
        }
    }
}

/* A town that bears a capital's name is no government: Tripoli of Lebanon. */
static void leave_capital(scan *s, const toponym *t, const kb_toponym *p)
{
    if (t->mention == NONE || t->power != NONE || p->country.len != 3)
        return;
    mention *m = &s->d->mentions.at[t->mention];
    uint32_t held = entity_power(s, m->entity), power = kb_entity_find(s->k, p->country);
    if (held == NONE || power == NONE || held == power || kb_entity_at(s->k, held).class != CLASS_STATE || p->kind != TOPONYM_CITY)
        return;
    str name = scan_text(s, t->first, t->last);
    uint32_t e = entity_own(s, arena_format(s->a, "place:%.*s:%.*s", 3, p->country.at, (int)name.len, name.at), name, ENTITY_GPE);
    entity_belongs(s, e, power);
    m = &s->d->mentions.at[t->mention];
    m->entity = e;
    m->metonym = false;
}

/* A power's namesake that the text puts elsewhere: "Lebanon, Pa.", "the Kurdistan province of Iran". */
static bool namesake_told(const story *st, uint32_t i, kb_toponym *ret)
{
    const scan *s = st->s;
    const toponym *t = &s->toponyms.at[i], *within = container(s, i);
    kb_entity power = kb_entity_at(s->k, t->power);
    double best = -1e9;
    if (!within || (power.class == CLASS_STATE && (within->power != NONE || within != next_toponym(s, i))))
        return false;
    for (uint32_t c = 0; c < t->count; c++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, t->at + c));
        double w = weigh(st, i, &p);
        if (str_equal(p.country, power.code) || !lies_in(s, &p, within) || w <= best)
            continue;
        best = w;
        *ret = p;
    }
    return best > -1e9;
}

static void place_settle(story *st, uint32_t i)
{
    scan *s = st->s;
    toponym *t = &s->toponyms.at[i];
    kb_toponym other, best;
    bool power = t->power != NONE && t->mention != NONE;
    bool sister = power && (namesake_told(st, i, &other) || (namesake(s, t, &other) && namesake_meant(st, i, &other)));
    if (sister)
        become_namesake(s, t, &other);
    double margin;
    bool found = sister || choose(st, i, &best, &margin);
    if (sister)
        best = other;
    place_put(s, t, found ? &best : NULL);
    if (found)
        leave_capital(s, t, &best);
    place *out = &s->d->places.at[s->d->places.count - 1];
    str told = out->located ? shared_country(st, i, &best) : country_told(st, i);
    if (told.len == 3)
        memcpy(out->country, told.at, 3);
    if (t->mention == NONE || !out->country[0])
        return;
    entity *e = &s->d->entities.at[s->d->mentions.at[t->mention].entity];
    if (e->known == NONE && !e->code[0] && (e->type == ENTITY_GPE || e->type == ENTITY_LOC)) {
        memcpy(e->code, out->country, sizeof e->code);
        e->country = kb_entity_find(s->k, str_of(out->country));
    }
}

static int compare_toponyms(const void *x, const void *y)
{
    const toponym *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* What each name means by itself; how sure that is says whether its neighbours may lean on it. */
static void story_first(story *st)
{
    scan *s = st->s;
    for (uint32_t i = 0; i < s->toponyms.count; i++) {
        const toponym *t = &s->toponyms.at[i], *within = container(s, i);
        kb_toponym *best = &st->first[i];
        double margin;
        if (!choose(st, i, best, &margin))
            continue;
        if (within && best->kind != TOPONYM_COUNTRY && lies_in(s, best, within)) {
            st->sure[i] = SURE_TOLD;
            map_add(st->told, utf8_fold(s->a, scan_text(s, t->first, t->last)), i);
        } else if (margin >= SURE_MARGIN) {
            st->sure[i] = SURE_LIKELY;
        }
    }
}

void find_places(scan *s)
{
    if (s->toponyms.count)
        qsort(s->toponyms.at, s->toponyms.count, sizeof *s->toponyms.at, compare_toponyms);
    story st = story_of(s);
    story_first(&st);
    for (uint32_t i = 0; i < s->toponyms.count; i++)
        place_settle(&st, i);
    strangers_settle(s);
}
