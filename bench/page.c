/* Pages a second, from the packed bytes to text with title, author, day and lists, one core; beside it zlib's gunzip and
 * libdeflate's on the same bytes in the same run, and how many times zlib's gunzip the reading takes.
 * usage: bench-page [PAGE]...   (saved pages, packed or not; without any: a page of our own, of common size and make) */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <libdeflate.h>

#include "gunzip.h"
#include "page/page.h"

enum { MOST = 4096 };

typedef struct packed {
    char *at;
    size_t len;
    uint32_t plain; /* bytes unpacked */
} packed;

static packed pages[MOST];
static uint32_t count;
static char *room; /* for one page unpacked */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Half of a news page is scripts; a tenth is the story. */
static buffer own_page(void)
{
    buffer b = {0};
    char line[400];
    buffer_text(&b, "<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbour of Norvik closed - Norvik Courier</title>"
                    "<meta property='og:title' content='Harbour of Norvik closed'><meta property='og:site_name' content='Norvik Courier'>"
                    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Harbour of Norvik closed\",\"datePublished\":"
                    "\"2020-10-15T08:30:00+02:00\",\"author\":{\"@type\":\"Person\",\"name\":\"Ida Holt\"}}</script><script>");
    uint64_t dice = 1; /* scripts pack badly, as they do */
    for (int i = 0; i < 600; i++) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        snprintf(line, sizeof line, "function %llx(a,b){if(a<b&&window.q%llx){return b-%d}b+=%llx}\n", (unsigned long long)dice,
                 (unsigned long long)(dice * 31), i * 31, (unsigned long long)(dice * 7919));
        buffer_text(&b, line);
    }
    buffer_text(&b, "</script></head><body><nav class=main-menu><ul>");
    for (int i = 0; i < 80; i++) {
        snprintf(line, sizeof line, "<li class=\"menu-item item-%d\"><a class=\"menu-link\" href=\"/section/%d\">Section %d</a></li>\n", i, i * 17, i);
        buffer_text(&b, line);
    }
    buffer_text(&b, "</ul></nav><main><article class=\"story story--wide\"><h1 class=headline>Harbour of Norvik closed</h1><p class=byline>By Ida Holt</p><div class=\"story-body\">");
    for (int i = 0; i < 24; i++) {
        snprintf(line, sizeof line,
                 "<p>The harbour of Norvik stayed closed for day %d, the port authority said &ndash; and ships from Tallow &amp; Marn waited "
                 "outside, <a href=\"/t/%d\">their crews</a> told to keep the engines warm until the wind of force %d turned.</p>\n", i + 1, i, i % 9);
        buffer_text(&b, line);
    }
    buffer_text(&b, "</div></article></main><aside class=related><h3>Latest news</h3><ul>");
    for (int i = 0; i < 40; i++) {
        snprintf(line, sizeof line,
                 "<li class=teaser><div class=\"teaser__box box-%d\"><a href=\"/2020/10/%02d/story-%d\" class=\"teaser__link\">Council number %d puts off its vote on the bridge</a>"
                 "<time datetime=\"2020-10-%02d\">%d October 2020</time></div></li>\n", i, i % 28 + 1, i, i, i % 28 + 1, i % 28 + 1);
        buffer_text(&b, line);
    }
    buffer_text(&b, "</ul></aside><footer>Norvik Courier. All rights reserved.</footer></body></html>");
    return b;
}

static void add(const char *bytes, size_t len)
{
    packed *p = &pages[count];
    if (len >= 2 && !memcmp(bytes, "\x1f\x8b", 2)) {
        const uint8_t *tail = (const uint8_t *)bytes + len - 4;
        *p = (packed){malloc(len), len, (uint32_t)tail[0] | (uint32_t)tail[1] << 8 | (uint32_t)tail[2] << 16 | (uint32_t)tail[3] << 24};
        memcpy(p->at, bytes, p->at ? len : 0);
    } else {
        struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
        size_t most = libdeflate_gzip_compress_bound(c, len);
        *p = (packed){malloc(most), 0, (uint32_t)len};
        p->len = p->at ? libdeflate_gzip_compress(c, bytes, len, p->at, most) : 0;
        libdeflate_free_compressor(c);
    }
    count += p->at && p->len && p->plain && p->plain <= LIMIT_RECORD;
}

static void load(int argc, char **argv)
{
    char *at;
    size_t len;
    for (int i = 1; i < argc && count < MOST; i++)
        if (!file_read(argv[i], LIMIT_RECORD, &at, &len, NULL)) {
            add(at, len);
            free(at);
        }
    if (argc == 1) {
        buffer b = own_page();
        add(b.at, b.len);
        buffer_free(&b);
    }
}

static void gunzip_zlib(void)
{
    for (uint32_t i = 0; i < count; i++)
        gunzip(pages[i].at, pages[i].len, room, pages[i].plain);
}

static void gunzip_libdeflate(void)
{
    struct libdeflate_decompressor *u = libdeflate_alloc_decompressor();
    for (uint32_t i = 0; u && i < count; i++)
        libdeflate_gzip_decompress(u, pages[i].at, pages[i].len, room, pages[i].plain, NULL);
    libdeflate_free_decompressor(u);
}

static uint64_t text_bytes; /* so that nothing is left out as of no use */

static void read_pages(void)
{
    static doc *d;
    struct libdeflate_decompressor *u = libdeflate_alloc_decompressor();
    if (!u || (!d && !(d = doc_new())) || setjmp(*arena_escape(d->arena)))
        exit(1);
    for (uint32_t i = 0; i < count; i++) {
        size_t got = 0;
        entente_error e;
        libdeflate_gzip_decompress(u, pages[i].at, pages[i].len, room, pages[i].plain, &got);
        doc_reset(d);
        d->raw = (str){room, (uint32_t)got};
        d->input = INPUT_HTML;
        d->head.origin = STR("bench");
        text_bytes += page_read(d, NULL, &e) ? 0 : d->text.len;
    }
    libdeflate_free_decompressor(u);
}

/* The quickest of many rounds, taken in turn so that all three meet the same weather. */
int main(int argc, char **argv)
{
    static void (*const steps[])(void) = {gunzip_zlib, gunzip_libdeflate, read_pages};
    static const char *const names[] = {"gunzip (zlib)", "gunzip (libdeflate)", "gunzip to text and lists"};
    double best[COUNT(steps)] = {1e9, 1e9, 1e9};
    load(argc, argv);
    room = malloc(LIMIT_RECORD);
    if (!count || !room) {
        fputs("usage: bench-page [PAGE]...\n", stderr);
        return 2;
    }
    double end = now() + 3;
    for (uint32_t round = 0; round < 5 || now() < end; round++)
        for (uint32_t i = 0; i < COUNT(steps); i++) {
            double start = now();
            steps[i]();
            double took = now() - start;
            best[i] = took < best[i] ? took : best[i];
        }
    for (uint32_t i = 0; i < COUNT(steps); i++)
        printf("%-26s %10.0f pages/s %8.2f times zlib's gunzip\n", names[i], count / best[i], best[i] / best[0]);
    for (uint32_t i = 0; i < count; i++)
        free(pages[i].at);
    free(room);
    return !text_bytes;
}
