/* Duties put to the test, as JSON and for people. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

static const char *const grounds[GROUND_COUNT] = {"own", "untold", "elsewhere"};
static const char *const spans[2] = {"in 30 days", "on days 31 to 90"};

/* ---- JSON ---- */

static void json_attack(const duties *d, const duty_attack *a, buffer *out)
{
    json_item(out);
    json_text(out, "by", kb_entity_at(d->k, a->by).identifier);
    json_text(out, "ground", str_of(grounds[a->ground]));
    json_bool(out, "armed", a->armed);
    json_bool(out, "told_by_party", a->act.party);
    json_act(out, &a->act);
    buffer_char(out, '}');
}

/* Those that were opened to be shown, and how many there are. */
static void json_attacks(const duties *d, const char *name, const char *counted, const duty_attack *all, uint32_t count, buffer *out)
{
    json_key(out, name);
    buffer_char(out, '[');
    for (uint32_t i = 0; i < count; i++)
        if (all[i].act.origin.len)
            json_attack(d, &all[i], out);
    buffer_char(out, ']');
    json_count(out, counted, count);
}

static void json_done(const duties *d, const char *name, const duty_act *acts, uint32_t count, buffer *out)
{
    json_key(out, name);
    buffer_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_item(out);
        json_text(out, "did", str_of(ask_did_names[acts[i].did]));
        json_text(out, "towards", kb_entity_at(d->k, acts[i].towards).identifier);
        json_act(out, &acts[i].act);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

/* Null, not [], of days of which nothing was read. */
static void json_span(const duties *d, const duty_test *t, int late, buffer *out)
{
    static const char *const names[] = {"days_0_to_30", "days_31_to_90"}, *const reads[] = {"read_0_to_30", "read_31_to_90"};
    if (reading_any(&t->read[late]) || t->did[late].count) {
        json_done(d, names[late], t->did[late].at, t->did[late].count, out);
    } else {
        json_key(out, names[late]);
        buffer_text(out, "null");
    }
    json_reading(out, reads[late], &t->read[late]);
}

static void json_test(const duties *d, const duty_test *t, buffer *out)
{
    json_item(out);
    json_text(out, "ally", kb_entity_at(d->k, t->ally).identifier);
    json_text(out, "obliged", kb_entity_at(d->k, t->obliged).identifier);
    json_day(out, "first", t->first);
    json_day(out, "last", t->last);
    json_text(out, "ground", str_of(grounds[t->ground]));
    json_attacks(d, "attacks", "attack_count", t->attacks.at, t->attacks.count, out);
    json_key(out, "duties");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < t->ties.count; i++) {
        json_item(out);
        json_bond(out, d->k, &t->ties.at[i]);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
    for (int late = 0; late < 2; late++)
        json_span(d, t, late, out);
    json_done(d, "told_by_party", t->told_by_party.at, t->told_by_party.count, out);
    json_day(out, "known", t->known);
    buffer_char(out, '}');
}

void duties_json(const duties *d, buffer *out)
{
    buffer_char(out, '{');
    json_text(out, "ally", kb_entity_at(d->k, d->ally).identifier);
    json_text(out, "obliged", d->obliged == NONE ? (str){0} : kb_entity_at(d->k, d->obliged).identifier);
    json_key(out, "tests");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < d->tests.count; i++)
        json_test(d, &d->tests.at[i], out);
    buffer_char(out, ']');
    json_attacks(d, "not_tested", "not_tested_count", d->apart.at, d->apart.count, out);
    json_bool(out, "owed", d->owed);
    json_count(out, "without_duty", d->unbound);
    json_reading(out, "read", &d->read);
    buffer_char(out, '}');
}

/* ---- for people ---- */

static void say_attackers(sheet *p, const duty_test *t)
{
    for (uint32_t i = 0; i < t->attacks.count; i++) {
        bool said = false;
        for (uint32_t j = 0; j < i; j++)
            said |= t->attacks.at[j].by == t->attacks.at[i].by;
        str name = power_name(p->k, t->attacks.at[i].by);
        if (!said)
            buffer_format(p->out, "%s%.*s", i ? ", " : "", (int)name.len, name.at);
    }
}

static void say_attacks(sheet *p, const duty_test *t)
{
    static const char *const where[] = {"on its territory", "where is not told", ""};
    char first[11], last[11];
    str ally = power_name(p->k, t->ally);
    buffer_format(p->out, "  %.*s was attacked", (int)ally.len, ally.at);
    buffer_format(p->out, t->last > t->first ? " from %s to %s by " : " on %s%s by ", day_text(t->first, first),
                  t->last > t->first ? day_text(t->last, last) : "");
    say_attackers(p, t);
    buffer_format(p->out, ", %s (%u %s)\n", where[t->ground], t->attacks.count, t->attacks.count == 1 ? "story" : "stories");
    for (uint32_t i = 0; i < MIN(t->attacks.count, (uint32_t)DUTY_SHOWN); i++)
        say_act(p, "    ", &t->attacks.at[i].act);
    if (t->attacks.count > DUTY_SHOWN)
        buffer_format(p->out, "    and %u more\n", t->attacks.count - DUTY_SHOWN);
}

