/* Lists of other stories: headlines that are links, each with its date where the list gives one.
 *
 * An item is the largest element around a headline that holds no other headline; what date stands in it is the item's. */
#include "page/meta.h"

#include "page/inside.h"

enum { MOST_LINKS = 400, MOST_CLIMB = 7 };

typedef struct item {
    str text, href;
    uint32_t leaf, anchor, box;
    day day;
} item;

typedef struct lists {
    about *a;
    date_habit habit;
    VEC(item) items;
    uint32_t *before; /* headlines that begin before a leaf */
} lists;

static const box *box_at(const lists *s, uint32_t n)
{
    return &s->a->t->boxes.at[n];
}

static bool is_elsewhere(str href)
{
    return href.len > 1 && href.at[0] != '#' && !str_starts(href, "javascript:") && !str_starts(href, "mailto:") && !str_starts(href, "tel:");
}

/* Long enough to tell a story, and no sentence of the text. */
static bool is_headline(const lists *s, uint32_t leaf, str text)
{
    day d;
    uint32_t words = page_words(text);
    if (text.len > 300 || words > 40 || (words < 3 && text.len < 18) || text.len < 8)
        return false;
    return !(words <= 7 && dates_is_line(text, s->habit, &d)) && !phrase_is_furniture(text) && leaf < s->a->t->leaves.count;
}

/* The leaf of a link that is its headline: a heading, or what is all bold, or else the longest that is no date. */
static bool headline_of(const lists *s, const anchor *n, uint32_t *ret_leaf, str *ret_text)
{
    const tokens *t = s->a->t;
    uint32_t best = 0;
    for (uint32_t i = n->leaf; i <= n->last_leaf && i < t->leaves.count && i < n->leaf + 12; i++) {
        const leaf *f = &t->leaves.at[i];
        uint8_t tag = t->boxes.at[f->box].tag;
        str text = f->text;
        if (i == n->leaf)
            text = str_trim(str_part(text, n->start, text.len));
        if (n->leaf == n->last_leaf && f->links > 1) /* several links in one line: this one's words alone */
            text = str_trim(str_part(f->text, n->start, MAX(n->end, n->start)));
        else if (n->leaf == n->last_leaf && n->end > n->start && n->end < f->text.len)
            text = str_trim(str_part(f->text, n->start, n->end));
        uint32_t score = is_headline(s, i, text) ? text.len + (tag >= TAG_H1 && tag <= TAG_H6 ? 1000 : 0) : 0;
        if (score && n->leaf != n->last_leaf && f->bold * 10 >= f->text.len * 9)
            score += 300;
        if (f->flags & LEAF_TIME)
            score /= 2;
        if (box_at(s, f->box)->hints & HINT_TITLE)
            score += 500;
        if (score > best) {
            best = score;
            *ret_leaf = i;
            *ret_text = text;
        }
    }
    return best > 0;
}

/* "Headline 6. November 2023" in one link: the date is taken off. */
static void split_date(const lists *s, item *it)
{
    day d;
    span where;
    str tail = it->text.len > 40 ? str_part(it->text, it->text.len - 40, it->text.len) : it->text;
    while (tail.len && ((uint8_t)tail.at[0] & 0xC0) == 0x80)
        tail = str_part(tail, 1, tail.len);
    for (str rest = tail; dates_find(rest, s->habit, &d, &where); rest = str_part(rest, where.end, rest.len)) {
        if (where.end + 1 < rest.len)
            continue;
        str front = str_trim(str_part(it->text, 0, it->text.len - rest.len + where.start));
        while (front.len && strchr("(|,-", front.at[front.len - 1]))
            front = str_trim(str_part(front, 0, front.len - 1));
        if (page_words(front) >= 3) {
            it->text = front;
            it->day = d;
        }
        return;
    }
}

static void collect(lists *s)
{
    const tokens *t = s->a->t;
    for (uint32_t i = 0; i < t->anchors.count && s->items.count < MOST_LINKS * 4; i++) {
        const anchor *n = &t->anchors.at[i];
        item it = {.href = n->href, .anchor = i, .day = NO_DAY};
        if (!is_elsewhere(n->href) || n->author || n->leaf >= t->leaves.count || s->a->taken[n->leaf] || t->boxes.at[n->box].hidden)
            continue;
        if (!headline_of(s, n, &it.leaf, &it.text) || s->a->taken[it.leaf])
            continue;
        split_date(s, &it);
        item *last = s->items.count ? &s->items.at[s->items.count - 1] : NULL;
        if (last && str_equal(last->href, it.href)) {
            /* Picture, headline and teaser often are three links to one story: the headline counts. */
            if (t->boxes.at[t->leaves.at[it.leaf].box].tag >= TAG_H1 && t->boxes.at[t->leaves.at[it.leaf].box].tag <= TAG_H6)
                *last = it;
            continue;
        }
        *vec_push(t->arena, &s->items) = it;
    }
}

static void count_before(lists *s)
{
    uint32_t n = s->a->t->leaves.count, k = 0;
    s->before = arena_take(s->a->t->arena, n + 1, sizeof *s->before);
    for (uint32_t i = 0; i <= n; i++) {
        while (k < s->items.count && s->items.at[k].leaf < i)
            k++;
        s->before[i] = k;
    }
}

static uint32_t headlines_in(const lists *s, const box *b)
{
    return s->before[b->end] - s->before[b->first];
}

