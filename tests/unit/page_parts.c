/* The parts that pages are read with, each by its own door: dates as they are printed, stamped and put into addresses; what
 * pages tell machines; references to characters; names of elements; formats told from name and bytes. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "page/inside.h"
#include "page/jsonld.h"
#include "page/tokens.h"

static arena *memory;

static int set_up(void **state)
{
    (void)state;
    return !(memory = arena_new(16 << 20));
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

static const char *text_of(day d, char room[11])
{
    room[0] = 0;
    if (d != NO_DAY)
        day_format(d, room);
    return room;
}

/* ---- dates ---- */

static void dates_are_found_as_they_are_printed(void **state)
{
    (void)state;
    static const struct { const char *text, *expected, *covered; } rows[] = {
        {"The vote of 20 November 2019 was close", "2019-11-20", "20 November 2019"},
        {"on 20th of November, 2019, they met", "2019-11-20", "20th of November, 2019"},
        {"20. Nov. '19", "2019-11-20", "20. Nov. '19"},
        {"20 Nov. '71", "1971-11-20", "20 Nov. '71"},
        {"el 20 de noviembre de 2019", "2019-11-20", "20 de noviembre de 2019"},
        {"November 20, 2019", "2019-11-20", "November 20, 2019"},
        {"Nov. 20th 2019", "2019-11-20", "Nov. 20th 2019"},
        {"2019-11-20", "2019-11-20", "2019-11-20"},
        {"2019. 11. 20.", "2019-11-20", "2019. 11. 20"},
        {"2019. november 20.", "2019-11-20", "2019. november 20"},
        {"2019 Nov 20", "2019-11-20", "2019 Nov 20"},
        {"2019年11月20日", "2019-11-20", "2019年11月20"},
        {"2019년 11월 20일", "2019-11-20", "2019년 11월 20"},
        {"20.11.2019", "2019-11-20", "20.11.2019"},
        {"11/20/2019", "2019-11-20", "11/20/2019"},
        {"20-11-19", "2019-11-20", "20-11-19"},
        {"3-4-19", "2019-04-03", "3-4-19"},
        {"room 12, 5 May 2011", "2011-05-05", "5 May 2011"},
        {"Donaudampfschifffahrtsgesellschaftskapitän 5 May 2011", "2011-05-05", "5 May 2011"},
        /* what only looks like one */
        {"20 November", "", ""}, {"20 November 12:30", "", ""}, {"20 Nov. 12:30", "", ""}, {"November 20", "", ""}, {"November", "", ""},
        {"2019", "", ""}, {"2019-", "", ""}, {"2019-11", "", ""}, {"2019 november", "", ""}, {"2019年11月", "", ""}, {"2019 11 20", "", ""},
        {"2019 and 20", "", ""}, {"20.11-2019", "", ""}, {"20.11.201", "", ""}, {"31.13.2019", "", ""}, {"30 February 2019", "", ""},
        {"version 5.1.2.19", "", ""}, {"1.2.19.4", "", ""}, {"20 May 1650", "", ""}, {"3000-01-01", "", ""}, {"123 May 2011", "", ""},
        {"5551234567 May 2011", "", ""}, {"no digit in May", "", ""},
    };
    const date_habit habit = {.arena = memory, .today = NO_DAY};
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char room[11];
        day d = NO_DAY;
        span where = {0, 0};
        str s = str_of(rows[i].text);
        bool found = dates_find(s, habit, &d, &where);
        str covered = str_part(s, where.start, where.end);
        if (found != (rows[i].expected[0] != 0) || strcmp(text_of(d, room), rows[i].expected) || !str_is(covered, rows[i].covered))
            fail_msg("%s: %s, '%.*s'", rows[i].text, room, (int)covered.len, covered.at);
    }
}

