/* Who wrote a page and when it came out, in the many ways pages say so. The pages are our own; each row is a way of
 * saying it that some publishing system has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "page/page.h"
#include "one_doc.h"

/* A page by its differences: address, head, what stands under the title, behind the last paragraph; what is expected. */
typedef struct row {
    const char *way, *url, *head, *under, *behind, *expected;
} row;

static const char *language = "en-GB";

static void read_row(const row *r)
{
    static char page[8192];
    entente_error e = {0};
    int len = snprintf(page, sizeof page,
                       "<!doctype html><html lang='%s'><head><meta charset=utf-8><title>Harbour of Norvik closed - Norvik Courier</title>"
                       "<meta property=og:site_name content='Norvik Courier'>%s</head><body><div class=top><a href=/>Home</a></div>"
                       "<article><h1>Harbour of Norvik closed</h1>%s"
                       "<p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>"
                       "<p>Ships from Tallow and Marn wait outside, and their crews keep the engines warm, the authority added.</p>"
                       "<p>The mayor asked the people of the island to wait for the weather to turn before they travel.</p>%s</article>"
                       "<footer>Norvik Courier. All rights reserved.</footer></body></html>",
                       language, r->head, r->under, r->behind);
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
        {"universal time and an address of the day before", "https://example.org/2021/03/04/harbour", "<meta property='article:published_time' content='2021-03-05T01:30:00+00:00'>", "", "", "2021-03-04"},
        {"universal time and an address of the day after", "https://example.org/2021/03/05/harbour", "<meta property='article:published_time' content='2021-03-04T22:30:00+0000'>", "", "", "2021-03-05"},
        {"a stamp with its own zone and an address of the day before", "https://example.org/2021/03/04/harbour", "<meta property='article:published_time' content='2021-03-05T01:30:00+03:00'>", "", "", "2021-03-05"},
        {"universal time and the day before in print", "https://example.org/a", "<meta property='article:published_time' content='2021-03-05T01:30:00Z'>", "<p>4 March 2021, 20:30</p>", "", "2021-03-04"},
        {"universal time and another day in print", "https://example.org/a", "<meta property='article:published_time' content='2021-03-05T01:30:00Z'>", "<p>14 March 2021</p>", "", "2021-03-05"},
        {"an address that is later than the stamp", "https://example.org/2021/09/04/harbour", "<meta property='article:published_time' content='2021-03-04T22:30:00+01:00'>", "", "", "2021-03-04"},
        {"a stamp of a day before there were pages", "https://example.org/a", "<meta property='article:published_time' content='1970-01-01T00:00:00Z'>", "<p>4 March 2021</p>", "", "2021-03-04"},
        {"a stamp that is none", "https://example.org/a", "<meta property='article:published_time' content='{{ date }}'>", "<p>4 March 2021</p>", "", "2021-03-04"},
        {"a stamp of a day to come", "https://example.org/a", "<meta property='article:published_time' content='2999-01-01'>", "", "", ""},
        {"when it was made, for want of better", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"dateCreated\":\"2019-03-04\"}</script>", "", "", "2019-03-04"},
        {"when it was loaded up", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"VideoObject\",\"uploadDate\":\"2019-03-05\"}</script>", "", "", "2019-03-05"},
        {"when it was changed, where nothing else is told", "https://example.org/a", "<meta property='article:modified_time' content='2019-03-06T10:00:00+01:00'>", "", "", "2019-03-06"},
        {"when it was changed, in an object", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"dateModified\":\"2019-03-07\"}</script>", "", "", "2019-03-07"},
        {"a line that tells two changes and then the day", "https://example.org/a", "", "<p>Updated 5 January 2019, revised 6 January 2019, first told 2 January 2019</p>", "", "2019-01-02"},
        {"a line that tells changes alone", "https://example.org/a", "", "<p>Updated 5 January 2019, revised 6 January 2019</p>", "", "2019-01-06"},
        {"a day of long ago is not the page's", "https://example.org/a", "", "<p>Since 4 May 1921 the port has stood. 3 May 2011</p>", "", "2011-05-03"},
        {"an element that says it to machines", "https://example.org/a", "", "<p><span itemprop=datePublished content='2016-05-04T10:00:00+02:00'>on Wednesday</span></p>", "", "2016-05-04"},
        {"an element with its day in words", "https://example.org/a", "", "<p><time>4 May 2016</time></p>", "", "2016-05-04"},
        {"an element whose stamp is none, and its words", "https://example.org/a", "", "<p><time datetime='now'>4 May 2016</time></p>", "", "2016-05-04"},
        {"an old attribute", "https://example.org/a", "", "<p><time datetime='2012-06-04'>y</time> <time pubdate datetime='2012-05-04T10:00'>x</time></p>", "", "2012-05-04"},
        {"a related story's day is not this one's", "https://example.org/a", "<meta name=date content='2012-03-01'>", "", "<aside><time datetime='2012-03-04'>4 March 2012</time></aside><div class=related><time datetime='2012-03-05'>5 March</time></div>", "2012-03-01"},
        {"a day behind the story, where there is no other", "https://example.org/a", "", "", "<p class=note>Norvik, 4 May 2016</p>", "2016-05-04"},
        {"a town and a day before the first sentence", "https://example.org/a", "", "<p>NORVIK, May 4, 2016 (Courier) - The closing took the fishermen of the northern coast by surprise, the port authority told us.</p>", "", "2016-05-04"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_row(&rows[i]);
        if (!str_is(str_part(d->head.published, 0, 10), rows[i].expected))
            fail_msg("%s: %.*s, not %s", rows[i].way, (int)d->head.published.len, d->head.published.at, rows[i].expected);
    }
}

