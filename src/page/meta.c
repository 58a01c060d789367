/* Title, deck, address and outlet. */
#include "page/meta.h"

#include "page/inside.h"

str letters_of(arena *a, str s)
{
    str low = utf8_fold(a, s);
    char *at = arena_take(a, low.len + 1, 1);
    uint32_t len = 0;
    for (uint32_t i = 0; i < low.len; i++)
        if (is_ascii_letter(low.at[i]) || is_ascii_digit(low.at[i]) || (uint8_t)low.at[i] >= 0x80)
            at[len++] = low.at[i];
    return (str){at, len};
}

str about_meta(const about *a, const char *names)
{
    str rest = str_of(names), name;
    while (str_next(&rest, '|', &name))
        for (uint32_t i = 0; i < a->t->metas.count; i++)
            if (str_equal_nocase(a->t->metas.at[i].name, name)) {
                str plain = tokens_plain(a->t->arena, tokens_plain(a->t->arena, a->t->metas.at[i].content));
                if (plain.len)
                    return plain;
            }
    return (str){0};
}

/* ---- title ---- */

/* Where the name of the site begins behind the title, or before it: marks with spaces around. */
static const char *const dividers[] = {" | ", " - ", " – ", " — ", " · ", " » ", " « ", " • ", " :: ", " / ", " ‹ ", " › ", " > ", " ~ ", " // ", " * "};

static str host_of(str url)
{
    uint32_t at = str_find(url, STR("://"));
    str rest = at == NONE ? (str){0} : str_part(url, at + 3, url.len), host = {0};
    str_next(&rest, '/', &host);
    return str_starts(host, "www.") ? str_part(host, 4, host.len) : host;
}

static bool is_part(arena *a, str part, str whole)
{
    str p = letters_of(a, part), w = letters_of(a, whole);
    return p.len >= 2 && str_find(w, p) != NONE;
}

static bool names_site(const about *a, str part, str site)
{
    arena *r = a->t->arena;
    str p = letters_of(r, part), host = letters_of(r, host_of(a->d->head.url));
    if (!p.len)
        return true;
    if (site.len && (is_part(r, part, site) || is_part(r, site, part)))
        return true;
    return p.len >= 4 && str_find(host, p) != NONE;
}

/* Takes " - Site" off: what names the site goes, or else the shorter part behind the last divider. */
static str without_site(const about *a, str title, str site, bool eager)
{
    for (uint32_t round = 0; round < 3; round++) {
        uint32_t cut = NONE, width = 0;
        for (uint32_t k = 0; k < COUNT(dividers); k++) {
            uint32_t len = (uint32_t)strlen(dividers[k]);
            for (uint32_t i = 0, hit; (hit = str_find(str_part(title, i, title.len), str_of(dividers[k]))) != NONE; i += hit + 1)
                if (cut == NONE || i + hit > cut)
                    cut = i + hit, width = len;
        }
        if (cut == NONE)
            return title;
        str front = str_part(title, 0, cut), back = str_part(title, cut + width, title.len);
        if (names_site(a, back, site) || (eager && !round && page_words(back) <= 4 && page_words(front) > page_words(back)))
            title = str_trim(front);
        else
            break;
    }
    for (uint32_t k = 0; k < COUNT(dividers); k++) {
        uint32_t hit = str_find(title, str_of(dividers[k]));
        if (hit != NONE && names_site(a, str_part(title, 0, hit), site) && page_words(str_part(title, hit, title.len)) > 2)
            return str_trim(str_part(title, hit + (uint32_t)strlen(dividers[k]), title.len));
    }
    return title;
}

/* All leaves of one heading, joined. */
static str joined(const about *a, const box *b)
{
    const tokens *t = a->t;
    str all = {0};
    if (b->end - b->first == 1)
        return t->leaves.at[b->first].text;
    for (uint32_t i = b->first; i < b->end && all.len < 600; i++) {
        str part = t->leaves.at[i].text;
        all = all.len ? arena_format(t->arena, "%.*s %.*s", (int)all.len, all.at, (int)part.len, part.at) : part;
    }
    return all;
}

/* The heading without the kicker before it and the subtitle behind it that share its element. */
static str heading_text(const about *a, uint32_t box)
{
    const tokens *t = a->t;
    const struct box *b = &t->boxes.at[box];
    str all = joined(a, b);
    for (uint32_t i = 0; i < t->marks.count && t->marks.at[i].leaf < b->end; i++) {
        const mark *m = &t->marks.at[i];
        if (m->leaf < b->first || !m->text.len || m->text.len * 10 >= all.len * 9)
            continue;
        if (m->hints & HINT_KICKER && str_equal(str_part(all, 0, m->text.len), m->text))
            all = str_part(all, m->text.len, all.len);
        else if (m->hints & (HINT_SUBHEAD | HINT_DECK) && str_equal(str_part(all, all.len - m->text.len, all.len), m->text))
            all.len -= m->text.len;
    }
    all = str_trim(all);
    while (all.len && strchr(":|-", all.at[0]))
        all = str_trim(str_part(all, 1, all.len));
    return all;
}

