/* A document for people: its text with what was found in it. */
#include <stdio.h>

#include "write/write.h"

typedef struct page_of_text {
    const doc *d;
    const kb *k;
    buffer *out;
    bool colour;
} page_of_text;

static void paint(page_of_text *p, const char *code, str s)
{
    if (p->colour)
        buffer_format(p->out, "\033[%sm", code);
    buffer_str(p->out, s);
    if (p->colour)
        buffer_text(p->out, "\033[0m");
}

static void say(page_of_text *p, const char *label, str value)
{
    if (!value.len)
        return;
    char padded[16];
    snprintf(padded, sizeof padded, "%-10s", label);
    paint(p, "2", str_of(padded));
    buffer_str(p->out, value);
    buffer_char(p->out, '\n');
}

static void say_head(page_of_text *p)
{
    const head *h = &p->d->head;
    paint(p, "1", h->title.len ? h->title : h->origin);
    buffer_char(p->out, '\n');
    say(p, "outlet", h->outlet);
    say(p, "published", h->published);
    if (h->conflict)
        paint(p, "31", STR("the text itself tells another date than the page\n"));
    say(p, "byline", h->byline);
    say(p, "deck", h->deck);
    buffer_char(p->out, '\n');
}

static void names_of(page_of_text *p, slice s, buffer *out)
{
    for (uint32_t i = 0; i < s.count; i++) {
        const entity *e = &p->d->entities.at[doc_ref(p->d, s, i)];
        buffer_format(out, "%s%.*s", i ? ", " : "", (int)e->name.len, e->name.at);
    }
    if (!s.count)
        buffer_text(out, "-");
}

static void say_event(page_of_text *p, const event *e)
{
    buffer line = {0};
    buffer_text(&line, event_names[e->event]);
    if (e->modes.len)
        buffer_format(&line, "/%.*s", (int)e->modes.len, e->modes.at);
    buffer_text(&line, "  ");
    names_of(p, e->actors, &line);
    buffer_text(&line, " -> ");
    names_of(p, e->recipients, &line);
    for (uint32_t i = 0; i < AUXILIARY_COUNT; i++)
        if (e->auxiliary >> i & 1)
            buffer_format(&line, "  (%s)", auxiliary_names[i]);
    buffer_text(p->out, "    ");
    paint(p, e->auxiliary & NOT_ASSERTED ? "2" : event_scores[e->event] < 0 ? "31" : "32", (str){line.at, (uint32_t)line.len});
    buffer_char(p->out, '\n');
    buffer_free(&line);
}

static void say_claim(page_of_text *p, const claim *c)
{
    const entity *a = &p->d->entities.at[c->about[0]], *b = &p->d->entities.at[c->about[1]];
    buffer_text(p->out, "    ");
    buffer line = {0};
    buffer_format(&line, "claim  %.*s - %.*s  %s: %s%s%s", (int)a->name.len, a->name.at, (int)b->name.len, b->name.at,
                  tie_names[c->tie], c->holds ? "yes" : "no", c->formal ? "  formally" : "", c->practical ? "  practically" : "");
    paint(p, "35", (str){line.at, (uint32_t)line.len});
    buffer_char(p->out, '\n');
    buffer_free(&line);
}

static void say_sentence(page_of_text *p, uint32_t n)
{
    const sentence *s = &p->d->sentences.at[n];
    str words = str_trim(doc_str(p->d, s->span));
    buffer_str(p->out, words);
    buffer_char(p->out, '\n');
    for (uint32_t i = 0; i < p->d->events.count; i++)
        if (p->d->events.at[i].sentence == n)
            say_event(p, &p->d->events.at[i]);
    for (uint32_t i = 0; i < p->d->claims.count; i++)
        if (p->d->claims.at[i].sentence == n)
            say_claim(p, &p->d->claims.at[i]);
}

void write_text(const doc *d, const kb *k, bool colour, buffer *out)
{
    page_of_text p = {d, k, out, colour};
    say_head(&p);
    for (uint32_t i = 0; i < d->sentences.count; i++)
        say_sentence(&p, i);
    if (!d->sentences.count)
        buffer_str(out, d->text);
    buffer_text(out, "\n");
}
