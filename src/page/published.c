/* The day a page was published, and where it says so. */
#include "page/meta.h"

#include "page/inside.h"

bool about_month_first(const about *a)
{
    static const char *const abroad[] = {".uk/", ".au/", ".in/", ".ie/", ".nz/", ".za/"};
    str language = str_part(a->t->language, 0, 2), whole = a->t->language;
    if (language.len && !str_equal_nocase(language, STR("en")))
        return false;
    for (uint32_t i = 0; i < COUNT(abroad); i++)
        if (str_find(a->d->head.url, str_of(abroad[i])) != NONE)
            return false;
    return !str_equal_nocase(whole, STR("en-GB")) && !str_equal_nocase(whole, STR("en-AU"));
}

static date_habit habit_of(const about *a)
{
    return (date_habit){.arena = a->t->arena, .month_first = about_month_first(a), .today = NO_DAY};
}

static bool sensible(day d)
{
    return d >= day_of(1990, 1, 1) && d <= day_of(2100, 1, 1);
}

static bool take_day(about *a, day d, uint8_t from)
{
    char iso[11];
    if (d == NO_DAY || !sensible(d))
        return false;
    day_format(d, iso);
    page_set_published(a->d, arena_copy(a->t->arena, str_of(iso)), d, from);
    return true;
}

/* ---- dates in the text of the page ---- */

/* Do the words before a date say that something was changed then? */
static bool tells_change(str before)
{
    static const char *const words[] = {"pdated", "UPDATED", "odified", "evised", "ast edit", "orrected", "ktualisiert", "tand:", "ctualis", "ise à jour", "is à jour",
                                        "tualiza", "ggiornat", "ijgewerkt", "pdaterad", "pdateret", "ppdatert", "äivitetty", "бновл", "ктуализ", "üncelle"};
    before = before.len > 40 ? str_part(before, before.len - 40, before.len) : before;
    for (uint32_t i = 0; i < COUNT(words); i++)
        if (str_find(before, str_of(words[i])) != NONE)
            return true;
    return false;
}

/* The day in a line; of several the first that is not a day of change, else `*ret_changed`. */
static day day_of_line(const about *a, str line, day *ret_changed)
{
    day d;
    span where;
    for (uint32_t n = 0; n < 3 && dates_find(line, habit_of(a), &d, &where); n++) {
        if (sensible(d) && !tells_change(str_part(line, 0, where.start)))
            return d;
        *ret_changed = sensible(d) ? d : *ret_changed;
        line = str_part(line, where.end, line.len);
    }
    return NO_DAY;
}

/* The day printed in a short line close to the title, or just before the story; a day of change where there is no other. */
static day printed_day(const about *a)
{
    const layout *l = a->l;
    uint32_t middle = l->heading != NONE ? l->heading : l->first;
    day changed = NO_DAY;
    for (uint32_t step = 0; step < 24; step++) {
        uint32_t i = step & 1 ? middle - step / 2 - 1 : middle + step / 2;
        if (i >= a->t->leaves.count || l->words[i] > 25)
            continue;
        const leaf *f = &a->t->leaves.at[i];
        if (f->linked * 2 > f->text.len && l->words[i] > 8)
            continue;
        day d = day_of_line(a, f->text, &changed);
        if (d != NO_DAY)
            return d;
    }
    return changed;
}

/* ---- what the page says to machines ---- */

static bool is_universal(str iso)
{
    return str_ends(iso, "Z") || str_ends(iso, "+00:00") || str_ends(iso, "+0000");
}

static bool take(about *a, str stamp, uint8_t from)
{
    day d;
    str iso;
    if (!stamp.len || stamp.len > 120 || !dates_stamp(a->t->arena, stamp, habit_of(a), &d, &iso) || !sensible(d))
        return false;
    /* A story that moved to a new system often has that day in its stamp; its address keeps the old one. */
    day told = dates_in_url(a->d->head.url);
    if (told != NO_DAY && sensible(told) && told < d - 1)
        return take_day(a, told, DATED_URL);
    /* A stamp in universal time may be of the day before or after: address and page tell the day where it was printed. */
    if (is_universal(iso) && (told == d - 1 || told == d + 1))
        return take_day(a, told, DATED_URL);
    day printed = is_universal(iso) ? printed_day(a) : NO_DAY;
    if (printed == d - 1 || printed == d + 1)
        return take_day(a, printed, DATED_FURNITURE);
    page_set_published(a->d, iso, d, from);
    return true;
}

static const char *const published_names =
    "article:published_time|article:published|og:published_time|datePublished|article.published|bt:pubDate|DC.date.issued|dcterms.issued|"
    "sailthru.date|parsely-pub-date|cXenseParse:recs:publishtime|publish-date|published_at|pub_date|pubdate|publishdate|"
    "article_date_original|article-publication_date|date_published|publication_date|citation_publication_date|citation_online_date|"
    "originalpublicationdate|displaydate|rnews:datePublished|shareaholic:article_published_time|uploadDate";
/* Names that some pages use for the last change. */
static const char *const vague_names = "dc.date|DC.date.created|dcterms.created|dcterms.date|date|created|article:created|dateCreated|search_date|timestamp|buildDate";
static const char *const changed_names = "article:modified_time|og:updated_time|dateModified|lastmod|last-modified|DC.date.modified|dcterms.modified|revised";

