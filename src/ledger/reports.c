/* Reports: an asserted event of one pair of powers in one document, which is what stories are gathered from.
 *
 * A pair is directed. Not reported are events that are denied, supposed, announced or of another time, events without a
 * day, and all of a document whose dates are in conflict until somebody settles them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/inside.h"

enum {
    VAGUE = 31,            /* days that a date may cover and still be put into a series */
    ECHO_DAYS = 14,        /* the same words about the same act, later, are the same act */
    ECHO_LOT = 16,         /* echoes are looked for among so many days at a time (schema.c), which are more than ECHO_DAYS */
    WEIGHT_STEP = 25,      /* weights are thousandths in these steps, so that a measure can count alike ones */
};

bool ledger_grow(ledger *l, void **at, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    size_t more = *room ? 2 * *room : 8;
    void *moved = realloc(*at, more * size);
    if (!moved)
        return ledger_good(l, SQLITE_NOMEM);
    *at = moved;
    *room = more;
    return true;
}

void ledger_stale(ledger *l, int64_t a, int64_t b, int type, day day)
{
    if (ledger_grow(l, (void **)&l->stales, l->stale_count, &l->stale_room, sizeof *l->stales))
        l->stales[l->stale_count++] = (stale){a, b, type, day};
}

/* ---- who, and how much ---- */

void ledger_powers_add(powers *p, int64_t power)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->at[i] == power)
            return;
    if (power && p->count < MOST_POWERS)
        p->at[p->count++] = power;
}

static bool is_mutual(uint8_t type)
{
    return type == EVENT_CONSULT || type == EVENT_AGREE || type == EVENT_COOPERATE;
}

/* A meeting of n is n - 1 meetings of each: it counts once for each of them, not n - 1 times. */
static int weight_of(const told *t)
{
    powers all = t->actors;
    for (uint32_t i = 0; i < t->recipients.count; i++)
        ledger_powers_add(&all, t->recipients.at[i]);
    double weight = t->confidence * 1000;
    if (t->type == EVENT_CONSULT && all.count > 2)
        weight /= all.count - 1;
    int steps = (int)(weight / WEIGHT_STEP + 0.5);
    return MIN(MAX(steps, 1), 1000 / WEIGHT_STEP) * WEIGHT_STEP;
}

/* ---- when ---- */

static day own_day(const dated *d)
{
    return d->settled != NO_DAY ? d->settled : d->published != NO_DAY && !d->conflict ? d->published : d->reference;
}

static day act_day(const dated *d, const told *t)
{
    day known = own_day(d);
    if (!date_known(t->date))
        return d->settled != NO_DAY ? d->settled : d->reference != NO_DAY ? d->reference : known;
    if (t->date.to - t->date.from > VAGUE)
        return NO_DAY;
    return known != NO_DAY && t->date.from > known ? known : t->date.from;
}

/* Whether the words tell the very day. "This week" leaves it open, and a day that is still to come is none of what was done. */
static bool is_dated(const dated *d, const told *t)
{
    return date_known(t->date) && t->date.from == t->date.to && (own_day(d) == NO_DAY || t->date.from <= own_day(d));
}

/* ---- the same words ---- */

/* A hash of the letters of the sentence and of what is told in it; 0 where it is too short to be told by them. */
static int64_t echo_of(const told *t, int64_t a, int64_t b)
{
    int64_t key[] = {t->letters, a, b, t->type};
    return t->letters ? ledger_hash((str){(const char *)key, sizeof key}, ECHO_BITS) : 0;
}

static void row_hash(ledger *l, int64_t hash)
{
    if (hash)
        row_int(l, hash);
    else
        row_null(l);
}

/* ---- told by a party ---- */

/* Words are the speaker's own act; but what one of the two says that was done is his word for it. */
static bool is_told_by_party(const told *t, int64_t a, int64_t b)
{
    bool words = event_quads[t->type] == 1 || event_quads[t->type] == 3;
    return t->speaker && (t->speaker == b || (t->speaker == a && !words));
}

/* ---- putting in ---- */

static bool is_withdrawn(ledger *l, int64_t finding)
{
    char id[20];
    if (!l->corrected)
        return false;
    snprintf(id, sizeof id, "%016llx", (unsigned long long)finding);
    row_start(l, SQL_FIND_WITHDRAWN);
    row_name(l, id);
    bool found = row_next(l);
    row_end(l);
    return found;
}

/* A report found among the echoes of another. */
typedef struct echo {
    int64_t a, b, event;
    int type;
    day day, anchor, act_day;
} echo;

