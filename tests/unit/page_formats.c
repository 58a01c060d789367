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

/* ---- feeds of every make ---- */

/* Opens `bytes` as a file of this kind and reads its first document. */
static int read_first(uint8_t input, const void *bytes, size_t len)
{
    page_reader *r;
    put("page-test.in", bytes, len);
    assert_int_equal(page_reader_open("page-test.in", input, &r, &e), 0);
    int code = read_next(r);
    page_reader_close(r);
    remove("page-test.in");
    return code;
}

static void tell_wrong(const char *way, int code)
{
    fail_msg("%s: code %d (%s), title '%.*s', url '%.*s', byline '%.*s', deck '%.*s', date '%.*s', outlet '%.*s', language '%.*s', text '%.*s'", way, code, code < 0 ? e.text : "",
             (int)d->head.title.len, d->head.title.at, (int)d->head.url.len, d->head.url.at, (int)d->head.byline.len, d->head.byline.at, (int)d->head.deck.len, d->head.deck.at,
             (int)d->head.published.len, d->head.published.at, (int)d->head.outlet.len, d->head.outlet.at, (int)d->head.language.len, d->head.language.at, (int)d->text.len, d->text.at);
}

#define RSS(item) "<rss><channel><title>Norvik Courier</title><item>" item "</item></channel></rss>"
#define ATOM(entry) "<feed><title>Marn Post</title><entry>" entry "</entry></feed>"
#define JSON(item) "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Tallow News\",\"items\":[{" item "}]}"

static void items_say_it_in_many_ways(void **state)
{
    (void)state;
    enum { TITLE, URL, BYLINE, DECK, DATE, OUTLET, TEXT, LANGUAGE };
    static const struct { const char *way, *feed; int field; const char *expected; } rows[] = {
        {"markup in a title", RSS("<title><![CDATA[The <b>harbour</b> <i>closed</i>]]></title>"), TITLE, "The harbour closed"},
        {"an element whose name is longer", RSS("<titles>no</titles><title >Yes</title>"), TITLE, "Yes"},
        {"an element without content", RSS("<title/><link>https://example.org/1</link>"), TITLE, ""},
        {"an element that is not closed", RSS("<title>Harbour"), TITLE, ""},
        {"references", RSS("<title>A &amp;amp; B &lt;i&gt;C&lt;/i&gt; &nosuch; D</title>"), TITLE, "A & B C &nosuch; D"},
        {"a lasting address", RSS("<link></link><guid isPermaLink='true'>https://example.org/2</guid>"), URL, "https://example.org/2"},
        {"a mark that is no address", RSS("<guid>tag:example.org,2020:2</guid>"), URL, ""},
        {"a link of no kind", ATOM("<link href='https://example.org/3'/>"), URL, "https://example.org/3"},
        {"the link that is the page", ATOM("<link rel=\"self\" href=\"a\"/><link href = \"https://example.org/4\" rel=\"alternate\"/>"), URL, "https://example.org/4"},
        {"a link without quotes", ATOM("<link href=https://example.org/5 />"), URL, ""},
        {"a link without an address", ATOM("<link rel=\"alternate\"/>"), URL, ""},
        {"an address whose quote is open", ATOM("<link href=\"https://example.org/6/>"), URL, "https://example.org/6/"},
        {"text before, and the whole behind", RSS("<description>In short.</description><content:encoded>&lt;p&gt;The whole of it.&lt;/p&gt;</content:encoded>"), DECK, "In short."},
        {"text alone", RSS("<description>The whole of it.</description>"), DECK, ""},
        {"the writer of an item", RSS("<dc:creator><![CDATA[Ida Holt]]></dc:creator>"), BYLINE, "Ida Holt"},
        {"a date that is none", RSS("<pubDate>yesterday, or before</pubDate>"), DATE, ""},
        {"when it was changed, for want of better", ATOM("<published> </published><updated>2020-10-15T10:00:00Z</updated>"), DATE, "2020-10-15T10:00:00Z"},
        {"lines that feeds add", RSS("<description><![CDATA[<p>It is so.</p><p>The post It is so appeared first on Norvik Courier.</p><p>Continue reading</p>"
                                     "<p>Related stories</p><p>Share</p><p hidden>Unseen.</p>]]></description>"), TEXT, "It is so.\n"},
        {"the mark of order", "\xEF\xBB\xBF<?xml version='1.0' encoding='iso-8859-1'?>" ATOM("<title>Caf\xE9</title>"), TITLE, "Café"},
        {"an encoding without quotes", "<?xml version=1.0 encoding=utf-8?>" ATOM("<title>Café</title>"), TITLE, "Café"},
        {"the language of the feed", "<feed xml:lang=\"nb\"><entry><title>x</title></entry></feed>", LANGUAGE, "nb"},
        {"the language of the channel", "<rss><channel><language>nb</language><item><title>x</title></item></channel></rss>", LANGUAGE, "nb"},
        {"the outlet of the channel, not of an item", "<rss><channel><item><title>x</title></item></channel></rss>", OUTLET, ""},
        {"JSON with a mark of order", "\xEF\xBB\xBF" JSON("\"title\":\"Snow\""), TITLE, "Snow"},
        {"JSON of several writers", JSON("\"authors\":[{\"name\":\"Ida Holt\"},{\"name\":\"Ib Dahl\"}]"), BYLINE, "Ida Holt"},
        {"JSON of no writers", JSON("\"authors\":[],\"author\":{\"name\":\"Ib Dahl\"}"), BYLINE, "Ib Dahl"},
        {"JSON whose writers are words", JSON("\"authors\":\"Ida Holt\",\"author\":\"Ib Dahl\""), BYLINE, ""},
        {"JSON whose title is a number", JSON("\"title\":7"), TITLE, ""},
        {"JSON as plain text", JSON("\"summary\":\"Snow.\",\"content_text\":\"It snowed.\\n\\n  It stopped.\""), TEXT, "It snowed.\nIt stopped.\n"},
        {"JSON with a deck", JSON("\"summary\":\"Snow.\",\"content_text\":\"It snowed.\""), DECK, "Snow."},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        int code = read_first(INPUT_FEED, rows[i].feed, strlen(rows[i].feed));
        const str fields[] = {d->head.title, d->head.url, d->head.byline, d->head.deck, d->head.published, d->head.outlet, d->text, d->head.language};
        if (code != 1 || !str_is(fields[rows[i].field], rows[i].expected))
            tell_wrong(rows[i].way, code);
    }
}