static void a_slash_is_read_by_the_habit_of_the_place(void **state)
{
    (void)state;
    static const struct { const char *text; bool month_first; const char *expected; } rows[] = {
        {"3/4/2019", false, "2019-04-03"}, {"3/4/2019", true, "2019-03-04"}, {"3.4.2019", true, "2019-04-03"},
        {"13/4/2019", true, "2019-04-13"}, {"4/13/2019", false, "2019-04-13"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char room[11];
        day d = NO_DAY;
        span where;
        assert_true(dates_find(str_of(rows[i].text), (date_habit){memory, rows[i].month_first, NO_DAY}, &d, &where));
        assert_string_equal(text_of(d, room), rows[i].expected);
    }
}

static void a_line_that_is_a_date_has_few_other_words(void **state)
{
    (void)state;
    static const struct { const char *text; bool is; } rows[] = {
        {"Wednesday, 20 November 2019, 14:30 Uhr", true}, {"Last updated on 20 November 2019", true}, {"20/11/2019 | 14:30", true},
        {"The vote of 20 November 2019 was close and long", false}, {"Room 20", false}, {"Wednesday", false},
        {"20 November 2019 ....................................................................................", false},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        day d;
        if (dates_is_line(str_of(rows[i].text), (date_habit){memory, false, NO_DAY}, &d) != rows[i].is)
            fail_msg("%s", rows[i].text);
    }
}

static void stamps_keep_their_time_where_they_have_one(void **state)
{
    (void)state;
    static const struct { const char *text, *expected; } rows[] = {
        {"2020-10-15", "2020-10-15"}, {" 2020-10-15T23:30:00+05:00 ", "2020-10-15T23:30:00+05:00"}, {"2020-10-15 23:30", "2020-10-15T23:30"},
        {"2020-10-15T23:30:00.123Z", "2020-10-15T23:30:00.123Z"}, {"2020-10-15T23:30+0500", "2020-10-15T23:30+0500"},
        {"2020-10-15T23:30-05", "2020-10-15T23:30-05"}, {"2020-10-15T23:30:00.", "2020-10-15T23:30:00."}, {"2020-10-15T23:30+05: sharp", "2020-10-15T23:30+05"},
        {"2020-10-15T23:30-or so", "2020-10-15T23:30"},
        {"2020-10-15T23:30+05:\u062a\u0648", "2020-10-15T23:30+05"}, {"2020-10-15T23:30 in the evening", "2020-10-15T23:30"}, {"2020-10-15T23", "2020-10-15"},
        {"2020-10-15T23:3", "2020-10-15"}, {"2020-10-15T2", "2020-10-15"}, {"2020-10-15Tea", "2020-10-15"}, {"2020-10-15, noon", "2020-10-15"},
        {"2020-10-15 at noon", "2020-10-15"},
        {"20201015", "2020-10-15"}, {"20201345", ""}, {"17991231", ""}, {"21500101", ""}, {"-2020101", ""}, {"00000000", ""}, {"someday!", ""}, {"", ""},
        {"Thu, 15 Oct 2020 23:30:00 GMT", "2020-10-15"}, {"15.10.2020", "2020-10-15"}, {"2020-13-45T00:00", ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        day d = NO_DAY, alone = NO_DAY;
        str iso = {"", 0};
        bool found = dates_stamp(memory, str_of(rows[i].text), (date_habit){.today = NO_DAY}, &d, &iso);
        assert_int_equal(dates_stamp(memory, str_of(rows[i].text), (date_habit){.today = NO_DAY}, &alone, NULL), found);
        if (found != (rows[i].expected[0] != 0) || !str_is(iso, rows[i].expected) || (found && (alone != d || d != day_of(2020, 10, 15))))
            fail_msg("%s: %.*s", rows[i].text, (int)iso.len, iso.at);
    }
}

static void addresses_tell_a_day_only_where_it_stands_alone(void **state)
{
    (void)state;
    static const struct { const char *url, *expected; } rows[] = {
        {"https://example.org/2020/10/15/x", "2020-10-15"}, {"https://example.org/2020/oct/15/x", "2020-10-15"}, {"https://example.org/a-2020-10-15", "2020-10-15"},
        {"https://example.org/2020-10/15/x", "2020-10-15"}, {"https://example.org/20201015-x", "2020-10-15"}, {"https://example.org/2020/1/5?p", "2020-01-05"},
        {"https://example.org/2020.10.15.html", "2020-10-15"}, {"example.org/2020/10/15", "2020-10-15"}, {"/2020/10/15#top", "2020-10-15"},
        {"https://example.org/2020/10/12-best-places", ""}, {"https://example.org/2020/10/", ""}, {"https://example.org/1985/10/15/", ""},
        {"https://example.org/2150/10/15/", ""}, {"https://example.org/2020/13/15/", ""}, {"https://example.org/2020/oct15/", ""}, {"https://example.org/2020/oct", ""},
        {"https://example.org/2020octo", ""}, {"https://example.org/120201015", ""}, {"https://example.org/202010155", ""}, {"https://example.org/2020/10/153/", ""},
        {"https://example.org/2020/0/15/", ""}, {"https://example.org/2020/10/x/", ""}, {"https://2020-10-15.example.org/", ""}, {"https://2020-10-15", ""}, {"", ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char room[11];
        if (strcmp(text_of(dates_in_url(str_of(rows[i].url)), room), rows[i].expected))
            fail_msg("%s: %s", rows[i].url, room);
    }
}

/* ---- what pages tell machines ---- */

static str told(const char *script, const char *key)
{
    jsonld j = {.arena = memory};
    jsonld_read(&j, str_of(script));
    return j.roots.count ? jsonld_text(&j, jsonld_get(&j, j.roots.at[0], key)) : (str){"", 0};
}

static void objects_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    static const struct { const char *script, *expected; } rows[] = {
        {"{\"k\": \"caf\\u00e9\"}", "café"}, {"{\"k\": \"\\u0041\\u004A\\u004a\"}", "AJJ"}, {"{\"k\": \"a\\nb\\tc\\rd\\be\\ff\\/g\\\"h\"}", "a b c d e f/g\"h"},
        {"{\"k\": \"\\uD83D\\uDEA2\"}", "🚢"}, {"{\"k\": \"\\uD83D!\"}", "�!"}, {"{\"k\": \"\\uD83D\\u0041\"}", "�A"}, {"{\"k\": \"\\uDEA2\"}", "�"},
        {"{\"k\": \"\\uD83D\\n\"}", "�"}, {"{\"k\": \"\\u12\"}", "u12"}, {"{\"k\": \"\\u12-4\"}", "u12-4"}, {"{\"k\": \"\\u12xy\"}", "u12xy"},
        {"{\"k\": \"a &amp;amp; b\"}", "a & b"}, {"{\"k\": \"it breaks off", "it breaks off"}, {"{\"k\": \"it breaks off\\", "it breaks off\\"},
        {"window.x = {\"k\": \"v\"};", "v"}, {"[{\"k\": \"v\"}]", ""}, {"{,,\"a\": \"b\"; \"k\": \"v\",}", "v"}, {"{\"k\" \"v\"}", "v"}, {"{\"a\": 1, \"b\": null, \"k\": \"v\"}", "v"},
        {"{\"k\": [\"first\", \"second\"]}", "first"}, {"{\"k\": {\"name\": \"n\"}}", "n"}, {"{\"k\": [{\"name\": [\"n\"]}]}", "n"}, {"{\"k\": {\"x\": \"n\"}}", ""},
        {"{\"k\": []}", ""}, {"{\"k\": 17}", ""}, {"{\"k\": true, \"l\": 2}", ""}, {"{\"k\":}", ""}, {"{\"k\"", ""}, {"{\"k\":", ""}, {"{", ""}, {"{ ", ""}, {"no object", ""}, {"", ""},
        {"{\"k\": [[[[[[[[[\"too deep to be a name\"]]]]]]]]]}", ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        str got = told(rows[i].script, "k");
        if (!str_is(got, rows[i].expected))
            fail_msg("%s: '%.*s'", rows[i].script, (int)got.len, got.at);
    }
}

static void an_object_that_only_points_is_followed(void **state)
{
    (void)state;
    jsonld j = {.arena = memory};
    jsonld_read(&j, STR("{\"author\": {\"@id\": \"#ida\"}, \"editor\": {\"@id\": \"#nobody\"}, \"named\": {\"@id\": \"#ida\", \"name\": \"Ib\"},"
                        " \"all\": [{\"@id\": \"#ib\", \"name\": \"Ib Dahl\"}, {\"@id\": \"#ida\"}, {\"@id\": \"#ida\", \"name\": \"Ida Holt\"}]}"));
    static const struct { const char *key, *expected; } rows[] = {{"author", "Ib"}, {"editor", ""}, {"named", "Ib"}};
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        uint32_t at = jsonld_resolve(&j, jsonld_get(&j, j.roots.at[0], rows[i].key));
        assert_true(str_is(jsonld_text(&j, at), rows[i].expected));
    }
    assert_int_equal(jsonld_get(&j, NONE, "name"), NONE);
    assert_int_equal(jsonld_get(&j, jsonld_get(&j, j.roots.at[0], "all"), "name"), NONE);
}

static void the_title_tells_which_object_is_the_story(void **state)
{
    (void)state;
    static const struct { const char *title, *expected; } rows[] = {
        {"Harbour of Norvik closed for a week", "2"}, {"Harbour of Norvik closed", "2"}, {"The council puts off its vote", "1"}, {"Strike in the port of Marn ends", "4"}, {"Short", "1"}, {"", "1"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        jsonld j = {.arena = memory};
        jsonld_read(&j, STR("[{\"@type\": \"Person\"}, {\"@type\": [\"Thing\", \"NewsArticle\"], \"headline\": \"The council puts off its vote\", \"id\": \"1\"},"
                            " {\"@type\": \"NewsArticle\", \"headline\": \"Harbour of Norvik closed\", \"id\": \"2\"}, {\"@type\": \"WebPage\", \"datePublished\": \"2020\", \"id\": \"3\"},"
                            " {\"@type\": \"Report\", \"headline\": \"Strike in the port of Marn ends\", \"datePublished\": \"2020\", \"id\": \"4\"}]"));
        uint32_t best = jsonld_article(&j, str_of(rows[i].title));
        assert_int_not_equal(best, NONE);
        if (!str_is(jsonld_text(&j, jsonld_get(&j, best, "id")), rows[i].expected))
            fail_msg("%s", rows[i].title);
    }
}

/* ---- references, elements, formats ---- */

static void references_become_their_characters(void **state)
{
    (void)state;
    static const struct { const char *text, *expected; uint32_t took; } rows[] = {
        {"&amp;x", "&", 5}, {"&eacute;", "é", 8}, {"&#65;", "A", 5}, {"&#x41;", "A", 6}, {"&#X4a!", "J", 5}, {"&#9", "\t", 3}, {"&#128;", "€", 6}, {"&#159;", "Ÿ", 6},
        {"&#160;", "\xC2\xA0", 6}, {"&#0;", "�", 4}, {"&#xD800;", "�", 8}, {"&#xE000;", "\xEE\x80\x80", 8}, {"&#1114112;", "�", 10}, {"&#99999999999999;", "�", 17},
        {"&#;", "", 0}, {"&#x;", "", 0}, {"&#xg;", "", 0}, {"&#x", "", 0}, {"&#/", "", 0}, {"&#", "", 0}, {"&", "", 0}, {"&;", "", 0}, {"&amp", "", 0}, {"&amp:", "", 0}, {"&nosuch;", "", 0},
        {"&averylongname;", "", 0}, {"&there4;", "∴", 8},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char c[8];
        uint32_t len = 0, took = entity_decode(rows[i].text, rows[i].text + strlen(rows[i].text), c, &len);
        if (took != rows[i].took || (took && !str_is((str){c, len}, rows[i].expected)))
            fail_msg("%s: %u bytes, '%.*s'", rows[i].text, took, (int)len, c);
    }
}

static void elements_are_known_by_their_names(void **state)
{
    (void)state;
#define X(name, a, b, c, d, e, f, g, h, flags) {#name, TAG_##name},
    static const struct { const char *name; uint8_t tag; } rows[] = {TAG_LIST(X)};
#undef X
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char name[16] = "";
        uint32_t len = (uint32_t)strlen(rows[i].name);
        for (uint32_t k = 0; k < len; k++)
            name[k] = (char)tolower((uint8_t)rows[i].name[k]);
        assert_int_equal(tag_of(rows[i].name, len), rows[i].tag);
        assert_int_equal(tag_of(name, len), rows[i].tag);
    }
    assert_int_equal(tag_of("", 0), TAG_OTHER);
    assert_int_equal(tag_of("divx", 4), TAG_OTHER);
    assert_int_equal(tag_of("blockquotes", 11), TAG_OTHER);
}

static void formats_are_told_from_name_and_bytes(void **state)
{
    (void)state;
    static const struct { const char *path, *head; uint8_t input; } rows[] = {
        {"a", "WARC/1.0\r\n", INPUT_WARC}, {"a", "{\"version\": \"https://jsonfeed.org/version/1\"}", INPUT_FEED}, {"a", "{\"text\": \"b\"}", INPUT_JSONL},
        {"a", "{\"content\": \"b\", \"text\": 1}", INPUT_JSONL}, {"a", "{\"origin\":\"c\", \"text\": 1}", INPUT_JSONL}, {"a", "{\"id\":1,\"content\":\"b\",\"origin\":\"c\"}", INPUT_RECORD}, {"a.txt", "{ in a text }", INPUT_SAVED},
        {"a.text", "{ in a text }", INPUT_TEXT}, {"a.html", "<rss version=2.0>", INPUT_FEED}, {"a", "<?xml?><feed>", INPUT_FEED}, {"a", "<rdf:RDF>", INPUT_FEED},
        {"a", "<html><p>how to write <rss>", INPUT_HTML}, {"a", "\xEF\xBB\xBF  <p>so", INPUT_HTML}, {"dir.d/a", "so it is", INPUT_SAVED}, {"a.HTM.gz", "so it is", INPUT_HTML},
        {"a.rss", "so it is", INPUT_FEED}, {"a.ndjson", "", INPUT_JSONL}, {"a.conllu", "", INPUT_CONLLU}, {"a", "# newdoc id = 1", INPUT_CONLLU}, {"a", "# sent_id = 1", INPUT_CONLLU},
        {"a", "# global.columns = ID", INPUT_CONLLU}, {"a", "# a heading", INPUT_SAVED}, {"a.averylongending", "so", INPUT_SAVED}, {".gz", "so", INPUT_SAVED}, {"a.", "so", INPUT_SAVED},
        {"a", "\xFF\xFE" "a", INPUT_SAVED}, {"a", "\xFE\xFF" "a", INPUT_SAVED}, {"a", "%PDF-1.4", INPUT_GUESS}, {"a", "\x89PNG\r\n", INPUT_GUESS}, {"a", "\xFF\xD8\xFF", INPUT_GUESS},
        {"a", "", INPUT_SAVED}, {"a.jpg", "so it is", INPUT_SAVED},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        uint8_t input = format_guess(rows[i].path, str_of(rows[i].head));
        if (input != rows[i].input)
            fail_msg("%s, %s: %u", rows[i].path, rows[i].head, input);
    }
    assert_int_equal(format_guess("a", (str){"a\0b", 3}), INPUT_GUESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_found_as_they_are_printed),
        cmocka_unit_test(a_slash_is_read_by_the_habit_of_the_place),
        cmocka_unit_test(a_line_that_is_a_date_has_few_other_words),
        cmocka_unit_test(stamps_keep_their_time_where_they_have_one),
        cmocka_unit_test(addresses_tell_a_day_only_where_it_stands_alone),
        cmocka_unit_test(objects_are_read_as_far_as_they_go),
        cmocka_unit_test(an_object_that_only_points_is_followed),
        cmocka_unit_test(the_title_tells_which_object_is_the_story),
        cmocka_unit_test(references_become_their_characters),
        cmocka_unit_test(elements_are_known_by_their_names),
        cmocka_unit_test(formats_are_told_from_name_and_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
