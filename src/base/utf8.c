#include "base/base.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Björn Höhrmann's table would be faster; this is plain and refuses what RFC 3629 refuses. */
uint32_t utf8_next(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    if (p[0] < 0x80) {
        (*at)++;
        return p[0];
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t len = utf8proc_iterate(p, end - *at, &c);
    if (len <= 0) {
        (*at)++;
        return 0xFFFD;
    }
    *at += len;
    return (uint32_t)c;
}

uint32_t utf8_put(uint32_t c, char ret[4])
{
    return (uint32_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)ret);
}

static bool ascii_only(const unsigned char p[32])
{
    uint64_t a, b, c, d;
    memcpy(&a, p, 8), memcpy(&b, p + 8, 8), memcpy(&c, p + 16, 8), memcpy(&d, p + 24, 8);
    return !((a | b | c | d) & 0x8080808080808080u);
}

uint32_t utf8_check(str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    for (uint32_t i = 0; i < s.len;) {
        utf8proc_int32_t c;
        if (i + 32 <= s.len && ascii_only(p + i)) {
            i += 32;
            continue;
        }
        utf8proc_ssize_t len = p[i] < 0x80 ? 1 : utf8proc_iterate(p + i, s.len - i, &c);
        if (len <= 0)
            return i;
        i += (uint32_t)len;
    }
    return NONE;
}

uint32_t utf8_count(str s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

static bool is_ascii(str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] >= 0x80)
            return false;
    return true;
}

static str lower_ascii(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1u, 1);
    for (uint32_t i = 0; i < s.len; i++)
        at[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i];
    return (str){at, s.len};
}

/* Typographic quotes, dashes and spaces have one plain form each in look-ups. */
static uint32_t plain(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x02BC || c == 0x02BB || c == 0x02BE || c == 0x02BF)
        return '\'';
    if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB)
        return '"';
    if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2014 || c == 0x2212)
        return '-';
    return c == 0xA0 || c == 0x202F || c == 0x2009 ? ' ' : c;
}

uint32_t utf8_plain_letter(uint32_t c)
{
    static const struct {
        uint16_t from;
        char to;
    } letters[] = {{0xD8, 'o'}, {0xF8, 'o'}, {0x110, 'd'}, {0x111, 'd'}, {0x126, 'h'}, {0x127, 'h'}, {0x131, 'i'},
                   {0x141, 'l'}, {0x142, 'l'}, {0x166, 't'}, {0x167, 't'}, {0x18F, 'e'}, {0x259, 'e'}, {0xD0, 'd'}, {0xF0, 'd'}};
    for (size_t i = 0; c >= 0xD0 && c <= 0x259 && i < COUNT(letters); i++)
        if (letters[i].from == c)
            return (uint32_t)letters[i].to;
    return c;
}

str utf8_mend(arena *a, str s)
{
    if (utf8_check(s) == NONE)
        return s;
    char *out = arena_take(a, (size_t)s.len * 3 + 1, 1), *to = out;
    for (const char *p = s.at, *end = p + s.len; p < end;)
        to += utf8_put(utf8_next(&p, end), to);
    return (str){out, (uint32_t)(to - out)};
}

static str map_utf8(arena *a, str s, unsigned options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)s.at, s.len, &out, (utf8proc_option_t)options);
    if (len < 0)
        return arena_copy(a, s);
    arena_defer(a, free, out);
    return (str){(const char *)out, (uint32_t)len};
}

static str lower_plain(arena *a, str s, bool fold)
{
    char *at = arena_take(a, 3 * (size_t)s.len + 1, 1);
    uint32_t len = 0;
    for (const char *p = s.at, *end = s.at + s.len; p < end;) {
        const char *from = p;
        uint32_t c = utf8_next(&p, end);
        if (c == 0xFFFD) {
            while (from < p)
                at[len++] = *from++;
            continue;
        }
        c = fold ? utf8_plain_letter(plain(c)) : plain(c);
        len += utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), at + len);
    }
    return (str){at, len};
}

str utf8_lower(arena *a, str s)
{
    return is_ascii(s) ? lower_ascii(a, s) : lower_plain(a, s, false);
}

str utf8_fold(arena *a, str s)
{
    if (is_ascii(s))
        return lower_ascii(a, s);
    return map_utf8(a, lower_plain(a, s, true), UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
}

/* Below U+0300 nothing combines, and neither do the quotes, dashes and dots above U+2010: most texts are composed. */
static bool is_composed(str s)
{
    const char *p = s.at, *end = p + s.len;
    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            p++;
            continue;
        }
        uint32_t c = utf8_next(&p, end);
        if (c >= 0x300 && (c < 0x2010 || c > 0x2044) && c != 0x20AC)
            return false;
    }
    return true;
}

str utf8_nfc(arena *a, str s)
{
    return is_composed(s) ? s : map_utf8(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool utf8_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xFEFF || c == 0x200B || category(c) == UTF8PROC_CATEGORY_ZS;
}

uint32_t utf8_chars_at(utf8_counter *counter, uint32_t byte)
{
    byte = MIN(byte, counter->text.len);
    if (byte < counter->byte)
        counter->byte = counter->chars = 0;
    counter->chars += utf8_count(str_part(counter->text, counter->byte, byte));
    counter->byte = byte;
    return counter->chars;
}
