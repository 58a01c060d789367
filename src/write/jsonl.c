/* The record: one document on one line. docs/schema.md is its manual; the order of the keys is part of it. */
#include <stdlib.h>

#include "write/write.h"

/* Where the writer stands: offsets leave as counts of code points, found through a table of every 64th byte. */
typedef struct record {
    const doc *d;
    const kb *k;
    buffer *out;
    uint32_t *chars; /* code points before byte 64 * i; NULL where the text is ASCII */
} record;

enum { STRIDE = 64 };

static uint32_t *chars_table(str text)
{
    if (utf8_count(text) == text.len)
        return NULL;
    uint32_t *table = malloc((text.len / STRIDE + 1) * sizeof *table), chars = 0;
    for (uint32_t i = 0; table && i <= text.len / STRIDE; i++) {
        table[i] = chars;
        chars += utf8_count(str_part(text, i * STRIDE, (i + 1) * STRIDE));
    }
    return table;
}

static uint32_t chars_at(const record *r, uint32_t byte)
{
    if (!r->chars)
        return byte;
    uint32_t slot = byte / STRIDE;
    return r->chars[slot] + utf8_count(str_part(r->d->text, slot * STRIDE, byte));
}

/* ---- pieces ---- */

static void key(record *r, const char *name)
{
    char last = r->out->len ? r->out->at[r->out->len - 1] : 0;
    if (last != '{' && last != '[')
        buffer_char(r->out, ',');
    buffer_char(r->out, '"');
    buffer_text(r->out, name);
    buffer_add(r->out, "\":", 2);
}

static void put_text(record *r, const char *name, str s)
{
    key(r, name);
    write_json_text(r->out, s);
}

static void put_name(record *r, const char *name, const char *value)
{
    put_text(r, name, str_of(value));
}

static void put_bool(record *r, const char *name, bool value)
{
    key(r, name);
    buffer_text(r->out, value ? "true" : "false");
}

static void put_number(record *r, const char *name, uint32_t value)
{
    key(r, name);
    if (value == NONE)
        buffer_text(r->out, "null");
    else
        write_uint(r->out, value);
}

static void put_real(record *r, const char *name, double value, int decimals)
{
    key(r, name);
    write_real(r->out, value, decimals);
}

static void put_date(record *r, const char *name, date d)
{
    key(r, name);
    write_json_date(r->out, d);
}

static void span_pair(record *r, span s)
{
    buffer_char(r->out, '[');
    write_uint(r->out, chars_at(r, s.start));
    buffer_char(r->out, ',');
    write_uint(r->out, chars_at(r, s.end));
    buffer_char(r->out, ']');
}

static void put_pair(record *r, const char *name, span s)
{
    key(r, name);
    if (s.end > s.start)
        span_pair(r, s);
    else
        buffer_text(r->out, "null");
}

static void put_span(record *r, span s)
{
    put_number(r, "start", chars_at(r, s.start));
    put_number(r, "end", chars_at(r, s.end));
}

static void put_refs(record *r, const char *name, slice s)
{
    key(r, name);
    buffer_char(r->out, '[');
    for (uint32_t i = 0; i < s.count; i++) {
        if (i)
            buffer_char(r->out, ',');
        write_uint(r->out, doc_ref(r->d, s, i));
    }
    buffer_char(r->out, ']');
}

/* A string of words as a list of strings. */
static void put_words(record *r, const char *name, str words)
{
    key(r, name);
    buffer_char(r->out, '[');
    str word;
    for (bool first = true; str_next(&words, ' ', &word);) {
        if (!word.len)
            continue;
        if (!first)
            buffer_char(r->out, ',');
        write_json_str(r->out, word);
        first = false;
    }
    buffer_char(r->out, ']');
}

static void open_item(record *r, uint32_t number)
{
    buffer_text(r->out, number ? ",{" : "{");
}

static void close_item(record *r)
{
    buffer_char(r->out, '}');
}

static void open_list(record *r, const char *name)
{
    key(r, name);
    buffer_char(r->out, '[');
}

static void close_list(record *r)
{
    buffer_char(r->out, ']');
}

static void put_rule(record *r, uint32_t line, str given)
{
    buffer rule = {0};
    write_rule(&rule, r->k, line, given);
    put_text(r, "rule", (str){rule.at, (uint32_t)rule.len});
    buffer_free(&rule);
}

/* ---- the head ---- */

