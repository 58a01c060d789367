/* The knowledge as tables. */
#include "entente_inside.h"
#include "write/write.h"

static void cell_day(buffer *out, day d, char separator)
{
    char text[11] = "";
    if (d != NO_DAY)
        day_format(d, text);
    write_csv_field(out, str_of(text), separator);
}

static void offices_table(const kb *k, char separator, buffer *out)
{
    buffer_format(out, "country%coffice%cname%cstart%cend\n", separator, separator, separator, separator);
    for (uint32_t i = 0; i < kb_tenure_count(k); i++) {
        kb_tenure t = kb_tenure_at(k, i);
        kb_entity power = kb_entity_at(k, t.power);
        if (t.doubtful)
            continue;
        write_csv_field(out, power.identifier, separator);
        buffer_char(out, separator);
        write_csv_field(out, t.office, separator);
        buffer_char(out, separator);
        write_csv_field(out, kb_entity_at(k, t.person).name, separator);
        buffer_char(out, separator);
        cell_day(out, t.spell.from, separator);
        buffer_char(out, separator);
        cell_day(out, t.spell.to, separator);
        buffer_char(out, '\n');
    }
}

int entente_kb_table(const entente_kb *kb, const char *what, const char *format, entente_sink *sink, void *closure,
                     entente_error *ret_error)
{
    buffer out = {0};
    char separator = !strcmp(format, "csv") ? ',' : !strcmp(format, "tsv") ? '\t' : 0;
    if (!separator)
        return error_set(ret_error, ENTENTE_USAGE, STR("format"), UINT64_MAX, "a table is csv or tsv, not '%s'", format);
    if (!strcmp(what, "offices"))
        offices_table(kb->kb, separator, &out);
    else
        return error_set(ret_error, ENTENTE_USAGE, STR("kb"), UINT64_MAX, "no table is called '%s'", what);
    return sink_buffer(&out, sink, closure, ret_error);
}
