/* Files, feeds and archives by way of the cursor. The pages are our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "page/page.h"
#include "one_doc.h"

static entente_error e;

static void put(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

static size_t pack(const char *bytes, size_t len, char *to, size_t room)
{
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
    size_t n = libdeflate_gzip_compress(z, bytes, len, to, room);
    libdeflate_free_compressor(z);
    return n;
}

static page_reader *open_file(const char *path)
{
    page_reader *r;
    assert_int_equal(page_reader_open(path, INPUT_GUESS, &r, &e), 0);
    return r;
}

/* Reads on; what page_reader_next and page_read say. */
static int read_next(page_reader *r)
{
    int code = page_reader_next(r, d, &e);
    if (code != 1)
        return code;
    assert_false(setjmp(*arena_escape(d->arena)));
    code = page_read(d, NULL, &e);
    return code ? code : 1;
}

#define PAGE(words)                                                                                                    \
    "<!doctype html><html lang=en><head><title>" words "</title></head><body><article><h1>" words "</h1>"              \
    "<p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>" \
    "<p>Ships from Tallow and Marn wait outside, and their crews were told to keep their engines warm, it added.</p>" \
    "</article></body></html>"

static size_t add_record(char *to, const char *type, const char *id, const char *http)
{
    return (size_t)sprintf(to,
                           "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\nWARC-Target-URI: https://example.org/%s\r\n"
                           "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
                           type, id, id, strlen(http), http);
}

#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

static void an_archive_gives_its_pages(void **state)
{
    (void)state;
    char all[16384], *p = all;
    p += add_record(p, "warcinfo", "a", "software: none\r\n");
    p += add_record(p, "response", "b", HTTP "\r\n" PAGE("Harbour closed"));
    p += add_record(p, "response", "c", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone");
    p += sprintf(p, "what is this\r\n");
    p += add_record(p, "response", "d", HTTP "Transfer-Encoding: chunked\r\n\r\n5\r\n<h1>H\r\n7\r\ni</h1>\n\r\n0\r\n\r\n");
    char *cut = p;
    p += add_record(p, "response", "e", HTTP "\r\n" PAGE("Cut short"));
    put("page-test.warc", all, (size_t)(cut + 300 - all));
    page_reader *r = open_file("page-test.warc");
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->head.title, "Harbour closed"));
    assert_true(str_is(d->head.url, "https://example.org/b"));
    assert_true(str_is(d->head.origin, "page-test.warc#<b>"));
    assert_int_equal(d->blocks.count, 2);
    assert_int_equal(memcmp(all + d->blocks.at[0].offset, "The harbour", 11), 0);
    assert_int_equal(read_next(r), ENTENTE_REJECTED);
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->head.url, "https://example.org/d"));
    assert_int_equal(read_next(r), ENTENTE_REJECTED);
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    remove("page-test.warc");
}

static void a_damaged_member_costs_its_record_only(void **state)
{
    (void)state;
    char all[16384], one[4096];
    size_t at = 0, starts[3];
    for (int i = 0; i < 3; i++) {
        char id[2] = {(char)('a' + i), 0};
        size_t len = add_record(one, "response", id, HTTP "\r\n" PAGE("Harbour closed"));
        starts[i] = at;
        at += pack(one, len, all + at, sizeof all - at);
    }
    memset(all + starts[1] + 60, 'x', 40);
    put("page-test.warc.gz", all, at);
    page_reader *r = open_file("page-test.warc.gz");
    uint32_t good = 0, bad = 0;
    for (int code; (code = read_next(r));) {
        good += code == 1;
        bad += code != 1;
    }
    assert_int_equal(good, 2);
    assert_in_range(bad, 1, 2);
    page_reader_close(r);
    remove("page-test.warc.gz");
}

