#include "base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <xxhash.h>

str str_of(const char *terminated)
{
    return (str){terminated, (uint32_t)strlen(terminated)};
}

bool str_is(str a, const char *terminated)
{
    return strlen(terminated) == a.len && (!a.len || !memcmp(a.at, terminated, a.len));
}

bool str_equal(str a, str b)
{
    return a.len == b.len && (!a.len || !memcmp(a.at, b.at, a.len));
}

static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_equal_nocase(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (uint32_t i = 0; i < a.len; i++)
        if (lower_ascii(a.at[i]) != lower_ascii(b.at[i]))
            return false;
    return true;
}

int str_compare(str a, str b)
{
    uint32_t shorter = MIN(a.len, b.len);
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str a, const char *prefix)
{
    size_t len = strlen(prefix);
    return len <= a.len && !memcmp(a.at, prefix, len);
}

bool str_ends(str a, const char *suffix)
{
    size_t len = strlen(suffix);
    return len <= a.len && !memcmp(a.at + a.len - len, suffix, len);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str a)
{
    while (a.len && is_blank(a.at[0]))
        a.at++, a.len--;
    while (a.len && is_blank(a.at[a.len - 1]))
        a.len--;
    return a;
}

str str_part(str a, uint32_t start, uint32_t end)
{
    end = MIN(end, a.len);
    start = MIN(start, end);
    return (str){start ? a.at + start : a.at, end - start}; /* `at` may be NULL */
}

uint32_t str_find(str a, str needle)
{
    if (!needle.len)
        return 0;
    for (uint32_t i = 0; i + needle.len <= a.len; i++) {
        const char *hit = memchr(a.at + i, needle.at[0], a.len - needle.len - i + 1);
        if (!hit)
            return NONE;
        i = (uint32_t)(hit - a.at);
        if (!memcmp(hit, needle.at, needle.len))
            return i;
    }
    return NONE;
}

bool str_next(str *rest, char mark, str *ret_part)
{
    if (!rest->at || !rest->len)
        return false;
    const char *hit = memchr(rest->at, mark, rest->len);
    uint32_t len = hit ? (uint32_t)(hit - rest->at) : rest->len;
    *ret_part = (str){rest->at, len};
    rest->at += len + (hit != NULL);
    rest->len -= len + (hit != NULL);
    return true;
}

bool str_lists(str words, str word)
{
    str one;
    while (str_next(&words, ' ', &one))
        if (str_equal(one, word))
            return true;
    return false;
}

bool str_to_int(str a, int64_t *ret)
{
    bool minus = a.len > 1 && a.at[0] == '-';
    uint32_t i = minus;
    int64_t value = 0;
    if (!a.len || a.len - i > 18)
        return false;
    for (; i < a.len; i++) {
        if (a.at[i] < '0' || a.at[i] > '9')
            return false;
        value = value * 10 + (a.at[i] - '0');
    }
    *ret = minus ? -value : value;
    return true;
}

/* Decimal figures without an exponent, read without the locale. */
bool str_to_real(str a, double *ret)
{
    bool minus = a.len > 1 && a.at[0] == '-';
    double value = 0, unit = 1;
    bool point = false, digit = false;
    for (uint32_t i = minus; i < a.len; i++) {
        if (a.at[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (a.at[i] < '0' || a.at[i] > '9')
            return false;
        digit = true;
        value = value * 10 + (a.at[i] - '0');
        unit = point ? unit * 10 : unit;
    }
    if (!digit)
        return false;
    *ret = (minus ? -value : value) / unit;
    return true;
}

uint64_t str_hash(str a)
{
    return XXH3_64bits(a.len ? a.at : "", a.len);
}
