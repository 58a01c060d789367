/* How two powers stand: what binds them, what they did and said, what is said of their tie. */
#include "ask/ask.h"

/* What the parts share while an answer is made. */
typedef struct asking {
    ledger *l;
    const kb *k;
    arena *memory;
    standing *s;
    int64_t powers[2]; /* their numbers in the ledger, 0 where they never appear */
} asking;

static str copy(const asking *q, const ledger_cursor *c, int column)
{
    return arena_copy(q->memory, ledger_text(c, column));
}

/* ---- formally ---- */

/* Duties of defence come first; of those, what is no matter of bases alone. */
static int rank_of(kb_tie t)
{
    if (!(t.owes & OWES_DEFENSE))
        return 2;
    return str_is(t.kind, "basing");
}

static void find_ties(asking *q)
{
    enum { MOST = 256, RANKS = 3 };
    kb_bond bonds[MOST];
    standing *s = q->s;
    uint32_t count = MIN(kb_ties_between(q->k, s->a, s->b, s->on, bonds, MOST), (uint32_t)MOST);
    s->known_until = NO_DAY;
    for (int rank = 0; rank < RANKS; rank++)
        for (uint32_t i = 0; i < count; i++) {
            kb_tie t = kb_tie_at(q->k, bonds[i].tie);
            if (rank_of(t) != rank)
                continue;
            if (s->known_until == NO_DAY || (t.known_until != NO_DAY && t.known_until < s->known_until))
                s->known_until = t.known_until;
            *vec_push(q->memory, &s->ties) = bonds[i];
        }
}

/* ---- practically ---- */

/* "outlet:day:weight outlet:day:weightp": who told it by the day asked, the greatest weight, the only outlet. */
static void read_told(ask_act *act, str told, day on)
{
    str one, part;
    act->outlet = NONE;
    uint32_t outlets = 0;
    while (str_next(&told, ' ', &one)) {
        int64_t field[3] = {0, 0, 0};
        for (int i = 0; i < 3 && str_next(&one, ':', &part); i++) {
            if (part.len && part.at[part.len - 1] == 'p')
                part.len--;
            str_to_int(part, &field[i]);
        }
        if (field[1] > on)
            continue;
        act->outlet = outlets++ ? NONE : (uint32_t)field[0];
        act->weight = MAX(act->weight, (float)field[2] / 1000);
    }
}

static void find_acts(asking *q, bool backwards)
{
    standing *s = q->s;
    ledger_cursor c = ledger_ask(q->l,
        "SELECT s.event, e.id, s.type, s.day, s.party, s.reports, s.told, e.modes, x.text, d.outlet, d.origin"
        " FROM stories s JOIN events e ON e.key = s.event JOIN documents d ON d.number = e.document"
        " LEFT JOIN sentences x ON x.key = e.sentence"
        " WHERE s.a = ? AND s.b = ? AND s.day > ? AND s.day <= ? ORDER BY s.day, s.type, s.seq");
    ledger_bind_int(&c, q->powers[backwards]);
    ledger_bind_int(&c, q->powers[!backwards]);
    ledger_bind_int(&c, s->on - s->window);
    ledger_bind_int(&c, s->on);
    while (ledger_next(&c)) {
        ask_act act = {.event = ledger_int(&c, 0), .id = copy(q, &c, 1), .type = (uint8_t)ledger_int(&c, 2),
                       .day = (day)ledger_int(&c, 3), .party = ledger_int(&c, 4) != 0, .reports = ledger_int(&c, 5),
                       .mode = copy(q, &c, 7), .sentence = copy(q, &c, 8), .outlet_name = copy(q, &c, 9),
                       .origin = copy(q, &c, 10), .backwards = backwards};
        read_told(&act, ledger_text(&c, 6), s->on);
        if (act.weight > 0)
            *vec_push(q->memory, &s->acts) = act;
    }
    ledger_end(&c, NULL);
}

