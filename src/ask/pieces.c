/* Pieces that the answers share: of JSON, and of text for people. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

/* ---- JSON ---- */

void json_key(buffer *out, const char *name)
{
    char last = out->len ? out->at[out->len - 1] : 0;
    if (last != '{' && last != '[')
        buffer_char(out, ',');
    buffer_format(out, "\"%s\":", name);
}

void json_text(buffer *out, const char *name, str s)
{
    json_key(out, name);
    write_json_text(out, s);
}

void json_day(buffer *out, const char *name, day d)
{
    json_key(out, name);
    write_json_day(out, d);
}

void json_real(buffer *out, const char *name, double value)
{
    json_key(out, name);
    write_real(out, value, 3);
}

void json_count(buffer *out, const char *name, int64_t value)
{
    json_key(out, name);
    write_uint(out, (uint64_t)MAX(value, 0));
}

void json_bool(buffer *out, const char *name, bool value)
{
    json_key(out, name);
    buffer_text(out, value ? "true" : "false");
}

void json_item(buffer *out)
{
    if (out->len && out->at[out->len - 1] == '}')
        buffer_char(out, ',');
    buffer_char(out, '{');
}

void json_reading(buffer *out, const char *name, const reading *r)
{
    json_key(out, name);
    buffer_char(out, '{');
    json_day(out, "from", r->from);
    json_day(out, "to", r->to);
    json_count(out, "documents", r->documents);
    json_count(out, "headlines", r->headlines);
    json_count(out, "outlets", r->outlets);
    json_count(out, "days_read", r->days);
    buffer_char(out, '}');
}

static void json_balance(buffer *out, const measure *m)
{
    json_real(out, "balance", m->balance);
    json_real(out, "low", m->low);
    json_real(out, "high", m->high);
    json_real(out, "pool", m->pool);
    json_real(out, "without_low", m->without_low);
    json_real(out, "without_high", m->without_high);
}

void json_measure(buffer *out, const char *name, const measure *m, bool read)
{
    json_key(out, name);
    buffer_char(out, '{');
    if (!read) {
        buffer_text(out, "\"balance\":null,\"why\":\"nothing was read\",\"stories\":null,\"outlets\":null}");
        return;
    }
    if (m->enough)
        json_balance(out, m);
    else
        buffer_text(out, "\"balance\":null,\"why\":\"not enough evidence\"");
    json_count(out, "stories", m->stories);
    json_count(out, "outlets", m->outlets);
    buffer_char(out, '}');
}

void json_act(buffer *out, const ask_act *a)
{
    json_text(out, "id", a->id);
    json_day(out, "date", a->day);
    json_text(out, "event", str_of(event_names[a->type]));
    json_text(out, "modes", a->mode);
    json_text(out, "place", a->place);
    json_text(out, "country", a->country);
    json_text(out, "sentence", a->sentence);
    json_text(out, "outlet", a->outlet_name);
    json_count(out, "reports", a->reports);
}

str tie_id(const kb *k, uint32_t tie, char *room, size_t size)
{
    str id = kb_tie_at(k, tie).identifier;
    int len = snprintf(room, size, "tie:%.*s", (int)id.len, id.at);
    return (str){room, (uint32_t)len};
}

void json_owes(buffer *out, uint8_t owes)
{
    json_key(out, "obligations");
    buffer_char(out, '[');
    for (int o = 0, n = 0; o < OWES_COUNT; o++)
        if (owes >> o & 1)
            buffer_format(out, "%s\"%s\"", n++ ? "," : "", kb_owes_names[o]);
    buffer_char(out, ']');
}

void json_bond(buffer *out, const kb *k, const kb_bond *b)
{
    kb_tie t = kb_tie_at(k, b->tie);
    char id[200];
    json_text(out, "id", tie_id(k, b->tie, id, sizeof id));
    json_text(out, "instrument", t.name);
    json_text(out, "status", str_of(kb_status_names[b->status]));
    json_day(out, "since", b->since);
    json_owes(out, t.owes);
    json_text(out, "article", t.article);
    json_text(out, "citation", t.citation);
}

/* ---- for people ---- */

void paint(sheet *p, const char *code, const char *text)
{
    if (p->colour)
        buffer_format(p->out, "\033[%sm%s\033[0m", code, text);
    else
        buffer_text(p->out, text);
}

const char *day_text(day d, char room[11])
{
    if (d == NO_DAY)
        return "?";
    day_format(d, room);
    return room;
}

