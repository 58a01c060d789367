/* How two powers stand: what binds them, what they did and said, what is said of their tie. */
#include "ask/inside.h"

/* ---- formally ---- */

/* Duties of defence come first; of those, what is no matter of bases alone. */
static int rank_of(kb_tie t)
{
    if (!(t.owes & OWES_DEFENSE))
        return 2;
    return str_is(t.kind, "basing");
}

static void find_ties(asking *q, standing *s)
{
    enum { MOST = 256, RANKS = 3 };
    kb_bond bonds[MOST];
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

static void find_acts(asking *q, standing *s, bool every)
{
    int64_t powers[2] = {asking_power(q, s->a), asking_power(q, s->b)};
    for (int way = 0; way < 2; way++) {
        acts_wish w = {powers[way], powers[!way], s->on - s->window, s->on, s->on, every};
        acts_find(q, &w, way, &s->acts);
    }
    uint32_t shown[2][2] = {{0}};
    for (uint32_t i = s->acts.count; i-- > 0;) {
        ask_act *a = &s->acts.at[i];
        if (shown[a->backwards][act_is_deed(a->type)]++ < STANDING_SHOWN)
            acts_open(q, a);
    }
}

static void measure_all(asking *q, standing *s)
{
    for (int realm = 0; realm < 2; realm++) {
        measure_set usual = pool_of(q, s->on - s->window, s->on, realm);
        for (int way = 0; way < 2; way++) {
            measure_set m = acts_measured(q, s->acts.at, s->acts.count, way, realm);
            measure_conduct(m.at, m.count, m.outlets, usual.at, usual.count, 1, &s->conduct[way][realm]);
        }
    }
}

/* ---- claims ---- */

/* A claim that they are not bound, against a tie that binds them on the day of the claim. */
static void contradict(const standing *s, ask_claim *c)
{
    enum { MOST = 256 };
    kb_bond bonds[MOST];
    bool formal = c->formal && (str_is(c->tie, "ally") || str_is(c->tie, "treaty") || str_is(c->tie, "guarantor"));
    if (!formal || c->holds)
        return;
    uint32_t count = MIN(kb_ties_between(s->k, s->a, s->b, c->day, bonds, MOST), (uint32_t)MOST);
    for (int rank = 0; rank < 3; rank++)
        for (uint32_t i = 0; i < count && !c->contradicts; i++) {
            kb_tie t = kb_tie_at(s->k, bonds[i].tie);
            if (rank_of(t) != rank || !(t.owes & (OWES_DEFENSE | OWES_CONSULTATION)))
                continue;
            c->against = bonds[i];
            c->contradicts = bonds[i].status == TIE_IN_FORCE || bonds[i].status == TIE_PROVISIONAL || bonds[i].status == TIE_FROZEN;
        }
}

static bool said_before(const standing *s, uint32_t at)
{
    const ask_claim *c = &s->claims.at[at];
    for (uint32_t i = 0; i < at; i++) {
        const ask_claim *o = &s->claims.at[i];
        if (o->holds == c->holds && str_equal(o->side, c->side) && str_equal(o->tie, c->tie) && str_equal(o->speaker, c->speaker) &&
            str_equal(o->role, c->role))
            return true;
    }
    return false;
}

static void tally_claims(asking *q, standing *s)
{
    for (uint32_t i = 0; i < s->claims.count; i++) {
        const ask_claim *c = &s->claims.at[i];
        uint32_t t = 0;
        while (t < s->tally.count && !(str_equal(s->tally.at[t].side, c->side) && str_equal(s->tally.at[t].tie, c->tie)))
            t++;
        if (t == s->tally.count)
            *vec_push(q->memory, &s->tally) = (claim_tally){c->side, c->tie, 0, 0};
        if (!said_before(s, i))
            (*(c->holds ? &s->tally.at[t].yes : &s->tally.at[t].no))++;
    }
}

static void find_claims(asking *q, standing *s)
{
    ledger_cursor c = ledger_ask(q->l,
        "SELECT c.id, w.name, w.role, c.side, c.tie, c.change, c.holds, c.formal, c.practical, c.day, x.text, d.outlet, d.origin"
        " FROM claims c JOIN documents d ON d.number = c.document LEFT JOIN statements t ON t.key = c.statement"
        " LEFT JOIN entities w ON w.key = t.speaker LEFT JOIN sentences x ON x.key = c.sentence"
        " WHERE ((c.a = ?1 AND c.b = ?2) OR (c.a = ?2 AND c.b = ?1)) AND c.day > ?3 AND c.day <= ?4 AND d.superseded IS NULL"
        " AND c.id NOT IN withdrawn ORDER BY c.day, c.id");
    ledger_bind_int(&c, asking_power(q, s->a));
    ledger_bind_int(&c, asking_power(q, s->b));
    ledger_bind_int(&c, s->on - s->window);
    ledger_bind_int(&c, s->on);
    while (ledger_next(&c)) {
        ask_claim claim = {.holds = ledger_int(&c, 6) != 0, .formal = ledger_int(&c, 7) != 0, .practical = ledger_int(&c, 8) != 0,
                           .day = (day)ledger_int(&c, 9)};
        str *texts[] = {&claim.id, &claim.speaker, &claim.role, &claim.side, &claim.tie, &claim.change};
        for (int i = 0; i < (int)COUNT(texts); i++)
            *texts[i] = asking_copy(q, &c, i);
        claim.sentence = asking_copy(q, &c, 10);
        claim.outlet = asking_copy(q, &c, 11);
        claim.origin = asking_copy(q, &c, 12);
        contradict(s, &claim);
        *vec_push(q->memory, &s->claims) = claim;
    }
    asking_end(q, &c);
    tally_claims(q, s);
}

/* ---- together ---- */

static void find_coverage(asking *q, standing *s)
{
    int64_t undated = asking_number(q, "SELECT COUNT(*) FROM documents WHERE conflict AND settled IS NULL AND superseded IS NULL AND ?1 < ?2", 0, 1);
    s->read = reading_of(q, s->on - s->window, s->on);
    s->undated = MAX(undated, 0);
}

int ask_standing(ledger *l, const kb *k, arena *memory, const standing_wish *w, standing *ret, entente_error *ret_error)
{
    asking q = {l, k, memory, 0, ret_error};
    *ret = (standing){.k = k, .a = w->a, .b = w->b, .on = w->on, .window = w->window};
    ret->known = reading_days(&q);
    if (w->on == NO_DAY)
        ret->on = ret->known.to;
    if (q.code)
        return q.code;
    if (ret->on == NO_DAY)
        return error_set(ret_error, ENTENTE_USAGE, STR("--on"), UINT64_MAX, "the ledger holds no dated document; say which day is meant");
    find_ties(&q, ret);
    find_acts(&q, ret, w->every);
    measure_all(&q, ret);
    find_claims(&q, ret);
    find_coverage(&q, ret);
    for (int way = 0; way < 2 && !q.code; way++) {
        duty_wish d = {.ally = way ? w->a : w->b, .obliged = way ? w->b : w->a, .from = ret->on - ret->window + 1, .to = ret->on, .known = ret->on};
        q.code = ask_duties(l, k, memory, &d, &ret->duty[way], ret_error);
    }
    return q.code;
}