static void feeds_that_are_none_are_refused_or_empty(void **state)
{
    (void)state;
    static const struct { const char *way, *feed; int code; } rows[] = {
        {"no item", "<rss><channel><title>Norvik Courier</title></channel></rss>", 0},
        {"no XML", "Norvik Courier < Marn Post", 0},
        {"an item that breaks off", "<rss><channel><item><title>x</title>", ENTENTE_REJECTED},
        {"an entry that breaks off", "<feed><entry><title>x</title></item>", ENTENTE_REJECTED},
        {"CDATA around all of it", "<rss><![CDATA[<item></item>", 0},
        {"CDATA that never ends", RSS("<title><![CDATA[The harbour</title>"), ENTENTE_REJECTED},
        {"JSON without items", "{\"title\": \"x\"}", ENTENTE_REJECTED},
        {"JSON whose items are none", "{\"items\": {}}", ENTENTE_REJECTED},
        {"JSON of no items", "{\"items\": []}", 0},
        {"JSON cut short", "{\"items\": [{\"title\": \"x\"}", ENTENTE_REJECTED},
        {"JSON and more", "{\"items\": []} and more", ENTENTE_REJECTED},
        {"JSON that is not UTF-8", "{\"items\": [{\"title\": \"\xE9\"}]}", ENTENTE_REJECTED},
        {"JSON whose item is a word", "{\"items\": [\"x\"]}", ENTENTE_REJECTED},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        int code = read_first(INPUT_FEED, rows[i].feed, strlen(rows[i].feed));
        if (code != rows[i].code)
            fail_msg("%s: %d, not %d", rows[i].way, code, rows[i].code);
    }
}

static void a_long_name_of_an_outlet_is_cut_between_letters(void **state)
{
    (void)state;
    char feed[1024] = "<rss><channel><title>", *p = feed + strlen(feed);
    for (int i = 0; i < 200; i++)
        p += sprintf(p, "%s", i ? "é" : "x");
    strcpy(p, "</title><item><title>x</title></item></channel></rss>");
    assert_int_equal(read_first(INPUT_FEED, feed, strlen(feed)), 1);
    assert_int_equal(d->head.outlet.len, 255);
    p[-1] = 0; /* one byte less: the cut falls inside a letter */
    memmove(feed + 22, feed + 21, (size_t)(p - feed) - 20);
    feed[21] = 'x';
    strcpy(p + 1, "</title><item><title>x</title></item></channel></rss>");
    p[0] = ' ';
    assert_int_equal(read_first(INPUT_FEED, feed, strlen(feed)), 1);
    assert_int_equal(d->head.outlet.len, 254);
    assert_int_equal(utf8_check(d->head.outlet), NONE);
}

