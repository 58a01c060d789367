/* A standing as JSON, and for people. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

/* ---- JSON ---- */

static void json_ties(const standing *s, buffer *out)
{
    json_key(out, "formal");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < s->ties.count; i++) {
        json_item(out);
        json_bond(out, s->k, &s->ties.at[i]);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void json_practical(const standing *s, buffer *out)
{
    static const char *const ways[] = {"a_to_b", "b_to_a"};
    json_key(out, "practical");
    buffer_char(out, '{');
    for (int way = 0; way < 2; way++) {
        json_key(out, ways[way]);
        buffer_char(out, '{');
        json_measure(out, "words", &s->conduct[way][WORDS], reading_any(&s->read));
        json_measure(out, "deeds", &s->conduct[way][DEEDS], reading_any(&s->read));
        buffer_char(out, '}');
    }
    buffer_char(out, '}');
}

static void json_claims(const standing *s, buffer *out)
{
    json_key(out, "claims");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < s->claims.count; i++) {
        const ask_claim *c = &s->claims.at[i];
        json_item(out);
        json_text(out, "id", c->id);
        json_text(out, "speaker", c->speaker);
        json_text(out, "office", c->role);
        json_text(out, "side", c->side);
        json_text(out, "tie", c->tie);
        json_bool(out, "holds", c->holds);
        json_text(out, "change", c->change);
        json_key(out, "scope");
        buffer_format(out, "[%s%s%s]", c->formal ? "\"formal\"" : "", c->formal && c->practical ? "," : "", c->practical ? "\"practical\"" : "");
        json_day(out, "date", c->day);
        json_text(out, "sentence", c->sentence);
        json_text(out, "outlet", c->outlet);
        buffer_char(out, '}');
    }
    buffer_text(out, "]");
    json_key(out, "contradictions");
    buffer_char(out, '[');
    for (uint32_t i = 0, n = 0; i < s->claims.count; i++) {
        char id[200];
        if (!s->claims.at[i].contradicts)
            continue;
        buffer_text(out, n++ ? ",[" : "[");
        write_json_str(out, s->claims.at[i].id);
        buffer_char(out, ',');
        write_json_str(out, tie_id(s->k, s->claims.at[i].against.tie, id, sizeof id));
        buffer_char(out, ']');
    }
    buffer_char(out, ']');
}

static void json_evidence(const standing *s, buffer *out)
{
    json_key(out, "evidence");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < s->acts.count; i++) {
        if (i)
            buffer_char(out, ',');
        write_json_str(out, s->acts.at[i].id);
    }
    buffer_char(out, ']');
}

static void json_duties(const standing *s, buffer *out)
{
    static const char *const ways[] = {"a_to_b", "b_to_a"};
    json_key(out, "duties");
    buffer_char(out, '{');
    for (int way = 0; way < 2; way++) {
        json_key(out, ways[way]);
        duties_json(&s->duty[way], out);
    }
    buffer_char(out, '}');
}

static void json_coverage(const standing *s, buffer *out)
{
    json_key(out, "coverage");
    buffer_char(out, '{');
    json_count(out, "documents", s->read.documents);
    json_count(out, "outlets", s->read.outlets);
    json_reading(out, "window", &s->read);
    json_day(out, "from", s->known.from);
    json_day(out, "to", s->known.to);
    json_count(out, "conflicting_dates", s->undated);
    buffer_char(out, '}');
}

void standing_json(const standing *s, buffer *out)
{
    buffer_char(out, '{');
    json_text(out, "a", kb_entity_at(s->k, s->a).identifier);
    json_text(out, "b", kb_entity_at(s->k, s->b).identifier);
    json_day(out, "on", s->on);
    json_count(out, "window", s->window);
    json_ties(s, out);
    json_practical(s, out);
    json_claims(s, out);
    json_duties(s, out);
    json_evidence(s, out);
    json_coverage(s, out);
    json_day(out, "known_until", s->known_until);
    buffer_text(out, "}\n");
}

/* ---- for people ---- */

static void say_tie(sheet *p, const kb_bond *b)
{
    kb_tie t = kb_tie_at(p->k, b->tie);
    char since[11], id[200];
    str name = t.name;
    uint32_t semicolon = str_find(name, STR(";"));
    name.len = MIN(name.len, semicolon);
    buffer_format(p->out, "  %-11s %.*s\n", kb_status_names[b->status], (int)name.len, name.at);
    buffer_format(p->out, "              since %s; ", day_text(b->since, since));
    say_owes(p, &t);
    buffer_text(p->out, "   ");
    paint(p, "2", tie_id(p->k, b->tie, id, sizeof id).at);
    buffer_char(p->out, '\n');
}

static void say_formal(sheet *p, const standing *s)
{
    char until[11];
    paint(p, "1", "Formally\n");
    for (uint32_t i = 0; i < s->ties.count; i++)
        say_tie(p, &s->ties.at[i]);
    if (!s->ties.count)
        buffer_text(p->out, "  No treaty between them is known to this knowledge.\n");
    if (s->known_until != NO_DAY && s->on > s->known_until)
        buffer_format(p->out, "  The ties are known until %s; what changed later is not told here.\n", day_text(s->known_until, until));
    buffer_char(p->out, '\n');
}

