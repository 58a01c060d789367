/* The pairs that moved most since a day, each with the story that moved it. */
#include <stdio.h>
#include <stdlib.h>

#include "ask/inside.h"
#include "write/write.h"

enum { FEWEST = 2 /* stories since the day: one alone is news, and no movement */ };

/* ---- all pairs: sums alone ---- */

/* Stories of one pair, before the day and after it. */
typedef struct pair {
    int64_t a, b;
    measure_sums sums[2][2]; /* [realm][after] */
    uint32_t stories[2][2];
} pair;

typedef struct candidate {
    int64_t a, b;
    int realm;
    double shift;
} candidate;

typedef struct hunt {
    asking *q;
    const movers *m;
    measure_sums prior[2]; /* of the pool */
    VEC(candidate) all;
} hunt;

static void pair_done(hunt *h, const pair *p)
{
    for (int realm = 0; realm < 2; realm++) {
        if (p->stories[realm][1] < FEWEST)
            continue;
        double shift = measure_ratio(p->sums[realm][1], h->prior[realm]) - measure_ratio(p->sums[realm][0], h->prior[realm]);
        *vec_push(h->q->memory, &h->all) = (candidate){p->a, p->b, realm, shift};
    }
}

static int by_shift(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    double p = a->shift < 0 ? -a->shift : a->shift, q = b->shift < 0 ? -b->shift : b->shift;
    if (p != q)
        return p > q ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return a->realm - b->realm;
}

/* One walk over the stories in the order of their key, which is that of the pairs. */
static void hunt_pairs(hunt *h)
{
    const movers *m = h->m;
    pair p = {.a = 0};
    ledger_cursor c = ledger_ask(h->q->l, "SELECT s.a, s.b, s.type, s.day, s.told FROM stories s CROSS JOIN powers p ON p.number = s.a CROSS JOIN powers q"
                                          " ON q.number = s.b WHERE p.state AND q.state AND s.day > ? AND s.day <= ? AND NOT s.party ORDER BY s.a, s.b");
    ledger_bind_int(&c, m->since - m->window);
    ledger_bind_int(&c, m->on);
    while (ledger_next(&c)) {
        int64_t a = ledger_int(&c, 0), b = ledger_int(&c, 1);
        if (a != p.a || b != p.b) {
            pair_done(h, &p);
            p = (pair){.a = a, .b = b};
        }
        ask_act act = {.type = (uint8_t)ledger_int(&c, 2)};
        act_read_told(&act, ledger_text(&c, 4), m->on);
        bool after = ledger_int(&c, 3) > m->since;
        if (act.weight <= 0 || act.party || act.type >= EVENT_COUNT)
            continue;
        measure_story story = {act.weight, event_scores[act.type], NONE};
        measure_sums_add(&p.sums[act_is_deed(act.type)][after], &story);
        p.stories[act_is_deed(act.type)][after]++;
    }
    asking_end(h->q, &c);
    pair_done(h, &p);
    if (h->all.count)
        qsort(h->all.at, h->all.count, sizeof *h->all.at, by_shift);
}

/* ---- the few: measured, with their story ---- */

static uint32_t power_at(asking *q, int64_t number)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT identifier FROM powers WHERE number = ?");
    ledger_bind_int(&c, number);
    uint32_t entity = ledger_next(&c) ? kb_entity_find(q->k, ledger_text(&c, 0)) : NONE;
    asking_end(q, &c);
    return entity;
}

/* The story since the day without which the pair would have moved least: the one that weighs most in its direction. */
static void find_story(asking *q, const ask_acts *acts, mover *m)
{
    double most = -1;
    for (uint32_t i = 0; i < acts->count; i++) {
        const ask_act *a = &acts->at[i];
        double pull = (double)a->weight * event_scores[a->type] * (m->change.shift < 0 ? -1 : 1);
        if (a->party || act_is_deed(a->type) != (m->realm == DEEDS) || pull < most)
            continue;
        most = pull;
        m->act = *a;
    }
    acts_open(q, &m->act);
}

static void measure_mover(asking *q, const movers *ms, mover *m, const candidate *c, const measure_set *usual)
{
    const acts_wish spans[2] = {{c->a, c->b, ms->since - ms->window, ms->since, ms->on, false}, {c->a, c->b, ms->since, ms->on, ms->on, false}};
    measure *into[2] = {&m->before, &m->after};
    measure_set sets[2];
    ask_acts acts[2] = {{0}};
    for (int i = 0; i < 2; i++) {
        acts_find(q, &spans[i], false, &acts[i]);
        sets[i] = acts_measured(q, acts[i].at, acts[i].count, false, c->realm);
        measure_conduct(sets[i].at, sets[i].count, sets[i].outlets, usual->at, usual->count, 1, into[i]);
    }
    measure_shift(&sets[0], &sets[1], usual, 1, &m->change);
    m->realm = c->realm;
    find_story(q, &acts[1], m);
}