/* ---- records of archives ---- */

/* A record of one response; its document is read, or refused. */
static int read_response(const char *http, size_t len)
{
    static char all[40000];
    int head = sprintf(all, "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: <https://example.org/a>\nContent-Length: %zu\n\n", len);
    memcpy(all + head, http, len);
    return read_first(INPUT_WARC, all, (size_t)head + len);
}

#define OK_HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html"
#define BODY "<p>The harbour of Norvik was closed on Monday, the port authority said, caf\xE9 and all.</p>"

static void responses_come_in_many_ways(void **state)
{
    (void)state;
    static const struct { const char *way, *http, *says; } rows[] = {
        {"lines that end as on Unix", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" BODY, "Norvik"},
        {"a set of characters", OK_HTML "; charset=iso-8859-2; x=y\r\n\r\n<p>\xB3\xF3\xBC</p>", "łóź"},
        {"a set of characters in quotes", OK_HTML "; charset=\"iso-8859-2\"\r\n\r\n<p>\xB3\xF3\xBC</p>", "łóź"},
        {"no name of a set", OK_HTML "; charset=\r\n\r\n" BODY, "café"},
        {"XHTML", "HTTP/1.1 200 OK\r\ncontent-type: application/xhtml+xml\r\n\r\n" BODY, "Norvik"},
        {"chunks with letters for figures", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nA\r\nThe harbor\r\nb;x=y\r\n in Norvik.\r\n0\r\n\r\n", "The harbor in Norvik."},
        {"chunks that break off", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Norvik\r\nffff\r\n was closed", "Norvik was closed"},
        {"chunks without their end", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Norvik\r\n", "Norvik"},
        {"chunks of no size", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Norvik\r\nxyz\r\n", "Norvik"},
        {"chunks that are none", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n" BODY, "Norvik"},
        {"chunks of too many figures", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n00000000<p>Norvik</p>", "Norvik"},
        {"a size and no line", OK_HTML "\r\nTransfer-Encoding: chunked\r\n\r\n9", ""},
        {"brotli in name alone", OK_HTML "\r\nContent-Encoding: br\r\n\r\n<p>Norvik</p>", "Norvik"},
        {"deflate in name alone", OK_HTML "\r\nContent-Encoding: deflate\r\n\r\n<p>Norvik</p>", "Norvik"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        int code = read_response(rows[i].http, strlen(rows[i].http));
        if (code != 1 || str_find(d->text, str_of(rows[i].says)) == NONE || !str_is(d->head.url, "https://example.org/a"))
            tell_wrong(rows[i].way, code);
        assert_true(str_starts(d->head.origin, "page-test.in#0")); /* no id: where it stands */
    }
}

static void packed_bodies_are_read_or_refused(void **state)
{
    (void)state;
    static char text[2 << 20], packed[40000];
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(9);
    for (int large = 0; large < 2; large++)
        for (int deflate = 0; deflate < 2; deflate++) {
            memset(text, ' ', sizeof text);
            memcpy(text, "<p>Norvik</p>", 13);
            size_t size = large ? sizeof text : 13;
            int head = sprintf(packed, OK_HTML "\r\nContent-Encoding: %s\r\n\r\n", deflate ? "deflate" : "x-gzip");
            size_t len = (size_t)head + (deflate ? libdeflate_zlib_compress : libdeflate_gzip_compress)(z, text, size, packed + head, sizeof packed - (size_t)head);
            assert_int_equal(read_response(packed, len), 1);
            assert_true(str_is(d->text, "Norvik\n"));
            memset(packed + head + 6, 0xFF, 6);
            assert_int_equal(read_response(packed, len), ENTENTE_REJECTED);
            assert_non_null(strstr(e.text, "packed body"));
        }
    libdeflate_free_compressor(z);
    static const char brotli[] = OK_HTML "\r\nContent-Encoding: br\r\n\r\n\x1b\xff\xfe\x8d";
    assert_int_equal(read_response(brotli, sizeof brotli - 1), ENTENTE_REJECTED);
    assert_non_null(strstr(e.text, "brotli"));
}

static void records_that_are_no_pages_are_passed_over(void **state)
{
    (void)state;
    static const char *const others[] = {"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>Norvik</p>", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxyz",
                                         "HTTP/1.1 200 OK\r\n\r\n<p>Norvik</p>", "HTTP/1.1\r\n\r\n<p>Norvik</p>", "ICY 200 OK\r\nContent-Type: text/html\r\n\r\nx", "text/html", "HTTP/1.1 200 OK\r"};
    for (uint32_t i = 0; i < COUNT(others); i++)
        assert_int_equal(read_response(others[i], strlen(others[i])), 0);
}

static void records_that_are_wrong_are_refused_and_the_next_is_read(void **state)
{
    (void)state;
    static const struct { const char *record, *says; } rows[] = {
        {"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "without its length"},
        {"WARC/1.0\r\nContent-Length: -4\r\n\r\n", "without its length"},
        {"WARC/1.0\r\nContent-Length: many\r\n\r\n", "without its length"},
        {"something that is no record\r\n\r\n", "between the records"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char all[8192], *p = all;
        page_reader *r;
        p += sprintf(p, "%s", rows[i].record);
        p += add_record(p, "response", "b", HTTP "\r\n" PAGE("Harbour closed"));
        put("page-test.warc", all, (size_t)(p - all));
        assert_int_equal(page_reader_open("page-test.warc", INPUT_WARC, &r, &e), 0);
        assert_int_equal(read_next(r), ENTENTE_REJECTED);
        if (!strstr(e.text, rows[i].says))
            fail_msg("row %u: %s", i, e.text);
        assert_int_equal(read_next(r), 1);
        assert_int_equal(read_next(r), 0);
        page_reader_close(r);
        remove("page-test.warc");
    }
    static const char *const last[] = {"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx", "WARC/1.0\r\nWARC-Type: response\r\n", "WARC/1.0\r\nContent-Length: 1\r"};
    for (uint32_t i = 0; i < COUNT(last); i++)
        assert_int_equal(read_first(INPUT_WARC, last[i], strlen(last[i])), ENTENTE_REJECTED);
}

/* ---- files ---- */

static void a_file_of_several_packed_parts_is_one(void **state)
{
    (void)state;
    static const char first[] = "The harbour of Norvik was closed on Monday.\n", second[] = "It will open on Friday, they say.\n";
    char all[1024];
    size_t len = pack(first, sizeof first - 1, all, sizeof all);
    len += pack(second, sizeof second - 1, all + len, sizeof all - len);
    assert_int_equal(read_first(INPUT_TEXT, all, len), 1);
    assert_true(str_is(d->text, "The harbour of Norvik was closed on Monday.\nIt will open on Friday, they say.\n"));
    char one = all[30];
    all[30] ^= 0x55; /* the first is damaged, the second whole: half a text is none */
    assert_int_equal(read_first(INPUT_TEXT, all, len), ENTENTE_REJECTED);
    assert_non_null(strstr(e.text, "damaged"));
    all[30] = one;
    memset(all + len, 'x', 512); /* what stands behind them is not theirs */
    assert_int_equal(read_first(INPUT_TEXT, all, len + 100), ENTENTE_REJECTED);
    assert_non_null(strstr(e.text, "damaged"));
}

static void what_cannot_be_opened_is_told(void **state)
{
    (void)state;
    page_reader *r = NULL;
    assert_int_equal(page_reader_open("page-test.none", INPUT_GUESS, &r, &e), ENTENTE_IO);
    assert_int_equal(page_reader_open(".", INPUT_COUNT, &r, &e), ENTENTE_USAGE);
    assert_null(r);
    page_reader_close(NULL);
}

static void a_folder_may_be_named_with_its_slash(void **state)
{
    (void)state;
    mkdir("page-test", 0755);
    put("page-test/a.txt", "Alpha was first.", 16);
    page_reader *r = open_file("page-test/");
    assert_int_equal(read_next(r), 1);
    assert_true(str_is(d->head.origin, "page-test/a.txt"));
    assert_int_equal(read_next(r), 0);
    page_reader_close(r);
    remove("page-test/a.txt"), remove("page-test");
}

static void a_file_of_trees_is_cut_at_its_documents(void **state)
{
    (void)state;
    static const char sheet[] = "# newdoc id = a\n1\tOslo\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newdoc id = b\n1\tBergen\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    put("page-test.in", sheet, sizeof sheet - 1);
    page_reader *r = open_file("page-test.in");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(page_reader_next(r, d, &e), 1);
        assert_int_equal(d->input, INPUT_CONLLU);
        assert_int_not_equal(str_find(d->raw, i ? STR("Bergen") : STR("Oslo")), NONE);
        assert_int_equal(str_find(d->raw, i ? STR("Oslo") : STR("Bergen")), NONE);
    }
    assert_int_equal(page_reader_next(r, d, &e), 0);
    page_reader_close(r);
    remove("page-test.in");
}

static void a_mark_of_documents_is_seen_wherever_the_reading_stops(void **state)
{
    (void)state;
    static const char row[] = "1\tOslo\t_\t_\t_\t_\t_\t_\t_\t_\n\n", mark[] = "# newdoc\n";
    enum { STEP = 64 << 10 }; /* reads stop at multiples of it */
    static char all[6 * STEP];
    for (uint32_t at = 4 * STEP - 12; at < 4 * STEP + 3; at++) {
        memset(all, 'x', sizeof all);
        all[0] = '#', all[1] = ' ';
        memcpy(all + at - (sizeof row - 1), row, sizeof row - 1);
        all[at - sizeof row] = '\n';
        memcpy(all + at, mark, sizeof mark - 1);
        memcpy(all + at + sizeof mark - 1, row, sizeof row - 1);
        put("page-test.in", all, at + sizeof mark + sizeof row - 2);
        page_reader *r;
        assert_int_equal(page_reader_open("page-test.in", INPUT_CONLLU, &r, &e), 0);
        assert_int_equal(page_reader_next(r, d, &e), 1);
        assert_int_equal(d->raw.len, at);
        assert_int_equal(page_reader_next(r, d, &e), 1);
        assert_int_equal(page_reader_next(r, d, &e), 0);
        page_reader_close(r);
    }
    remove("page-test.in");
}

static void a_large_document_of_trees_is_read_and_a_larger_one_refused(void **state)
{
    (void)state;
    static const char row[] = "1\tOslo\t_\t_\t_\t_\t_\t_\t_\t_\n\n", mark[] = "# newdoc\n";
    const size_t sizes[] = {600 << 10, 17 << 20};
    char *all = malloc(sizes[1] + 4096);
    for (int large = 0; large < 2; large++) {
        size_t len = 0;
        while (len < sizes[large]) {
            memcpy(all + len, row, sizeof row - 1);
            len += sizeof row - 1;
        }
        memcpy(all + len, mark, sizeof mark - 1);
        len += sizeof mark - 1;
        memcpy(all + len, row, sizeof row - 1);
        put("page-test.in", all, len + sizeof row - 1);
        page_reader *r;
        assert_int_equal(page_reader_open("page-test.in", INPUT_CONLLU, &r, &e), 0);
        assert_int_equal(page_reader_next(r, d, &e), large ? ENTENTE_REJECTED : 1);
        if (!large)
            assert_int_equal(d->raw.len, len - (sizeof mark - 1));
        else
            assert_non_null(strstr(e.text, "larger than the limit"));
        assert_int_equal(page_reader_next(r, d, &e), !large);
        page_reader_close(r);
    }
    free(all);
    remove("page-test.in");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_gives_its_pages),
        cmocka_unit_test(a_damaged_member_costs_its_record_only),
        cmocka_unit_test(feeds_give_their_items),
        cmocka_unit_test(a_folder_is_walked_in_order_of_name),
        cmocka_unit_test(packed_files_are_unpacked_or_refused),
        cmocka_unit_test(items_say_it_in_many_ways),
        cmocka_unit_test(feeds_that_are_none_are_refused_or_empty),
        cmocka_unit_test(a_long_name_of_an_outlet_is_cut_between_letters),
        cmocka_unit_test(responses_come_in_many_ways),
        cmocka_unit_test(packed_bodies_are_read_or_refused),
        cmocka_unit_test(records_that_are_no_pages_are_passed_over),
        cmocka_unit_test(records_that_are_wrong_are_refused_and_the_next_is_read),
        cmocka_unit_test(a_file_of_several_packed_parts_is_one),
        cmocka_unit_test(what_cannot_be_opened_is_told),
        cmocka_unit_test(a_folder_may_be_named_with_its_slash),
        cmocka_unit_test(a_file_of_trees_is_cut_at_its_documents),
        cmocka_unit_test(a_mark_of_documents_is_seen_wherever_the_reading_stops),
        cmocka_unit_test(a_large_document_of_trees_is_read_and_a_larger_one_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
