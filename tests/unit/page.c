#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "page/page.h"
#include "one_doc.h"

static void read_as(uint8_t input, const char *bytes)
{
    entente_error e = {0};
    doc_reset(d);
    d->raw = str_of(bytes);
    d->input = input;
    d->head.origin = STR("test");
    assert_false(setjmp(*arena_escape(d->arena)));
    assert_int_equal(page_read(d, NULL, &e), 0);
}

static bool says(str have, const char *want)
{
    if (str_is(have, want))
        return true;
    print_error("have \"%.*s\", want \"%s\"\n", (int)have.len, have.at, want);
    return false;
}

static const char saved_interview[] =
    "Ilse Maar: the bridge will not be built\n"
    "\n"
    "Ilse Maar, head of the harbour board of Norvik\n"
    "- Two years ago the council voted for a bridge. Will it be built?\n"
    "- No. The money was spent on the ferry, and nobody in the council wants to say so before the vote in spring.\n"
    "- And the ferry, is it ready to sail?\n"
    "- It sails on paper. The hull is there, the engine is in a shed, and between the two stands a lawsuit of three years.\n"
    "We would rather have it today than tomorrow.\n"
    "- Many people in the town say the board itself is to blame.\n"
    "- Did they say so? The board gave its word, and it kept it, which is more than can be said of others in this matter.\n"
    "Latest newsHarbour wall gives way\n"
    "10.Jan.2026\n"
    "Council puts off its vote\n"
    "09.Jan.2026\n"
    "A new ferry for the north\n"
    "08.Jan.2026\n"
    "\n"
    "14 Jan 2026\n";

static void a_saved_interview_has_turns_and_its_furniture_apart(void **state)
{
    (void)state;
    read_as(INPUT_SAVED, saved_interview);
    assert_true(says(d->head.title, "Ilse Maar: the bridge will not be built"));
    assert_int_equal(d->head.kind, KIND_INTERVIEW);
    assert_int_equal(d->turns.count, 6);
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(d->turns.at[i].answer, i % 2);
    assert_true(says(d->turns.at[1].label, "Ilse Maar, head of the harbour board of Norvik"));
    assert_true(str_ends(doc_str(d, d->turns.at[3].span), "today than tomorrow."));
    assert_int_equal(d->links.count, 3);
    assert_true(says(d->links.at[0].text, "Harbour wall gives way"));
    assert_int_equal(d->links.at[2].date, day_of(2026, 1, 8));
    assert_int_equal(d->head.published_day, day_of(2026, 1, 14));
    assert_int_equal(d->head.published_from, DATED_FURNITURE);
    assert_int_equal(str_find(d->text, STR("Latest")), NONE);
    assert_int_equal(str_find(d->text, STR("2026")), NONE);
    assert_true(says(d->head.language, "en"));
}

static void saved_text_without_furniture_loses_nothing(void **state)
{
    (void)state;
    const char *words = "The fleet left harbour on Monday.\nIt came back on Tuesday, as it always had, with nothing to show.\nNobody said why.\n";
    read_as(INPUT_SAVED, words);
    assert_true(says(d->text, words));
    assert_int_equal(d->links.count, 0);
}

#define STORY "The harbour of Norvik was closed on Monday, the port authority said.\nShips from Tallow wait outside, and their crews keep the engines warm.\n"