static void feeds_give_their_items(void **state)
{
    (void)state;
    static const char rss[] =
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;\">]><rss version=\"2.0\"><channel>"
        "<title>Norvik Courier</title><language>en</language>"
        "<item><title>Harbour &amp; ferry</title><link>https://example.org/1</link><pubDate>Tue, 24 Nov 2026 00:31:03 GMT</pubDate>"
        "<description><![CDATA[<p>The harbour is <b>closed</b> and the ferry with it.</p><p>Read more</p>]]></description></item>"
        "<item><title>Two</title><description>&lt;p&gt;The mayor said so.&lt;/p&gt;</description><dc:date>2026-11-23T10:00:00Z</dc:date></item>"
        "</channel></rss>";
    static const char atom[] =
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Marn Post</title><entry><title type=\"html\">Vote &amp;amp; day</title>"
        "<link rel=\"self\" href=\"x\"/><link href=\"https://example.org/2\"/><author><name>Ida Holt</name></author>"
        "<published>2026-11-22T08:00:00+03:00</published><content type=\"html\">&lt;p&gt;They voted.&lt;/p&gt;</content></entry></feed>";
    static const char json[] = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Tallow News\",\"items\":[{\"id\":\"1\",\"title\":\"Snow\","
                               "\"content_html\":\"<p>It snowed, the town said.</p>\",\"date_published\":\"2026-01-02T01:00:00Z\"}]}";
    put("page-test.rss", rss, sizeof rss - 1);
    put("page-test.xml", atom, sizeof atom - 1);
    put("page-test.json", json, sizeof json - 1);
    page_reader *r = open_file("page-test.rss");
    assert_int_equal(read_next(r), 1);
    assert_int_equal(d->head.kind, KIND_FEED_ITEM);
    assert_true(str_is(d->head.title, "Harbour & ferry"));
    assert_true(str_is(d->text, "The harbour is closed and the ferry with it.\n"));
    assert_true(str_is(d->head.outlet, "Norvik Courier"));
    assert_int_equal(d->head.published_day, day_of(2026, 11, 24));
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->text, "The mayor said so.\n"));
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    r = open_file("page-test.xml");
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->head.title, "Vote & day"));
    assert_true(str_is(d->head.url, "https://example.org/2"));
    assert_true(str_is(d->head.byline, "Ida Holt"));
    assert_int_equal(d->head.published_day, day_of(2026, 11, 22));
    page_reader_close(r);
    r = open_file("page-test.json");
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->text, "It snowed, the town said.\n"));
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    remove("page-test.rss");
    remove("page-test.xml");
    remove("page-test.json");
}

static void a_folder_is_walked_in_order_of_name(void **state)
{
    (void)state;
    mkdir("page-test", 0755);
    mkdir("page-test/b", 0755);
    put("page-test/c.txt", "Gamma came last.", 16);
    put("page-test/b/x.txt", "Beta stood between.", 19);
    put("page-test/a.txt", "Alpha was first.", 16);
    put("page-test/d.bin", "\x7f\x00\x01\x02", 4);
    page_reader *r = open_file("page-test");
    static const char *const want[] = {"Alpha was first.\n", "Beta stood between.\n", "Gamma came last.\n"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(read_next(r), 1);
        assert_true(str_is(d->text, want[i]));
    }
    assert_int_equal(read_next(r), ENTENTE_REJECTED);
    assert_string_equal(e.origin, "page-test/d.bin");
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    remove("page-test/c.txt"), remove("page-test/b/x.txt"), remove("page-test/a.txt"), remove("page-test/d.bin");
    remove("page-test/b"), remove("page-test");
}

static void packed_files_are_unpacked_or_refused(void **state)
{
    (void)state;
    char packed[4096];
    const char page[] = PAGE("Harbour closed");
    size_t len = pack(page, sizeof page - 1, packed, sizeof packed);
    put("page-test.html.gz", packed, len);
    page_reader *r = open_file("page-test.html.gz");
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->raw, page));
    page_reader_close(r);
    put("page-test.html.gz", packed, len - 20);
    r = open_file("page-test.html.gz");
    assert_int_equal(read_next(r), ENTENTE_REJECTED);
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    char *zeros = calloc(1, 64 << 20), *bomb = malloc(1 << 20);
    len = pack(zeros, 64 << 20, bomb, 1 << 20);
    put("page-test.html.gz", bomb, len);
    free(zeros), free(bomb);
    r = open_file("page-test.html.gz");
    assert_int_equal(read_next(r), ENTENTE_REJECTED);
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    remove("page-test.html.gz");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_gives_its_pages),
        cmocka_unit_test(a_damaged_member_costs_its_record_only),
        cmocka_unit_test(feeds_give_their_items),
        cmocka_unit_test(a_folder_is_walked_in_order_of_name),
        cmocka_unit_test(packed_files_are_unpacked_or_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
