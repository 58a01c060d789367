/* What the fuzz targets of pages share: bytes go in as one kind of input, and what comes out must hold together. */
#ifndef FUZZ_PAGE_H
#define FUZZ_PAGE_H

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { SWELLING = 1032 }; /* bytes that a byte of deflate can become, at most */

static inline void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static inline void check_document(const doc *d)
{
    uint32_t at = 0;
    must(utf8_check(d->text) == NONE, "the text is not UTF-8");
    must(utf8_check(d->head.title) == NONE && utf8_check(d->head.byline) == NONE && utf8_check(d->head.origin) == NONE
        && utf8_check(d->head.published) == NONE && utf8_check(d->head.url) == NONE && utf8_check(d->head.outlet) == NONE, "the head is not UTF-8");
    must(d->text.len <= LIMIT_TEXT + 1, "the text is too long");
    for (uint32_t i = 0; i < d->blocks.count; i++) {
        span s = d->blocks.at[i].span;
        must(s.start == at && s.end >= s.start && s.end <= d->text.len, "blocks do not cover the text");
        at = s.end;
    }
    must(!d->blocks.count || at == d->text.len, "blocks end before the text");
    for (uint32_t i = 0; i < d->turns.count; i++)
        must(d->turns.at[i].span.start <= d->turns.at[i].span.end && d->turns.at[i].span.end <= d->text.len, "a turn outside the text");
    for (uint32_t i = 0; i < d->links.count; i++)
        must(utf8_check(d->links.at[i].text) == NONE, "a link that is not UTF-8");
}

static inline int fuzz_as(uint8_t input, const char *charset, const uint8_t *bytes, size_t len)
{
    static doc *d;
    entente_error e = {0};
    if (!d && !(d = doc_new()))
        return 0;
    doc_reset(d);
    d->raw = (str){(const char *)bytes, (uint32_t)len};
    d->input = input;
    d->given.charset = str_of(charset);
    d->head.origin = STR("fuzz");
    if (setjmp(*arena_escape(d->arena)))
        return 0;
    if (!page_read(d, NULL, &e))
        check_document(d);
    return 0;
}

/* Through the cursor, by way of a file: archives, feeds, packed files. */
static inline int fuzz_file(uint8_t input, const char *name, const uint8_t *bytes, size_t len)
{
    page_reader *r;
    entente_error e = {0};
    FILE *f = fopen(name, "wb");
    doc *d = doc_new();
    must(f && d && fwrite(bytes, 1, len, f) == len, "cannot write");
    fclose(f);
    if (!page_reader_open(name, input, &r, &e)) {
        volatile size_t refused = 0; /* it lives through a jump out */
        for (int code; (code = page_reader_next(r, d, &e));) {
            refused += code < 0;
            must(refused <= (len + 1) * SWELLING, "more refusals than bytes: the end is never reached");
            if (code == 1 && !setjmp(*arena_escape(d->arena)) && !page_read(d, NULL, &e) && d->input != INPUT_RECORD && d->input != INPUT_CONLLU)
                check_document(d);
        }
        page_reader_close(r);
    }
    doc_free(d);
    remove(name);
    return 0;
}

#endif
