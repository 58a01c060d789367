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
                                         "{\"text\": \"\xff\"}", "{\"text\":\"a\",}"};
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
        cmocka_unit_test(text_is_kept_to_the_character),
        cmocka_unit_test(a_line_of_json_names_its_origin_and_date),
        cmocka_unit_test(broken_json_is_refused_with_its_place),
        cmocka_unit_test(a_page_gives_its_story_and_keeps_the_rest_apart),
        cmocka_unit_test(hostile_pages_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
