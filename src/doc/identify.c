/* What a document is known by: the hash of its words, and of its words with where and when they stood. */
#include <nettle/sha2.h>
#include <xxhash.h>

#include "doc/doc.h"

static str hex(arena *a, const uint8_t *bytes, uint32_t count)
{
    char *at = arena_take(a, 2 * count + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        at[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        at[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    return (str){at, 2 * count};
}

/* White space runs become one space; none stands at either end. */
static str squeeze(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1u, 1);
    uint32_t len = 0;
    bool gap = false;
    for (const char *p = s.at, *end = s.at + s.len; p < end;) {
        const char *from = p;
        if (*p > ' ' && *p < 0x7F && !gap) { /* the common case */
            at[len++] = *p++;
            continue;
        }
        if (utf8_is_space(utf8_next(&p, end))) {
            gap = len > 0;
            continue;
        }
        if (gap)
            at[len++] = ' ';
        gap = false;
        while (from < p)
            at[len++] = *from++;
    }
    return (str){at, len};
}

static str content_hash(doc *d)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx ctx;
    str words = squeeze(d->arena, utf8_nfc(d->arena, d->text));
    sha256_init(&ctx);
    sha256_update(&ctx, words.len, (const uint8_t *)words.at);
    sha256_digest(&ctx, sizeof digest, digest);
    return hex(d->arena, digest, sizeof digest);
}

void doc_identify(doc *d)
{
    head *h = &d->head;
    char published[11] = "";
    if (h->published_day != NO_DAY)
        day_format(h->published_day, published);
    h->content = content_hash(d);
    str where = h->url.len ? h->url : h->origin;
    str all = arena_format(d->arena, "%.*s\n%.*s\n%.*s\n%s", (int)h->content.len, h->content.at, (int)h->outlet.len,
                           h->outlet.len ? h->outlet.at : "", (int)where.len, where.at, published);
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, XXH3_128bits(all.at, all.len));
    h->id = hex(d->arena, bytes.digest, sizeof bytes.digest);
    if (h->reference == NO_DAY)
        h->reference = h->published_day;
}