/* A report leaves its day, and its story, which may have begun on another. */
static void leave(ledger *l, stale at, day anchor)
{
    ledger_stale(l, at.a, at.b, at.type, at.day);
    if (anchor != NO_DAY && anchor != at.day)
        ledger_stale(l, at.a, at.b, at.type, anchor);
}

typedef struct echoes {
    echo *at;
    size_t count, room;
} echoes;

/* Those of one lot of days, after what is in the list; how many there are. */
static size_t read_lot(ledger *l, int64_t hash, int64_t lot, echoes *ret)
{
    size_t before = ret->count;
    row_start(l, SQL_FIND_ECHOES);
    row_int(l, lot);
    row_int(l, hash);
    while (row_next(l)) {
        if (!ledger_grow(l, (void **)&ret->at, ret->count, &ret->room, sizeof *ret->at)) {
            row_end(l);
            break;
        }
        sqlite3_stmt *s = l->row;
        ret->at[ret->count++] = (echo){.event = sqlite3_column_int64(s, 0), .a = sqlite3_column_int64(s, 1), .b = sqlite3_column_int64(s, 2),
                                       .type = sqlite3_column_int(s, 3), .day = sqlite3_column_int(s, 4), .anchor = ledger_day_at(s, 5),
                                       .act_day = sqlite3_column_int(s, 6)};
    }
    return ret->count - before;
}

static int by_act_day(const void *x, const void *y)
{
    const echo *a = x, *b = y;
    return (a->act_day > b->act_day) - (a->act_day < b->act_day);
}

/* All that hang together with those of a day, by day: a lot without any is a gap over which nothing is told again. */
static echoes read_echoes(ledger *l, int64_t hash, day day)
{
    echoes all = {0};
    int64_t lot = (int64_t)floor((double)day / ECHO_LOT), first = lot;
    while (read_lot(l, hash, first - 1, &all))
        first--;
    all.count = 0;
    size_t found = 0;
    for (int64_t i = first; i <= lot + 1 || found; i++)
        found = read_lot(l, hash, i, &all);
    if (all.count > 1)
        qsort(all.at, all.count, sizeof *all.at, by_act_day);
    return all;
}

/* Who tells the same act in the same words later tells it of the day on which it was told first. */
static void settle_echoes(ledger *l, int64_t hash, day day)
{
    echoes all = {0};
    if (hash)
        all = read_echoes(l, hash, day);
    int first = NO_DAY;
    for (size_t i = 0; i < all.count; i++) {
        echo *e = &all.at[i];
        if (first == NO_DAY || e->act_day - first > ECHO_DAYS)
            first = e->act_day;
        if (e->day == first)
            continue;
        row_start(l, SQL_MOVE_REPORT);
        row_int(l, first);
        row_int(l, e->event);
        row_int(l, e->a);
        row_int(l, e->b);
        row_do(l);
        leave(l, (stale){e->a, e->b, e->type, e->day}, e->anchor);
        ledger_stale(l, e->a, e->b, e->type, first);
    }
    free(all.at);
}

/* By force or with troops: docs/measure.md tests duties by these. */
static bool is_attack(uint8_t type)
{
    return type == EVENT_ASSAULT || type == EVENT_COERCE || type == EVENT_MOBILIZE;
}

static void put_report(ledger *l, const dated *d, const told *t, int64_t a, int64_t b, int weight, day day)
{
    int64_t echo = echo_of(t, a, b);
    bool party = is_told_by_party(t, a, b);
    row_start(l, SQL_PUT_REPORT);
    row_int(l, t->event);
    row_int(l, a);
    row_int(l, b);
    row_int(l, t->type);
    row_int(l, day);
    row_int(l, t->finding);
    row_int(l, day);
    row_int(l, own_day(d) == NO_DAY ? day : own_day(d));
    row_int(l, d->outlet);
    row_int(l, weight);
    row_int(l, party);
    row_hash(l, echo);
    row_hash(l, t->mode);
    row_hash(l, t->place);
    row_int(l, is_dated(d, t));
    row_words(l, &t->words);
    row_name(l, is_attack(t->type) ? t->country : "");
    if (is_attack(t->type))
        row_int(l, t->seizes);
    else
        row_null(l);
    row_do(l);
    ledger_stale(l, a, b, t->type, day);
    settle_echoes(l, echo, day);
}

