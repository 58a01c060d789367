/* Duties put to the test: where an ally was attacked, what did those do who owed it defence or consultation?
 *
 * Attacks of third powers, no two of them more than a month apart, are one run, and a run is one test, from its first
 * day. Runs on the ally's own territory and runs whose place nobody tells are tested apart; attacks elsewhere, moves of
 * troops, and what one of the two alone tells are listed and tested not at all. docs/measure.md argues for it. */
#include <stdlib.h>

#include "ask/inside.h"

enum { RUN_GAP = 30, SOON = 30, LATE = 90 };

const char *const ask_did_names[DID_COUNT] = {"force", "aid", "pressure", "support", "talks", "request", "refusal", "against", "aid_to_attacker"};

/* ---- attacks ---- */

static bool is_armed(uint8_t type, bool seized)
{
    return type == EVENT_ASSAULT || (type == EVENT_COERCE && seized);
}

static uint8_t ground_of(const duties *d, const ask_act *a)
{
    if (!a->country.len)
        return GROUND_UNTOLD;
    return str_equal(a->country, kb_entity_at(d->k, d->ally).code) ? GROUND_OWN : GROUND_ELSEWHERE;
}

/* A third power: not who is asked about, and none on the ally's own ground, such as a part of it that broke away. */
static bool is_third(const duties *d, uint32_t by)
{
    return by != NONE && by != d->ally && by != d->obliged && kb_entity_at(d->k, by).of != d->ally;
}

typedef VEC(duty_attack) attack_list;

/* What was done to the ally by force or with troops, from an index of such reports. The place is that of the report that tells it best, of
 * those that tell one; ground is seized if any report says so; both of what had been told by a day. */
static const char attacks_sql[] =
    "WITH told AS MATERIALIZED (SELECT a, type, anchor, seq, event, country, max(seized) OVER story AS seized, row_number() OVER (story"
    " ORDER BY country IS NULL, party, weight DESC, finding) AS rank FROM reports INDEXED BY reports_attack WHERE seized IS NOT NULL"
    " AND b = ?1 AND day BETWEEN ?2 AND ?3 + ?5 AND published <= ?4 WINDOW story AS (PARTITION BY a, type, anchor, seq))"
    " SELECT s.event, s.type, s.day, s.reports, s.told, p.identifier, printf('%016x', s.finding), x.seized, x.event, x.country FROM told x"
    " CROSS JOIN powers p ON p.number = x.a CROSS JOIN stories s ON s.a = x.a AND s.b = ?1 AND s.day = x.anchor AND s.type = x.type"
    " AND s.seq = x.seq WHERE x.rank = 1 AND p.state AND x.anchor BETWEEN ?2 AND ?3 ORDER BY s.day, p.identifier, s.type, s.seq";

static duty_attack read_attack(asking *q, const duties *d, const ledger_cursor *c, day known)
{
    duty_attack a = {.by = kb_entity_find(q->k, ledger_text(c, 5))};
    a.act = (ask_act){.event = ledger_int(c, 0), .type = (uint8_t)ledger_int(c, 1), .day = (day)ledger_int(c, 2),
                      .reports = ledger_int(c, 3), .told = asking_copy(q, c, 4), .known = known, .id = asking_copy(q, c, 6),
                      .country = asking_copy(q, c, 9)};
    act_read_told(&a.act, a.act.told, known);
    a.where = ledger_int(c, 8);
    a.ground = ground_of(d, &a.act);
    a.armed = is_armed(a.act.type, ledger_int(c, 7));
    return a;
}

static void find_attacks(asking *q, const duties *d, const duty_wish *w, attack_list *ret)
{
    const int64_t values[] = {asking_power(q, d->ally), w->from, w->to, w->known, LEDGER_REACH};
    ledger_cursor c = ledger_ask(q->l, attacks_sql);
    for (size_t i = 0; i < COUNT(values); i++)
        ledger_bind_int(&c, values[i]);
    while (ledger_next(&c)) {
        duty_attack a = read_attack(q, d, &c, w->known);
        if (a.act.weight > 0 && is_third(d, a.by) && (a.armed || a.act.type == EVENT_MOBILIZE))
            *vec_push(q->memory, ret) = a;
    }
    asking_end(q, &c);
}

/* ---- what was owed ---- */

