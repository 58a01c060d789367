/* Pieces of JSON and of tables; figures are written without the locale. */
#include "write/write.h"

void write_json_str(buffer *out, str s)
{
    static const char hexes[] = "0123456789abcdef";
    buffer_char(out, '"');
    for (uint32_t i = 0, from = 0; i <= s.len; i++) {
        unsigned char c = i < s.len ? (unsigned char)s.at[i] : '"';
        if (i < s.len && c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        buffer_add(out, s.at + from, i - from);
        from = i + 1;
        if (i == s.len)
            break;
        if (c == '"' || c == '\\')
            buffer_add(out, (char[]){'\\', (char)c}, 2);
        else if (c == '\n')
            buffer_add(out, "\\n", 2);
        else if (c == '\t')
            buffer_add(out, "\\t", 2);
        else
            buffer_add(out, (char[]){'\\', 'u', '0', '0', hexes[c >> 4], hexes[c & 15]}, 6);
    }
    buffer_char(out, '"');
}

void write_json_text(buffer *out, str s)
{
    if (s.len)
        write_json_str(out, s);
    else
        buffer_text(out, "null");
}

void write_uint(buffer *out, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
    } while (value /= 10);
    buffer_add(out, digits + at, sizeof digits - at);
}

void write_real(buffer *out, double value, int decimals)
{
    double unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (value < 0)
        buffer_char(out, '-');
    uint64_t scaled = (uint64_t)((value < 0 ? -value : value) * unit + 0.5);
    write_uint(out, scaled / (uint64_t)unit);
    uint64_t rest = scaled % (uint64_t)unit;
    if (!rest)
        return;
    char digits[20];
    for (int i = decimals; i-- > 0; rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    while (digits[decimals - 1] == '0')
        decimals--;
    buffer_char(out, '.');
    buffer_add(out, digits, (size_t)decimals);
}

void write_json_day(buffer *out, day d)
{
    char text[11];
    if (d == NO_DAY) {
        buffer_text(out, "null");
        return;
    }
    day_format(d, text);
    buffer_char(out, '"');
    buffer_text(out, text);
    buffer_char(out, '"');
}

void write_json_date(buffer *out, date d)
{
    if (!date_known(d)) {
        buffer_text(out, "null");
        return;
    }
    buffer_text(out, "{\"from\":");
    write_json_day(out, d.from);
    buffer_text(out, ",\"to\":");
    write_json_day(out, d.to);
    buffer_char(out, '}');
}

void write_csv_field(buffer *out, str s, char separator)
{
    bool quote = false;
    for (uint32_t i = 0; i < s.len; i++)
        quote |= s.at[i] == separator || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r';
    if (separator == '\t') {
        for (uint32_t i = 0; i < s.len; i++)
            buffer_char(out, s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r' ? ' ' : s.at[i]);
        return;
    }
    if (!quote) {
        buffer_str(out, s);
        return;
    }
    buffer_char(out, '"');
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            buffer_char(out, '"');
        buffer_char(out, s.at[i]);
    }
    buffer_char(out, '"');
}

void write_rule(buffer *out, const kb *k, uint32_t line, str given)
{
    kb_place_of_line at = kb_line(k, line);
    if (at.number)
        buffer_format(out, "%.*s:%u", (int)at.file.len, at.file.at, at.number);
    else
        buffer_str(out, given);
}