static uint32_t item_box(const lists *s, const item *it)
{
    uint32_t here = s->a->t->leaves.at[it->leaf].box;
    for (uint32_t k = 0; k < MOST_CLIMB && here; k++) {
        uint32_t up = box_at(s, here)->parent;
        if (!up || headlines_in(s, box_at(s, up)) > 1 || box_at(s, up)->end - box_at(s, up)->first > 24)
            break;
        here = up;
    }
    return here;
}

/* "14:06": of the page's own day. */
static bool is_clock(str s)
{
    uint32_t i = 0;
    s = str_trim(s);
    while (i < s.len && is_ascii_digit(s.at[i]))
        i++;
    return i >= 1 && i <= 2 && s.len >= i + 3 && s.len <= i + 7 && (s.at[i] == ':' || s.at[i] == '.') && is_ascii_digit(s.at[i + 1]) && is_ascii_digit(s.at[i + 2]) &&
           (s.len == i + 3 || s.at[i + 3] == ' ');
}

static day day_of_line(const lists *s, str text)
{
    day d;
    span where;
    if (page_words(text) > 30)
        text = str_part(text, 0, 60);
    if (dates_find(text, s->habit, &d, &where))
        return d;
    return is_clock(text) ? s->a->d->head.published_day : NO_DAY;
}

static day day_in_box(const lists *s, const item *it)
{
    const tokens *t = s->a->t;
    const box *b = box_at(s, it->box);
    for (uint32_t i = b->first; i < b->end; i++)
        if (i != it->leaf) {
            day d = day_of_line(s, t->leaves.at[i].text);
            if (d != NO_DAY)
                return d;
        }
    str line = t->leaves.at[it->leaf].text;
    uint32_t at = (uint32_t)(it->text.at - line.at);
    if (it->text.at >= line.at && at <= line.len && line.len > it->text.len) {
        day d = day_of_line(s, str_part(line, at + it->text.len, line.len));
        return d != NO_DAY ? d : day_of_line(s, str_part(line, 0, at));
    }
    return NO_DAY;
}

/* <time datetime> and the like inside an item. */
static void take_stamps(lists *s)
{
    const tokens *t = s->a->t;
    for (uint32_t i = 0, k = 0; i < t->marks.count; i++) {
        const mark *m = &t->marks.at[i];
        if (!m->stamp.len || !(m->tag == TAG_TIME || m->hints & HINT_DATE))
            continue;
        while (k < s->items.count && box_at(s, s->items.at[k].box)->end <= m->leaf)
            k++;
        day d;
        if (k < s->items.count && s->items.at[k].day == NO_DAY && box_at(s, s->items.at[k].box)->first <= m->leaf && dates_stamp(t->arena, m->stamp, s->habit, &d, NULL))
            s->items.at[k].day = d;
    }
}

/* Dates that stand between the items: behind each, or else before each. */
static void take_neighbours(lists *s)
{
    const tokens *t = s->a->t;
    for (uint32_t k = 0, taken = NONE; k < s->items.count; k++) {
        item *it = &s->items.at[k];
        const box *b = box_at(s, it->box);
        uint32_t next = k + 1 < s->items.count ? box_at(s, s->items.at[k + 1].box)->first : t->leaves.count;
        day d;
        if (it->day != NO_DAY)
            continue;
        if (b->first && b->first - 1 != taken && dates_is_line(t->leaves.at[b->first - 1].text, s->habit, &d)) {
            it->day = d;
        } else if (b->end < t->leaves.count && b->end < next && dates_is_line(t->leaves.at[b->end].text, s->habit, &d)) {
            it->day = d;
            taken = b->end; /* it is not the next item's, too */
        }
    }
}

static bool is_in_menu(const lists *s, uint32_t here)
{
    if (box_at(s, here)->above & (HINT_NAV | HINT_FOOT))
        return true;
    while (here && box_at(s, here)->tag != TAG_NAV)
        here = box_at(s, here)->parent;
    return here != 0;
}

/* Alone it is a link; two of a kind, or one with a date, are a list. */
static bool is_listed(const lists *s, uint32_t k)
{
    const item *it = &s->items.at[k];
    bool menu = is_in_menu(s, s->a->t->leaves.at[it->leaf].box);
    if (it->day != NO_DAY)
        return true;
    if (menu || (page_words(it->text) < 4 && it->text.len < 24))
        return false;
    uint32_t key = box_at(s, it->box)->key;
    return (k && box_at(s, s->items.at[k - 1].box)->key == key) || (k + 1 < s->items.count && box_at(s, s->items.at[k + 1].box)->key == key);
}

void links_find(about *a, bool month_first)
{
    lists s = {.a = a, .habit = {.arena = a->t->arena, .month_first = month_first, .today = NO_DAY}};
    collect(&s);
    count_before(&s);
    for (uint32_t i = 0; i < s.items.count; i++)
        s.items.at[i].box = item_box(&s, &s.items.at[i]);
    take_stamps(&s);
    for (uint32_t i = 0; i < s.items.count; i++)
        if (s.items.at[i].day == NO_DAY)
            s.items.at[i].day = day_in_box(&s, &s.items.at[i]);
    take_neighbours(&s);
    for (uint32_t i = 0; i < s.items.count && a->d->links.count < MOST_LINKS; i++)
        if (is_listed(&s, i)) {
            const item *it = &s.items.at[i];
            str href = tokens_plain(a->t->arena, it->href);
            *vec_push(a->t->arena, &a->d->links) = (link){it->text, href, it->day, a->d->at + a->t->leaves.at[it->leaf].offset};
        }
}
