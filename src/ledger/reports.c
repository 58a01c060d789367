/* Reports: an asserted event of one pair of powers in one document, which is what stories are gathered from.
 *
 * A pair is directed. Not reported are events that are denied, supposed, announced or of another time, events without a
 * day, and all of a document whose dates are in conflict until somebody settles them. */
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "ledger/inside.h"

enum {
    MOST_POWERS = 64,      /* of one event; a summit's list beyond that is cut */
    VAGUE = 31,            /* days that a date may cover and still be put into a series */
    ECHO_DAYS = 14,        /* the same words about the same act, later, are the same act */
    ECHO_LETTERS = 40,     /* shorter sentences may come again by chance */
    WEIGHT_STEP = 25,      /* weights are thousandths in these steps, so that a measure can count alike ones */
};

/* The powers on one side of an event, each once. */
typedef struct powers {
    int64_t at[MOST_POWERS];
    uint32_t count;
} powers;

typedef struct reporting {
    ledger *l;
    const kb *k;
    const doc *d;
    int64_t document;
    day settled;
} reporting;

void ledger_stale(ledger *l, int64_t a, int64_t b, int type, day day)
{
    if (l->stale_count == l->stale_room) {
        size_t room = l->stale_room ? 2 * l->stale_room : 256;
        stale *more = realloc(l->stales, room * sizeof *more);
        if (!more) {
            ledger_good(l, SQLITE_NOMEM);
            return;
        }
        l->stales = more;
        l->stale_room = room;
    }
    l->stales[l->stale_count++] = (stale){a, b, type, day};
}

/* ---- who ---- */

static void powers_add(powers *p, int64_t power)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->at[i] == power)
            return;
    if (power && p->count < MOST_POWERS)
        p->at[p->count++] = power;
}

static int64_t power_number(const reporting *r, uint32_t entity)
{
    return entity == NONE ? 0 : ledger_number_power(r->l, r->k, ledger_power_of(r->k, &r->d->entities.at[entity]));
}

static powers powers_of(const reporting *r, slice side)
{
    powers p = {.count = 0};
    for (uint32_t i = 0; i < side.count; i++)
        powers_add(&p, power_number(r, doc_ref(r->d, side, i)));
    return p;
}

static bool is_mutual(uint8_t type)
{
    return type == EVENT_CONSULT || type == EVENT_AGREE || type == EVENT_COOPERATE;
}

/* A meeting of n is n - 1 meetings of each: it counts once for each of them, not n - 1 times. */
static int weight_of(const event *e, const powers *actors, const powers *recipients)
{
    powers all = *actors;
    for (uint32_t i = 0; i < recipients->count; i++)
        powers_add(&all, recipients->at[i]);
    double weight = (double)e->confidence * 1000;
    if (e->event == EVENT_CONSULT && all.count > 2)
        weight /= all.count - 1;
    int steps = (int)(weight / WEIGHT_STEP + 0.5);
    return MIN(MAX(steps, 1), 1000 / WEIGHT_STEP) * WEIGHT_STEP;
}

/* ---- when ---- */

static day own_day(const reporting *r)
{
    const head *h = &r->d->head;
    return r->settled != NO_DAY ? r->settled : h->published_day != NO_DAY && !h->conflict ? h->published_day : h->reference;
}

static day act_day(const reporting *r, const event *e)
{
    const head *h = &r->d->head;
    day known = own_day(r);
    if (!date_known(e->date))
        return r->settled != NO_DAY ? r->settled : h->reference != NO_DAY ? h->reference : known;
    if (e->date.to - e->date.from > VAGUE)
        return NO_DAY;
    return known != NO_DAY && e->date.from > known ? known : e->date.from;
}

/* ---- alike ---- */

static int64_t hash_of(const void *bytes, size_t len, uint64_t seed)
{
    return (int64_t)(XXH3_64bits_withSeed(bytes, len, seed) >> 1);
}

static void bind_hash(ledger *l, str s)
{
    if (s.len)
        row_int(l, hash_of(s.at, s.len, 0));
    else
        row_null(l);
}

/* A hash of the letters of the sentence and of what is told in it; 0 where it is too short to be told by them. */
static int64_t echo_of(const reporting *r, const event *e, int64_t a, int64_t b)
{
    char letters[1024];
    size_t len = 0;
    uint32_t number = e->sentence != NONE ? e->sentence : doc_sentence_at(r->d, e->span.start);
    if (number >= r->d->sentences.count)
        return 0;
    str s = doc_str(r->d, r->d->sentences.at[number].span);
    for (uint32_t i = 0; i < s.len && len < sizeof letters; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + 'a' - 'A');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            letters[len++] = (char)c;
    }
    int64_t key[] = {a, b, e->event};
    return len < ECHO_LETTERS ? 0 : hash_of(letters, len, (uint64_t)hash_of(key, sizeof key, 0));
}

/* ---- told by a party ---- */

/* Words are the speaker's own act; but what one of the two says that was done is his word for it. */
static bool is_told_by_party(const reporting *r, const event *e, int64_t a, int64_t b)
{
    if (e->statement == NONE)
        return false;
    int64_t speaker = power_number(r, r->d->statements.at[e->statement].speaker);
    bool words = event_quads[e->event] == 1 || event_quads[e->event] == 3;
    return speaker && (speaker == b || (speaker == a && !words));
}

/* ---- putting in ---- */

static int64_t finding_of(const doc *d, uint32_t event)
{
    return (int64_t)strtoull(write_event_id(d, event).hex, NULL, 16);
}