str shorten(str s, uint32_t most)
{
    if (s.len <= most)
        return s;
    while (most && ((unsigned char)s.at[most] & 0xC0) == 0x80)
        most--;
    return (str){s.at, most};
}

void line_text(sheet *p, const char *margin, str s, uint32_t most)
{
    str whole = str_trim(s), cut = shorten(whole, most);
    buffer_text(p->out, margin);
    for (uint32_t i = 0; i < cut.len; i++)
        buffer_char(p->out, cut.at[i] == '\n' ? ' ' : cut.at[i]);
    buffer_text(p->out, cut.len < whole.len ? "...\n" : "\n");
}

str power_name(const kb *k, uint32_t entity)
{
    return kb_entity_at(k, entity).name;
}

void say_id(sheet *p, str id)
{
    char shown[20];
    snprintf(shown, sizeof shown, "%.*s", (int)MIN(id.len, 16u), id.len ? id.at : "");
    paint(p, "2", shown);
}

void say_act(sheet *p, const char *margin, const ask_act *a)
{
    char date[11], type[80];
    buffer_format(p->out, "%s%s  ", margin, day_text(a->day, date));
    snprintf(type, sizeof type, "%s%s%.*s", event_names[a->type], a->mode.len ? "/" : "", (int)MIN(a->mode.len, 40u), a->mode.len ? a->mode.at : "");
    paint(p, event_scores[a->type] < 0 ? "31" : "32", type);
    buffer_format(p->out, "  %.*s", (int)a->outlet_name.len, a->outlet_name.len ? a->outlet_name.at : "");
    if (a->reports > 1)
        buffer_format(p->out, " and others, %lld reports", (long long)a->reports);
    if (a->party)
        buffer_text(p->out, "  (told by a party alone: not counted)");
    buffer_text(p->out, "  ");
    say_id(p, a->id);
    buffer_char(p->out, '\n');
    buffer_text(p->out, margin);
    line_text(p, "  ", a->sentence, 150);
}

void say_measure(sheet *p, const char *what, const measure *m, bool read)
{
    static const char *const verdicts[] = {"more hostile than usual", "as usual between powers", "closer than usual"};
    if (!read) {
        buffer_format(p->out, "    %-6s nothing was read in these days: nothing can be told\n", what);
        return;
    }
    buffer_format(p->out, "    %-6s %3u %s, %u %s: ", what, m->stories, m->stories == 1 ? "story" : "stories", m->outlets,
                  m->outlets == 1 ? "outlet" : "outlets");
    if (!m->enough) {
        buffer_format(p->out, "not enough evidence (%d stories and %d outlets are asked)\n", MEASURE_STORIES, MEASURE_OUTLETS);
        return;
    }
    buffer_format(p->out, "balance %+.2f (%+.2f to %+.2f), ", m->balance, m->low, m->high);
    paint(p, m->verdict < 0 ? "31" : m->verdict > 0 ? "32" : "0", verdicts[m->verdict + 1]);
    buffer_format(p->out, " (%+.2f)\n", m->pool);
    if (m->without_low < m->balance || m->without_high > m->balance)
        buffer_format(p->out, "           without any one outlet: %+.2f to %+.2f\n", m->without_low, m->without_high);
}

void say_owes(sheet *p, const kb_tie *t)
{
    buffer_text(p->out, "owes");
    for (int o = 0, n = 0; o < OWES_COUNT; o++)
        if (t->owes >> o & 1)
            buffer_format(p->out, "%s %s", n++ ? "," : "", kb_owes_names[o]);
    if (!t->owes)
        buffer_text(p->out, " nothing of the kind");
    if (t->article.len)
        buffer_format(p->out, " (%.*s)", (int)t->article.len, t->article.at);
}

/* "43 documents and 12 headlines of 4 outlets, on 25 of 31 days" */
void say_reading(sheet *p, const reading *r)
{
    char from[11], to[11];
    if (!reading_any(r)) {
        buffer_format(p->out, "nothing was read of %s to %s", day_text(r->from, from), day_text(r->to, to));
        return;
    }
    buffer_format(p->out, "%lld documents and %lld headlines of %lld %s, on %lld of %lld days", (long long)r->documents,
                  (long long)r->headlines, (long long)r->outlets, r->outlets == 1 ? "outlet" : "outlets", (long long)r->days,
                  (long long)r->to - r->from + 1);
}