/* The latest of them, which are the ones that one wants to see first, and which alone were opened. */
static void say_acts(sheet *p, const standing *s, bool backwards, int realm)
{
    uint32_t shown = 0, left = 0;
    for (uint32_t i = s->acts.count; i-- > 0;) {
        const ask_act *a = &s->acts.at[i];
        if (a->backwards != backwards || act_is_deed(a->type) != (realm == DEEDS))
            continue;
        if (shown++ < STANDING_SHOWN)
            say_act(p, "      ", a);
        else
            left++;
    }
    if (left)
        buffer_format(p->out, "      and %u more\n", left);
}

static void say_way(sheet *p, const standing *s, bool backwards)
{
    str from = power_name(s->k, backwards ? s->b : s->a), to = power_name(s->k, backwards ? s->a : s->b);
    buffer_format(p->out, "  %.*s towards %.*s\n", (int)from.len, from.at, (int)to.len, to.at);
    say_measure(p, "words", &s->conduct[backwards][WORDS], reading_any(&s->read));
    say_acts(p, s, backwards, WORDS);
    say_measure(p, "deeds", &s->conduct[backwards][DEEDS], reading_any(&s->read));
    say_acts(p, s, backwards, DEEDS);
}

static void say_practical(sheet *p, const standing *s)
{
    paint(p, "1", "Practically, ");
    buffer_format(p->out, "in the %d days before\n", s->window);
    say_way(p, s, false);
    say_way(p, s, true);
}

static void say_claim(sheet *p, const standing *s, const ask_claim *c)
{
    char date[11], id[200];
    buffer_format(p->out, "  %s  %.*s%s%.*s%s (%.*s side): ", day_text(c->day, date), (int)c->speaker.len, c->speaker.at,
                  c->role.len ? ", " : "", (int)c->role.len, c->role.at, c->speaker.len ? "" : "the narrator", (int)c->side.len, c->side.at);
    buffer_format(p->out, "%.*s %s%s%s  ", (int)c->tie.len, c->tie.at, c->holds ? "yes" : "no", c->formal ? ", formally" : "",
                  c->practical ? ", practically" : "");
    say_id(p, c->id);
    buffer_char(p->out, '\n');
    line_text(p, "        ", c->sentence, 200);
    if (!c->contradicts)
        return;
    paint(p, "33", "        contradicts the registry: ");
    buffer_format(p->out, "%s was %s that day; both are shown, neither is corrected\n", tie_id(s->k, c->against.tie, id, sizeof id).at,
                  kb_status_names[c->against.status]);
}

/* Speakers, not repeats, on each side. */
static void say_tally(sheet *p, const standing *s)
{
    for (uint32_t i = 0; i < s->tally.count; i++) {
        const claim_tally *t = &s->tally.at[i];
        buffer_format(p->out, "  %.*s side: %u %s said %.*s yes, %u no\n", (int)t->side.len, t->side.at, t->yes, t->yes == 1 ? "speaker" : "speakers",
                      (int)t->tie.len, t->tie.at, t->no);
    }
}

static void say_claims(sheet *p, const standing *s)
{
    buffer_char(p->out, '\n');
    paint(p, "1", "Claims about the tie\n");
    say_tally(p, s);
    for (uint32_t i = 0; i < s->claims.count; i++)
        say_claim(p, s, &s->claims.at[i]);
    if (!s->claims.count)
        buffer_text(p->out, reading_any(&s->read) ? "  None in the window.\n" : "  Nothing was read in the window.\n");
}

static void say_tests(sheet *p, const standing *s)
{
    buffer_char(p->out, '\n');
    paint(p, "1", "Duties put to the test\n");
    for (int way = 0; way < 2; way++) {
        str obliged = power_name(s->k, s->duty[way].obliged);
        if (!s->duty[way].tests.count && !s->duty[way].apart.count)
            continue;
        buffer_format(p->out, "  %.*s's:\n", (int)obliged.len, obliged.at);
        say_duties(p, &s->duty[way]);
    }
    if (!s->duty[0].tests.count && !s->duty[0].apart.count && !s->duty[1].tests.count && !s->duty[1].apart.count)
        buffer_text(p->out, !s->duty[0].owed ? "  Neither is known ever to have owed the other defence or consultation.\n"
                            : reading_any(&s->read) ? "  No attack of a third power on one of the two is told in the window.\n"
                                                    : "  Nothing was read in the window.\n");
}

static void say_coverage(sheet *p, const standing *s)
{
    char from[11], to[11];
    buffer_char(p->out, '\n');
    paint(p, "1", "Read\n");
    buffer_text(p->out, "  In the window: ");
    say_reading(p, &s->read);
    buffer_format(p->out, "; the ledger goes from %s to %s\n", day_text(s->known.from, from), day_text(s->known.to, to));
    if (s->undated)
        buffer_format(p->out, "  %lld kept out: page date and text contradict each other\n", (long long)s->undated);
    paint(p, "2", "  entente why ID opens any line down to its sentence, document and rule\n");
}

void standing_text(const standing *s, bool colour, buffer *out)
{
    sheet p = {s->k, colour, out};
    kb_entity a = kb_entity_at(s->k, s->a), b = kb_entity_at(s->k, s->b);
    char on[11], title[300];
    snprintf(title, sizeof title, "%.*s (%.*s) and %.*s (%.*s) on %s\n\n", (int)a.name.len, a.name.at, (int)a.identifier.len,
             a.identifier.at, (int)b.name.len, b.name.at, (int)b.identifier.len, b.identifier.at, day_text(s->on, on));
    paint(&p, "1", title);
    say_formal(&p, s);
    say_practical(&p, s);
    say_claims(&p, s);
    say_tests(&p, s);
    say_coverage(&p, s);
}
