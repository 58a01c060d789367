/* Who wrote a page and when it came out, in the many ways pages say so. The pages are our own; each row is a way of
 * saying it that some publishing system has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "page/inside.h"
#include "one_doc.h"

/* A page by its differences: address, head, what stands under the title, behind the last paragraph; what is expected. */
typedef struct row {
    const char *way, *url, *head, *under, *behind, *expected;
} row;

static void read_row(const row *r)
{
    static char page[8192];
    entente_error e = {0};
    int len = snprintf(page, sizeof page,
                       "<!doctype html><html lang=en-GB><head><meta charset=utf-8><title>Harbour of Norvik closed - Norvik Courier</title>"
                       "<meta property=og:site_name content='Norvik Courier'>%s</head><body><div class=top><a href=/>Home</a></div>"
                       "<article><h1>Harbour of Norvik closed</h1>%s"
                       "<p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>"
                       "<p>Ships from Tallow and Marn wait outside, and their crews keep the engines warm, the authority added.</p>"
                       "<p>The mayor asked the people of the island to wait for the weather to turn before they travel.</p>%s</article>"
                       "<footer>Norvik Courier. All rights reserved.</footer></body></html>",
                       r->head, r->under, r->behind);
    assert_in_range(len, 1, sizeof page - 1);
    doc_reset(d);
    assert_false(setjmp(*arena_escape(d->arena)));
    d->raw = arena_copy(d->arena, (str){page, (uint32_t)len});
    d->input = INPUT_HTML;
    d->head.origin = STR("test");
    d->given.url = arena_copy(d->arena, str_of(r->url));
    assert_int_equal(page_read(d, NULL, &e), 0);
}