/* A <time> or an element that is called a date. The earlier and the closer to the title, the better. */
static int rank_of_mark(const about *a, const mark *m)
{
    const layout *l = a->l;
    const box *b = &a->t->boxes.at[m->box];
    uint32_t above = b->above & ~a->t->boxes.at[l->main].above;
    if (m->modified || (m->tag != TAG_TIME && !m->stamp.len && !(m->hints & HINT_DATE)))
        return 0;
    int rank = m->published ? 60 : m->tag == TAG_TIME ? 30 : 20;
    if ((b->above | above) & (HINT_COMMENT | HINT_RELATED | HINT_SIDE | HINT_FOOT) || b->tag == TAG_ASIDE)
        rank -= 25;
    if (above & (HINT_LIST | HINT_WIDGET))
        rank -= 5;
    if (l->heading != NONE && m->leaf + 6 >= l->heading && m->leaf <= l->heading + 12)
        rank += 20;
    else if (m->leaf + 10 >= l->first && m->leaf <= l->first + 2)
        rank += 15;
    else if (m->leaf > l->last + 30)
        rank -= 12;
    return rank;
}

static str stamp_of_mark(const about *a, const mark *m, day *ret)
{
    str iso;
    if (m->stamp.len && dates_stamp(a->t->arena, m->stamp, habit_of(a), ret, &iso) && sensible(*ret))
        return iso;
    str words = str_part(m->text, 0, 200);
    if (words.len && dates_stamp(a->t->arena, words, habit_of(a), ret, &iso) && sensible(*ret))
        return iso;
    return (str){0};
}

static bool by_marks(about *a, int least)
{
    int most = least;
    str best = {0};
    day day_best = NO_DAY, d;
    for (uint32_t i = 0; i < a->t->marks.count; i++) {
        int rank = rank_of_mark(a, &a->t->marks.at[i]);
        if (rank <= most)
            continue;
        str iso = stamp_of_mark(a, &a->t->marks.at[i], &d);
        if (!iso.len)
            continue;
        most = rank;
        best = iso;
        day_best = d;
    }
    if (!best.len)
        return false;
    page_set_published(a->d, best, day_best, DATED_FURNITURE);
    return true;
}

/* "YEREVAN, October 15, 2020 (Agency) -" at the head of the first paragraph, or a date that opens one of the first. */
static bool by_dateline(about *a)
{
    day d;
    span where;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < a->t->leaves.count && seen < 4; i++) {
        if (!a->taken[i])
            continue;
        str head = str_part(a->t->leaves.at[i].text, 0, 100);
        if (dates_find(head, habit_of(a), &d, &where) && where.end < 70 && (!seen || where.start < 3) && take_day(a, d, DATED_DATELINE))
            return true;
        seen++;
    }
    return false;
}

/* In a script that is not JSON-LD: the state of a page that is put together in the browser. */
static bool by_script(about *a)
{
    static const char *const keys[] = {"datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date",
                                       "publicationDate", "publication_date", "firstPublished", "publishdate", "pubDate", "pubdate"};
    for (uint32_t k = 0; k < COUNT(keys); k++) {
        uint32_t at = str_find(a->t->page, str_of(keys[k]));
        str rest = at == NONE ? (str){0} : str_part(a->t->page, at + (uint32_t)strlen(keys[k]), a->t->page.len);
        uint32_t skip = 0;
        while (skip < MIN(rest.len, 8u) && strchr("\"'\\: =", rest.at[skip]))
            skip++;
        day d;
        str stamp = str_part(rest, skip, MIN(rest.len, skip + 10));
        if (skip && dates_stamp(a->t->arena, stamp, habit_of(a), &d, NULL) && take_day(a, d, DATED_META))
            return true;
    }
    return false;
}

/* Whatever object of JSON-LD has a day of its own. */
static bool by_any_object(about *a)
{
    for (uint32_t i = 0; i < a->json.nodes.count; i++)
        if (str_is(a->json.nodes.at[i].key, "datePublished") && take(a, jsonld_text(&a->json, i), DATED_JSON_LD))
            return true;
    return false;
}

/* Behind the story, or anywhere in short lines of the main box. */
static bool by_rest(about *a)
{
    const layout *l = a->l;
    day d;
    span where;
    const box *m = &a->t->boxes.at[l->around];
    for (uint32_t i = m->first; i < m->end; i++)
        if (l->words[i] <= 14 && a->t->leaves.at[i].linked * 2 <= a->t->leaves.at[i].text.len &&
            dates_find(a->t->leaves.at[i].text, habit_of(a), &d, &where) && take_day(a, d, DATED_FURNITURE))
            return true;
    return false;
}

void published_find(about *a)
{
    const jsonld *j = &a->json;
    if (take(a, jsonld_text(j, jsonld_get(j, a->article, "datePublished")), DATED_JSON_LD))
        return;
    if (take(a, about_meta(a, published_names), DATED_META))
        return;
    if (take(a, jsonld_text(j, jsonld_get(j, a->article, "dateCreated")), DATED_JSON_LD) || take(a, jsonld_text(j, jsonld_get(j, a->article, "uploadDate")), DATED_JSON_LD))
        return;
    if (by_marks(a, 34))
        return;
    if (take_day(a, dates_in_url(a->d->head.url), DATED_URL) || take(a, about_meta(a, vague_names), DATED_META))
        return;
    if (take_day(a, printed_day(a), DATED_FURNITURE) || by_marks(a, 9) || by_dateline(a) || by_any_object(a) || by_script(a) || by_rest(a))
        return;
    if (take(a, about_meta(a, changed_names), DATED_META) || take(a, jsonld_text(j, jsonld_get(j, a->article, "dateModified")), DATED_JSON_LD))
        return;
    by_marks(a, -100);
}
