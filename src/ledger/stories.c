/* Stories: one act with all its reports.
 *
 * Reports of one pair and type are swept in order of day. A report joins the first story that began on its day or the
 * day before and that tells of no other mode or place; else it begins one. Within a day the order is by place, mode and
 * the hash of the finding. So the stories depend on the set of reports alone, not on the order in which they came, and a
 * long war is not one story. What was swept before the first day that changed is as it was; and the sweep ends where
 * it comes out as it did before. */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/inside.h"

typedef struct report {
    int64_t event, outlet, mode, place;
    uint64_t finding;
    day published;
    int weight;
    bool party;
    day anchor, old_anchor; /* NO_DAY while in none */
    int seq, old_seq;
} report;

typedef struct reports {
    report *at;
    size_t count, room;
} reports;

/* A story that may still take reports in. */
typedef struct story {
    int64_t mode, place;
} story;

/* The stories that begin on one day, with their reports of that day and the next. */
typedef struct stories {
    day day;
    story *at;
    int count, room;
    reports members;
} stories;

typedef struct sweep {
    ledger *l;
    int64_t a, b;
    int type;
    bool pooled;
    stories yesterday, today;
} sweep;

static void reports_add(ledger *l, reports *list, report r)
{
    if (ledger_grow(l, (void **)&list->at, list->count, &list->room, sizeof r))
        list->at[list->count++] = r;
}

static void bind_key(const sweep *s)
{
    row_int(s->l, s->a);
    row_int(s->l, s->b);
    row_int(s->l, s->type);
}

/* ---- reading ---- */

static void read_day(sweep *s, day day, reports *ret)
{
    ledger *l = s->l;
    ret->count = 0;
    row_start(l, SQL_FIND_REPORTS);
    bind_key(s);
    row_int(l, day);
    while (row_next(l)) {
        sqlite3_stmt *row = l->row;
        report r = {.event = sqlite3_column_int64(row, 0), .finding = (uint64_t)sqlite3_column_int64(row, 1),
                    .published = sqlite3_column_int(row, 2), .outlet = sqlite3_column_int64(row, 3),
                    .weight = sqlite3_column_int(row, 4), .party = sqlite3_column_int(row, 5),
                    .mode = sqlite3_column_int64(row, 6), .place = sqlite3_column_int64(row, 7),
                    .old_anchor = sqlite3_column_type(row, 8) == SQLITE_NULL ? NO_DAY : sqlite3_column_int(row, 8),
                    .old_seq = sqlite3_column_int(row, 9)};
        reports_add(l, ret, r);
    }
}

/* What names a place comes first, then what names a mode. */
static int by_content(const void *x, const void *y)
{
    const report *a = x, *b = y;
    if (a->place != b->place)
        return a->place > b->place ? -1 : 1;
    if (a->mode != b->mode)
        return a->mode > b->mode ? -1 : 1;
    if (a->finding != b->finding)
        return a->finding < b->finding ? -1 : 1;
    return 0;
}

/* ---- assigning ---- */

static bool fits(const story *s, const report *r)
{
    return (!s->mode || !r->mode || s->mode == r->mode) && (!s->place || !r->place || s->place == r->place);
}

static bool join(ledger *l, stories *list, report *r)
{
    for (int i = 0; i < list->count; i++) {
        if (!fits(&list->at[i], r))
            continue;
        r->anchor = list->day;
        r->seq = i;
        list->at[i].mode = list->at[i].mode ? list->at[i].mode : r->mode;
        list->at[i].place = list->at[i].place ? list->at[i].place : r->place;
        reports_add(l, &list->members, *r);
        return true;
    }
    return false;
}

static void found(ledger *l, stories *list)
{
    size_t room = (size_t)list->room;
    if (ledger_grow(l, (void **)&list->at, (size_t)list->count, &room, sizeof *list->at))
        list->at[list->count++] = (story){0, 0};
    list->room = (int)room;
}

static void assign(sweep *s, report *r)
{
    if (join(s->l, &s->yesterday, r))
        return;
    if (!join(s->l, &s->today, r)) {
        found(s->l, &s->today);
        join(s->l, &s->today, r);
    }
}

static void begin_day(stories *list, day day)
{
    list->day = day;
    list->count = 0;
    list->members.count = 0;
}

/* The stories of the day before the first that changed, with their reports of that day, as they stand. */
static void recall(sweep *s, day day)
{
    reports all = {0};
    begin_day(&s->yesterday, day);
    read_day(s, day, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_content);
    for (size_t i = 0; i < all.count && !s->l->wrong; i++) {
        report *r = &all.at[i];
        if (r->old_anchor != day)
            continue;
        while (s->yesterday.count <= r->old_seq && !s->l->wrong)
            found(s->l, &s->yesterday);
        if (s->l->wrong)
            break;
        story *into = &s->yesterday.at[r->old_seq];
        into->mode = into->mode ? into->mode : r->mode;
        into->place = into->place ? into->place : r->place;
        r->anchor = day;
        r->seq = r->old_seq;
        reports_add(s->l, &s->yesterday.members, *r);
    }
    free(all.at);
}

/* ---- writing ---- */

static void pool_add(sweep *s, day day, int count)
{
    if (!s->pooled || !count)
        return;
    row_start(s->l, SQL_PUT_POOL);
    row_int(s->l, day);
    row_int(s->l, s->type);
    row_int(s->l, count);
    row_do(s->l);
}

static void bind_day_key(sweep *s, int statement, day day)
{
    row_start(s->l, statement);
    row_int(s->l, s->a);
    row_int(s->l, s->b);
    row_int(s->l, day);
    row_int(s->l, s->type);
}