static void put_dates(record *r)
{
    const head *h = &r->d->head;
    key(r, "dates");
    buffer_char(r->out, '{');
    put_text(r, "published", h->published);
    put_name(r, "published_from", dated_names[h->published_from]);
    put_date(r, "content", h->written);
    put_bool(r, "conflict", h->conflict);
    key(r, "reference");
    write_json_day(r->out, h->reference);
    open_list(r, "evidence");
    for (uint32_t i = 0; i < r->d->evidence.count; i++) {
        if (i)
            buffer_char(r->out, ',');
        span_pair(r, r->d->evidence.at[i]);
    }
    close_list(r);
    close_item(r);
}

static void put_head(record *r)
{
    const head *h = &r->d->head;
    put_text(r, "id", h->id);
    put_text(r, "content", h->content);
    put_text(r, "origin", h->origin);
    put_text(r, "url", h->url);
    put_text(r, "title", h->title);
    put_text(r, "deck", h->deck);
    put_text(r, "byline", h->byline);
    put_text(r, "outlet", h->outlet);
    put_text(r, "language", h->language);
    put_name(r, "kind", kind_names[h->kind]);
    put_dates(r);
    key(r, "text");
    write_json_str(r->out, r->d->text);
}

static void put_links(record *r)
{
    open_list(r, "links");
    for (uint32_t i = 0; i < r->d->links.count; i++) {
        const link *l = &r->d->links.at[i];
        open_item(r, i);
        put_text(r, "text", l->text);
        put_text(r, "href", l->href);
        key(r, "date");
        write_json_day(r->out, l->date);
        close_item(r);
    }
    close_list(r);
}

static void put_turns(record *r)
{
    open_list(r, "turns");
    for (uint32_t i = 0; i < r->d->turns.count; i++) {
        const turn *t = &r->d->turns.at[i];
        open_item(r, i);
        put_number(r, "speaker", r->d->done & DONE_MENTION ? t->speaker : NONE);
        put_name(r, "role", t->answer ? "answer" : "question");
        put_span(r, t->span);
        close_item(r);
    }
    close_list(r);
}

static void put_sentences(record *r, bool tokens)
{
    open_list(r, "sentences");
    for (uint32_t i = 0; i < r->d->sentences.count; i++) {
        if (i)
            buffer_char(r->out, ',');
        span_pair(r, r->d->sentences.at[i].span);
    }
    close_list(r);
    if (!tokens)
        return;
    open_list(r, "tokens");
    for (uint32_t i = 0; i < r->d->tokens.count; i++) {
        const token *t = &r->d->tokens.at[i];
        bool parsed = r->d->sentences.at[t->sentence].parsed;
        open_item(r, i);
        put_span(r, t->span);
        put_text(r, "lemma", t->lemma);
        put_name(r, "upos", upos_names[t->upos]);
        key(r, "head");
        buffer_format(r->out, "%d", !parsed || t->head == NONE ? -1 : (int)t->head);
        put_name(r, "deprel", parsed ? deprel_names[t->deprel] : "");
        close_item(r);
    }
    close_list(r);
}

/* ---- mentions ---- */

static void put_mentions(record *r, const entity *e)
{
    open_list(r, "mentions");
    for (uint32_t i = 0; i < e->mentions.count; i++) {
        const mention *m = &r->d->mentions.at[doc_ref(r->d, e->mentions, i)];
        open_item(r, i);
        put_span(r, m->span);
        put_name(r, "kind", mention_names[m->kind]);
        close_item(r);
    }
    close_list(r);
}

static void put_entities(record *r)
{
    open_list(r, "entities");
    for (uint32_t i = 0; i < r->d->entities.count; i++) {
        const entity *e = &r->d->entities.at[i];
        open_item(r, i);
        put_text(r, "identifier", e->identifier);
        key(r, "name");
        write_json_str(r->out, e->name);
        put_name(r, "type", entity_names[e->type]);
        put_name(r, "code", e->code);
        put_name(r, "sector", e->sector);
        put_words(r, "other_sectors", e->other_sectors);
        put_text(r, "role", e->role);
        put_text(r, "office", e->office);
        put_mentions(r, e);
        close_item(r);
    }
    close_list(r);
}

static void put_times(record *r)
{
    open_list(r, "times");
    for (uint32_t i = 0; i < r->d->times.count; i++) {
        const timex *t = &r->d->times.at[i];
        open_item(r, i);
        put_span(r, t->span);
        put_name(r, "type", timex_names[t->type]);
        put_text(r, "value", t->value);
        close_item(r);
    }
    close_list(r);
}

