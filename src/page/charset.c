/* Encodings: mark of order, what transport or page say, and whether the bytes bear it out. */
#include "page/inside.h"

#include <errno.h>
#include <iconv.h>

static void close_converter(void *converter)
{
    iconv_close((iconv_t)converter);
}

/* Names that pages use for something wider. */
static const char *widened(str label)
{
    static const struct { const char *said, *meant; } names[] = {
        {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"}, {"latin1", "CP1252"}, {"latin-1", "CP1252"}, {"us-ascii", "CP1252"}, {"ascii", "CP1252"},
        {"windows-1252", "CP1252"}, {"iso-8859-9", "CP1254"}, {"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"shift_jis", "CP932"},
        {"shift-jis", "CP932"}, {"x-sjis", "CP932"}, {"ks_c_5601-1987", "CP949"}, {"euc-kr", "CP949"}, {"big5", "BIG5-HKSCS"},
        {"windows-874", "CP874"}, {"tis-620", "CP874"}, {"x-mac-cyrillic", "MAC-CYRILLIC"},
    };
    for (uint32_t i = 0; i < COUNT(names); i++)
        if (str_equal_nocase(label, str_of(names[i].said)))
            return names[i].meant;
    return NULL;
}

/* The charset that a page names in its first bytes. */
static str label_in(str head)
{
    head.len = MIN(head.len, 4096u);
    for (uint32_t i = 0; i + 8 < head.len; i++) {
        const char *hit = memchr(head.at + i, 'c', head.len - i - 8);
        if (!hit)
            return (str){0};
        i = (uint32_t)(hit - head.at);
        if (memcmp(hit, "charset", 7) && (head.len - i < 9 || memcmp(hit, "coding=", 7)))
            continue;
        uint32_t at = i + 7;
        while (at < head.len && strchr("= \"'", head.at[at]))
            at++;
        uint32_t end = at;
        while (end < head.len && end - at < 40 && !strchr("\"'>; /?", head.at[end]))
            end++;
        return str_part(head, at, end);
    }
    return (str){0};
}

/* Converts; a byte that fits nothing becomes U+FFFD, and so does what iconv lets through past U+10FFFF. Empty where the charset is unknown. */
static str convert(doc *d, str bytes, const char *from)
{
    iconv_t cd = iconv_open("UTF-8", from);
    if (cd == (iconv_t)-1)
        return (str){0};
    arena_defer(d->arena, close_converter, (void *)cd);
    size_t room = (size_t)bytes.len * 3 + 16, left = bytes.len, space = room;
    char *out = arena_take(d->arena, room, 1), *to = out, *in = (char *)bytes.at;
    while (left && space > 8) {
        if (iconv(cd, &in, &left, &to, &space) != (size_t)-1)
            break;
        if (!left || space <= 8)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3, space -= 3;
        in++, left--;
    }
    return utf8_mend(d->arena, (str){out, (uint32_t)(to - out)});
}

/* Bytes that are no UTF-8 though nobody says what else: the likeliest of the single-byte charsets. */
static const char *guess(str bytes)
{
    uint32_t high = 0, cyrillic = 0, letters = 0;
    for (uint32_t i = 0; i < bytes.len; i++) {
        uint8_t c = (uint8_t)bytes.at[i];
        high += c >= 0x80;
        cyrillic += c >= 0xC0;
        letters += is_ascii_letter((char)c);
    }
    return high * 2 > letters && cyrillic * 10 > high * 8 ? "CP1251" : "CP1252";
}

static bool is_utf8_name(str label)
{
    return str_equal_nocase(label, STR("utf-8")) || str_equal_nocase(label, STR("utf8"));
}

str charset_decode(doc *d, str bytes, str label, bool html)
{
    if (str_starts(bytes, "\xEF\xBB\xBF"))
        bytes = str_part(bytes, 3, bytes.len);
    else if (bytes.len >= 2 && !memcmp(bytes.at, "\xFF\xFE", 2))
        return convert(d, str_part(bytes, 2, bytes.len), "UTF-16LE");
    else if (bytes.len >= 2 && !memcmp(bytes.at, "\xFE\xFF", 2))
        return convert(d, str_part(bytes, 2, bytes.len), "UTF-16BE");
    uint32_t bad = utf8_check(bytes);
    if (bad == NONE)
        return bytes;
    if (!label.len || is_utf8_name(label))
        label = html ? label_in(bytes) : (str){0};
    str out = {0};
    if (label.len && !is_utf8_name(label)) {
        const char *meant = widened(label);
        out = convert(d, bytes, meant ? meant : arena_copy_terminated(d->arena, label));
    }
    if (!out.len) {
        /* A few broken bytes in what is UTF-8 otherwise (a page cut at a size) stay UTF-8. */
        uint32_t broken = 0, wide = 0;
        for (const char *p = bytes.at, *end = p + bytes.len; p < end;) {
            uint32_t c = utf8_next(&p, end);
            broken += c == 0xFFFD;
            wide += c > 0x7F && c != 0xFFFD;
        }
        out = broken * 4 <= wide ? utf8_mend(d->arena, bytes) : convert(d, bytes, guess(bytes));
    }
    return out;
}