/* Takes the stories of a day out. */
static void drop(sweep *s, day day)
{
    int pooled = 0, all = 0;
    bind_day_key(s, SQL_FIND_STORIES, day);
    while (row_next(s->l)) {
        pooled += !sqlite3_column_int(s->l->row, 0);
        all++;
    }
    if (!all)
        return;
    bind_day_key(s, SQL_DROP_STORIES, day);
    row_do(s->l);
    pool_add(s, day, -pooled);
}

static int by_story(const void *x, const void *y)
{
    const report *a = x, *b = y;
    if (a->seq != b->seq)
        return a->seq < b->seq ? -1 : 1;
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    return a->finding < b->finding ? -1 : a->finding > b->finding;
}

static bool told_before(const report *first, const report *r)
{
    for (const report *p = first; p < r; p++)
        if (p->outlet == r->outlet && p->party == r->party)
            return true;
    return false;
}

static bool better(const report *a, const report *b)
{
    if (a->party != b->party)
        return !a->party;
    return a->weight != b->weight ? a->weight > b->weight : a->finding < b->finding;
}

/* One row: each outlet with the day on which it told the act first, by its weight then, and whether by a party's word. */
static void put_story(sweep *s, day day, const report *first, size_t count)
{
    buffer told = {0};
    const report *best = first;
    bool party = true;
    for (const report *r = first; r < first + count; r++) {
        party &= r->party;
        best = better(r, best) ? r : best;
        if (!told_before(first, r))
            buffer_format(&told, "%s%lld:%d:%d%s", told.len ? " " : "", (long long)r->outlet, r->published, r->weight, r->party ? "p" : "");
    }
    if (told.failed)
        ledger_good(s->l, SQLITE_NOMEM);
    bind_day_key(s, SQL_PUT_STORY, day);
    row_int(s->l, first->seq);
    row_int(s->l, party);
    row_int(s->l, (int64_t)count);
    row_text(s->l, (str){told.at, (uint32_t)told.len});
    row_int(s->l, best->event);
    row_do(s->l);
    buffer_free(&told);
    pool_add(s, day, !party);
}

/* No report can join the stories of this day any more. */
static void finish_day(sweep *s, stories *list)
{
    reports *m = &list->members;
    drop(s, list->day);
    if (m->count)
        qsort(m->at, m->count, sizeof *m->at, by_story);
    for (size_t i = 0, end; i < m->count; i = end) {
        for (end = i + 1; end < m->count && m->at[end].seq == m->at[i].seq; end++)
            ;
        put_story(s, list->day, &m->at[i], end - i);
    }
}

static void set_story(sweep *s, day day, const report *r)
{
    row_start(s->l, SQL_SET_STORY);
    row_int(s->l, r->anchor);
    row_int(s->l, r->seq);
    bind_key(s);
    row_int(s->l, day);
    row_int(s->l, r->event);
    row_do(s->l);
}

/* ---- the sweep ---- */

/* Sweeps one day; whether every report came out where it was. */
static bool sweep_day(sweep *s, day day, reports *all)
{
    bool same = true;
    begin_day(&s->today, day);
    read_day(s, day, all);
    if (all->count)
        qsort(all->at, all->count, sizeof *all->at, by_content);
    for (size_t i = 0; i < all->count && !s->l->wrong; i++) {
        report *r = &all->at[i];
        assign(s, r);
        if (r->anchor == r->old_anchor && r->seq == r->old_seq)
            continue;
        same = false;
        set_story(s, day, r);
    }
    return same;
}

/* From the first changed day to the last, and on until nothing changes; returns the last day swept. */
static day sweep_from(sweep *s, day first, day last)
{
    reports all = {0};
    day day = first;
    recall(s, first - 1);
    for (;; day++) {
        bool same = sweep_day(s, day, &all);
        finish_day(s, &s->yesterday);
        stories swap = s->yesterday;
        s->yesterday = s->today;
        s->today = swap;
        if (s->l->wrong || (same && day > last)) /* the last changed day may be empty now, and the next one miss its story */
            break;
    }
    free(all.at);
    return day;
}

static int by_key(const void *x, const void *y)
{
    const stale *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    return a->day < b->day ? -1 : a->day > b->day;
}

static bool same_key(const stale *a, const stale *b)
{
    return a->a == b->a && a->b == b->b && a->type == b->type;
}

static bool is_state(ledger *l, int64_t power)
{
    bool state = false;
    row_start(l, SQL_POWER_STATE);
    row_int(l, power);
    if (row_next(l)) {
        state = sqlite3_column_int(l->row, 0);
        row_end(l);
    }
    return state;
}

/* Days of one key that are close together are swept in one go. */
static void gather_key(ledger *l, const stale *first, const stale *end)
{
    sweep s = {.l = l, .a = first->a, .b = first->b, .type = first->type};
    s.pooled = is_state(l, s.a) && is_state(l, s.b);
    while (first < end && !l->wrong) {
        const stale *last = first;
        while (last + 1 < end && last[1].day - last->day <= 2)
            last++;
        day swept = sweep_from(&s, first->day, last->day);
        for (first = last + 1; first < end && first->day < swept; first++)
            ;
    }
    stories *both[] = {&s.yesterday, &s.today};
    for (size_t i = 0; i < COUNT(both); i++) {
        free(both[i]->at);
        free(both[i]->members.at);
    }
}

void ledger_gather(ledger *l)
{
    if (!l->stale_count)
        return;
    stale *first = l->stales, *end = first + l->stale_count;
    qsort(first, l->stale_count, sizeof *first, by_key);
    while (first < end && !l->wrong) {
        stale *next = first + 1;
        while (next < end && same_key(first, next))
            next++;
        gather_key(l, first, next);
        first = next;
    }
    l->stale_count = 0;
}