static void a_slash_is_read_as_the_page_s_country_does(void **state)
{
    (void)state;
    static const struct { const char *language, *url, *expected; } rows[] = {
        {"en", "https://example.org/a", "2019-03-04"}, {"en-US", "https://example.com/a", "2019-03-04"}, {"", "https://example.org/a", "2019-03-04"},
        {"en", "https://example.co.uk/a", "2019-04-03"}, {"en-GB", "https://example.org/a", "2019-04-03"}, {"en-au", "https://example.org/a", "2019-04-03"},
        {"fr", "https://example.org/a", "2019-04-03"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        language = rows[i].language;
        read_row(&(row){"", rows[i].url, "", "<p>Published 3/4/2019</p>", "", ""});
        if (!str_is(d->head.published, rows[i].expected))
            fail_msg("%s, %s: %.*s", rows[i].language, rows[i].url, (int)d->head.published.len, d->head.published.at);
    }
    language = "en-GB";
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
        {"two names in one string", "https://example.org/a", "<meta name=author content='Ida Holt and Ib Dahl'>", "", "", "Ida Holt; Ib Dahl"},
        {"a name and an agency", "https://example.org/a", "<meta name=author content='Ida Holt, Reuters'>", "", "", "Ida Holt"},
        {"names with commas", "https://example.org/a", "<meta name=author content='Ida Holt, Ib Dahl, Ann Moe'>", "", "", "Ida Holt; Ib Dahl; Ann Moe"},
        {"two of one family", "https://example.org/a", "<meta name=author content='Ida and Ib Holt'>", "", "", "Ida and Ib Holt"},
        {"surnames", "https://example.org/a", "<meta name=author content='Holt; Dahl'>", "", "", "Holt; Dahl"},
        {"one name twice", "https://example.org/a", "<meta name=author content='Ida Holt, IDA HOLT'>", "", "", "Ida Holt"},
        {"no name: an address", "https://example.org/a", "<meta name=author content='https://example.org/ida'>", "", "", ""},
        {"no name: an address without its kind", "https://example.org/a", "<meta name=author content='www.example.org'>", "", "", ""},
        {"no name: a question", "https://example.org/a", "<meta name=author content='Who wrote it?'>", "", "", ""},
        {"no name: a number", "https://example.org/a", "<meta name=author content='Desk 1204'>", "", "", ""},
        {"no name: a figure first", "https://example.org/a", "<meta name=author content='4 Norvik'>", "", "", ""},
        {"no name: a role", "https://example.org/a", "<meta name=author content='Administrator'>", "", "", ""},
        {"no name: a link of the page", "https://example.org/a", "<meta name=author content='View her profile'>", "", "", ""},
        {"no name: one letter", "https://example.org/a", "<meta name=author content='X'>", "", "", ""},
        {"no name: a sentence", "https://example.org/a", "<meta name=author content='One of those who write for us when the others cannot'>", "", "", ""},
        {"marks around a name", "https://example.org/a", "", "<p class=author>– By: Ida Holt • |</p>", "", "Ida Holt"},
        {"a name, a day and a paper", "https://example.org/a", "", "<p class=author>By Ida Holt on 12 May | Norvik</p>", "", "Ida Holt"},
        {"a writer that is the paper", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Norvik Courier\"}}</script>", "<p>By Ida Holt</p>", "", "Ida Holt"},
        {"one who made it", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"creator\":\"Ida Holt\"}</script>", "", "", "Ida Holt"},
        {"a writer elsewhere on the page", "https://example.org/a", "<script type='application/ld+json'>[{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#i\"}},{\"@id\":\"#i\",\"name\":\"Ida Holt\"}]</script>", "", "", "Ida Holt"},
        {"more writers than anybody reads", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[\"A Aa\",\"B Bb\",\"C Cc\",\"D Dd\",\"E Ee\",\"F Ff\",\"G Gg\",\"H Hh\",\"I Ii\"]}</script>", "", "",
         "A Aa; B Bb; C Cc; D Dd; E Ee; F Ff; G Gg; H Hh"},
        {"a writer without a name", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"url\":\"x\"},{\"name\":\"Ida Holt\"}]}</script>", "", "", "Ida Holt"},
        {"two marks side by side", "https://example.org/a", "", "<p><span class=author>Ida Holt</span> <span class=author>Ib Dahl</span></p>", "", "Ida Holt; Ib Dahl"},
        {"a mark behind the story", "https://example.org/a", "", "", "<p class=author>Ida Holt</p>", "Ida Holt"},
        {"a comment's writer", "https://example.org/a", "", "", "<div class=comments><p class=author>Ann Moe</p></div>", ""},
        {"a mark that says much", "https://example.org/a", "", "<p class=author>Ida Holt has written about our ports for many years now</p>", "", ""},
        {"a mark that says more than a name", "https://example.org/a", "", "<p class=author>Ida Holt of the Courier at Norvik</p>", "", ""},
        {"a line that begins like one", "https://example.org/a", "", "<p>By noon the ferries had sailed.</p>", "", ""},
        {"a signature of one word", "https://example.org/a", "", "", "<p><i>Ida</i></p>", ""},
        {"a signature that is a sentence", "https://example.org/a", "", "", "<p><i>They Sailed.</i></p>", ""},
        {"a signature with a small word", "https://example.org/a", "", "", "<p><i>Ida of Tallow</i></p>", ""},
        {"a signature that is a link", "https://example.org/a", "", "", "<p><i><a href=/x>Ida Holt</a></i></p>", ""},
        {"the owner of the site", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":[\"Person\",\"Organization\"],\"name\":\"Ida Holt\"}</script>", "", "", "Ida Holt"},
        {"an owner of one word", "https://example.org/a", "<script type='application/ld+json'>{\"@type\":\"Person\",\"name\":\"Ida\"}</script>", "", "", ""},
        {"two persons, and nobody's site", "https://example.org/a", "<script type='application/ld+json'>[{\"@type\":\"Person\",\"name\":\"Ida Holt\"},{\"@type\":\"Person\",\"name\":\"Ib Dahl\"}]</script>", "", "", ""},
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

/* ---- title, deck, address, outlet ---- */

#define BODY "<p>The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week.</p>" \
             "<p>Ships from Tallow and Marn wait outside, and their crews keep the engines warm, the authority added.</p>"

static void read_parts(const char *head, const char *body)
{
    static char page[8192];
    entente_error e = {0};
    int len = snprintf(page, sizeof page, "<!doctype html><html lang=en><head><meta charset=utf-8>%s</head><body><article>%s</article></body></html>", head, body);
    assert_in_range(len, 1, sizeof page - 1);
    doc_reset(d);
    assert_false(setjmp(*arena_escape(d->arena)));
    d->raw = arena_copy(d->arena, (str){page, (uint32_t)len});
    d->input = INPUT_HTML;
    d->head.origin = STR("test");
    assert_int_equal(page_read(d, NULL, &e), 0);
}

static void pages_name_themselves_in_many_ways(void **state)
{
    (void)state;
    enum { TITLE, DECK, URL, OUTLET };
    static const struct { const char *way, *head, *body; int field; const char *expected; } rows[] = {
        {"the site behind the title", "<title>Harbour of Norvik closed - Norvik Courier</title><meta property=og:site_name content='Norvik Courier'>", BODY, TITLE, "Harbour of Norvik closed"},
        {"the site before the title", "<title>Norvik Courier | Harbour of Norvik closed</title><meta property=og:site_name content='Norvik Courier'>", BODY, TITLE, "Harbour of Norvik closed"},
        {"the site and its section", "<title>Harbour of Norvik closed | Ports | Norvik Courier</title><meta property=og:site_name content='Norvik Courier'>", BODY, TITLE, "Harbour of Norvik closed | Ports"},
        {"the site twice", "<title>Harbour of Norvik closed | Courier | Norvik Courier</title><meta property=og:site_name content='Norvik Courier'>", BODY, TITLE, "Harbour of Norvik closed"},
        {"a site that only its address names", "<title>Harbour of Norvik closed for a week - courier</title><link rel=canonical href=https://www.courier.example/1>", BODY, TITLE, "Harbour of Norvik closed for a week"},
        {"a dash that is the title's own", "<title>Closed - the harbour of Norvik is shut for a week</title>", BODY, TITLE, "Closed - the harbour of Norvik is shut for a week"},
        {"a mark with nothing behind it", "<title>Harbour of Norvik closed - !</title>", BODY, TITLE, "Harbour of Norvik closed"},
        {"a heading that is shorter than the head says", "<title>x</title><meta property=og:title content='Harbour of Norvik closed for a week'>", "<h1>Harbour of Norvik closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"a heading that is longer than the head says", "<title>x</title><meta property=og:title content='Harbour of Norvik closed'>", "<h1>Harbour of Norvik closed for a week</h1>" BODY, TITLE, "Harbour of Norvik closed for a week"},
        {"a kicker in the heading", "<title>Harbour of Norvik closed</title>", "<h1><span class=kicker>Ports</span>: Harbour of Norvik closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"a subtitle in the heading", "<title>Harbour of Norvik closed</title>", "<h1>Harbour of Norvik closed <span class=subtitle>And nobody knows why</span></h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"a kicker that nothing marks", "<title>Harbour of Norvik closed</title>", "<h1>Ports: Harbour of Norvik closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"a heading of two lines", "<title>Harbour of Norvik closed</title>", "<h1>Harbour of Norvik<br>closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"a heading that is the site", "<title>Harbour of Norvik closed</title><meta property=og:site_name content='The Norvik Courier'>", "<h1><a href=/>The Norvik Courier</a></h1><h2>Harbour of Norvik closed</h2>" BODY, TITLE, "Harbour of Norvik closed"},
        {"one heading, and a title of nothing", "<title>Home</title>", "<h1>Harbour of Norvik closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"two headings, and a title of nothing", "<title>Home</title>", "<h1>Harbour of Norvik closed</h1>" BODY "<h1>Ferries of Marn sail</h1>" BODY, TITLE, "Home"},
        {"a heading that nobody sees", "<title>Home</title>", "<h1 hidden>Ferries of Marn sail</h1><h1>Harbour of Norvik closed</h1>" BODY, TITLE, "Harbour of Norvik closed"},
        {"an object alone", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Harbour of Norvik closed\"}</script>", BODY, TITLE, "Harbour of Norvik closed"},
        {"nothing", "", BODY, TITLE, ""},
        {"a standfirst that the head tells, too", "<title>x</title><meta name=description content='The port is shut for a week, and nobody knows what the ferries will do.'>",
         "<h1>Harbour of Norvik closed</h1><p>The port is shut for a week, and nobody knows what the ferries will do.</p>" BODY, DECK, ""},
        {"an address", "<link rel=canonical href=https://example.org/1?a=b&amp;c=d>", BODY, URL, "https://example.org/1?a=b&c=d"},
        {"an address that is none", "<link rel=canonical href=/1><meta property=og:url content=https://example.org/2>", BODY, URL, "https://example.org/2"},
        {"no address at all", "<link rel=canonical href=/1><meta property=og:url content=ftp://example.org/2>", BODY, URL, ""},
        {"the outlet of an object", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Norvik Courier\"}}</script>", BODY, OUTLET, "Norvik Courier"},
        {"the outlet as an app", "<meta property=og:site_name content='&nbsp;'><meta name=application-name content='Norvik Courier'>", BODY, OUTLET, "Norvik Courier"},
        {"the outlet by its address", "<link rel=canonical href=https://www.courier.example/1>", BODY, OUTLET, "courier.example"},
        {"the outlet by its address without more", "<link rel=canonical href=https://courier.example>", BODY, OUTLET, "courier.example"},
        {"an outlet that is a sentence", "<link rel=canonical href=https://courier.example/1><meta property=og:site_name content='The Norvik Courier, which has told the news of the island and of all that happens in its ports and on its roads since the year of the great storm'>",
         BODY, OUTLET, "courier.example"},
        {"no outlet", "", BODY, OUTLET, ""},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_parts(rows[i].head, rows[i].body);
        const str fields[] = {d->head.title, d->head.deck, d->head.url, d->head.outlet};
        str got = fields[rows[i].field];
        if (!str_is(got, rows[i].expected))
            fail_msg("%s: \"%.*s\", not \"%s\"", rows[i].way, (int)got.len, got.at, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_tell_their_day),
        cmocka_unit_test(pages_name_themselves_in_many_ways),
        cmocka_unit_test(a_slash_is_read_as_the_page_s_country_does),
        cmocka_unit_test(pages_tell_their_authors),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
