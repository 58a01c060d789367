/* Stories of one power towards another, as they were told by a day; and the pool of all of them. */
#include "ask/inside.h"

/* ---- the question ---- */

void asking_end(asking *q, ledger_cursor *c)
{
    entente_error error;
    int code = ledger_end(c, &error);
    if (!code || q->code)
        return;
    q->code = code;
    if (q->error)
        *q->error = error;
}

str asking_copy(const asking *q, const ledger_cursor *c, int column)
{
    return arena_copy(q->memory, ledger_text(c, column));
}

int64_t asking_power(asking *q, uint32_t entity)
{
    return ledger_power(q->l, kb_entity_at(q->k, entity).identifier);
}

int64_t asking_number(asking *q, const char *sql, day first, day second)
{
    ledger_cursor c = ledger_ask(q->l, sql);
    ledger_bind_int(&c, first);
    ledger_bind_int(&c, second);
    int64_t number = ledger_next(&c) && !ledger_is_null(&c, 0) ? ledger_int(&c, 0) : INT64_MIN;
    asking_end(q, &c);
    return number;
}

/* ---- acts ---- */

/* "12:18545:800p": who told it, when, with which weight, and whether by the word of a party. */
static bool read_teller(str one, int64_t field[3], bool *ret_party)
{
    str part;
    *ret_party = false;
    for (int i = 0; i < 3; i++) {
        if (!str_next(&one, ':', &part))
            return false;
        if (part.len && part.at[part.len - 1] == 'p') {
            *ret_party = true;
            part.len--;
        }
        str_to_int(part, &field[i]);
    }
    return true;
}

void act_read_told(ask_act *act, str told, day known)
{
    str one;
    int64_t field[3] = {0, 0, 0};
    uint32_t outlets = 0;
    bool party;
    act->outlet = NONE;
    act->weight = 0;
    act->party = true;
    while (str_next(&told, ' ', &one)) {
        if (!read_teller(one, field, &party) || field[1] > known)
            continue;
        act->outlet = outlets++ && act->outlet != (uint32_t)field[0] ? NONE : (uint32_t)field[0];
        act->weight = MAX(act->weight, (float)field[2] / 1000);
        act->party &= party;
    }
}

void acts_find(asking *q, const acts_wish *w, bool backwards, ask_acts *ret)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT event, type, day, reports, told, finding FROM stories WHERE a = ? AND b = ? AND day > ? AND day <= ?"
                                       " ORDER BY day, type, seq");
    ledger_bind_int(&c, w->a);
    ledger_bind_int(&c, w->b);
    ledger_bind_int(&c, w->after);
    ledger_bind_int(&c, w->until);
    while (ledger_next(&c)) {
        ask_act act = {.event = ledger_int(&c, 0), .type = (uint8_t)ledger_int(&c, 1), .day = (day)ledger_int(&c, 2),
                       .reports = ledger_int(&c, 3), .told = asking_copy(q, &c, 4), .known = w->known, .backwards = backwards};
        act_read_told(&act, act.told, w->known);
        if (act.weight <= 0 || act.type >= EVENT_COUNT)
            continue;
        if (w->ids)
            act.id = arena_format(q->memory, "%016llx", (unsigned long long)ledger_int(&c, 5));
        *vec_push(q->memory, ret) = act;
    }
    asking_end(q, &c);
}

void acts_open(asking *q, ask_act *act)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT e.id, e.modes, e.contexts, x.text, d.outlet, d.origin, p.name, p.country FROM events e"
                                       " JOIN documents d ON d.number = e.document LEFT JOIN sentences x ON x.key = e.sentence"
                                       " LEFT JOIN places p ON p.key = e.place WHERE e.key = ?");
    ledger_bind_int(&c, act->event);
    if (ledger_next(&c)) {
        str *into[] = {&act->id, &act->mode, &act->contexts, &act->sentence, &act->outlet_name, &act->origin, &act->place, &act->country};
        for (int i = 0; i < (int)COUNT(into); i++)
            *into[i] = asking_copy(q, &c, i);
    }
    asking_end(q, &c);
}

bool act_is_deed(uint8_t type)
{
    return event_quads[type] == 2 || event_quads[type] == 4;
}

/* ---- for the measure ---- */

/* Outlets are numbers as digits here, which a map can hold. */
static uint32_t count_tellers(map *seen, str told, day known)
{
    str one;
    int64_t field[3];
    bool party;
    uint32_t news = 0;
    while (str_next(&told, ' ', &one)) {
        str digits = str_part(one, 0, MIN(str_find(one, STR(":")), one.len));
        if (!read_teller(one, field, &party) || field[1] > known || map_get(seen, digits) != NONE)
            continue;
        map_add(seen, digits, 1);
        news++;
    }
    return news;
}

measure_set acts_measured(asking *q, const ask_act *acts, uint32_t count, bool backwards, int realm)
{
    measure_story *into = arena_take(q->memory, count + 1u, sizeof *into);
    measure_set m = {.at = into};
    map *seen = map_new(q->memory);
    for (uint32_t i = 0; i < count; i++) {
        const ask_act *a = &acts[i];
        if (a->backwards != backwards || act_is_deed(a->type) != (realm == DEEDS) || a->party)
            continue;
        into[m.count++] = (measure_story){a->weight, event_scores[a->type], a->outlet};
        m.outlets += count_tellers(seen, a->told, a->known);
    }
    return m;
}

measure_set pool_of(asking *q, day after, day until, int realm)
{
    enum { POOL_MOST = 4096 };
    int64_t sums[EVENT_COUNT] = {0}, all = 0;
    ledger_cursor c = ledger_ask(q->l, "SELECT type, SUM(stories) FROM pool WHERE day > ? AND day <= ? GROUP BY type");
    ledger_bind_int(&c, after);
    ledger_bind_int(&c, until);
    while (ledger_next(&c)) {
        int64_t type = ledger_int(&c, 0);
        if (type >= 0 && type < EVENT_COUNT && act_is_deed((uint8_t)type) == (realm == DEEDS))
            all += sums[type] = ledger_int(&c, 1);
    }
    asking_end(q, &c);
    measure_story *into = arena_take(q->memory, POOL_MOST + EVENT_COUNT, sizeof *into);
    measure_set pool = {.at = into};
    for (int t = 0; t < EVENT_COUNT; t++) {
        int64_t share = all <= POOL_MOST ? sums[t] : sums[t] * POOL_MOST / all;
        for (int64_t i = 0; i < share; i++)
            into[pool.count++] = (measure_story){1, event_scores[t], NONE};
    }
    return pool;
}
