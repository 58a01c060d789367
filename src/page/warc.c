/* Web archives (WARC 1.0 and 1.1, gzip a record or not): every response that is a page. */
#include <libdeflate.h>
#include <stdlib.h>

#include "page/inside.h"

enum { HEAD_MOST = 64 << 10 };

/* ---- headers: "Name: value" lines ---- */

static uint32_t head_length(str s)
{
    for (uint32_t i = 0; i + 1 < s.len; i++) {
        const char *hit = memchr(s.at + i, '\n', s.len - i - 1);
        if (!hit)
            return 0;
        i = (uint32_t)(hit - s.at);
        if (hit[1] == '\n')
            return i + 2;
        if (hit[1] == '\r' && i + 2 < s.len && hit[2] == '\n')
            return i + 3;
    }
    return 0;
}

static str header(str head, const char *name)
{
    str rest = head, line;
    uint32_t len = (uint32_t)strlen(name);
    while (str_next(&rest, '\n', &line))
        if (line.len > len && line.at[len] == ':' && str_equal_nocase(str_part(line, 0, len), str_of(name)))
            return str_trim(str_part(line, len + 1, line.len));
    return (str){0};
}

static bool holds(str s, const char *word)
{
    uint32_t len = (uint32_t)strlen(word);
    for (uint32_t i = 0; i + len <= s.len; i++)
        if (str_equal_nocase(str_part(s, i, i + len), str_of(word)))
            return true;
    return false;
}

/* ---- the archive ---- */

/* Moves to the next "WARC/" at the start of a line, or to the end. */
static void find_record(page_reader *r)
{
    for (str s = stream_peek(r->in, HEAD_MOST); s.len && !str_starts(s, "WARC/"); s = stream_peek(r->in, HEAD_MOST)) {
        uint32_t hit = str_find(s, STR("\nWARC/"));
        stream_skip(r->in, hit != NONE ? hit + 1 : s.len > 8 ? s.len - 5 : s.len);
    }
}

static void skip_blank_lines(page_reader *r)
{
    for (str s = stream_peek(r->in, 4); s.len && (s.at[0] == '\r' || s.at[0] == '\n'); s = stream_peek(r->in, 4))
        stream_skip(r->in, 1);
}

static bool is_page(str block)
{
    str head = str_part(block, 0, head_length(str_part(block, 0, HEAD_MOST)));
    uint32_t space = str_find(head, STR(" "));
    if (!head.len || !str_starts(head, "HTTP/") || space == NONE || !str_starts(str_part(head, space + 1, head.len), "200"))
        return false;
    str type = header(head, "Content-Type");
    return holds(type, "text/html") || holds(type, "application/xhtml");
}

/* Takes the record at hand. 1 a page, 2 something else that was passed over, or a refusal. */
static int take_record(page_reader *r, doc *d, entente_error *ret_error)
{
    uint64_t at = stream_at(r->in);
    str s = stream_peek(r->in, HEAD_MOST);
    uint32_t head_len = head_length(str_part(s, 0, HEAD_MOST));
    if (!head_len) {
        stream_skip(r->in, MIN(s.len, (uint32_t)HEAD_MOST));
        return reader_refuse(r, at, ret_error, "the head of a record has no end");
    }
    str head = arena_copy(d->arena, str_part(s, 0, head_len));
    int64_t length;
    if (!str_to_int(header(head, "Content-Length"), &length) || length < 0) {
        stream_skip(r->in, head_len);
        return reader_refuse(r, at, ret_error, "a record without its length");
    }
    stream_skip(r->in, head_len);
    if (!str_equal_nocase(header(head, "WARC-Type"), STR("response"))) {
        stream_skip(r->in, (uint64_t)length);
        return 2;
    }
    if (length > LIMIT_RECORD) {
        stream_skip(r->in, (uint64_t)length);
        return reader_refuse(r, at, ret_error, "a record larger than the limit");
    }
    str block = str_part(stream_peek(r->in, (uint32_t)length), 0, (uint32_t)length);
    uint64_t damage = stream_damage(r->in);
    if (block.len < length || (damage >= stream_at(r->in) && damage < stream_at(r->in) + block.len)) {
        stream_skip(r->in, block.len < length ? block.len : damage - stream_at(r->in));
        r->damage = damage;
        return reader_refuse(r, at, ret_error, "a record that breaks off");
    }
    int code = 2;
    if (is_page(block)) {
        d->raw = arena_copy(d->arena, block);
        d->at = stream_at(r->in);
        d->given.url = header(head, "WARC-Target-URI");
        str id = header(head, "WARC-Record-ID");
        if (str_starts(d->given.url, "<"))
            d->given.url = str_part(d->given.url, 1, d->given.url.len - 1);
        d->head.origin = id.len ? arena_format(d->arena, "%s#%.*s", r->path, (int)id.len, id.at) : arena_format(d->arena, "%s#%llu", r->path, (unsigned long long)at);
        code = 1;
    }
    stream_skip(r->in, block.len);
    return code;
}