/* How well a heading fits what the head of the page says: 0 to 4. All three are letters only. */
static uint32_t fits(str h, str o, str t)
{
    if (h.len < 4)
        return 0;
    if (o.len && str_equal(h, o))
        return 4;
    if (t.len && str_find(t, h) != NONE && h.len * 4 > t.len)
        return 3;
    if (o.len && str_find(o, h) != NONE && h.len * 2 > o.len)
        return 3;
    if (o.len && str_find(h, o) != NONE && o.len * 2 > h.len)
        return 2;
    return 0;
}

/* What is but a link, to the home page most often. */
static bool is_linked(const about *a, const box *b)
{
    uint32_t linked = 0, bytes = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        linked += a->t->leaves.at[i].linked;
        bytes += a->t->leaves.at[i].text.len;
    }
    return linked * 10 >= bytes * 9;
}

typedef struct heading {
    str text;
    uint32_t rank;
} heading;

/* The heading that fits what the head of the page says, or else the only one of the first order that says anything. */
static heading best_heading(const about *a, str og, str site)
{
    const tokens *t = a->t;
    heading best = {{0}, 0}, alone = {{0}, 0};
    str o = letters_of(t->arena, og), title = letters_of(t->arena, t->title);
    uint32_t firsts = 0;
    for (uint32_t b = 1; b < t->boxes.count; b++) {
        const struct box *x = &t->boxes.at[b];
        if (x->tag < TAG_H1 || x->tag > TAG_H3 || x->end == x->first || x->end > x->first + 4 || x->hidden)
            continue;
        str text = heading_text(a, b);
        uint32_t rank = fits(letters_of(t->arena, text), o, title) * 4;
        bool linked = is_linked(a, x), names = names_site(a, text, site);
        if (x->tag == TAG_H1 && page_words(text) >= 3 && !linked && !names) {
            alone = (heading){text, 8};
            firsts++;
        }
        if (!rank || (linked && names))
            continue;
        rank += (x->tag == TAG_H1 ? 3 : 0) + !linked;
        if (rank > best.rank)
            best = (heading){text, rank};
    }
    return best.rank >= 8 || firsts != 1 ? best : alone;
}

/* "Politics | Headline" in the page is "Headline" where the head of the page says so. */
static str without_kicker(const about *a, str heading, str told)
{
    arena *r = a->t->arena;
    str h = letters_of(r, heading), t = letters_of(r, told);
    return t.len > 12 && t.len < h.len && str_equal(str_part(h, h.len - t.len, h.len), t) ? told : heading;
}

void title_find(about *a)
{
    str og = about_meta(a, "og:title|twitter:title|dc.title|dcterms.title|title|headline|sailthru.title|parsely-title");
    str site = about_meta(a, "og:site_name|application-name");
    str title = without_site(a, a->t->title, site, true);
    og = without_site(a, og, site, false);
    heading best = best_heading(a, og, site);
    str ld = jsonld_text(&a->json, jsonld_get(&a->json, a->article, "headline"));
    if (best.rank >= 8)
        a->d->head.title = without_kicker(a, without_kicker(a, without_kicker(a, best.text, ld), og), title);
    else if (og.len)
        a->d->head.title = og;
    else
        a->d->head.title = ld.len ? ld : title;
}

/* ---- deck ---- */

void deck_find(about *a)
{
    const layout *l = a->l;
    arena *r = a->t->arena;
    str said = letters_of(r, about_meta(a, "og:description|description|twitter:description|dc.description"));
    uint32_t first = 0;
    while (first < a->t->leaves.count && !a->taken[first])
        first++;
    uint32_t from = l->heading != NONE && l->heading < first ? l->heading + 1 : first > 12 ? first - 12 : 0;
    for (uint32_t i = from; i < first && i < from + 14; i++) {
        const leaf *f = &a->t->leaves.at[i];
        const box *b = &a->t->boxes.at[f->box];
        if (l->words[i] < 6 || l->words[i] > 90 || f->linked * 2 > f->text.len || b->hidden || i == l->heading)
            continue;
        str mine = letters_of(r, f->text);
        bool told = said.len > 20 && mine.len > 20 && str_find(mine, str_part(said, 0, MIN(said.len, 40u))) == 0;
        bool named = (b->hints | a->t->boxes.at[b->parent].hints) & (HINT_DECK | HINT_LEAD) && !(b->hints & (HINT_CAPTION | HINT_DATE | HINT_AUTHOR));
        if (told || named) {
            a->d->head.deck = f->text;
            return;
        }
    }
}

/* ---- address and outlet ---- */

static bool is_address(str s)
{
    return s.len > 10 && s.len < 2000 && (str_starts(s, "http://") || str_starts(s, "https://"));
}

void address_find(about *a)
{
    str canonical = tokens_plain(a->t->arena, a->t->canonical), og = about_meta(a, "og:url|twitter:url");
    if (a->d->given.url.len)
        a->d->head.url = a->d->given.url;
    else if (is_address(canonical))
        a->d->head.url = canonical;
    else if (is_address(og))
        a->d->head.url = og;
}

void outlet_find(about *a)
{
    str name = about_meta(a, "og:site_name");
    if (!name.len)
        name = jsonld_text(&a->json, jsonld_resolve(&a->json, jsonld_get(&a->json, a->article, "publisher")));
    if (!name.len)
        name = about_meta(a, "application-name|apple-mobile-web-app-title|dc.publisher|publisher|copyright");
    if (!name.len || name.len > 120)
        name = host_of(a->d->head.url);
    a->d->head.outlet = name;
}
