/* A standing as JSON, and for people. */
#include <stdio.h>

#include "ask/ask.h"
#include "write/write.h"

/* ---- JSON ---- */

static void json_key(buffer *out, const char *name)
{
    char last = out->len ? out->at[out->len - 1] : 0;
    if (last != '{' && last != '[')
        buffer_char(out, ',');
    buffer_format(out, "\"%s\":", name);
}

static void json_text(buffer *out, const char *name, str s)
{
    json_key(out, name);
    write_json_text(out, s);
}

static void json_day(buffer *out, const char *name, day d)
{
    json_key(out, name);
    write_json_day(out, d);
}

static void json_real(buffer *out, const char *name, double value)
{
    json_key(out, name);
    write_real(out, value, 3);
}

static void json_count(buffer *out, const char *name, int64_t value)
{
    json_key(out, name);
    write_uint(out, (uint64_t)MAX(value, 0));
}

static void json_item(buffer *out)
{
    if (out->len && out->at[out->len - 1] == '}')
        buffer_char(out, ',');
    buffer_char(out, '{');
}

static str tie_id(const standing *s, const kb_bond *b, char *room, size_t size)
{
    str id = kb_tie_at(s->k, b->tie).identifier;
    int len = snprintf(room, size, "tie:%.*s", (int)id.len, id.at);
    return (str){room, (uint32_t)len};
}