static void saved_pages_are_parted_by_their_lines(void **state)
{
    (void)state;
    enum { TITLE, BYLINE, DECK, DATE, TEXT, LINKS };
    static const struct { const char *way, *page; int field; const char *expected; } rows[] = {
        {"a byline", "Harbour closed\nBy Ida Holt\n" STORY, BYLINE, "Ida Holt"},
        {"a byline in capitals", "Harbour closed\n\nBY IDA HOLT\n" STORY, BYLINE, "IDA HOLT"},
        {"a sentence that begins like one", "Harbour closed\nBy noon it was over.\n" STORY, BYLINE, ""},
        {"who is asked", "Harbour closed\nIda Holt, head of the port authority\n" STORY, DECK, "Ida Holt, head of the port authority"},
        {"words with a comma", "Harbour closed\nof ships, and of men\n" STORY, DECK, ""},
        {"two who are asked", "Harbour closed\nIda Holt, head of the port authority\nIb Dahl, head of the town\n" STORY, DECK, "Ida Holt, head of the port authority"},
        {"many names before a comma", "Harbour closed\nIda Ib Ann Kai Ole Per, heads of ports\n" STORY, DECK, ""},
        {"two days under a title", "Harbour closed\n14 Jan 2026\nUpdated 15 Jan 2026\n" STORY, DATE, "2026-01-14"},
        {"a day behind the story", "Harbour closed\n" STORY "14 Jan 2026\n", DATE, "2026-01-14"},
        {"a day amid the story is a subhead", "Harbour closed\n" STORY "14 Jan 2026\n" STORY, TEXT, STORY "14 Jan 2026\n" STORY},
        {"a title that is a sentence is none", "The harbour is closed.\n" STORY, TITLE, ""},
        {"a title alone", "Harbour closed\n\n", TITLE, ""},
        {"nothing but days", "14 Jan 2026\n15 Jan 2026\n", TITLE, ""},
        {"a title that is too long", "Harbour closed and ferries stopped and ships sent off and crews sent home and the town told to wait and the wind still blows and nobody knows a day and nobody will say so before the "
                                     "week is over and the wind has turned\n" STORY, TITLE, ""},
        {"a menu before it", "Sport\nThe north\nWeather\nCulture\nHarbour of Norvik closed\n" STORY, TITLE, "Harbour of Norvik closed"},
        {"three lines are no menu", "Sport\nThe north\nWeather\nHarbour of Norvik closed\n" STORY, TITLE, "Sport"},
        {"furniture before it", "Share\n\n14 Jan 2026\nHarbour closed\n" STORY, TITLE, "Harbour closed"},
        {"short lines behind it", "Harbour closed\n" STORY "Share\nThe north\n", TEXT, STORY},
        {"a heading of a list behind it", "Harbour closed\n" STORY "Related stories\n", TEXT, STORY},
        {"a short line that closes it", "Harbour closed\n" STORY "Ida Holt\n", TEXT, STORY "Ida Holt\n"},
        {"a line that goes on", "Harbour closed\nThe harbour of Norvik was closed on Monday, the port authority\nsaid, and nobody knew why it was.\nSo it was.\n", TEXT,
         "The harbour of Norvik was closed on Monday, the port authority said, and nobody knew why it was.\nSo it was.\n"},
        {"lines of even length", "Harbour closed\n\nThe harbour of Norvik was closed on Monday, and the\nport authority said that it would stay closed for a\nWeek or more, with all who had come to see the fair\nleft on the quay.\n",
         TEXT, "The harbour of Norvik was closed on Monday, and the port authority said that it would stay closed for a Week or more, with all who had come to see the fair left on the quay.\n"},
        {"days before headlines", "Harbour closed\n" STORY "Latest news\n10 Jan 2026\nCouncil puts off its vote\n9 Jan 2026\n- A new ferry for the north\n", LINKS, "Council puts off its vote|2026-01-10;A new ferry for the north|2026-01-09;"},
        {"days behind headlines, and no heading", "Harbour closed\n" STORY "Council puts off its vote\n10 Jan 2026\nA new ferry for the north\n9 Jan 2026\nSnow in the hills\n8 Jan 2026\n", LINKS,
         "Council puts off its vote|2026-01-10;A new ferry for the north|2026-01-09;Snow in the hills|2026-01-08;"},
        {"two alone are no list", "Harbour closed\n" STORY "Council puts off its vote\n10 Jan 2026\nA new ferry for the north\n9 Jan 2026\n", LINKS, ""},
        {"no lines at all", "\n \n", TEXT, ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        char links[512] = "";
        read_as(INPUT_SAVED, rows[i].page);
        for (uint32_t k = 0, at = 0; k < d->links.count; k++) {
            char day[11] = "";
            day_format(d->links.at[k].date, day);
            at += (uint32_t)snprintf(links + at, sizeof links - at, "%.*s|%s;", (int)d->links.at[k].text.len, d->links.at[k].text.at, day);
        }
        const str fields[] = {d->head.title, d->head.byline, d->head.deck, d->head.published, d->text, str_of(links)};
        str got = fields[rows[i].field];
        if (!str_is(got, rows[i].expected))
            fail_msg("%s: '%.*s'", rows[i].way, (int)got.len, got.at);
    }
}

static void given_text_is_cut_where_it_is_too_long(void **state)
{
    (void)state;
    static char text[(2 << 20) + 1];
    for (int breaks = 0; breaks < 2; breaks++) {
        for (uint32_t i = 0; i + 1 < sizeof text; i += 2)
            memcpy(text + i, breaks && i % 1000 == 998 ? ".\n" : "é", 2);
        text[0] = 'x', text[1] = 'x', text[2] = 'x'; /* letters stand at odd places */
        memmove(text + 3, text + 4, sizeof text - 5);
        read_as(INPUT_TEXT, text);
        assert_in_range(d->text.len, LIMIT_TEXT - 1200, LIMIT_TEXT);
        assert_int_equal(utf8_check(d->text), NONE);
        assert_int_equal(breaks, d->text.at[d->text.len - 1] == '\n');
        assert_int_equal(d->notes.count, 1);
    }
}

static void a_saved_page_is_cut_between_letters(void **state)
{
    (void)state;
    static char text[(2 << 20) + 1];
    for (uint32_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "é", 2);
    for (int odd = 0; odd < 2; odd++) {
        text[odd] = 'x';
        text[1 - odd] = odd ? ' ' : 'y';
        read_as(INPUT_SAVED, text + odd);
        assert_in_range(d->text.len, LIMIT_TEXT - 2, LIMIT_TEXT + 1);
        assert_int_equal(utf8_check(d->text), NONE);
        assert_int_equal(d->notes.count, 1);
    }
}

static void text_of_lines_has_a_paragraph_a_line_unless_it_is_wrapped(void **state)
{
    (void)state;
    read_as(INPUT_JSONL, "{\"text\": \"Oslo said no.\\nBergen said yes.\\r\\n \\t\\nMarn said nothing\"}");
    assert_int_equal(d->blocks.count, 3);
    read_as(INPUT_JSONL, "{\"text\": \"The harbour of Norvik was closed on Monday, and the\\nport authority said that it would stay closed for a\\nweek.\"}");
    assert_int_equal(d->blocks.count, 1);
    read_as(INPUT_JSONL, "{\"text\": \"x\", \"url\": \"https://example.org/1\", \"id\": 17}");
    assert_int_equal(d->head.kind, KIND_ARTICLE);
    assert_true(says(d->head.origin, "17"));
    read_as(INPUT_JSONL, "{\"text\": \"x\", \"outlet\": \"Norvik Courier\", \"title\": null, \"deck\": \"In short.\"}");
    assert_int_equal(d->head.kind, KIND_ARTICLE);
    assert_true(says(d->head.deck, "In short."));
}

static void text_is_kept_to_the_character(void **state)
{
    (void)state;
    const char *words = "  One line\nand its second.\n\n\nNext  paragraph — “so”.";
    read_as(INPUT_TEXT, words);
    assert_true(says(d->text, words));
    assert_int_equal(d->blocks.count, 2);
    assert_int_equal(d->blocks.at[1].span.end, d->text.len);
    assert_int_equal(d->head.kind, KIND_TEXT);
}

static void a_line_of_json_names_its_origin_and_date(void **state)
{
    (void)state;
    read_as(INPUT_JSONL, "{\"id\": \"n 1\", \"text\": \"Oslo said \\u201cno\\u201d.\\n\", \"date\": \"2020-10-15\", \"title\": \"No\"}");
    assert_true(says(d->text, "Oslo said “no”.\n"));
    assert_true(says(d->head.origin, "n 1"));
    assert_int_equal(d->head.published_day, day_of(2020, 10, 15));
    assert_int_equal(d->head.published_from, DATED_GIVEN);
}

static void broken_json_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const broken[] = {"{\"id\": 1, \"text\": ", "[1]", "{\"text\": 3.5}", "{}", "{\"id\":\"a\"} trailing",
                                         "{\"text\": \"\xff\"}", "{\"text\":\"a\",}",
                                         "{\"text\":\"a\",\"id\":[]}", "{\"text\":\"a\",\"html\":{}}", "{\"text\":\"a\",\"title\":[]}", "{\"text\":\"a\",\"deck\":true}",
                                         "{\"text\":\"a\",\"url\":{}}", "{\"text\":\"a\",\"outlet\":[1]}", "{\"text\":\"a\",\"date\":false}"};
    for (uint32_t i = 0; i < COUNT(broken); i++) {
        entente_error e = {0};
        doc_reset(d);
        d->raw = str_of(broken[i]);
        d->input = INPUT_JSONL;
        d->head.origin = STR("test");
        d->at = 1000;
        assert_int_equal(page_read(d, NULL, &e), ENTENTE_REJECTED);
        assert_string_equal(e.origin, "test");
        assert_in_range(e.offset, 1000, 1040);
    }
}