void ledger_report(ledger *l, const dated *d, told *t)
{
    day day = act_day(d, t);
    if ((d->conflict && d->settled == NO_DAY) || t->auxiliary & (NOT_ASSERTED | AUXILIARY_HISTORICAL) || day == NO_DAY ||
        is_withdrawn(l, t->finding))
        return;
    if (!t->recipients.count && is_mutual(t->type))
        t->recipients = t->actors;
    int weight = weight_of(t);
    for (uint32_t i = 0; i < t->actors.count; i++)
        for (uint32_t j = 0; j < t->recipients.count; j++)
            if (t->actors.at[i] != t->recipients.at[j])
                put_report(l, d, t, t->actors.at[i], t->recipients.at[j], weight, day);
}

/* ---- from a document at hand ---- */

static powers powers_of(const doc *d, slice side, const int64_t *numbers)
{
    powers p = {.count = 0};
    for (uint32_t i = 0; i < side.count; i++)
        ledger_powers_add(&p, numbers[doc_ref(d, side, i)]);
    return p;
}

static int64_t speaker_of(const doc *d, const event *e, const int64_t *powers)
{
    uint32_t speaker = e->statement == NONE ? NONE : d->statements.at[e->statement].speaker;
    return speaker == NONE ? 0 : powers[speaker];
}

static int64_t place_of(const place *p)
{
    return ledger_place(p->name, str_of(p->country), p->feature);
}

static told told_of(const doc *d, uint32_t number, const int64_t *powers)
{
    const event *e = &d->events.at[number];
    uint32_t sentence = e->sentence != NONE ? e->sentence : doc_sentence_at(d, e->span.start);
    str words = sentence < d->sentences.count ? doc_str(d, d->sentences.at[sentence].span) : (str){"", 0};
    told t = {.finding = (int64_t)strtoull(write_event_id(d, number).hex, NULL, 16), .type = e->event, .auxiliary = e->auxiliary,
                  .date = e->date, .confidence = (double)ledger_thousandths(e->confidence) / 1000, .mode = ledger_hash(e->modes, MODE_BITS),
                  .place = e->place == NONE ? 0 : place_of(&d->places.at[e->place]),
                  .letters = ledger_letters(words), .words = ledger_words(words),
                  .seizes = str_lists(e->modes, STR("seize")), .speaker = speaker_of(d, e, powers),
                  .actors = powers_of(d, e->actors, powers), .recipients = powers_of(d, e->recipients, powers)};
    if (t.place)
        memcpy(t.country, d->places.at[e->place].country, sizeof t.country);
    return t;
}

void ledger_report_doc(ledger *l, const doc *d, int64_t document, day settled, const int64_t *powers)
{
    const head *h = &d->head;
    dated dated = {settled, h->published_day, h->reference, h->conflict, ledger_number_outlet(l, h->outlet)};
    for (uint32_t i = 0; i < d->events.count; i++) {
        told t = told_of(d, i, powers);
        t.event = document << LEDGER_ITEM_BITS | i;
        ledger_report(l, &dated, &t);
    }
}

/* ---- taking out ---- */

/* A report that goes: where it stood, and what it may have been the first to tell. */
typedef struct gone {
    stale at;
    day anchor, act_day;
    int64_t echo;
} gone;

static gone *read_gone(ledger *l, int64_t first_event, int64_t last_event, size_t *ret_count)
{
    gone *all = NULL;
    size_t count = 0, room = 0;
    row_start(l, SQL_FIND_REPORT);
    row_int(l, first_event);
    row_int(l, last_event);
    while (row_next(l)) {
        if (!ledger_grow(l, (void **)&all, count, &room, sizeof *all)) {
            row_end(l);
            break;
        }
        sqlite3_stmt *s = l->row;
        all[count++] = (gone){{sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), sqlite3_column_int(s, 2), sqlite3_column_int(s, 3)},
                              ledger_day_at(s, 4), sqlite3_column_int(s, 6), sqlite3_column_int64(s, 5)};
    }
    *ret_count = count;
    return all;
}

void ledger_unreport(ledger *l, int64_t first_event, int64_t last_event)
{
    size_t count = 0;
    gone *all = read_gone(l, first_event, last_event, &count);
    row_start(l, SQL_DROP_REPORTS);
    row_int(l, first_event);
    row_int(l, last_event);
    row_do(l);
    for (size_t i = 0; i < count; i++) {
        leave(l, all[i].at, all[i].anchor);
        settle_echoes(l, all[i].echo, all[i].act_day); /* who told it next is now the first */
    }
    free(all);
}