static bool binds(uint8_t status)
{
    return status == TIE_IN_FORCE || status == TIE_PROVISIONAL || status == TIE_FROZEN || status == TIE_DENOUNCED;
}

static bool is_duty(const kb *k, const kb_bond *b)
{
    return kb_tie_at(k, b->tie).owes & (OWES_DEFENSE | OWES_CONSULTATION) && !b->doubtful;
}

/* Ties with a duty of defence come first. */
static void find_duties(asking *q, duty_test *t)
{
    enum { MOST = 256 };
    kb_bond bonds[MOST];
    uint32_t count = MIN(kb_ties_between(q->k, t->obliged, t->ally, t->first, bonds, MOST), (uint32_t)MOST);
    for (int defence = 1; defence >= 0; defence--)
        for (uint32_t i = 0; i < count; i++)
            if (binds(bonds[i].status) && is_duty(q->k, &bonds[i]) && !(kb_tie_at(q->k, bonds[i].tie).owes & OWES_DEFENSE) == !defence)
                *vec_push(q->memory, &t->ties) = bonds[i];
}

/* ---- what was done ---- */

static int did_to_ally(const ask_act *a)
{
    switch (a->type) {
    case EVENT_AID: return DID_AID;
    case EVENT_COOPERATE: return str_lists(a->contexts, STR("military")) ? DID_AID : DID_TALKED;
    case EVENT_SUPPORT: return DID_STOOD;
    case EVENT_AGREE:
    case EVENT_CONSULT:
    case EVENT_CONCEDE:
    case EVENT_RETREAT: return DID_TALKED;
    case EVENT_REQUEST: return DID_ASKED;
    case EVENT_REJECT: return DID_REFUSED;
    default: return DID_AGAINST;
    }
}

/* DID_COUNT: nothing that tells on the duty. */
static int did_to_attacker(const ask_act *a)
{
    switch (a->type) {
    case EVENT_ASSAULT:
    case EVENT_COERCE:
    case EVENT_MOBILIZE: return DID_FORCE;
    case EVENT_SANCTION:
    case EVENT_THREATEN:
    case EVENT_ACCUSE:
    case EVENT_PROTEST: return DID_PRESSED;
    case EVENT_AID: return DID_AIDED_ATTACKER;
    case EVENT_COOPERATE: return str_lists(a->contexts, STR("military")) ? DID_AIDED_ATTACKER : DID_COUNT;
    default: return DID_COUNT;
    }
}

static void find_done(asking *q, duty_test *t, uint32_t towards)
{
    ask_acts acts = {0};
    acts_wish w = {asking_power(q, t->obliged), asking_power(q, towards), t->first - 1, MIN(t->first + LATE, t->known), t->known, false};
    acts_find(q, &w, false, &acts);
    for (uint32_t i = 0; i < acts.count; i++) {
        duty_act d = {.act = acts.at[i], .towards = towards};
        acts_open(q, &d.act);
        int did = towards == t->ally ? did_to_ally(&d.act) : did_to_attacker(&d.act);
        d.did = (uint8_t)did;
        if (did == DID_COUNT)
            continue;
        if (d.act.party)
            *vec_push(q->memory, &t->told_by_party) = d;
        else
            *vec_push(q->memory, &t->did[d.act.day > t->first + SOON]) = d;
    }
}

/* What is shown of the report that tells it best, beside the place, which another may have told. */
static void open_attack(asking *q, duty_attack *a)
{
    ask_act where = {.event = a->where};
    acts_open(q, &a->act);
    acts_open(q, &where);
    a->act.place = where.country.len ? where.place : (str){0};
    a->act.country = where.country;
}

static bool seen_before(const duty_test *t, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (t->attacks.at[i].by == t->attacks.at[at].by)
            return true;
    return false;
}

static int by_day(const void *x, const void *y)
{
    const duty_act *a = x, *b = y;
    if (a->act.day != b->act.day)
        return a->act.day < b->act.day ? -1 : 1;
    return str_compare(a->act.id, b->act.id);
}

