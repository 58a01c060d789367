/* Stories: one act with all its reports.
 *
 * Reports of one pair and type are swept in order of day. A report joins the first story that it may tell of, else it
 * begins one. It may tell of a story that names no other mode or place and began on its day or, where its words do not tell
 * the day of the act, the day before. A near copy of what the story has may have another mode, and where it does not tell
 * the day it may come some days later. Within a day the order is by place, mode and the hash of the finding. So the
 * stories depend on the set of reports alone, not on the order in which they came, and a long war is not one story. What
 * was swept before the first day that changed is as it was; and the sweep ends where it comes out as it did before. */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/inside.h"

enum {
    NEXT = 1,             /* days after its story began on which a report without a day may still join it */
    REACH = LEDGER_REACH, /* where it is a near copy */
    DAYS = REACH + 1,     /* whose stories may take reports in */
    NEAR = 50,            /* of a hundred: from here on sentences are near copies */
    TELLINGS = 8,         /* of a story that reports are compared with, so that a war of many reports is not slow */
};

typedef struct report {
    int64_t event, outlet, mode, place;
    uint64_t finding;
    day day, published;
    int weight;
    bool party, dated;
    wordset words;
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
    wordset tellings[TELLINGS]; /* the first that differ */
    int told;
} story;

/* The stories that begin on one day, with their reports so far. */
typedef struct stories {
    day day;
    bool changed; /* and must be written */
    story *at;
    int count, room;
    reports members;
} stories;

typedef struct sweep {
    ledger *l;
    int64_t a, b;
    int type;
    bool pooled;
    stories days[DAYS];
    reports read; /* from the table, by day and content; those before `at` have been swept */
    size_t at;
    day read_to;
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

/* By day; then what names a place comes first, then what names a mode. */
static int by_content(const void *x, const void *y)
{
    const report *a = x, *b = y;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->place != b->place)
        return a->place > b->place ? -1 : 1;
    if (a->mode != b->mode)
        return a->mode > b->mode ? -1 : 1;
    if (a->finding != b->finding)
        return a->finding < b->finding ? -1 : 1;
    return 0;
}

static report read_report(sqlite3_stmt *row)
{
    return (report){.event = sqlite3_column_int64(row, 0), .finding = (uint64_t)sqlite3_column_int64(row, 1),
                    .published = sqlite3_column_int(row, 2), .outlet = sqlite3_column_int64(row, 3), .weight = sqlite3_column_int(row, 4),
                    .party = sqlite3_column_int(row, 5), .mode = sqlite3_column_int64(row, 6), .place = sqlite3_column_int64(row, 7),
                    .old_anchor = ledger_day_at(row, 8),
                    .old_seq = sqlite3_column_int(row, 9), .day = sqlite3_column_int(row, 10), .dated = sqlite3_column_int(row, 11),
                    .words = ledger_words_of(row, 12)};
}

static void read_days(sweep *s, day from, day to)
{
    ledger *l = s->l;
    s->read.count = s->at = 0;
    s->read_to = to;
    row_start(l, SQL_FIND_REPORTS);
    bind_key(s);
    row_int(l, from);
    row_int(l, to);
    while (row_next(l))
        reports_add(l, &s->read, read_report(l->row));
    if (s->read.count)
        qsort(s->read.at, s->read.count, sizeof *s->read.at, by_content);
}

/* The next report of the day, or NULL. */
static report *next_report(sweep *s, day day)
{
    if (day > s->read_to)
        read_days(s, day, day + REACH);
    return s->at < s->read.count && s->read.at[s->at].day == day && !s->l->wrong ? &s->read.at[s->at++] : NULL;
}

/* ---- assigning ---- */

/* Where the stories of a day are kept; those of DAYS days have room. */
static stories *stories_of(sweep *s, day day)
{
    return &s->days[(unsigned)day % DAYS];
}

static bool same_mode(const story *s, const report *r)
{
    return !s->mode || !r->mode || s->mode == r->mode;
}

/* How much alike the report is with what the story has, of a hundred. */
static int likeness(const story *s, const report *r)
{
    int like = 0;
    for (int i = 0; i < s->told; i++)
        like = MAX(like, ledger_likeness(&s->tellings[i], &r->words));
    return like;
}

static void enter(ledger *l, stories *list, report *r, int seq)
{
    story *into = &list->at[seq];
    into->mode = into->mode ? into->mode : r->mode;
    into->place = ledger_closer_place(into->place, r->place);
    if (into->told < TELLINGS && likeness(into, r) < 100)
        into->tellings[into->told++] = r->words;
    r->anchor = list->day;
    r->seq = seq;
    reports_add(l, &list->members, *r);
}

/* Whoever tells two modes in one text tells of two acts. */
static bool told_apart(const stories *list, int seq, const report *r)
{
    for (const report *m = list->members.at; m < list->members.at + list->members.count; m++)
        if (m->seq == seq && m->event >> LEDGER_ITEM_BITS == r->event >> LEDGER_ITEM_BITS)
            return true;
    return false;
}

/* How near the report is to a story: NEAR and more to one that it is a near copy of, 0 to another that it may tell of, else
 * less than 0. */