static void say_duty(sheet *p, const duty_test *t)
{
    char id[200];
    str obliged = power_name(p->k, t->obliged);
    for (uint32_t i = 0; i < MIN(t->ties.count, 2u); i++) {
        kb_tie tie = kb_tie_at(p->k, t->ties.at[i].tie);
        str name = str_part(tie.name, 0, MIN(tie.name.len, str_find(tie.name, STR(";"))));
        buffer_format(p->out, "  %.*s ", (int)obliged.len, obliged.at);
        say_owes(p, &tie);
        buffer_format(p->out, ", %.*s", (int)name.len, name.at);
        if (t->ties.at[i].status != TIE_IN_FORCE)
            buffer_format(p->out, ", %s", kb_status_names[t->ties.at[i].status]);
        buffer_text(p->out, "   ");
        paint(p, "2", tie_id(p->k, t->ties.at[i].tie, id, sizeof id).at);
        buffer_char(p->out, '\n');
    }
    if (t->ties.count > 2)
        buffer_format(p->out, "    and by %u more %s\n", t->ties.count - 2, t->ties.count == 3 ? "instrument" : "instruments");
}

/* "talks 2, requests 1": what a duty asks for is told though it be 0; the rest where it is not. */
static void say_counts(sheet *p, const duty_test *t, int late)
{
    static const char *const labels[DID_COUNT] = {"force or troops against the attacker", "aid or military cooperation", "pressure on the attacker",
                                                  "support in words", "talks", "requests", "refusals", "acts against the ally", "aid to the attacker"};
    uint32_t counts[DID_COUNT] = {0};
    for (uint32_t i = 0; i < t->did[late].count; i++)
        counts[t->did[late].at[i].did]++;
    bool comma = false;
    for (int d = 0; d < DID_COUNT; d++)
        if (d <= DID_TALKED || counts[d]) {
            buffer_format(p->out, "%s%s %u", comma ? ", " : "", labels[d], counts[d]);
            comma = true;
        }
    buffer_char(p->out, '\n');
}

static void say_done(sheet *p, const duty_act *acts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        say_act(p, "      ", &acts[i].act);
}

static void say_span(sheet *p, const duty_test *t, int late)
{
    static const int ends[] = {30, 90};
    char known[11];
    const reading *r = &t->read[late];
    buffer_format(p->out, "    %s: ", spans[late]);
    if (!reading_any(r) && !t->did[late].count) {
        buffer_text(p->out, "nothing was read, so what it did is not known\n");
        return;
    }
    say_counts(p, t, late);
    buffer_text(p->out, "      (read: ");
    say_reading(p, r);
    if (t->first + ends[late] > t->known)
        buffer_format(p->out, "; no later than %s, before the %d days were over", day_text(t->known, known), ends[late]);
    buffer_text(p->out, ")\n");
    say_done(p, t->did[late].at, t->did[late].count);
}

static void say_test(sheet *p, const duty_test *t)
{
    say_attacks(p, t);
    say_duty(p, t);
    for (int late = 0; late < 2; late++)
        say_span(p, t, late);
    if (t->told_by_party.count)
        buffer_text(p->out, "    told by one of the two alone, and not counted:\n");
    say_done(p, t->told_by_party.at, t->told_by_party.count);
}

static const char *why_apart(const duty_attack *a)
{
    if (a->act.party)
        return "told by one of the two alone";
    if (!a->armed)
        return "troops moved, no attack";
    return "not on its territory";
}

static void say_apart(sheet *p, const duties *d)
{
    if (!d->apart.count)
        return;
    buffer_text(p->out, "  Not tested, for each of its reason:\n");
    for (uint32_t i = 0; i < d->apart.count && i < 2 * DUTY_SHOWN; i++) {
        const duty_attack *a = &d->apart.at[i];
        str by = power_name(d->k, a->by);
        buffer_format(p->out, "    %s%s%.*s, by %.*s\n", why_apart(a), a->act.place.len ? ": " : "", (int)a->act.place.len,
                      a->act.place.len ? a->act.place.at : "", (int)by.len, by.at);
        say_act(p, "      ", &a->act);
    }
    if (d->apart.count > 2 * DUTY_SHOWN)
        buffer_format(p->out, "    and %u more\n", d->apart.count - 2 * DUTY_SHOWN);
}

void say_duties(sheet *p, const duties *d)
{
    str ally = power_name(d->k, d->ally);
    for (uint32_t i = 0; i < d->tests.count; i++)
        say_test(p, &d->tests.at[i]);
    if (!d->owed)
        buffer_format(p->out, "  Nobody asked about is known ever to have owed %.*s defence or consultation.\n", (int)ally.len, ally.at);
    else if (!reading_any(&d->read))
        buffer_format(p->out, "  Nothing was read in these days: whether %.*s was attacked is not known.\n", (int)ally.len, ally.at);
    else if (!d->tests.count && !d->apart.count && !d->unbound)
        buffer_format(p->out, "  No attack of a third power on %.*s is told in what was read.\n", (int)ally.len, ally.at);
    else if (d->unbound)
        buffer_format(p->out, "  %u %s on %.*s in which no duty of defence or consultation was in force.\n", d->unbound,
                      d->unbound == 1 ? "run of attacks" : "runs of attacks", (int)ally.len, ally.at);
    say_apart(p, d);
}

void duties_text(const duties *d, bool colour, buffer *out)
{
    sheet p = {d->k, colour, out};
    char from[11], to[11], title[300];
    str ally = power_name(d->k, d->ally), obliged = d->obliged == NONE ? STR("those who owed it") : power_name(d->k, d->obliged);
    snprintf(title, sizeof title, "%.*s attacked, and what %.*s did: %s to %s\n\n", (int)ally.len, ally.at, (int)obliged.len, obliged.at,
             day_text(d->read.from, from), day_text(d->read.to, to));
    paint(&p, "1", title);
    say_duties(&p, d);
    if (!d->owed)
        return;
    buffer_text(out, "  Read: ");
    say_reading(&p, &d->read);
    buffer_char(out, '\n');
}