static void put_places(record *r)
{
    open_list(r, "places");
    for (uint32_t i = 0; i < r->d->places.count; i++) {
        const place *p = &r->d->places.at[i];
        open_item(r, i);
        put_span(r, p->span);
        put_text(r, "name", p->name);
        key(r, "lat");
        if (p->located)
            write_real(r->out, p->lat, 5);
        else
            buffer_text(r->out, "null");
        key(r, "lon");
        if (p->located)
            write_real(r->out, p->lon, 5);
        else
            buffer_text(r->out, "null");
        put_name(r, "country", p->country);
        put_text(r, "feature", p->feature);
        put_number(r, "geonameid", p->geonameid ? p->geonameid : NONE);
        close_item(r);
    }
    close_list(r);
}

/* ---- findings ---- */

static void put_statements(record *r)
{
    open_list(r, "statements");
    for (uint32_t i = 0; i < r->d->statements.count; i++) {
        const statement *s = &r->d->statements.at[i];
        open_item(r, i);
        put_name(r, "id", write_statement_id(r->d, i).hex);
        put_number(r, "speaker", s->speaker);
        put_pair(r, "speaker_span", s->speaker_span);
        put_pair(r, "cue", s->cue);
        put_span(r, s->span);
        put_name(r, "kind", statement_names[s->kind]);
        put_date(r, "date", s->date);
        put_number(r, "place", s->place);
        put_number(r, "addressee", s->addressee);
        put_number(r, "cited_by", s->cited_by);
        close_item(r);
    }
    close_list(r);
}

static void put_set(record *r, const char *name, uint64_t set, const char *const *names, uint32_t count)
{
    open_list(r, name);
    for (uint32_t i = 0, written = 0; i < count; i++) {
        if (!(set >> i & 1))
            continue;
        if (written++)
            buffer_char(r->out, ',');
        write_json_str(r->out, str_of(names[i]));
    }
    close_list(r);
}

static void put_event(record *r, uint32_t i)
{
    const event *e = &r->d->events.at[i];
    put_name(r, "id", write_event_id(r->d, i).hex);
    put_name(r, "event", event_names[e->event]);
    put_words(r, "modes", e->modes);
    put_set(r, "contexts", e->contexts, context_names, CONTEXT_COUNT);
    put_refs(r, "actors", e->actors);
    put_refs(r, "recipients", e->recipients);
    put_date(r, "date", e->date);
    put_number(r, "place", e->place);
    put_set(r, "auxiliary", e->auxiliary, auxiliary_names, AUXILIARY_COUNT);
    put_number(r, "statement", e->statement);
    put_number(r, "quad", event_quads[e->event]);
    put_real(r, "scale", event_scores[e->event] / 10.0, 1);
    put_real(r, "goldstein", (double)e->goldstein, 1);
    put_text(r, "cameo", e->cameo);
    put_number(r, "sentence", e->sentence);
    put_span(r, e->span);
    put_rule(r, e->rule, e->given_rule);
    put_real(r, "confidence", (double)e->confidence, 3);
}

static void put_events(record *r)
{
    open_list(r, "events");
    for (uint32_t i = 0; i < r->d->events.count; i++) {
        open_item(r, i);
        put_event(r, i);
        close_item(r);
    }
    close_list(r);
}

static void put_claims(record *r)
{
    static const char *const scopes[] = {"formal", "practical"};
    open_list(r, "claims");
    for (uint32_t i = 0; i < r->d->claims.count; i++) {
        const claim *c = &r->d->claims.at[i];
        open_item(r, i);
        put_name(r, "id", write_claim_id(r->d, i).hex);
        key(r, "about");
        buffer_format(r->out, "[%u,%u]", c->about[0], c->about[1]);
        put_name(r, "tie", tie_names[c->tie]);
        put_bool(r, "holds", c->holds);
        put_name(r, "change", change_names[c->change]);
        put_set(r, "scope", (uint64_t)c->formal | (uint64_t)c->practical << 1, scopes, COUNT(scopes));
        put_number(r, "statement", c->statement);
        put_name(r, "side", side_names[c->side]);
        put_span(r, c->span);
        put_rule(r, c->rule, c->given_rule);
        close_item(r);
    }
    close_list(r);
}

void write_jsonl(const doc *d, const kb *k, bool tokens, buffer *out)
{
    record r = {d, k, out, chars_table(d->text)};
    buffer_char(out, '{');
    put_head(&r);
    put_links(&r);
    put_turns(&r);
    put_sentences(&r, tokens);
    put_entities(&r);
    put_times(&r);
    put_places(&r);
    put_statements(&r);
    put_events(&r);
    put_claims(&r);
    buffer_text(out, "}\n");
    free(r.chars);
}