static int nearness(const stories *list, int seq, const report *r)
{
    const story *s = &list->at[seq];
    if (!ledger_same_place(s->place, r->place) || (r->dated && r->day != list->day))
        return -1;
    int like = likeness(s, r);
    if (like >= NEAR && (same_mode(s, r) || !told_apart(list, seq, r)))
        return like;
    return same_mode(s, r) && r->day <= list->day + NEXT ? 0 : -1;
}

/* Of the stories that it may tell of, the nearest; the first of those. */
static bool join(sweep *s, report *r)
{
    int best = -1, seq = 0;
    stories *into = NULL;
    for (day day = r->day - REACH; day <= r->day; day++) {
        stories *list = stories_of(s, day);
        for (int i = 0; i < list->count; i++) {
            int near = nearness(list, i, r);
            if (near <= best)
                continue;
            best = near;
            into = list;
            seq = i;
        }
    }
    if (into)
        enter(s->l, into, r, seq);
    return into;
}

static bool found_story(ledger *l, stories *list)
{
    size_t room = (size_t)list->room;
    if (!ledger_grow(l, (void **)&list->at, (size_t)list->count, &room, sizeof *list->at))
        return false;
    list->room = (int)room;
    list->at[list->count++] = (story){0};
    return true;
}

static void assign(sweep *s, report *r)
{
    stories *today = stories_of(s, r->day);
    if (!join(s, r) && found_story(s->l, today))
        enter(s->l, today, r, today->count - 1);
}

static void begin_day(sweep *s, day day)
{
    stories *list = stories_of(s, day);
    list->day = day;
    list->changed = false;
    list->count = 0;
    list->members.count = 0;
}

/* The stories of the days before the first that changed that may still take reports in, as they stand. */
static void recall(sweep *s, day first)
{
    read_days(s, first - REACH, first + REACH);
    for (day day = first - REACH; day < first; day++) {
        begin_day(s, day);
        for (report *r; (r = next_report(s, day));) {
            stories *list = r->old_anchor == NO_DAY || r->old_anchor < first - REACH ? NULL : stories_of(s, r->old_anchor);
            while (list && list->count <= r->old_seq && found_story(s->l, list))
                ;
            if (list && !s->l->wrong)
                enter(s->l, list, r, r->old_seq);
        }
    }
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
    row_int(s->l, (int64_t)best->finding);
    row_do(s->l);
    buffer_free(&told);
    pool_add(s, day, !party);
}

/* No report can join the stories of this day any more. */
static void finish_day(sweep *s, stories *list)
{
    reports *m = &list->members;
    if (!list->changed)
        return;
    drop(s, list->day);
    if (m->count)
        qsort(m->at, m->count, sizeof *m->at, by_story);
    for (size_t i = 0, end; i < m->count; i = end) {
        for (end = i + 1; end < m->count && m->at[end].seq == m->at[i].seq; end++)
            ;
        put_story(s, list->day, &m->at[i], end - i);
    }
    list->changed = false;
}

static void set_story(sweep *s, const report *r)
{
    row_start(s->l, SQL_SET_STORY);
    row_int(s->l, r->anchor);
    row_int(s->l, r->seq);
    row_int(s->l, r->event);
    row_int(s->l, s->a);
    row_int(s->l, s->b);
    row_do(s->l);
}

/* ---- the sweep ---- */

/* Sweeps one day; whether every report came out where it was. */
static bool sweep_day(sweep *s, day day, bool changed)
{
    bool same = true;
    finish_day(s, stories_of(s, day - DAYS));
    begin_day(s, day);
    stories_of(s, day)->changed = changed;
    for (report *r; (r = next_report(s, day));) {
        assign(s, r);
        if (s->l->wrong || (r->anchor == r->old_anchor && r->seq == r->old_seq))
            continue;
        same = false;
        stories_of(s, r->anchor)->changed = true;
        if (r->old_anchor != NO_DAY)
            stories_of(s, r->old_anchor)->changed = true;
        set_story(s, r);
    }
    return same;
}

/* From a stale day on until nothing changes any more; returns the first of the stale that was not reached. */
static const stale *sweep_from(sweep *s, const stale *first, const stale *end)
{
    day last = first->day;
    recall(s, last);
    for (day day = last; day <= last + REACH && !s->l->wrong; day++) {
        bool changed = first < end && first->day == day;
        while (first < end && first->day == day)
            first++;
        if (!sweep_day(s, day, changed) || changed) /* a stale day may be empty now, and later ones miss its stories */
            last = day;
    }
    for (int i = 0; i < DAYS && !s->l->wrong; i++)
        finish_day(s, &s->days[i]);
    return first;
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

static void gather_key(ledger *l, const stale *first, const stale *end)
{
    sweep s = {.l = l, .a = first->a, .b = first->b, .type = first->type};
    s.pooled = is_state(l, s.a) && is_state(l, s.b);
    while (first < end && !l->wrong)
        first = sweep_from(&s, first, end);
    for (int i = 0; i < DAYS; i++) {
        free(s.days[i].at);
        free(s.days[i].members.at);
    }
    free(s.read.at);
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