static const char news_page[] =
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbour of Norvik closed &ndash; Norvik Courier</title>"
    "<meta property=og:site_name content='Norvik Courier'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\n"
    "\"headline\":\"Harbour of Norvik closed\",\"datePublished\":\"2020-10-15T23:30:00+05:00\",\"author\":[{\"name\":\"Ida Holt\"},{\"name\":\"Ib Dahl\"}],}</script>"
    "</head><body><nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport and games</a></ul></nav><article><h1>Harbour of Norvik closed</h1>"
    "<p class=byline>By Ida Holt and Ib Dahl</p><!-- a > b --><script>var a = '<p>not this';</script>"
    "<p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>"
    "<div class=ad>Advertisement</div><p>Ships from Tallow &amp; Marn wait outside, and their crews keep the engines warm, it added.<p>"
    "The mayor said 3 < 4 ferries would sail, and asked the people of the island to wait for the weather to turn.</article>"
    "<aside class=related><h3>Latest news</h3><ul><li><a href=/n/1>Council puts off its vote on the bridge</a> <time datetime=2020-10-14>14 Oct</time></li>"
    "<li><a href=/n/2>A new ferry for the northern islands</a> <span class=date>13 October 2020</span></li>"
    "<li><a href=/n/3><strong>Wind farm will rise off Marn</strong><p>The company that builds it hopes to begin before the winter.</p><div>12 October 2020</div></a></li>"
    "<li><h5><a href=/n/4>Ida Holt: a bridge is no toy for a council</a></h5><a href=/author/ida-holt>Ida Holt, our correspondent</a> <time datetime=2020-10-11>11 Oct</time></li>"
    "</ul></aside>"
    "<footer>&copy; 2020 Norvik Courier. All rights reserved.</footer>";