static bool is_rejected(const reporting *r, uint32_t event)
{
    write_id id = write_event_id(r->d, event);
    if (!r->l->corrected)
        return false;
    row_start(r->l, SQL_FIND_REJECT);
    row_name(r->l, id.hex);
    bool found = row_next(r->l);
    row_end(r->l);
    return found;
}

/* A report found among the echoes of another. */
typedef struct echo {
    int64_t a, b, event;
    int type;
    day day, act_day;
} echo;

static echo *read_echoes(ledger *l, int64_t hash, size_t *ret_count)
{
    echo *all = NULL;
    size_t count = 0, room = 0;
    row_start(l, SQL_FIND_ECHOES);
    row_int(l, hash);
    while (row_next(l)) {
        if (count == room) {
            room = room ? 2 * room : 16;
            echo *more = realloc(all, room * sizeof *all);
            if (!more) {
                ledger_good(l, SQLITE_NOMEM);
                row_end(l);
                break;
            }
            all = more;
        }
        sqlite3_stmt *s = l->row;
        all[count++] = (echo){.a = sqlite3_column_int64(s, 0), .b = sqlite3_column_int64(s, 1), .type = sqlite3_column_int(s, 2),
                              .day = sqlite3_column_int(s, 3), .event = sqlite3_column_int64(s, 4),
                              .act_day = sqlite3_column_int(s, 5)};
    }
    *ret_count = count;
    return all;
}

/* Who tells the same act in the same words later tells it of the day on which it was told first. */
static void settle_echoes(ledger *l, int64_t hash)
{
    size_t count = 0;
    echo *all = hash ? read_echoes(l, hash, &count) : NULL;
    day first = NO_DAY;
    for (size_t i = 0; i < count; i++) {
        echo *e = &all[i];
        if (first == NO_DAY || e->act_day - first > ECHO_DAYS)
            first = e->act_day;
        if (e->day == first)
            continue;
        row_start(l, SQL_MOVE_REPORT);
        row_int(l, first);
        row_int(l, e->a);
        row_int(l, e->b);
        row_int(l, e->type);
        row_int(l, e->day);
        row_int(l, e->event);
        row_do(l);
        ledger_stale(l, e->a, e->b, e->type, e->day);
        ledger_stale(l, e->a, e->b, e->type, first);
    }
    free(all);
}

static void put_report(const reporting *r, uint32_t number, int64_t a, int64_t b, int weight, day day)
{
    ledger *l = r->l;
    const event *e = &r->d->events.at[number];
    int64_t outlet = ledger_number_outlet(l, r->d->head.outlet), echo = echo_of(r, e, a, b);
    bool party = is_told_by_party(r, e, a, b);
    row_start(l, SQL_PUT_REPORT);
    row_int(l, a);
    row_int(l, b);
    row_int(l, e->event);
    row_int(l, day);
    row_int(l, r->document << LEDGER_ITEM_BITS | number);
    row_int(l, finding_of(r->d, number));
    row_int(l, day);
    row_int(l, own_day(r) == NO_DAY ? day : own_day(r));
    row_int(l, outlet);
    row_int(l, weight);
    row_int(l, party);
    if (echo)
        row_int(l, echo);
    else
        row_null(l);
    bind_hash(l, e->modes);
    bind_hash(l, e->place == NONE ? (str){0} : r->d->places.at[e->place].name);
    row_do(l);
    ledger_stale(l, a, b, e->event, day);
    settle_echoes(l, echo);
}

static void report_event(const reporting *r, uint32_t number)
{
    const event *e = &r->d->events.at[number];
    day day = act_day(r, e);
    if (e->auxiliary & (NOT_ASSERTED | AUXILIARY_HISTORICAL) || day == NO_DAY || is_rejected(r, number))
        return;
    powers actors = powers_of(r, e->actors), recipients = powers_of(r, e->recipients);
    if (!recipients.count && is_mutual(e->event))
        recipients = actors;
    int weight = weight_of(e, &actors, &recipients);
    for (uint32_t i = 0; i < actors.count; i++)
        for (uint32_t j = 0; j < recipients.count; j++)
            if (actors.at[i] != recipients.at[j])
                put_report(r, number, actors.at[i], recipients.at[j], weight, day);
}

void ledger_report(ledger *l, const kb *k, const doc *d, int64_t document, day settled)
{
    reporting r = {l, k, d, document, settled};
    if (d->head.conflict && settled == NO_DAY)
        return;
    for (uint32_t i = 0; i < d->events.count; i++)
        report_event(&r, i);
}

/* ---- taking out ---- */

void ledger_unreport(ledger *l, int64_t first_event, int64_t last_event)
{
    size_t from = l->stale_count;
    row_start(l, SQL_FIND_REPORT);
    row_int(l, first_event);
    row_int(l, last_event);
    while (row_next(l))
        ledger_stale(l, sqlite3_column_int64(l->row, 0), sqlite3_column_int64(l->row, 1), sqlite3_column_int(l->row, 2),
                     sqlite3_column_int(l->row, 3));
    for (size_t i = from; i < l->stale_count; i++) {
        stale s = l->stales[i];
        row_start(l, SQL_DROP_REPORT);
        row_int(l, s.a);
        row_int(l, s.b);
        row_int(l, s.type);
        row_int(l, s.day);
        row_int(l, first_event);
        row_int(l, last_event);
        row_do(l);
    }
}