int ask_movers(ledger *l, const kb *k, arena *memory, const movers_wish *w, movers *ret, entente_error *ret_error)
{
    asking q = {l, k, memory, 0, ret_error};
    *ret = (movers){.k = k, .since = w->since, .on = w->on, .window = w->window};
    if (w->on == NO_DAY)
        ret->on = reading_days(&q).to;
    if (q.code)
        return q.code;
    if (ret->on == NO_DAY || ret->on <= ret->since)
        return error_set(ret_error, ENTENTE_USAGE, STR("--since"), UINT64_MAX, "wants a day before the one that is asked for and the last of the ledger");
    ret->before = reading_of(&q, ret->since - ret->window, ret->since);
    ret->after = reading_of(&q, ret->since, ret->on);
    hunt h = {.q = &q, .m = ret};
    measure_set usual[2];
    for (int realm = 0; realm < 2; realm++) {
        usual[realm] = pool_of(&q, ret->since - ret->window, ret->on, realm);
        h.prior[realm] = measure_prior(usual[realm].at, usual[realm].count);
    }
    if (reading_any(&ret->before) && reading_any(&ret->after))
        hunt_pairs(&h);
    for (uint32_t i = 0; i < h.all.count && ret->list.count < w->most && !q.code; i++) {
        mover m = {.a = power_at(&q, h.all.at[i].a), .b = power_at(&q, h.all.at[i].b)};
        if (m.a == NONE || m.b == NONE)
            continue;
        measure_mover(&q, ret, &m, &h.all.at[i], &usual[h.all.at[i].realm]);
        *vec_push(memory, &ret->list) = m;
    }
    return q.code;
}

/* ---- printing ---- */

static const char *arrow(const mover *m)
{
    if (!m->before.enough || !m->after.enough)
        return "unsure";
    return m->change.moved > 0 ? "better" : m->change.moved < 0 ? "worse" : "same";
}

void movers_json(const movers *ms, buffer *out)
{
    static const char *const realms[] = {"words", "deeds"};
    buffer_char(out, '{');
    json_day(out, "since", ms->since);
    json_day(out, "on", ms->on);
    json_count(out, "window", ms->window);
    json_reading(out, "read_before", &ms->before);
    json_reading(out, "read_after", &ms->after);
    json_key(out, "moved");
    if (!reading_any(&ms->before) || !reading_any(&ms->after)) {
        buffer_text(out, "null}\n");
        return;
    }
    buffer_char(out, '[');
    for (uint32_t i = 0; i < ms->list.count; i++) {
        const mover *m = &ms->list.at[i];
        json_item(out);
        json_text(out, "actor", kb_entity_at(ms->k, m->a).identifier);
        json_text(out, "recipient", kb_entity_at(ms->k, m->b).identifier);
        json_text(out, "realm", str_of(realms[m->realm]));
        json_text(out, "verdict", str_of(arrow(m)));
        json_real(out, "shift", m->change.shift);
        json_real(out, "low", m->change.low);
        json_real(out, "high", m->change.high);
        json_measure(out, "before", &m->before, true);
        json_measure(out, "after", &m->after, true);
        json_key(out, "story");
        buffer_char(out, '{');
        json_act(out, &m->act);
        buffer_text(out, "}}");
    }
    buffer_text(out, "]}\n");
}

static void say_mover(sheet *p, const mover *m)
{
    static const char *const realms[] = {"words", "deeds"};
    str a = power_name(p->k, m->a), b = power_name(p->k, m->b);
    paint(p, m->change.shift < 0 ? "31" : "32", m->change.shift < 0 ? "worse " : "better");
    buffer_format(p->out, "  %.*s towards %.*s, %s: ", (int)a.len, a.at, (int)b.len, b.at, realms[m->realm]);
    buffer_format(p->out, "%+.2f to %+.2f, by %+.2f (%+.2f to %+.2f); %u stories, then %u", m->before.balance, m->after.balance, m->change.shift,
                  m->change.low, m->change.high, m->before.stories, m->after.stories);
    if (!m->before.enough || !m->after.enough)
        buffer_text(p->out, "; not enough evidence to be sure");
    else if (!m->change.moved)
        buffer_text(p->out, "; the interval holds 0");
    buffer_char(p->out, '\n');
    say_act(p, "    ", &m->act);
}

void movers_text(const movers *ms, bool colour, buffer *out)
{
    sheet p = {ms->k, colour, out};
    char since[11], on[11];
    buffer_format(out, "Who moved most from %s to %s, against the %d days before\n\n", day_text(ms->since, since), day_text(ms->on, on), ms->window);
    for (uint32_t i = 0; i < ms->list.count; i++)
        say_mover(&p, &ms->list.at[i]);
    if (!reading_any(&ms->before) || !reading_any(&ms->after))
        buffer_text(out, "Nothing can be told: see what was read.\n");
    else if (!ms->list.count)
        buffer_text(out, "No two powers have two stories since then.\n");
    buffer_text(out, "\nRead before: ");
    say_reading(&p, &ms->before);
    buffer_text(out, "\nRead since:  ");
    say_reading(&p, &ms->after);
    buffer_char(out, '\n');
}
