/* Rows of tables, as csv, tsv or JSON lines. */
#include "ask/inside.h"
#include "write/write.h"

uint32_t columns_of(const char *columns, column ret[COLUMNS_MOST])
{
    str rest = str_of(columns), one;
    uint32_t count = 0;
    while (count < COLUMNS_MOST && str_next(&rest, ' ', &one)) {
        uint32_t colon = str_find(one, STR(":"));
        ret[count++] = (column){str_part(one, 0, colon), one.at[colon + 1]};
    }
    return count;
}

void rows_head(const char *columns, char separator, buffer *out)
{
    column all[COLUMNS_MOST];
    uint32_t count = columns_of(columns, all);
    for (uint32_t i = 0; i < count && separator; i++) {
        if (i)
            buffer_char(out, separator);
        buffer_str(out, all[i].name);
    }
    if (separator)
        buffer_char(out, '\n');
}

static bool is_figure(str cell)
{
    double value;
    return cell.len && str_to_real(cell, &value);
}

static void json_cell(char type, str cell, buffer *out)
{
    if (type == 'b' && cell.len)
        buffer_text(out, str_is(cell, "1") ? "true" : "false");
    else if ((type == 'i' || type == 'n' || type == 'k') && is_figure(cell))
        buffer_str(out, cell);
    else
        write_json_text(out, cell);
}

void rows_row(const char *columns, const str *cells, char separator, buffer *out)
{
    column all[COLUMNS_MOST];
    uint32_t count = columns_of(columns, all);
    for (uint32_t i = 0; i < count; i++) {
        if (separator) {
            if (i)
                buffer_char(out, separator);
            write_csv_field(out, cells[i], separator);
            continue;
        }
        buffer_char(out, i ? ',' : '{');
        write_json_str(out, all[i].name);
        buffer_char(out, ':');
        json_cell(all[i].type, cells[i], out);
    }
    buffer_text(out, separator ? "\n" : "}\n");
}