static void a_page_gives_its_story_and_keeps_the_rest_apart(void **state)
{
    (void)state;
    read_as(INPUT_HTML, news_page);
    assert_true(says(d->head.title, "Harbour of Norvik closed"));
    assert_true(says(d->head.byline, "Ida Holt; Ib Dahl"));
    assert_true(says(d->head.outlet, "Norvik Courier"));
    assert_int_equal(d->head.published_day, day_of(2020, 10, 15));
    assert_int_equal(d->head.published_from, DATED_JSON_LD);
    assert_int_equal(d->blocks.count, 3);
    for (uint32_t i = 0; i < 3; i++) { /* each block knows where it stood */
        str text = doc_str(d, d->blocks.at[i].span);
        assert_int_equal(memcmp(news_page + d->blocks.at[i].offset, text.at, 10), 0);
    }
    assert_int_not_equal(str_find(d->text, STR("Tallow & Marn")), NONE);
    assert_int_not_equal(str_find(d->text, STR("3 < 4 ferries")), NONE);
    assert_int_equal(d->links.count, 4);
    assert_int_equal(d->links.at[0].date, day_of(2020, 10, 14));
    assert_int_equal(d->links.at[1].date, day_of(2020, 10, 13));
    assert_true(says(d->links.at[1].text, "A new ferry for the northern islands"));
    assert_true(says(d->links.at[2].text, "Wind farm will rise off Marn")); /* and not the longer teaser */
    assert_int_equal(d->links.at[2].date, day_of(2020, 10, 12));
    assert_true(says(d->links.at[3].text, "Ida Holt: a bridge is no toy for a council")); /* the day is the story's, not the writer's */
    assert_int_equal(d->links.at[3].date, day_of(2020, 10, 11));
}

static void hostile_pages_are_read_to_their_end(void **state)
{
    (void)state;
    static const char *const parts[] = {"<div>", "<p><b><span class=author>", "<", "<a<", "<!--", "<svg>", "<table><tr><td>", "<h1>", "&#x41;", "</div>", "<ul><li>", "{\"a\":[", "<script type=application/ld+json>{\"a\":["};
    for (uint32_t i = 0; i < COUNT(parts); i++) {
        size_t len = strlen(parts[i]), times = 20000;
        char *page = malloc(len * times + 1);
        for (size_t k = 0; k < times; k++)
            memcpy(page + k * len, parts[i], len);
        page[len * times] = 0;
        read_as(INPUT_HTML, page);
        read_as(INPUT_SAVED, page);
        free(page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saved_interview_has_turns_and_its_furniture_apart),
        cmocka_unit_test(saved_text_without_furniture_loses_nothing),
        cmocka_unit_test(saved_pages_are_parted_by_their_lines),
        cmocka_unit_test(given_text_is_cut_where_it_is_too_long),
        cmocka_unit_test(a_saved_page_is_cut_between_letters),
        cmocka_unit_test(text_of_lines_has_a_paragraph_a_line_unless_it_is_wrapped),
        cmocka_unit_test(text_is_kept_to_the_character),
        cmocka_unit_test(a_line_of_json_names_its_origin_and_date),
        cmocka_unit_test(broken_json_is_refused_with_its_place),
        cmocka_unit_test(a_page_gives_its_story_and_keeps_the_rest_apart),
        cmocka_unit_test(hostile_pages_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
