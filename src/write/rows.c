/* The rows of `entente code`: events alone, flat, one row an actor and recipient. */
#include "write/write.h"

/* In the order of the columns. */
static const char *const columns[] = {
    "event_id", "document_id", "date", "event", "mode", "context", "actor_code", "actor_sector", "actor_name",
    "recipient_code", "recipient_sector", "recipient_name", "place", "latitude", "longitude", "quad", "scale", "goldstein",
    "auxiliary", "cameo", "confidence", "outlet", "origin", "rule", "sentence"};

/* A row being written. A figure is written as it is; the rest as strings. */
typedef struct row {
    char separator;
    buffer *out;
    uint32_t column;
} row;

static void cell(row *r, str s, bool figure)
{
    if (r->column && r->separator)
        buffer_char(r->out, r->separator);
    if (!r->separator)
        buffer_format(r->out, "%c\"%s\":", r->column ? ',' : '{', columns[r->column]);
    r->column++;
    if (r->separator)
        write_csv_field(r->out, s, r->separator);
    else if (figure && s.len)
        buffer_str(r->out, s);
    else
        write_json_text(r->out, s);
}

static void cell_text(row *r, const char *s)
{
    cell(r, str_of(s), false);
}

static void cell_real(row *r, double value, int decimals)
{
    buffer b = {0};
    write_real(&b, value, decimals);
    cell(r, (str){b.at, (uint32_t)b.len}, true);
    buffer_free(&b);
}

static void cell_entity(row *r, const doc *d, uint32_t number)
{
    static const entity nobody = {.code = ""};
    const entity *e = number == NONE ? &nobody : &d->entities.at[number];
    cell_text(r, e->code);
    cell_text(r, e->sector);
    cell(r, e->name, false);
}

static void cell_set(row *r, uint64_t set, const char *const *names, uint32_t count)
{
    buffer b = {0};
    for (uint32_t i = 0; i < count; i++)
        if (set >> i & 1)
            buffer_format(&b, "%s%s", b.len ? " " : "", names[i]);
    cell(r, (str){b.at, (uint32_t)b.len}, false);
    buffer_free(&b);
}

static void cell_place(row *r, const doc *d, uint32_t number)
{
    const place *p = number == NONE ? NULL : &d->places.at[number];
    cell(r, p ? p->name : (str){0}, false);
    if (p && p->located) {
        cell_real(r, p->lat, 5);
        cell_real(r, p->lon, 5);
    } else {
        cell(r, (str){0}, true);
        cell(r, (str){0}, true);
    }
}

static void cell_rule(row *r, const kb *k, const event *e)
{
    buffer b = {0};
    write_rule(&b, k, e->rule, e->given_rule);
    cell(r, (str){b.at, (uint32_t)b.len}, false);
    buffer_free(&b);
}

static void cell_day(row *r, date d)
{
    char text[11] = "";
    if (date_known(d))
        day_format(d.from, text);
    cell_text(r, text);
}

static void write_row(const doc *d, const kb *k, uint32_t number, uint32_t actor, uint32_t recipient, row r)
{
    const event *e = &d->events.at[number];
    cell_text(&r, write_event_id(d, number).hex);
    cell(&r, d->head.id, false);
    cell_day(&r, e->date);
    cell_text(&r, event_names[e->event]);
    cell(&r, e->modes, false);
    cell_set(&r, e->contexts, context_names, CONTEXT_COUNT);
    cell_entity(&r, d, actor);
    cell_entity(&r, d, recipient);
    cell_place(&r, d, e->place);
    cell_real(&r, event_quads[e->event], 1);
    cell_real(&r, event_scores[e->event] / 10.0, 1);
    cell_real(&r, (double)e->goldstein, 1);
    cell_set(&r, e->auxiliary, auxiliary_names, AUXILIARY_COUNT);
    cell(&r, e->cameo, false);
    cell_real(&r, (double)e->confidence, 3);
    cell(&r, d->head.outlet, false);
    cell(&r, d->head.origin, false);
    cell_rule(&r, k, e);
    cell(&r, e->sentence == NONE ? (str){0} : str_trim(doc_str(d, d->sentences.at[e->sentence].span)), false);
    buffer_text(r.out, r.separator ? "\n" : "}\n");
}

void write_rows_header(char separator, buffer *out)
{
    for (size_t i = 0; i < COUNT(columns); i++) {
        if (i)
            buffer_char(out, separator);
        buffer_text(out, columns[i]);
    }
    buffer_char(out, '\n');
}

static uint32_t side(const doc *d, slice s, uint32_t i)
{
    return s.count ? doc_ref(d, s, i) : NONE;
}

void write_rows(const doc *d, const kb *k, char separator, bool all, buffer *out)
{
    for (uint32_t i = 0; i < d->events.count; i++) {
        const event *e = &d->events.at[i];
        if (!all && e->auxiliary & NOT_ASSERTED)
            continue;
        for (uint32_t a = 0; a < MAX(e->actors.count, 1u); a++)
            for (uint32_t b = 0; b < MAX(e->recipients.count, 1u); b++)
                write_row(d, k, i, side(d, e->actors, a), side(d, e->recipients, b), (row){separator, out, 0});
    }
}
