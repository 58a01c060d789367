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

static bool take(about *a, str stamp, uint8_t from)
{
    day d;
    str iso;
    if (!stamp.len || stamp.len > 120 || !dates_stamp(a->t->arena, stamp, habit_of(a), &d, &iso) || !sensible(d))
        return false;
    /* A stamp in universal time may be of the day before or after: the address tells the day where it was printed. */
    day told = dates_in_url(a->d->head.url);
    if (told != NO_DAY && (told == d - 1 || told == d + 1) && (str_ends(iso, "Z") || str_ends(iso, "+00:00") || str_ends(iso, "+0000")))
        return take_day(a, told, DATED_URL);
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

/* A date printed in a short line close to the title, or just before the story. */
static bool by_lines(about *a)
{
    const layout *l = a->l;
    uint32_t middle = l->heading != NONE ? l->heading : l->first;
    day d;
    span where;
    for (uint32_t step = 0; step < 24; step++) {
        uint32_t i = step & 1 ? middle - step / 2 - 1 : middle + step / 2;
        if (i >= a->t->leaves.count || l->words[i] > 25)
            continue;
        const leaf *f = &a->t->leaves.at[i];
        if (f->linked * 2 > f->text.len && l->words[i] > 8)
            continue;
        if (dates_find(f->text, habit_of(a), &d, &where) && take_day(a, d, DATED_FURNITURE))
            return true;
    }
    return false;
}

/* "YEREVAN, October 15, 2020 (Agency) -" at the head of the first paragraph. */
static bool by_dateline(about *a)
{
    day d;
    span where;
    uint32_t i = 0;
    while (i < a->t->leaves.count && !a->taken[i])
        i++;
    if (i == a->t->leaves.count)
        return false;
    str head = str_part(a->t->leaves.at[i].text, 0, 100);
    return dates_find(head, habit_of(a), &d, &where) && where.end < 70 && take_day(a, d, DATED_DATELINE);
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
    if (by_lines(a) || by_marks(a, 9) || by_dateline(a) || by_rest(a))
        return;
    if (take(a, about_meta(a, changed_names), DATED_META) || take(a, jsonld_text(j, jsonld_get(j, a->article, "dateModified")), DATED_JSON_LD))
        return;
    by_marks(a, -100);
}