static bool is_deed(uint8_t type)
{
    return event_quads[type] == 2 || event_quads[type] == 4;
}

/* Stories between all powers in the window: what is usual. At most so many of a type as keep their shares. */
static measure_story *pool_of(asking *q, int realm, uint32_t *ret_count)
{
    enum { POOL_MOST = 4096 };
    int64_t sums[EVENT_COUNT] = {0}, all = 0;
    ledger_cursor c = ledger_ask(q->l, "SELECT type, SUM(stories) FROM pool WHERE day > ? AND day <= ? GROUP BY type");
    ledger_bind_int(&c, q->s->on - q->s->window);
    ledger_bind_int(&c, q->s->on);
    while (ledger_next(&c)) {
        int64_t type = ledger_int(&c, 0);
        if (type >= 0 && type < EVENT_COUNT && is_deed((uint8_t)type) == (realm == DEEDS))
            all += sums[type] = ledger_int(&c, 1);
    }
    ledger_end(&c, NULL);
    measure_story *pool = arena_take(q->memory, POOL_MOST + EVENT_COUNT, sizeof *pool);
    *ret_count = 0;
    for (int t = 0; t < EVENT_COUNT; t++) {
        int64_t count = all <= POOL_MOST ? sums[t] : sums[t] * POOL_MOST / all;
        for (int64_t i = 0; i < count; i++)
            pool[(*ret_count)++] = (measure_story){1, event_scores[t], NONE};
    }
    return pool;
}

/* Distinct outlets, counted by the stories' own lists. */
static uint32_t outlets_of(asking *q, bool backwards, int realm)
{
    const standing *s = q->s;
    map *seen = map_new(q->memory);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->acts.count; i++) {
        const ask_act *a = &s->acts.at[i];
        if (a->backwards == backwards && is_deed(a->type) == (realm == DEEDS) && !a->party)
            count += map_add(seen, a->outlet_name, i) == i;
    }
    return count;
}

static void measure_acts(asking *q, bool backwards, int realm)
{
    standing *s = q->s;
    measure_story *mine = arena_take(q->memory, s->acts.count + 1u, sizeof *mine);
    uint32_t count = 0, pool_count;
    for (uint32_t i = 0; i < s->acts.count; i++) {
        const ask_act *a = &s->acts.at[i];
        if (a->backwards == backwards && is_deed(a->type) == (realm == DEEDS) && !a->party)
            mine[count++] = (measure_story){a->weight, event_scores[a->type], a->outlet};
    }
    measure_story *pool = pool_of(q, realm, &pool_count);
    measure_conduct(mine, count, outlets_of(q, backwards, realm), pool, pool_count, 1, &s->conduct[backwards][realm]);
}

/* ---- claims ---- */

/* A claim that they are not bound, against a tie that binds them on the day of the claim. */
static uint32_t contradicted(const asking *q, const ask_claim *c)
{
    const standing *s = q->s;
    bool formal = c->formal && (str_is(c->tie, "ally") || str_is(c->tie, "treaty") || str_is(c->tie, "guarantor"));
    for (uint32_t i = 0; i < s->ties.count && formal && !c->holds; i++) {
        const kb_bond *b = &s->ties.at[i];
        bool binds = b->status == TIE_IN_FORCE || b->status == TIE_PROVISIONAL || b->status == TIE_FROZEN;
        if (binds && kb_tie_at(q->k, b->tie).owes & (OWES_DEFENSE | OWES_CONSULTATION) && kb_holds(b->spell, c->day))
            return i;
    }
    return NONE;
}

