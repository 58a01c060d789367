/* What the text says of its own date. A page may bear any date: that of its last edit, of its move to a new system, of
 * today. Only what the text itself counts can show that it cannot be right. */
#include "mention/inside.h"
#include "mention/timevalue.h"

static void evidence_add(scan *s, span at)
{
    *vec_push(s->a, &s->d->evidence) = at;
}

/* "still ongoing war", "the war still rages": what goes on as the text is written. */
static bool still_at(const scan *s, uint32_t t, span *ret)
{
    static const char *const going[] = {"ongoing", "continuing", "raging", "going", "continues", "rages", "under", "unfolding", "fighting", "underway"};
    static const char *const strife[] = {"war", "conflict", "fighting", "crisis", "hostilities", "siege", "offensive", "battle", "invasion"};
    uint32_t end = scan_end(s, t);
    bool still = scan_is(s, t, "still") && t + 1 < end && scan_is_any(s, t + 1, going, COUNT(going));
    bool current = (scan_is(s, t, "current") || scan_is(s, t, "ongoing")) && t + 1 < end && scan_is_any(s, t + 1, strife, COUNT(strife));
    if (!still && !current)
        return false;
    uint32_t last = t + 1;
    if (still && last + 1 < end && scan_is_any(s, last + 1, strife, COUNT(strife)))
        last++;
    *ret = (span){scan_token(s, t)->span.start, scan_token(s, last)->span.end};
    return true;
}

static bool is_counted_on(const scan *s, const timex *t)
{
    return t->type == TIMEX_DATE && date_known(t->date) && t->last > t->first && scan_is(s, t->last, "later");
}

static bool has_year(const scan *s, const timex *t)
{
    str form = doc_str(s->d, t->span);
    uint32_t digits = 0;
    for (uint32_t i = 0; i < form.len; i++) {
        digits = form.at[i] >= '0' && form.at[i] <= '9' ? digits + 1 : 0;
        if (digits == 4)
            return true;
    }
    return false;
}

/* The latest day that any dated time of the text may mean. */
static day latest(const scan *s)
{
    day last = NO_DAY;
    for (uint32_t i = 0; i < s->d->times.count; i++) {
        const timex *t = &s->d->times.at[i];
        if (t->type == TIMEX_DATE && date_known(t->date) && (is_counted_on(s, t) || has_year(s, t)) && (last == NO_DAY || t->date.from > last))
            last = t->date.from;
    }
    return last;
}

/* "Four years later" and nothing told after it, while something that is told is still going on: the text was written
 * then. Counted days are worth nothing without a date written out before them. */
static bool written_then(scan *s, date *ret)
{
    const timex *counted = NULL, *anchor = NULL, *before = NULL;
    for (uint32_t i = 0; i < s->d->times.count; i++) {
        const timex *t = &s->d->times.at[i];
        if (is_counted_on(s, t) && before) {
            counted = t;
            anchor = before;
        }
        if (t->type == TIMEX_DATE && date_known(t->date) && has_year(s, t))
            before = t;
    }
    span still = {0, 0};
    for (uint32_t t = 0; t < s->d->tokens.count && !still.end; t++)
        still_at(s, t, &still);
    if (!counted || !still.end || latest(s) > counted->date.from)
        return false;
    evidence_add(s, anchor->span);
    evidence_add(s, counted->span);
    evidence_add(s, still);
    *ret = counted->date;
    return true;
}

/* "today, 5 April 2016" and "this year, 2016". */
static bool written_today(scan *s, date *ret)
{
    static const char *const words[] = {"today", "yesterday", "tonight"};
    for (uint32_t i = 0; i + 1 < s->d->times.count; i++) {
        const timex *a = &s->d->times.at[i], *b = &s->d->times.at[i + 1];
        bool beside = b->first == a->last + 2 && (scan_is(s, a->last + 1, ",") || scan_is(s, a->last + 1, "("));
        if (!beside || !scan_is_any(s, a->first, words, COUNT(words)) || !date_known(b->date) || b->date.from != b->date.to || b->value.len != 10)
            continue;
        day d = b->date.from + (scan_is(s, a->first, "yesterday") ? 1 : 0);
        evidence_add(s, (span){a->span.start, b->span.end});
        *ret = date_of_day(d);
        return true;
    }
    return false;
}

bool date_text(scan *s)
{
    head *h = &s->d->head;
    date written;
    if (h->published_from == DATED_GIVEN || (!written_today(s, &written) && !written_then(s, &written)))
        return false;
    h->written = written;
    day published = h->published_day;
    bool later = published != NO_DAY && published > written.to + 180, earlier = published != NO_DAY && published + 31 < written.from;
    h->conflict = later || earlier;
    if (h->conflict)
        h->reference = written.from == written.to ? written.from : NO_DAY;
    return h->conflict;
}