static void run_test(asking *q, duty_test *t, bool every)
{
    for (uint32_t i = 0; i < t->attacks.count && (every || i < DUTY_SHOWN); i++)
        open_attack(q, &t->attacks.at[i]);
    find_done(q, t, t->ally);
    for (uint32_t i = 0; i < t->attacks.count; i++)
        if (!seen_before(t, i))
            find_done(q, t, t->attacks.at[i].by);
    for (int late = 0; late < 2; late++)
        if (t->did[late].count)
            qsort(t->did[late].at, t->did[late].count, sizeof *t->did[late].at, by_day);
    t->read[0] = reading_of(q, t->first - 1, MIN(t->first + SOON, t->known));
    t->read[1] = reading_of(q, t->first + SOON, MAX(MIN(t->first + LATE, t->known), t->first + SOON));
}

/* ---- runs ---- */

static bool is_apart(const duty_attack *a)
{
    return !a->armed || a->act.party || a->ground == GROUND_ELSEWHERE;
}

static void end_run(asking *q, duties *d, duty_test *t, bool every)
{
    if (!t->attacks.count)
        return;
    find_duties(q, t);
    if (t->ties.count) {
        run_test(q, t, every);
        *vec_push(q->memory, &d->tests) = *t;
    } else {
        d->unbound++;
    }
}

static void test_ground(asking *q, duties *d, const duty_wish *w, const attack_list *attacks, uint32_t obliged, uint8_t ground)
{
    const duty_test empty = {.obliged = obliged, .ally = d->ally, .ground = ground, .known = w->known};
    duty_test t = empty;
    for (uint32_t i = 0; i < attacks->count; i++) {
        const duty_attack *a = &attacks->at[i];
        if (is_apart(a) || a->ground != ground || a->by == obliged)
            continue;
        if (t.attacks.count && a->act.day > t.last + RUN_GAP) {
            end_run(q, d, &t, w->every);
            t = empty;
        }
        if (!t.attacks.count)
            t.first = a->act.day;
        t.last = a->act.day;
        *vec_push(q->memory, &t.attacks) = *a;
    }
    end_run(q, d, &t, w->every);
}

/* Who ever owed the ally defence or consultation, or the one who is asked about if he did. */
static bool *find_obliged(asking *q, const duties *d)
{
    bool *owed = arena_take(q->memory, kb_entity_count(q->k) + 1u, sizeof *owed);
    uint32_t first = 0, count = d->obliged == NONE ? kb_bond_count(q->k) : kb_bonds_of(q->k, d->ally, d->obliged, &first);
    for (uint32_t i = first; i < first + count; i++) {
        kb_bond b = kb_bond_at(q->k, i);
        uint32_t other = b.a == d->ally ? b.b : b.b == d->ally ? b.a : NONE;
        if (other != NONE && is_duty(q->k, &b))
            owed[other] = true;
    }
    return owed;
}

static void test_all(asking *q, duties *d, const duty_wish *w, const bool *owed)
{
    attack_list attacks = {0};
    find_attacks(q, d, w, &attacks);
    for (uint8_t ground = GROUND_OWN; ground <= GROUND_UNTOLD; ground++)
        for (uint32_t e = 0; e < kb_entity_count(q->k); e++)
            if (owed[e])
                test_ground(q, d, w, &attacks, e, ground);
    for (uint32_t i = 0; i < attacks.count; i++)
        if (is_apart(&attacks.at[i]))
            *vec_push(q->memory, &d->apart) = attacks.at[i];
    for (uint32_t i = 0; i < d->apart.count && (w->every || i < 2 * DUTY_SHOWN); i++)
        open_attack(q, &d->apart.at[i]);
}

int ask_duties(ledger *l, const kb *k, arena *memory, const duty_wish *w, duties *ret, entente_error *ret_error)
{
    asking q = {l, k, memory, 0, ret_error};
    duty_wish wish = *w;
    *ret = (duties){.k = k, .obliged = w->obliged, .ally = w->ally, .read = {.from = NO_DAY, .to = NO_DAY}};
    const bool *owed = find_obliged(&q, ret);
    for (uint32_t e = 0; e < kb_entity_count(k); e++)
        ret->owed |= owed[e];
    date all = reading_days(&q);
    wish.from = w->from == NO_DAY ? all.from : w->from;
    wish.to = w->to == NO_DAY ? all.to : w->to;
    wish.known = w->known == NO_DAY ? all.to : w->known;
    if (wish.from == NO_DAY || wish.to == NO_DAY || !ret->owed)
        return q.code;
    ret->read = reading_of(&q, wish.from - 1, wish.to);
    test_all(&q, ret, &wish, owed);
    return q.code;
}