static void find_claims(asking *q)
{
    standing *s = q->s;
    ledger_cursor c = ledger_ask(q->l,
        "SELECT c.id, w.name, w.role, c.side, c.tie, c.change, c.holds, c.formal, c.practical, c.day, x.text, d.outlet, d.origin"
        " FROM claims c JOIN documents d ON d.number = c.document LEFT JOIN statements t ON t.key = c.statement"
        " LEFT JOIN entities w ON w.key = t.speaker LEFT JOIN sentences x ON x.key = c.sentence"
        " WHERE ((c.a = ?1 AND c.b = ?2) OR (c.a = ?2 AND c.b = ?1)) AND c.day > ?3 AND c.day <= ?4 AND d.superseded IS NULL"
        " AND c.id NOT IN (SELECT id FROM corrections WHERE what = 'reject') ORDER BY c.day, c.key");
    ledger_bind_int(&c, q->powers[0]);
    ledger_bind_int(&c, q->powers[1]);
    ledger_bind_int(&c, s->on - s->window);
    ledger_bind_int(&c, s->on);
    while (ledger_next(&c)) {
        ask_claim claim = {.id = copy(q, &c, 0), .speaker = copy(q, &c, 1), .role = copy(q, &c, 2), .side = copy(q, &c, 3),
                           .tie = copy(q, &c, 4), .change = copy(q, &c, 5), .holds = ledger_int(&c, 6) != 0,
                           .formal = ledger_int(&c, 7) != 0, .practical = ledger_int(&c, 8) != 0, .day = (day)ledger_int(&c, 9),
                           .sentence = copy(q, &c, 10), .outlet = copy(q, &c, 11), .origin = copy(q, &c, 12)};
        claim.against = contradicted(q, &claim);
        *vec_push(q->memory, &s->claims) = claim;
    }
    ledger_end(&c, NULL);
}

/* ---- coverage ---- */

static int64_t one_number(asking *q, const char *sql, bool window)
{
    ledger_cursor c = ledger_ask(q->l, sql);
    if (window) {
        ledger_bind_int(&c, q->s->on - q->s->window);
        ledger_bind_int(&c, q->s->on);
    }
    int64_t number = ledger_next(&c) && !ledger_is_null(&c, 0) ? ledger_int(&c, 0) : INT64_MIN;
    ledger_end(&c, NULL);
    return number;
}

static day day_or_none(int64_t number)
{
    return number == INT64_MIN ? NO_DAY : (day)number;
}

static void find_coverage(asking *q)
{
    standing *s = q->s;
    int64_t documents = one_number(q, "SELECT SUM(documents) FROM days WHERE day > ? AND day <= ?", true);
    s->documents = documents == INT64_MIN ? 0 : documents;
    s->outlets = one_number(q, "SELECT COUNT(DISTINCT outlet) FROM coverage WHERE day > ? AND day <= ?", true);
    s->undated = one_number(q, "SELECT COUNT(*) FROM documents WHERE conflict AND settled IS NULL AND superseded IS NULL", false);
}

int ask_standing(ledger *l, const kb *k, arena *memory, uint32_t a, uint32_t b, day on, int window, standing *ret,
                 entente_error *ret_error)
{
    *ret = (standing){.k = k, .a = a, .b = b, .on = on, .window = window};
    asking q = {l, k, memory, ret, {ledger_power(l, kb_entity_at(k, a).identifier), ledger_power(l, kb_entity_at(k, b).identifier)}};
    ret->first = day_or_none(one_number(&q, "SELECT MIN(day) FROM days", false));
    ret->last = day_or_none(one_number(&q, "SELECT MAX(day) FROM days", false));
    if (on == NO_DAY)
        ret->on = ret->last;
    if (ret->on == NO_DAY)
        return error_set(ret_error, ENTENTE_USAGE, STR("--on"), UINT64_MAX, "the ledger holds no dated document; say which day is meant");
    find_ties(&q);
    find_acts(&q, false);
    find_acts(&q, true);
    for (int way = 0; way < 2; way++)
        for (int realm = 0; realm < 2; realm++)
            measure_acts(&q, way, realm);
    find_claims(&q);
    find_coverage(&q);
    ledger_cursor last = ledger_ask(l, "SELECT 1");
    ledger_next(&last);
    return ledger_end(&last, ret_error);
}