static void json_ties(const standing *s, buffer *out)
{
    json_key(out, "formal");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < s->ties.count; i++) {
        const kb_bond *b = &s->ties.at[i];
        kb_tie t = kb_tie_at(s->k, b->tie);
        char id[200];
        json_item(out);
        json_text(out, "id", tie_id(s, b, id, sizeof id));
        json_text(out, "instrument", t.name);
        json_text(out, "status", str_of(kb_status_names[b->status]));
        json_day(out, "since", b->since);
        json_key(out, "obligations");
        buffer_char(out, '[');
        for (int o = 0, n = 0; o < OWES_COUNT; o++)
            if (t.owes >> o & 1)
                buffer_format(out, "%s\"%s\"", n++ ? "," : "", kb_owes_names[o]);
        buffer_char(out, ']');
        json_text(out, "article", t.article);
        json_text(out, "citation", t.citation);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void json_measure(buffer *out, const char *name, const measure *m)
{
    json_key(out, name);
    buffer_char(out, '{');
    if (m->enough) {
        json_real(out, "balance", m->balance);
        json_real(out, "low", m->low);
        json_real(out, "high", m->high);
        json_real(out, "pool", m->pool);
        json_real(out, "without_low", m->without_low);
        json_real(out, "without_high", m->without_high);
    } else {
        buffer_text(out, "\"balance\":null,\"why\":\"not enough evidence\"");
    }
    json_count(out, "stories", m->stories);
    json_count(out, "outlets", m->outlets);
    buffer_char(out, '}');
}

static void json_practical(const standing *s, buffer *out)
{
    static const char *const ways[] = {"a_to_b", "b_to_a"};
    json_key(out, "practical");
    buffer_char(out, '{');
    for (int way = 0; way < 2; way++) {
        json_key(out, ways[way]);
        buffer_char(out, '{');
        json_measure(out, "words", &s->conduct[way][WORDS]);
        json_measure(out, "deeds", &s->conduct[way][DEEDS]);
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
        json_key(out, "holds");
        buffer_text(out, c->holds ? "true" : "false");
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
        if (s->claims.at[i].against == NONE)
            continue;
        buffer_text(out, n++ ? ",[" : "[");
        write_json_str(out, s->claims.at[i].id);
        buffer_char(out, ',');
        write_json_str(out, tie_id(s, &s->ties.at[s->claims.at[i].against], id, sizeof id));
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
    json_evidence(s, out);
    json_key(out, "coverage");
    buffer_char(out, '{');
    json_count(out, "documents", s->documents);
    json_count(out, "outlets", s->outlets);
    json_day(out, "from", s->first);
    json_day(out, "to", s->last);
    json_count(out, "conflicting_dates", s->undated);
    buffer_char(out, '}');
    json_day(out, "known_until", s->known_until);
    buffer_text(out, "}\n");
}

/* ---- for people ---- */

typedef struct sheet {
    const standing *s;
    bool colour;
    buffer *out;
} sheet;

static void paint(sheet *p, const char *code, const char *text)
{
    if (p->colour)
        buffer_format(p->out, "\033[%sm%s\033[0m", code, text);
    else
        buffer_text(p->out, text);
}

static const char *day_text(day d, char room[11])
{
    if (d == NO_DAY)
        return "?";
    day_format(d, room);
    return room;
}

/* Cuts at a letter, not within one. */
static str shorten(str s, uint32_t most)
{
    if (s.len <= most)
        return s;
    while (most && ((unsigned char)s.at[most] & 0xC0) == 0x80)
        most--;
    return (str){s.at, most};
}

static void line_text(sheet *p, const char *margin, str s, uint32_t most)
{
    str cut = shorten(str_trim(s), most);
    buffer_text(p->out, margin);
    for (uint32_t i = 0; i < cut.len; i++)
        buffer_char(p->out, cut.at[i] == '\n' ? ' ' : cut.at[i]);
    buffer_text(p->out, cut.len < str_trim(s).len ? "...\n" : "\n");
}

static void say_tie(sheet *p, const kb_bond *b)
{
    kb_tie t = kb_tie_at(p->s->k, b->tie);
    char since[11], id[200];
    str name = t.name;
    uint32_t semicolon = str_find(name, STR(";"));
    name.len = MIN(name.len, semicolon);
    buffer_format(p->out, "  %-11s %.*s\n", kb_status_names[b->status], (int)name.len, name.at);
    buffer_format(p->out, "              since %s; owes", day_text(b->since, since));
    for (int o = 0, n = 0; o < OWES_COUNT; o++)
        if (t.owes >> o & 1)
            buffer_format(p->out, "%s %s", n++ ? "," : "", kb_owes_names[o]);
    if (!t.owes)
        buffer_text(p->out, " nothing of the kind");
    if (t.article.len)
        buffer_format(p->out, " (%.*s)", (int)t.article.len, t.article.at);
    str identifier = tie_id(p->s, b, id, sizeof id);
    buffer_text(p->out, "   ");
    paint(p, "2", identifier.at);
    buffer_char(p->out, '\n');
}

static void say_formal(sheet *p)
{
    char until[11];
    paint(p, "1", "Formally\n");
    for (uint32_t i = 0; i < p->s->ties.count; i++)
        say_tie(p, &p->s->ties.at[i]);
    if (!p->s->ties.count)
        buffer_text(p->out, "  No treaty between them is known to this knowledge.\n");
    if (p->s->known_until != NO_DAY && p->s->on > p->s->known_until)
        buffer_format(p->out, "  The ties are known until %s; what changed later is not told here.\n", day_text(p->s->known_until, until));
    buffer_char(p->out, '\n');
}

static void say_measure(sheet *p, const char *what, const measure *m)
{
    static const char *const verdicts[] = {"more hostile than usual", "as usual between powers", "closer than usual"};
    buffer_format(p->out, "    %-6s %3u %s, %u %s: ", what, m->stories, m->stories == 1 ? "story" : "stories", m->outlets,
                  m->outlets == 1 ? "outlet" : "outlets");
    if (!m->enough) {
        buffer_format(p->out, "not enough evidence (%d stories and %d outlets are asked)\n", MEASURE_STORIES, MEASURE_OUTLETS);
        return;
    }
    buffer_format(p->out, "balance %+.2f (%+.2f to %+.2f), ", m->balance, m->low, m->high);
    paint(p, m->verdict < 0 ? "31" : m->verdict > 0 ? "32" : "0", verdicts[m->verdict + 1]);
    buffer_format(p->out, " (%+.2f)\n", m->pool);
}

static void say_act(sheet *p, const ask_act *a)
{
    char date[11];
    buffer_format(p->out, "      %s  ", day_text(a->day, date));
    char type[80];
    snprintf(type, sizeof type, "%s%s%.*s", event_names[a->type], a->mode.len ? "/" : "", (int)MIN(a->mode.len, 40), a->mode.at ? a->mode.at : "");
    paint(p, event_scores[a->type] < 0 ? "31" : "32", type);
    buffer_format(p->out, "  %.*s", (int)a->outlet_name.len, a->outlet_name.at);
    if (a->reports > 1)
        buffer_format(p->out, " and others, %lld reports", (long long)a->reports);
    if (a->party)
        buffer_text(p->out, "  (told by a party alone: not counted)");
    buffer_text(p->out, "  ");
    str id = shorten(a->id, 16);
    char shown[20];
    snprintf(shown, sizeof shown, "%.*s", (int)id.len, id.at);
    paint(p, "2", shown);
    buffer_char(p->out, '\n');
    line_text(p, "        ", a->sentence, 150);
}

/* The latest of them, which are the ones that one wants to see first. */
static void say_acts(sheet *p, bool backwards, int realm, uint32_t most)
{
    const standing *s = p->s;
    uint32_t left = 0;
    for (uint32_t i = s->acts.count; i-- > 0;) {
        const ask_act *a = &s->acts.at[i];
        bool deed = event_quads[a->type] == 2 || event_quads[a->type] == 4;
        if (a->backwards != backwards || deed != (realm == DEEDS))
            continue;
        if (most) {
            say_act(p, a);
            most--;
        } else {
            left++;
        }
    }
    if (left)
        buffer_format(p->out, "      and %u more\n", left);
}

static void say_way(sheet *p, bool backwards)
{
    const standing *s = p->s;
    str from = kb_entity_at(s->k, backwards ? s->b : s->a).name, to = kb_entity_at(s->k, backwards ? s->a : s->b).name;
    buffer_format(p->out, "  %.*s towards %.*s\n", (int)from.len, from.at, (int)to.len, to.at);
    say_measure(p, "words", &s->conduct[backwards][WORDS]);
    say_acts(p, backwards, WORDS, 5);
    say_measure(p, "deeds", &s->conduct[backwards][DEEDS]);
    say_acts(p, backwards, DEEDS, 5);
}

static void say_claim(sheet *p, const ask_claim *c)
{
    char date[11], id[200], shown[20];
    buffer_format(p->out, "  %s  %.*s%s%.*s%s (%.*s side): ", day_text(c->day, date), (int)c->speaker.len, c->speaker.at,
                  c->role.len ? ", " : "", (int)c->role.len, c->role.at, c->speaker.len ? "" : "the narrator", (int)c->side.len, c->side.at);
    buffer_format(p->out, "%.*s %s%s%s  ", (int)c->tie.len, c->tie.at, c->holds ? "yes" : "no", c->formal ? ", formally" : "",
                  c->practical ? ", practically" : "");
    snprintf(shown, sizeof shown, "%.*s", (int)MIN(c->id.len, 16u), c->id.at);
    paint(p, "2", shown);
    buffer_char(p->out, '\n');
    line_text(p, "        ", c->sentence, 200);
    if (c->against == NONE)
        return;
    str tie = tie_id(p->s, &p->s->ties.at[c->against], id, sizeof id);
    paint(p, "33", "        contradicts the registry: ");
    buffer_format(p->out, "%.*s was %s that day; both are shown, neither is corrected\n", (int)tie.len, tie.at,
                  kb_status_names[p->s->ties.at[c->against].status]);
}

static void say_claims(sheet *p)
{
    buffer_char(p->out, '\n');
    paint(p, "1", "Claims about the tie\n");
    for (uint32_t i = 0; i < p->s->claims.count; i++)
        say_claim(p, &p->s->claims.at[i]);
    if (!p->s->claims.count)
        buffer_text(p->out, "  None in the window.\n");
}

static void say_coverage(sheet *p)
{
    const standing *s = p->s;
    char from[11], to[11];
    buffer_char(p->out, '\n');
    paint(p, "1", "Read\n");
    buffer_format(p->out, "  %lld documents of %lld outlets in the window; the ledger goes from %s to %s\n", (long long)s->documents,
                  (long long)s->outlets, day_text(s->first, from), day_text(s->last, to));
    if (s->undated)
        buffer_format(p->out, "  %lld kept out: page date and text contradict each other\n", (long long)s->undated);
    paint(p, "2", "  entente why ID opens any line down to its sentence, document and rule\n");
}

void standing_text(const standing *s, bool colour, buffer *out)
{
    sheet p = {s, colour, out};
    kb_entity a = kb_entity_at(s->k, s->a), b = kb_entity_at(s->k, s->b);
    char on[11], title[300];
    snprintf(title, sizeof title, "%.*s (%.*s) and %.*s (%.*s) on %s\n\n", (int)a.name.len, a.name.at, (int)a.identifier.len,
             a.identifier.at, (int)b.name.len, b.name.at, (int)b.identifier.len, b.identifier.at, day_text(s->on, on));
    paint(&p, "1", title);
    say_formal(&p);
    snprintf(title, sizeof title, "Practically, in the %d days before\n", s->window);
    paint(&p, "1", title);
    say_way(&p, false);
    say_way(&p, true);
    say_claims(&p);
    say_coverage(&p);
}
