/* The knowledge as tables. */
#include <stdlib.h>

#include "entente_inside.h"
#include "write/write.h"

static void cell_day(buffer *out, day d, char separator)
{
    char text[11] = "";
    if (d != NO_DAY)
        day_format(d, text);
    write_csv_field(out, str_of(text), separator);
}

/* The names of every entity: those of entity e are names[starts[e + 1]] up to names[starts[e + 2]]. */
typedef struct spellings {
    uint32_t *starts, *names;
} spellings;

static bool is_spelling(kb_name n)
{
    return n.use == USE_NAME;
}

static void spellings_fill(const kb *k, spellings *s)
{
    uint32_t entities = kb_entity_count(k), count = kb_name_count(k);
    for (uint32_t i = 0; i < count; i++)
        s->starts[kb_name_at(k, i).entity + 1] += is_spelling(kb_name_at(k, i));
    for (uint32_t e = 0; e < entities; e++)
        s->starts[e + 1] += s->starts[e];
    s->starts[entities + 1] = s->starts[entities];
    for (uint32_t i = count; i-- > 0;) /* backwards, so that each entity's names keep their order */
        if (is_spelling(kb_name_at(k, i)))
            s->names[--s->starts[kb_name_at(k, i).entity + 1]] = i;
}

/* The usual name first, then the other spellings, joined by "; ". */
static void name_cell(const kb *k, const spellings *s, uint32_t person, char separator, buffer *out)
{
    buffer all = {0};
    str own = kb_entity_at(k, person).name;
    buffer_str(&all, own);
    for (uint32_t i = s->starts[person + 1]; i < s->starts[person + 2]; i++) {
        str name = kb_name_at(k, s->names[i]).text;
        if (!str_equal(name, own) && str_find((str){all.at, (uint32_t)all.len}, name) == NONE) {
            buffer_text(&all, "; ");
            buffer_str(&all, name);
        }
    }
    write_csv_field(out, (str){all.at, (uint32_t)all.len}, separator);
    buffer_free(&all);
}

static void office_row(const kb *k, const spellings *s, kb_tenure t, char separator, buffer *out)
{
    write_csv_field(out, kb_entity_at(k, t.power).identifier, separator);
    buffer_char(out, separator);
    write_csv_field(out, t.office, separator);
    buffer_char(out, separator);
    name_cell(k, s, t.person, separator, out);
    buffer_char(out, separator);
    cell_day(out, t.spell.from, separator);
    buffer_char(out, separator);
    cell_day(out, t.spell.to, separator);
    buffer_char(out, '\n');
}

static void offices_table(const kb *k, char separator, buffer *out)
{
    spellings s = {calloc(kb_entity_count(k) + 3u, sizeof *s.starts), calloc(kb_name_count(k) + 1u, sizeof *s.names)};
    out->failed = !s.starts || !s.names;
    buffer_format(out, "country%coffice%cname%cstart%cend\n", separator, separator, separator, separator);
    if (!out->failed)
        spellings_fill(k, &s);
    for (uint32_t i = 0; !out->failed && i < kb_tenure_count(k); i++)
        if (!kb_tenure_at(k, i).doubtful)
            office_row(k, &s, kb_tenure_at(k, i), separator, out);
    free(s.starts);
    free(s.names);
}

static void codes_table(const kb *k, char separator, buffer *out)
{
    buffer_format(out, "system%cnumber%cpower%cstart%cend\n", separator, separator, separator, separator);
    for (uint32_t i = 0; i < kb_code_count(k); i++) {
        kb_code c = kb_code_at(k, i);
        buffer_format(out, "%s%c%u%c", kb_code_systems[c.system], separator, c.number, separator);
        write_csv_field(out, kb_entity_at(k, c.power).identifier, separator);
        buffer_char(out, separator);
        cell_day(out, c.spell.from, separator);
        buffer_char(out, separator);
        cell_day(out, c.spell.to, separator);
        buffer_char(out, '\n');
    }
}

/* The lines of licences.txt as they stand. */
static void licences_print(const kb *k, buffer *out)
{
    for (uint32_t i = 0; i < kb_line_count(k); i++) {
        kb_place_of_line at = kb_line(k, i);
        if (!str_is(at.file, "licences.txt"))
            continue;
        bool head = str_starts(at.text, "licence ");
        buffer_text(out, head ? "\n" : "  ");
        buffer_str(out, head ? str_part(at.text, 8, at.text.len) : at.text);
        buffer_char(out, '\n');
    }
}

int entente_kb_table(const entente_kb *kb, const char *what, const char *format, entente_sink *sink, void *closure,
                     entente_error *ret_error)
{
    buffer out = {0};
    if (!strcmp(what, "licences")) {
        licences_print(kb->kb, &out);
        return sink_buffer(&out, sink, closure, ret_error);
    }
    char separator = !strcmp(format, "csv") ? ',' : !strcmp(format, "tsv") ? '\t' : 0;
    if (!separator)
        return error_set(ret_error, ENTENTE_USAGE, STR("format"), UINT64_MAX, "a table is csv or tsv, not '%s'", format);
    if (!strcmp(what, "offices"))
        offices_table(kb->kb, separator, &out);
    else if (!strcmp(what, "codes"))
        codes_table(kb->kb, separator, &out);
    else if (!strcmp(what, "ties"))
        kb_print_ties(kb->kb, separator, &out);
    else if (!strcmp(what, "memberships"))
        kb_print_memberships(kb->kb, separator, &out);
    else
        return error_set(ret_error, ENTENTE_USAGE, STR("kb"), UINT64_MAX, "no table is called '%s'", what);
    return sink_buffer(&out, sink, closure, ret_error);
}