int warc_next(page_reader *r, doc *d, entente_error *ret_error)
{
    for (;;) {
        skip_blank_lines(r);
        uint64_t at = stream_at(r->in);
        str s = stream_peek(r->in, 5);
        uint64_t damage = stream_damage(r->in);
        if (damage != r->damage && (damage <= at || !s.len)) {
            r->damage = damage;
            return reader_refuse(r, damage, ret_error, "a packed record that is damaged");
        }
        if (!s.len)
            return 0;
        if (!str_starts(s, "WARC/")) {
            find_record(r);
            return reader_refuse(r, at, ret_error, "bytes between the records of an archive");
        }
        int code = take_record(r, d, ret_error);
        if (code != 2)
            return code;
    }
}

/* ---- a response ---- */

/* Puts the chunks together; the body as it is where they are none (many archives store it so under the old head). */
static str without_chunks(arena *a, str body)
{
    char *at = arena_take(a, body.len + 1, 1);
    uint32_t len = 0, i = 0;
    for (;;) {
        uint32_t size = 0, digits = 0;
        for (; i < body.len && digits < 7; i++, digits++) {
            char c = body.at[i];
            uint32_t v = is_ascii_digit(c) ? (uint32_t)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : NONE;
            if (v == NONE)
                break;
            size = size * 16 + v;
        }
        const char *end = i < body.len ? memchr(body.at + i, '\n', MIN(body.len - i, 256u)) : NULL;
        if (!digits || !end)
            return len ? (str){at, len} : body;
        i = (uint32_t)(end - body.at) + 1;
        if (!size)
            return (str){at, len};
        size = MIN(size, body.len - i);
        memcpy(at + len, body.at + i, size);
        len += size;
        i += size;
        while (i < body.len && (body.at[i] == '\r' || body.at[i] == '\n'))
            i++;
    }
}

static void free_inflater(void *inflater)
{
    libdeflate_free_decompressor(inflater);
}

/* Unpacks a gzip or deflate body. Empty where it is broken or too large. */
static str unpacked(arena *a, str body)
{
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    if (!z)
        return (str){0};
    arena_defer(a, free_inflater, z);
    bool gzip = body.len > 2 && !memcmp(body.at, "\x1f\x8b", 2);
    for (size_t room = MAX(body.len * 6ul, 65536ul); room <= LIMIT_RECORD * 2ul; room *= 2) {
        size_t size = MIN(room, (size_t)LIMIT_RECORD), got = 0;
        char *at = arena_take(a, size, 1);
        enum libdeflate_result code = gzip ? libdeflate_gzip_decompress(z, body.at, body.len, at, size, &got)
                                           : libdeflate_zlib_decompress(z, body.at, body.len, at, size, &got);
        if (code == LIBDEFLATE_SUCCESS)
            return (str){at, (uint32_t)got};
        if (code != LIBDEFLATE_INSUFFICIENT_SPACE || size == LIMIT_RECORD)
            break;
    }
    return (str){0};
}

static str charset_of(str type)
{
    uint32_t at = str_find(type, STR("charset="));
    str label = at == NONE ? (str){0} : str_part(type, at + 8, type.len), part;
    if (!str_next(&label, ';', &part))
        return (str){0};
    part = str_trim(part);
    return part.len > 1 && part.at[0] == '"' ? str_part(part, 1, part.len - 1) : part;
}

int warc_read(doc *d, entente_error *ret_error)
{
    uint32_t head_len = head_length(str_part(d->raw, 0, HEAD_MOST));
    str head = str_part(d->raw, 0, head_len), body = str_part(d->raw, head_len, d->raw.len);
    if (holds(header(head, "Transfer-Encoding"), "chunked"))
        body = without_chunks(d->arena, body);
    str coding = header(head, "Content-Encoding");
    bool packed = body.len > 2 && (!memcmp(body.at, "\x1f\x8b", 2) || (holds(coding, "deflate") && (body.at[0] & 0x0F) == 8));
    if (packed && !(body = unpacked(d->arena, body)).len)
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at, "a packed body that is broken or too large");
    if (!packed && holds(coding, "br") && utf8_check(str_part(body, 0, MIN(body.len, 64u))) != NONE)
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at, "a body packed as brotli");
    d->at += head_len;
    d->raw = body;
    d->given.charset = charset_of(header(head, "Content-Type"));
    return html_read(d, ret_error);
}