static void pages_tell_their_day(void **state)
{
    (void)state;
    static const row rows[] = {
        {"universal time is not the day that is printed", "https://example.org/a",
         "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-04T22:30:00Z\"}</script>",
         "<p class=info><span>5 March 2021, 00:30</span></p>", "", "2021-03-05"},
        {"a stamp with its own zone is the day it says", "https://example.org/a",
         "<meta property='article:published_time' content='2021-03-04T23:30:00+01:00'>", "<p>Updated 5 March 2021</p>", "", "2021-03-04"},
        {"what moved to a new system keeps the day of its address", "https://example.org/2016/05/17/harbour",
         "<script type='application/ld+json'>{\"@type\":\"BlogPosting\",\"datePublished\":\"2019-08-01T10:00:00+02:00\"}</script>", "", "", "2016-05-17"},
        {"the title of an abbreviation (hAtom)", "https://example.org/a", "", "<p>on <abbr class=published title='2013-05-06T10:01:00+02:00'>a Monday</abbr></p>", "", "2013-05-06"},
        {"a day that opens the first paragraph", "https://example.org/a", "", "<p>17.4.2018 - The closing took the fishermen of the northern coast by surprise, they said.</p>", "", "2018-04-17"},
        {"a script that is none of JSON-LD", "https://example.org/a", "<script>window.page = {\"publishedAt\": \"2017-09-08T08:00:00+02:00\", \"id\": 3}</script>", "", "", "2017-09-08"},
        {"an object of a rare type", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"Event\",\"name\":\"x\",\"datePublished\":\"2015-02-03\"}</script>", "", "", "2015-02-03"},
        {"a date in words, in French", "https://example.org/a", "", "<p class=meta>Publié le 1er février 2014 à 10h30</p>", "", "2014-02-01"},
        {"a date in words, in Turkish", "https://example.org/a", "", "<div>3 Şubat 2020 Pazartesi</div>", "", "2020-02-03"},
        {"a date in words, in Russian", "https://example.org/a", "", "<div>Опубликовано 9 мая 2011 года</div>", "", "2011-05-09"},
        {"a date in words, in Greek", "https://example.org/a", "", "<div>Δημοσιεύθηκε 12 Ιουνίου 2012</div>", "", "2012-06-12"},
        {"a date in words, in Arabic", "https://example.org/a", "", "<div>12 أكتوبر 2020</div>", "", "2020-10-12"},
        {"published, then changed", "https://example.org/a", "", "<p>Published 2 January 2019. Updated 5 January 2019</p>", "", "2019-01-02"},
        {"changed, then published", "https://example.org/a", "", "<p>Last updated: 5 January 2019 | Published: 2 January 2019</p>", "", "2019-01-02"},
        {"a time element that says when it was changed", "https://example.org/a", "",
         "<time class='entry-date updated' datetime='2018-06-09T10:00:00+02:00' itemprop=dateModified>x</time><time class='entry-date published' datetime='2018-06-07T10:00:00+02:00'>x</time>", "", "2018-06-07"},
        {"a comment's day is not the story's", "https://example.org/a", "<meta name=date content='2012-03-01'>", "",
         "<div class=comments><p>Ann, <time datetime='2012-03-04'>4 March 2012</time></p></div>", "2012-03-01"},
        {"an address in one word", "https://example.org/20180912-harbour-closed.html", "", "", "", "2018-09-12"},
        {"an address with dashes", "https://example.org/news-2018-09-12/harbour.html", "", "", "", "2018-09-12"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_row(&rows[i]);
        if (!str_is(str_part(d->head.published, 0, 10), rows[i].expected))
            fail_msg("%s: %.*s, not %s", rows[i].way, (int)d->head.published.len, d->head.published.at, rows[i].expected);
    }
}

static void a_stamp_is_as_long_as_it_is_a_time(void **state)
{
    (void)state;
    static const row rows[] = {
        {"2013-05-06T10:01:00Z", .expected = "2013-05-06T10:01:00Z"},
        {"2013-05-06 10:01:00.123+0200", .expected = "2013-05-06T10:01:00.123+0200"},
        {"2013-05-06T10:01:00+02:00", .expected = "2013-05-06T10:01:00+02:00"},
        {"2013-05-06T10:01:00+02", .expected = "2013-05-06T10:01:00+02"},
        {"2013-05-06T10:01:00+02:\u062a\u0648", .expected = "2013-05-06T10:01:00+02"},
        {"2013-05-06T10:01 in the port", .expected = "2013-05-06T10:01"},
        {"2013-05-06 about noon", .expected = "2013-05-06"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        str iso = {0};
        day found;
        assert_true(dates_stamp(d->arena, str_of(rows[i].way), (date_habit){.today = NO_DAY}, &found, &iso));
        if (!str_is(iso, rows[i].expected))
            fail_msg("%s: %.*s", rows[i].way, (int)iso.len, iso.at);
    }
}

static void pages_tell_their_authors(void **state)
{
    (void)state;
    static const row rows[] = {
        {"a paper and its town are no author", "https://example.org/a", "<meta name=author content='Norvik Courier, Marn, Tallow'>", "", "", ""},
        {"a label of a card, in German", "https://example.org/a", "<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Ida Holt'>", "", "", "Ida Holt"},
        {"a label of a card that is none of an author", "https://example.org/a", "<meta name='twitter:label1' content='Reading time'><meta name='twitter:data1' content='Ida Holt'>", "", "", ""},
        {"a link to the one who wrote it", "https://example.org/a", "", "<p><span><a href='/newsroom/staff/ida-holt'>Ida Holt</a></span> <span>in Tallow</span></p>", "", "Ida Holt"},
        {"a name that signs", "https://example.org/a", "", "", "<p><b><i>Ida Holt</i></b></p>", "Ida Holt"},
        {"a label of words", "https://example.org/a", "", "", "<p><strong>Words:</strong> Ida Holt</p>", "Ida Holt"},
        {"an interview by", "https://example.org/a", "", "<p>Interview by Ida Holt</p>", "", "Ida Holt"},
        {"an interview, in French", "https://example.org/a", "", "<p>Propos recueillis par Ida Holt</p>", "", "Ida Holt"},
        {"the site of a person", "https://example.org/a",
         "<script type='application/ld+json'>{\"@graph\":[{\"@type\":[\"Person\",\"Organization\"],\"@id\":\"#me\",\"name\":\"Ida Holt\"},{\"@type\":\"WebPage\",\"name\":\"x\"}]}</script>", "", "", "Ida Holt"},
        {"who drew it", "https://example.org/a", "", "<p class=author>Ida Holt, illustrated by Ib Dahl</p>", "", "Ida Holt"},
        {"who drew it, in German", "https://example.org/a", "", "<p class=author>Ida Holt Illustration von Ib Dahl</p>", "", "Ida Holt"},
        {"a sentence signs nothing", "https://example.org/a", "", "", "<p><b><i>Read it and weep.</i></b></p>", ""},
        {"a heading signs nothing", "https://example.org/a", "", "", "<p><b>Latest News</b></p>", ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_row(&rows[i]);
        if (!str_is(d->head.byline, rows[i].expected))
            fail_msg("%s: \"%.*s\", not \"%s\"", rows[i].way, (int)d->head.byline.len, d->head.byline.at, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_tell_their_day),
        cmocka_unit_test(a_stamp_is_as_long_as_it_is_a_time),
        cmocka_unit_test(pages_tell_their_authors),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
