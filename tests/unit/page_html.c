/* What a page says, however it is marked up, encoded or packed: each row is one way. The pages are our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "page/page.h"
#include "one_doc.h"

static void read_bytes(uint8_t input, const char *charset, const char *bytes, size_t len)
{
    entente_error e = {0};
    doc_reset(d);
    assert_false(setjmp(*arena_escape(d->arena)));
    d->raw = arena_copy(d->arena, (str){bytes, (uint32_t)len});
    d->input = input;
    d->head.origin = STR("test");
    d->given.charset = str_of(charset);
    assert_int_equal(page_read(d, NULL, &e), 0);
}

#define FIRST "The harbour of Norvik was closed on Monday, the port authority said, and it will stay closed for a week."
#define LAST "The mayor asked the people of the island to wait for the weather to turn before they travel again."

/* A page with `middle` between two paragraphs of its story. */
static void read_story(const char *middle)
{
    static char page[8192];
    int len = snprintf(page, sizeof page,
                       "<!doctype html><html lang=en><head><title>Harbour of Norvik closed</title></head><body><ul><li><a href=/>Home</a></ul>"
                       "<article><h1>Harbour of Norvik closed</h1><p>" FIRST "</p>%s<p>" LAST "</p></article></body></html>", middle);
    assert_in_range(len, 1, sizeof page - 1);
    read_bytes(INPUT_HTML, "", page, (size_t)len);
}

#define A "Ships from Tallow wait outside the walls, and their crews keep the engines warm."
#define B "Three ferries turned back to Marn at noon, and the fourth one never sailed."

static void markup_does_not_move_text(void **state)
{
    (void)state;
    static const struct { const char *way, *middle, *between; } rows[] = {
        {"paragraphs without ends", "<p>" A "<p>" B, A "\n" B "\n"},
        {"a list closes a paragraph", "<p>" A "<ul><li>" B "</ul>", A "\n" B "\n"},
        {"items without ends", "<ul><li>" A "<li>" B "</ul>", A "\n" B "\n"},
        {"cells without ends", "<table><tr><td>" A "<tr><td>" B "</table>", A "\n" B "\n"},
        {"a table in a table", "<table><tr><td><table><tr><td>" A "</table><p>" B "</table>", A "\n" B "\n"},
        {"breaks", "<p>" A "<br><br>" B "</p>", A "\n" B "\n"},
        {"a comment with an angle", "<p>" A "<!-- a > b <p>no --></p><p>" B, A "\n" B "\n"},
        {"an empty comment", "<!--><p>" A "</p><!---><p>" B, A "\n" B "\n"},
        {"CDATA where none belongs", "<p>" A "</p><![CDATA[ no ]]><p>" B, A "\n" B "\n"},
        {"a script with a tag in a string", "<p>" A "</p><script>x = '<p>not this</p>';</script><p>" B, A "\n" B "\n"},
        {"a style", "<style>p > a {color: red}</style><p>" A "</p><p>" B, A "\n" B "\n"},
        {"what is for browsers without scripts", "<p>" A "</p><noscript><p>Turn on scripts to read on, please do it.</p></noscript><p>" B, A "\n" B "\n"},
        {"a template", "<p>" A "</p><template><p>A sentence for later, which nobody sees today.</p></template><p>" B, A "\n" B "\n"},
        {"what is hidden", "<p>" A "</p><p style='display: none'>A sentence that nobody sees at all today.</p><p hidden>Nor this one, by any means.</p><p>" B, A "\n" B "\n"},
        {"end tags of nothing", "</div></table></li><p>" A "</span></p></p><p>" B, A "\n" B "\n"},
        {"inline elements crossed", "<p><b>" A "<i></b></i></p><p>" B, A "\n" B "\n"},
        {"capitals in tags", "<P CLASS=x>" A "</P><P>" B, A "\n" B "\n"},
        {"attributes of every make", "<p data-a='>' b=\"</p>\" c=d e>" A "</p><p\n>" B, A "\n" B "\n"},
        {"a list of terms", "<dl><dt>" A "<dd>" B "</dl>", A "\n" B "\n"},
        {"terms in terms", "<dl><dt>" A "<dd><dl><dt>" B "</dl></dl>", A "\n" B "\n"},
        {"a rule", "<p>" A "<hr>" B "</p>", A "\n" B "\n"},
        {"a quotation", "<blockquote>" A "</blockquote><blockquote><p>" B "</blockquote>", A "\n" B "\n"},
        {"text that is set already", "<pre>" A "</pre><p>" B, A "\n" B "\n"},
        {"headings of a table", "<table><tr><th>" A "<td>" B "</table>", A "\n" B "\n"},
        {"a list in a cell", "<table><tr><td><ul><li>" A "<li>" B "</ul></table>", A "\n" B "\n"},
        {"an item that a table parts from its list", "<ul><li>" A "<table><tr><td></li>" B "</table></ul>", A "\n" B "\n"},
        {"headings that are not closed", "<p>" A "<h3><h4>" B "</h3>", A "\n" B "\n"},
        {"names and roles", "<div id=story role=main><p>" A "</p></div><div id=a itemprop=articleBody><p>" B "</p></div>", A "\n" B "\n"},
        {"styles that do not hide", "<p style='color: red'>" A "</p><p style='display : block'>" B "</p>", A "\n" B "\n"},
        {"a style that hides without its colon", "<p>" A "</p><p>" B "</p><p style='display none'>Nobody sees this sentence of the page today.</p>", A "\n" B "\n"},
        {"words for those who listen", "<p>" A "<span class=visually-hidden> Read this aloud.</span></p><p>" B "<span hidden> And this.</span></p>", A "\n" B "\n"},
        {"italics and the like", "<p><em>" A "</em></p><p><i>" B "</em></i></i>", A "\n" B "\n"},
        {"an attribute twice", "<p class=x class=ad>" A "</p><p>" B, A "\n" B "\n"},
        {"facts for machines amid the text", "<p>" A "<meta itemprop=author content='Ida Holt'></p><p>" B, A "\n" B "\n"},
        {"no width at all", "<p>Ships from Tallow wait\xE2\x80\x8B outs\xC2\xADide the walls,&zwnj; and their cr&shy;ews keep the\xEF\xBB\xBF engines warm.<p>" B, A "\n" B "\n"},
        {"spaces of every width", "<p>Ships\xE2\x80\x83" "from&emsp;Tallow&#8232;wait\xE2\x80\xA8outside\xE2\x80\xA9the&thinsp;walls,&#8201;and&#x2029;their\xC2\xA0" "crews keep the engines warm.<p>" B, A "\n" B "\n"},
        {"white space", "<p>\n\tShips from Tallow   wait outside\r\nthe&nbsp;walls, and their crews keep&#32;the engines warm.\n<p>" B, A "\n" B "\n"},
        {"references of every make", "<p>Ships from Tallow wait outs&#105;de the w&#x61;lls&#44; and their crews keep the engines warm&period;<p>" B, A "\n" B "\n"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        static char want[2048];
        read_story(rows[i].middle);
        snprintf(want, sizeof want, FIRST "\n%s" LAST "\n", rows[i].between);
        if (!str_is(d->text, want))
            fail_msg("%s: %.*s", rows[i].way, (int)d->text.len, d->text.at);
    }
}

static void a_less_than_is_text_where_no_tag_begins(void **state)
{
    (void)state;
    read_story("<p>Of the ferries 3 < 4 sailed, they said; 5 <6 came back & none was lost, AT&T said.</p>");
    assert_int_not_equal(str_find(d->text, STR("3 < 4 sailed, they said; 5 <6 came back & none was lost, AT&T said.")), NONE);
}

static void furniture_is_not_the_story(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "<div class=ad>Advertisement</div>", "<div class='newsletter-box'><p>Sign up to our newsletter and get it in your inbox each morning.</p></div>",
        "<aside class=related><h3>Related stories</h3><ul><li><a href=/a>The council puts off its vote on the bridge</a></ul></aside>",
        "<div class=share><a href=#>Share</a> <a href=#>Tweet</a></div>", "<figure><img src=a><figcaption>The harbour. Photo: Ib Dahl/Norvik Press</figcaption></figure>",
        "<p><a href=/b><strong>READ MORE: The ferry that never sailed</strong></a></p>",
        "<p><a href=/c>Council of Marn</a> puts off its vote on the bridge again and nobody in the town will say...</p>",
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_story(rows[i]);
        if (!str_is(d->text, FIRST "\n" LAST "\n"))
            fail_msg("row %u: %.*s", i, (int)d->text.len, d->text.at);
    }
}

/* What makes a story longer than its main part: quotations count, what follows it under a heading does not. */
static void long_stories_keep_their_parts_and_no_more(void **state)
{
    (void)state;
    static const struct { const char *way, *behind, *has, *lacks; } rows[] = {
        {"a press release", "<p>About Norvik Port</p><p>Norvik Port is the largest port of the island, and has been so since the year of the great storm.</p><p>Contact: press@norvik.example</p>", "before they travel", NULL},
        {"a quotation", "<blockquote><p>We have waited for the wind to turn since Monday, and we will wait for another week, said a captain.</p></blockquote>", "said a captain", NULL},
        {"other stories under a heading", "<h3>Related stories</h3><p>The council puts off its vote on the bridge, for the third time in a year.</p><h3>What the town says</h3><p>" A " " B "</p>", "engines warm", NULL},
        {"other stories in their first words", "<p><a href=/c>Council of Marn</a> puts off its vote on the bridge again, since nobody in the town...</p><p><a href=/d>Ferries of Tallow</a> sail again from Friday on, if the wind should turn by then […]</p>", "before they travel", "Council of Marn"},
        {"an offer of letters", "<div class=newsletter><p>Subscribe to our newsletter, and read each morning of all that happens in the ports.</p></div>", "before they travel", "Subscribe"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        static char page[16384];
        int len = snprintf(page, sizeof page, "<html lang=en><head><title>Harbour of Norvik closed</title></head><body><main><article itemprop=articleBody><h1>Harbour of Norvik closed</h1><p>" FIRST "</p><p>" A "</p><p>" B "</p><p>" FIRST " " A
                           "</p><p>" B " " A "</p><p>" LAST "</p>%s</article></main></body></html>", rows[i].behind);
        read_bytes(INPUT_HTML, "", page, (size_t)len);
        if (str_find(d->text, str_of(rows[i].has)) == NONE || (rows[i].lacks && str_find(d->text, str_of(rows[i].lacks)) != NONE))
            fail_msg("%s: %.*s", rows[i].way, (int)d->text.len, d->text.at);
    }
}

static void the_standfirst_is_the_deck(void **state)
{
    (void)state;
    static const char page[] = "<html lang=en><head><title>Harbour closed</title><meta name=description content='The port of the island is shut for a week, and nobody knows what the ferries will do.'>"
                               "</head><body><article><header><h1>Harbour closed</h1><p class=standfirst>The port of the island is shut for a week, and nobody knows what the ferries will do.</p></header>"
                               "<div class=story-body><p>" FIRST "</p><p>" A "</p><p>" B "</p><p>" A "</p><p>" LAST "</p></div></article></body></html>";
    read_bytes(INPUT_HTML, "", page, sizeof page - 1);
    assert_true(str_is(d->head.deck, "The port of the island is shut for a week, and nobody knows what the ferries will do."));
    assert_true(str_is(d->text, FIRST "\n" A "\n" B "\n" A "\n" LAST "\n"));
}

static void a_story_in_parts_is_one(void **state)
{
    (void)state;
    static char page[16384];
    size_t len = (size_t)sprintf(page, "<html lang=en><head><title>Harbour closed</title></head><body><main><h1>Harbour closed</h1>");
    for (int part = 0; part < 3; part++) {
        len += (size_t)sprintf(page + len, "<section><div class=wide><div class=inner><div class=copy>");
        for (int i = 0; i < 4; i++)
            len += (size_t)sprintf(page + len, "<p>Part %d, paragraph %d: " FIRST "</p>", part, i);
        len += (size_t)sprintf(page + len, "</div></div></div></section><div class=gallery><figure><img src=a></figure></div>");
    }
    read_bytes(INPUT_HTML, "", page, len);
    assert_int_equal(d->blocks.count, 12);
}

/* ---- lists of other stories ---- */

#define ONE "Council puts off its vote again"
#define TWO "A new ferry for the northern isles"

/* "text|href|day;" for each link that the page lists. */
static void links_as_text(char *to, size_t room)
{
    size_t len = 0;
    to[0] = 0;
    for (uint32_t i = 0; i < d->links.count; i++) {
        const link *l = &d->links.at[i];
        char when[11] = "";
        if (l->date != NO_DAY)
            day_format(l->date, when);
        len += (size_t)snprintf(to + len, room - len, "%.*s|%.*s|%s;", (int)l->text.len, l->text.at, (int)l->href.len, l->href.at, when);
    }
}

static void other_stories_are_listed_with_their_days(void **state)
{
    (void)state;
    static const struct { const char *way, *list, *expected; } rows[] = {
        {"without days", "<li><a href=/1>" ONE "</a><li><a href=/2>" TWO "</a>", ONE "|/1|;" TWO "|/2|;"},
        {"a day in front of each", "<p>3 May 2019</p><p><a href=/1>" ONE "</a></p><p>2 May 2019</p><p><a href=/2>" TWO "</a></p>", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a day behind each", "<p><a href=/1>" ONE "</a></p><p>3 May 2019</p><p><a href=/2>" TWO "</a></p><p>2 May 2019</p>", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a day in each item", "<li><div>3 May 2019</div><a href=/1>" ONE "</a><li><div>2 May 2019</div><a href=/2>" TWO "</a>", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a day in each link", "<li><a href=/1>" ONE " 3 May 2019</a><li><a href=/2>" TWO " (2 May 2019)</a>", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a day in the line of each link", "<li>3 May 2019: <a href=/1>" ONE "</a><li><a href=/2>" TWO "</a>, 2 May 2019", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a number amid a headline is no day of it", "<li><a href=/1>Votes of 3 May 2019 are counted anew</a><li><a href=/2>" TWO "</a>", "Votes of 3 May 2019 are counted anew|/1|;" TWO "|/2|;"},
        {"a day alone is no headline", "<li><a href=/1>3 May 2019</a><li><a href=/2>Friday, 2 May 2019</a>", ""},
        {"stamps", "<li><a href=/1>" ONE "</a> <time datetime=2019-05-03T10:00>today</time><li><a href=/2>" TWO "</a> <span class=date title=x>2 May 2019</span>", ONE "|/1|2019-05-03;" TWO "|/2|2019-05-02;"},
        {"a clock is of the page's day", "<li><a href=/1>" ONE "</a><div>14:06</div><li><a href=/2>" TWO "</a><div>9.15 am</div>", ONE "|/1|2019-05-04;" TWO "|/2|2019-05-04;"},
        {"a clock that is none", "<li><a href=/1>" ONE "</a><div>14:6</div><li><a href=/2>" TWO "</a><div>1406 ships</div>", ONE "|/1|;" TWO "|/2|;"},
        {"what stands at the foot of the page", "<div class=footer><li><a href=/1>" ONE "</a><li><a href=/2>" TWO "</a></div>", ""},
        {"a headline that is a page", "<li><a href=/1>" ONE " " ONE " " ONE " " ONE " " ONE " " ONE " " ONE " " ONE " " ONE " " ONE "</a><li><a href=/2>" TWO "</a>", ""},
        {"a long teaser with a day behind its start", "<li><a href=/1>" ONE "</a><p>3 May 2019: it is the fifth time in two years that the council of the island does so, and not the last one, as the mayor said on the steps of the hall to all of us who had come.</p><li><a href=/2>" TWO "</a>",
         ONE "|/1|2019-05-03;" TWO "|/2|;"},
        {"a share is no clock", "<li><a href=/1>" ONE "</a><div>4:3 </div><li><a href=/2>" TWO "</a><div>14:06:12 and more</div>", ONE "|/1|;" TWO "|/2|;"},
        {"two days in one link", "<li><a href=/1>The vote of 2 May 2019 is held anew, 3 May 2019</a><li><a href=/2>" TWO "</a>", "The vote of 2 May 2019 is held anew|/1|2019-05-03;" TWO "|/2|;"},
        {"several in a line", "<p><a href=/1>" ONE "</a> | <a href=/2>" TWO "</a></p>", ONE "|/1|;" TWO "|/2|;"},
        {"a picture, a headline, a teaser", "<li><a href=/1><img src=a></a><h3><a href=/1>" ONE "</a></h3><p><a href=/1>It is the fifth time that it does.</a></p><li><h3><a href=/2>" TWO "</a></h3>", ONE "|/1|;" TWO "|/2|;"},
        {"a teaser before its headline", "<li><p><a href=/1>It is the fifth time that it does.</a></p><h3><a href=/1>" ONE "</a></h3><li><h3><a href=/2>" TWO "</a></h3>", ONE "|/1|;" TWO "|/2|;"},
        {"all of a card in one link", "<li><a href=/1><div class=date>3 May 2019</div><h4>" ONE "</h4><p>It is the fifth time in two years that it does so, and not the last.</p></a>"
                                      "<li><a href=/2><div class=title>" TWO "</div><div>It is the first one in a hundred years, and it will not sail at night.</div></a>", ONE "|/1|2019-05-03;" TWO "|/2|;"},
        {"what leads nowhere", "<li><a href=#top>" ONE "</a><li><a href='javascript:go()'>" TWO "</a><li><a href='mailto:a@example.org'>" ONE "</a><li><a href=tel:1>" TWO "</a><li><a href=/>" ONE "</a>", ""},
        {"what nobody sees", "<div hidden><li><a href=/1>" ONE "</a><li><a href=/2>" TWO "</a></div>", ""},
        {"a menu", "<nav><ul><li><a href=/1>" ONE "</a><li><a href=/2>" TWO "</a></ul></nav>", ""},
        {"words that are too few", "<li><a href=/1>Sport</a><li><a href=/2>The north</a><li><a href=/3>About</a>", ""},
        {"furniture", "<li><a href=/1>Read more</a><li><a href=/2>Subscribe to our newsletter</a>", ""},
        {"one alone is a link and no list", "<p>See <a href=/1>" ONE "</a> too.</p>", ""},
        {"references in an address", "<li><a href='/1?a=b&amp;c=d'>" ONE "</a><li><a href=/2>" TWO "</a>", ONE "|/1?a=b&c=d|;" TWO "|/2|;"},
        {"letters of two bytes", "<li><a href=/1>Rådet avviser forslaget på nytt, og fergene må vente igjen, 3 May 2019</a><li><a href=/2>" TWO "</a>",
         "Rådet avviser forslaget på nytt, og fergene må vente igjen|/1|2019-05-03;" TWO "|/2|;"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        static char page[8192], got[4096];
        int len = snprintf(page, sizeof page,
                           "<!doctype html><html lang=en><head><title>Harbour of Norvik closed</title><meta name=date content=2019-05-04></head><body>"
                           "<article><h1>Harbour of Norvik closed</h1><p>" FIRST "</p><p>" A "</p><p>" B "</p><p>" LAST "</p></article><div class=more><ul>%s</ul></div></body></html>", rows[i].list);
        read_bytes(INPUT_HTML, "", page, (size_t)len);
        links_as_text(got, sizeof got);
        if (strcmp(got, rows[i].expected))
            fail_msg("%s: %s", rows[i].way, got);
    }
}

/* ---- interviews ---- */

#define Q1 "What did the port authority tell the crews on Monday?"
#define A1 "It told them to wait. Nobody knew how long it would take, and nobody wanted to promise anything to them."
#define Q2 "And when will the harbour open again?"
#define A2 "In a week, if the wind turns. If it does not, we will all have to think of something else to do."
#define Q3 "Do you believe that the ferries will sail then?"
#define A3 "I do. They have sailed in worse weather than this, and the captains know every rock of the coast."

static void questions_are_found_however_they_are_set(void **state)
{
    (void)state;
    static const struct { const char *way, *middle; } rows[] = {
        {"bold paragraphs", "<p><b>" Q1 "</b></p><p>" A1 "</p><p><b>" Q2 "</b></p><p>" A2 "</p><p><b>" Q3 "</b></p><p>" A3 "</p>"},
        {"headings", "<h3>" Q1 "</h3><p>" A1 "</p><h3>" Q2 "</h3><p>" A2 "</p><h3>" Q3 "</h3><p>" A3 "</p>"},
        {"letters", "<p>Q: " Q1 "</p><p>A: " A1 "</p><p>Q: " Q2 "</p><p>A: " A2 "</p><p>Q: " Q3 "</p><p>A: " A3 "</p>"},
        {"names", "<p>Courier: " Q1 "</p><p>Holt: " A1 "</p><p>Courier: " Q2 "</p><p>Holt: " A2 "</p><p>Courier: " Q3 "</p><p>Holt: " A3 "</p>"},
        {"dashes", "<p>- " Q1 "</p><p>- " A1 "</p><p>- " Q2 "</p><p>- " A2 "</p><p>- " Q3 "</p><p>- " A3 "</p>"},
        {"words for letters", "<p>Question: " Q1 "</p><p>Answer: " A1 "</p><p>Question: " Q2 "</p><p>Answer: " A2 "</p><p>Question: " Q3 "</p><p>Answer: " A3 "</p>"},
        {"names with a hard space", "<p>Courier:&nbsp;" Q1 "</p><p>Ida Holt:&nbsp;" A1 "</p><p>Courier:&nbsp;" Q2 "</p><p>Holt:&nbsp;" A2 "</p><p>Courier:&nbsp;" Q3 "</p><p>Holt:&nbsp;" A3 "</p>"},
        {"names, and paragraphs without one", "<p>Courier: " Q1 "</p><p>Holt: " A1 "</p><p>" A "</p><p>Courier: " Q2 "</p><p>Holt: " A2 "</p><h3>Of ferries</h3><p>Courier: " Q3 "</p><p>Holt: " A3 "</p>"},
        {"long dashes", "<p>— " Q1 "</p><p>— " A1 "</p><p>" A "</p><p>— " Q2 "</p><p>— " A2 "</p><p>— " Q3 "</p><p>— " A3 "</p>"},
        {"questions in Chinese", "<p>– 港口为什么关闭？</p><p>– " A1 "</p><p>– 船员们在等什么？</p><p>– " A2 "</p><p>– 什么时候再开？</p><p>– " A3 "</p>"},
        {"questions in Armenian", "<p>– Ինչու՞ է փակ նավահանգիստը</p><p>– " A1 "</p><p>– Ո՞վ է փակել նավահանգիստը</p><p>– " A2 "</p><p>– Ե՞րբ կբացվի այն</p><p>– " A3 "</p>"},
        {"questions in Arabic", "<p>– لماذا أغلق الميناء؟</p><p>– " A1 "</p><p>– من أغلق الميناء؟</p><p>– " A2 "</p><p>– متى يفتح الميناء؟</p><p>– " A3 "</p>"},
        {"an interview that says so", "<p>In an interview Ida Holt told the Courier how the week began.</p><p><b>" Q1 "</b></p><p>" A " " B "</p><p><b>" Q2 "</b></p><p>" A2 "</p><p><b>" Q3 "</b></p><p>" B "</p>"},
        {"names before the answers alone", "<p><b>" Q1 "</b></p><p>Holt: " A "</p><p><b>" Q2 "</b></p><p>Moe: " B "</p><p><b>Why is the harbour shut at all?</b></p><p>Dahl: " A "</p>"},
        {"in German", "<p>Frage: " Q1 "</p><p>Antwort: " A1 "</p><p>Frage: " Q2 "</p><p>Antwort: " A2 "</p><p>Frage: " Q3 "</p><p>Antwort: " A3 "</p>"},
        {"questions in quotes", "<p>– “" Q1 "”</p><p>– " A1 "</p><p>– \"" Q2 "\"</p><p>– " A2 "</p><p>– «" Q3 "»</p><p>– " A3 "</p>"},
        {"letters before questions alone", "<p><b>Q: " Q1 "</b></p><p>I told them: " A1 "</p><p><b>Q: " Q2 " You know it.</b></p><p>I do. " A2 "</p><p><b>Q: " Q3 "</b></p><p>" A3 "</p>"},
        {"two bold lines to one question", "<p><b>You were on the quay on Monday.</b></p><p><b>" Q1 "</b></p><p>We stood there. " A1 "</p><p><b>Do you know this: " Q2 "</b></p><p>I do not. " A2 "</p><p><b>" Q3 "</b></p><p>" A3 "</p>"},
        {"bold between breaks", "<p><b>" Q1 "</b><br>" A1 "<br><br><b>" Q2 "</b><br>" A2 "<br><br><b>" Q3 "</b><br>" A3 "</p>"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        uint32_t asked = 0;
        read_story(rows[i].middle);
        for (uint32_t k = 0; k < d->turns.count; k++)
            asked += !d->turns.at[k].answer;
        if (d->head.kind != KIND_INTERVIEW || asked != 3)
            fail_msg("%s: kind %u, %u questions of %u turns", rows[i].way, d->head.kind, asked, d->turns.count);
    }
}

static void what_only_looks_like_talk_is_no_interview(void **state)
{
    (void)state;
    static const struct { const char *way, *middle; } rows[] = {
        {"dashes of a list", "<p>- " A "</p><p>- " B "</p><p>- " A "</p><p>- " B "</p>"},
        {"dashes without a space", "<p>-" Q1 "</p><p>-" A1 "</p><p>-" Q2 "</p><p>-" A2 "</p><p>-" Q3 "</p><p>-" A3 "</p>"},
        {"a few dashes in a long story", "<p>- " Q1 "</p><p>- So?</p><p>- Yes.</p><p>- Well?</p><p>" A "</p><p>" B "</p><p>" A " " B " " A " " B " " A " " B "</p>"},
        {"labels that never ask", "<p>Monday: " A "</p><p>Tuesday: " B "</p><p>Monday: " A "</p><p>Tuesday: " B "</p><p>Monday: " A "</p><p>Tuesday: " B "</p>"},
        {"labels that all ask", "<p>Holt: " Q1 "</p><p>Dahl: " Q2 "</p><p>Holt: " Q3 "</p><p>Dahl: " Q1 "</p><p>Holt: " Q2 "</p><p>Dahl: " Q3 "</p>"},
        {"labels that do not recur", "<p>Where: Norvik?</p><p>When: on Monday?</p><p>Why: the wind.</p><p>Who: the port authority.</p><p>What next: nobody knows.</p>"},
        {"labels of too many words", "<p>The Head Of The Port: " Q1 "</p><p>The Head Of The Town: " A1 "</p><p>The Head Of The Port: " Q2 "</p><p>The Head Of The Town: " A2 "</p><p>The Head Of The Port: " Q3 "</p><p>The Head Of The Town: " A3 "</p>"},
        {"labels in small letters", "<p>courier: " Q1 "</p><p>holt: " A1 "</p><p>courier: " Q2 "</p><p>holt: " A2 "</p><p>courier: " Q3 "</p><p>holt: " A3 "</p>"},
        {"more labels than anybody would ask", "<p>Aa: x?</p><p>Bb: x.</p><p>Cc: x.</p><p>Dd: x.</p><p>Ee: x.</p><p>Ff: x.</p><p>Gg: x.</p><p>Hh: x.</p><p>Ii: x.</p><p>Jj: x.</p><p>Kk: x.</p><p>Ll: x.</p><p>Mm: x.</p><p>Nn: x.</p>"},
        {"bold questions, and no answers between", "<p><b>" Q1 "</b></p><p><b>" Q2 "</b></p><p><b>" Q3 "</b></p><p><b>You know.</b></p><p>" A "</p>"},
        {"bold questions that lead elsewhere", "<p><a href=/1><b>" Q1 "</b></a></p><p>" A1 "</p><p><a href=/2><b>" Q2 "</b></a></p><p>" A2 "</p><p><a href=/3><b>" Q3 "</b></a></p><p>" A3 "</p>"},
        {"two bold questions", "<p><b>" Q1 "</b></p><p>" A1 "</p><p><b>" Q2 "</b></p><p>" A2 "</p>"},
        {"bold lines that mostly tell", "<p><b>" Q1 "</b></p><p>" A1 "</p><p><b>The first week of it</b></p><p>" A2 "</p><p><b>The second week of it</b></p><p>" A1 "</p><p><b>The third week of it</b></p><p>" A2 "</p>"
                                        "<p><b>" Q2 "</b></p><p>" A2 "</p><p><b>The fourth week of it</b></p><p>" A2 "</p><p><b>" Q3 "</b></p><p>" A3 "</p>"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        read_story(rows[i].middle);
        if (d->head.kind != KIND_ARTICLE || d->turns.count)
            fail_msg("%s: kind %u, %u turns", rows[i].way, d->head.kind, d->turns.count);
    }
}

static void an_explainer_is_no_interview(void **state)
{
    (void)state;
    read_story("<h2>What happened?</h2><p>" A "</p><p>" B "</p><h2>Why does it matter?</h2><p>" A "</p><p>" B "</p><p>" A "</p><h2>What comes next?</h2><p>" B "</p><p>" A "</p>");
    assert_int_equal(d->head.kind, KIND_ARTICLE);
    assert_int_equal(d->turns.count, 0);
}

/* ---- encodings and languages ---- */

static void a_page_may_end_anywhere(void **state)
{
    (void)state;
    static const char *const ends[] = {"<", "</", "<!", "<!-", "<!--", "<!-- x", "<!-- x -", "<!-- x ->", "<?", "</p", "<a", "<a ", "<a h", "<a href", "<a href=", "<a href='", "<a href='/x", "&", "&#", "&#x", "&am", "<script", "<script>", "<style>x", "<title>x", "\xC2", "\xE2\x80", "\xEF\xBB"};
    for (uint32_t i = 0; i < COUNT(ends); i++) {
        static char page[2048];
        int len = snprintf(page, sizeof page, "<html><head><title>x</title></head><body><article><p>" FIRST "</p><p>" LAST "</p>%s", ends[i]);
        read_bytes(INPUT_HTML, "utf-8", page, (size_t)len);
        if (!str_starts(d->text, FIRST "\n" LAST "\n") || utf8_check(d->text) != NONE)
            fail_msg("%s: %.*s", ends[i], (int)d->text.len, d->text.at);
    }
}

static void a_title_without_end_is_cut_between_letters(void **state)
{
    (void)state;
    static char page[8192];
    size_t len = (size_t)sprintf(page, "<html><head><title>x");
    for (int i = 0; i < 1500; i++)
        len += (size_t)sprintf(page + len, "é");
    len += (size_t)sprintf(page + len, "</title></head><body><article><p>" FIRST "</p><p>" LAST "</p>");
    read_bytes(INPUT_HTML, "utf-8", page, len);
    assert_int_equal(d->head.title.len, 1999);
    assert_int_equal(utf8_check(d->head.title), NONE);
}

static void wrong_labels_are_found_out(void **state)
{
    (void)state;
    static const struct { const char *way, *transport, *head, *word, *want; } rows[] = {
        {"no label", "", "", "caf\xC3\xA9", "café"},
        {"a mark of order", "iso-8859-1", "\xEF\xBB\xBF", "caf\xC3\xA9", "café"},
        {"Latin 1 that says UTF-8", "", "<meta charset=utf-8>", "caf\xE9", "café"},
        {"Latin 1 in the transport and UTF-8 in truth", "iso-8859-1", "", "caf\xC3\xA9", "café"},
        {"UTF-8 in the transport and Latin 1 in the page", "utf-8", "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'>", "caf\xE9", "café"},
        {"Latin 1 is Windows 1252", "", "<meta charset=iso-8859-1>", "\x93" "caf\xE9\x94", "“café”"},
        {"Polish", "iso-8859-2", "", "\xB3\xF3\xBC", "łóź"},
        {"Turkish", "", "<meta charset=iso-8859-9>", "\xFE\xFD", "şı"},
        {"Russian", "windows-1251", "", "\xE3\xEE\xE4", "год"},
        {"Russian of Unix", "koi8-r", "", "\xC7\xCF\xC4", "год"},
        {"Greek", "", "<meta charset=windows-1253>", "\xE3\xE7", "γη"},
        {"Arabic", "windows-1256", "", "\xC8\xC7\xC8", "باب"},
        {"Chinese", "", "<meta charset=gb2312>", "\xD6\xD0\xB9\xFA", "中国"},
        {"Japanese", "shift_jis", "", "\x93\xFA\x96\x7B", "日本"},
        {"Japanese of Unix", "", "<meta charset=euc-jp>", "\xC6\xFC\xCB\xDC", "日本"},
        {"Korean", "euc-kr", "", "\xC7\xD1\xB1\xB9", "한국"},
        {"an encoding in the head of XML", "", "<?xml version='1.0' encoding='iso-8859-2'?>", "\xB3\xF3\xBC", "łóź"},
        {"a label of nothing", "", "<meta charset=>", "caf\xE9", "café"},
        {"a word that is no label", "", "<meta name=chart content=cabin>", "caf\xE9", "café"},
        {"Russian that nobody labels", "", "", "\xCF\xEE\xF0\xF2 \xED\xE0 \xEE\xF1\xF2\xF0\xEE\xE2\xE5 \xE7\xE0\xEA\xF0\xFB\xF2 \xED\xE0 \xED\xE5\xE4\xE5\xEB\xFE, \xF1\xEA\xE0\xE7\xE0\xEB\xE8 \xE2\xEB\xE0\xF1\xF2\xE8 \xE2\xF7\xE5\xF0\xE0 \xE2\xE5\xF7\xE5\xF0\xEE\xEC, \xE8 \xE4\xEE\xE1\xE0\xE2\xE8\xEB\xE8, \xF7\xF2\xEE \xF1\xE0\xEC\xE8 \xED\xE5 \xE7\xED\xE0\xFE\xF2, \xEA\xEE\xE3\xE4\xE0 \xEE\xED \xEE\xF2\xEA\xF0\xEE\xE5\xF2\xF1\xFF \xF1\xED\xEE\xE2\xE0.", "на острове"},
        {"a label that there is not", "x-no-such", "", "caf\xE9", "café"},
        {"two broken bytes in much UTF-8", "utf-8", "", "žluťoučký kůň příliš úpěl \xC5", "žluťoučký kůň příliš úpěl"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        static char page[4096];
        bool marked = (uint8_t)rows[i].head[0] == 0xEF;
        int len = snprintf(page, sizeof page, "%s<html><head>%s<title>x</title></head><body><article><p>" FIRST "</p><p>They met at the %s on the quay, and stayed there until late at night.</p></article>",
                           marked ? rows[i].head : "", marked ? "" : rows[i].head, rows[i].word);
        read_bytes(INPUT_HTML, rows[i].transport, page, (size_t)len);
        if (str_find(d->text, str_of(rows[i].want)) == NONE || utf8_check(d->text) != NONE)
            fail_msg("%s: %.*s", rows[i].way, (int)d->text.len, d->text.at);
    }
}

static void sixteen_bits_are_read_by_their_mark(void **state)
{
    (void)state;
    static const char words[] = "The harbour of Norvik was closed on Monday, they said.";
    for (int big = 0; big < 2; big++) {
        char bytes[2 * sizeof words + 2];
        size_t len = 0;
        bytes[len++] = big ? '\xFE' : '\xFF', bytes[len++] = big ? '\xFF' : '\xFE';
        for (size_t i = 0; words[i]; i++)
            bytes[len++] = big ? 0 : words[i], bytes[len++] = big ? words[i] : 0;
        read_bytes(INPUT_TEXT, "", bytes, len);
        assert_true(str_is(d->text, words));
    }
}

static void the_text_tells_its_language(void **state)
{
    (void)state;
    static const struct { const char *language, *lang, *text; } rows[] = {
        {"en", "de", "The harbour was closed on Monday, and the crews were told that they would have to wait for a week with the others."},
        {"de", "en", "Der Hafen wurde am Montag geschlossen, und die Besatzungen müssen nach Angaben der Behörde noch eine Woche auf das Ende warten."},
        {"fr", "", "Le port a été fermé lundi et les équipages devront attendre une semaine, selon les autorités, avant de pouvoir partir avec les autres."},
        {"es", "", "El puerto fue cerrado el lunes y las tripulaciones tendrán que esperar una semana, según las autoridades, para poder salir con los demás."},
        {"ru", "", "Порт был закрыт в понедельник, и экипажам придется ждать неделю, как сообщили власти, чтобы выйти в море вместе со всеми."},
        {"uk", "", "Порт був закритий у понеділок, і екіпажам доведеться чекати тиждень, як повідомили у владі, щоб вийти в море разом з усіма."},
        {"hy", "", "Նավահանգիստը փակվեց երկուշաբթի օրը, և անձնակազմերը պետք է սպասեն մեկ շաբաթ։"},
        {"ar", "", "أغلق الميناء يوم الاثنين وعلى الطواقم أن تنتظر أسبوعا كاملا قبل أن تبحر مع الآخرين."},
        {"zh", "", "港口星期一关闭，船员们必须等待一个星期才能与其他人一起出海。"},
        {"fa", "", "بندر روز دوشنبه بسته شد و خدمه کشتی‌ها باید یک هفته منتظر بمانند، مقامات گفتند که چاره‌ای نیست."},
        {"ur", "", "بندرگاہ پیر کے روز بند کر دی گئی اور عملے کو ایک ہفتہ انتظار کرنا پڑے گا، حکام نے کہا ہے۔"},
        {"ko", "", "항구는 월요일에 폐쇄되었고 승무원들은 일주일을 기다려야 한다고 당국이 말했다."},
        {"el", "", "Το λιμάνι έκλεισε τη Δευτέρα και τα πληρώματα πρέπει να περιμένουν μια εβδομάδα."},
        {"he", "", "הנמל נסגר ביום שני והצוותים יצטרכו להמתין שבוע."},
        {"ja", "", "港湾局の発表では東京港閉鎖、船員は一週間待機予定、市長は会見予定。"},
        {"sv", "sv-SE", "Norvik, Tallow, Marn: 14."},
        {"sv", "sv_SE", "Norvik, Tallow, Marn: 14."},
        {"xx", "xx", "Norvik, Tallow, Marn: 14."},
        {"en", "english", "Norvik, Tallow, Marn: 14."},
        {"en", "e", "Norvik, Tallow, Marn: 14."},
        {"nb", "nb", "14. 10. 2020"},
        {"", "", "14. 10. 2020"},
        {"ru", "", "Норвик, Тэллоу, Марн."},
        {"ja", "", "港は月曜日に閉鎖され、乗組員は出港まで一週間待たなければならないという。"},
    };
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        static char page[4096];
        int len = snprintf(page, sizeof page, "<html lang='%s'><head><meta charset=utf-8><title>x</title></head><body><article><p>%s</p></article>", rows[i].lang, rows[i].text);
        read_bytes(INPUT_HTML, "", page, (size_t)len);
        if (!str_is(d->head.language, rows[i].language))
            fail_msg("%s: %.*s", rows[i].language, (int)d->head.language.len, d->head.language.at);
    }
}

/* ---- bodies of archives ---- */

static size_t pack(const char *bytes, size_t len, char *to, size_t room)
{
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
    size_t n = libdeflate_gzip_compress(z, bytes, len, to, room);
    libdeflate_free_compressor(z);
    return n;
}

static void archives_hold_bodies_of_every_make(void **state)
{
    (void)state;
    static const char page[] = "<html lang=en><head><title>Harbour closed</title></head><body><article><p>" FIRST "</p><p>" LAST "</p></article></body></html>";
    char packed[2048], body[4096], all[16384];
    size_t at = 0, len = pack(page, sizeof page - 1, packed, sizeof packed);
    for (int way = 0; way < 4; way++) {
        bool chunked = way & 1, zipped = way & 2;
        const char *bytes = zipped ? packed : page;
        size_t size = zipped ? len : sizeof page - 1, n;
        n = (size_t)sprintf(body, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%s%s\r\n", chunked ? "Transfer-Encoding: chunked\r\n" : "", zipped ? "Content-Encoding: gzip\r\n" : "");
        if (chunked)
            n += (size_t)sprintf(body + n, "40;name=value\r\n");
        memcpy(body + n, bytes, chunked ? 64 : size);
        n += chunked ? 64 : size;
        if (chunked) {
            n += (size_t)sprintf(body + n, "\r\n%zx\r\n", size - 64);
            memcpy(body + n, bytes + 64, size - 64);
            n += size - 64;
            n += (size_t)sprintf(body + n, "\r\n0\r\n\r\n");
        }
        at += (size_t)sprintf(all + at, "WARC/1.%d\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Target-URI: <https://example.org/%d>\r\nContent-Length: %zu\r\n\r\n", way & 1, way, way, n);
        memcpy(all + at, body, n);
        at += n;
        at += (size_t)sprintf(all + at, "\r\n\r\n");
    }
    FILE *f = fopen("page-html.warc", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(all, 1, at, f), at);
    fclose(f);
    page_reader *r;
    entente_error e = {0};
    assert_int_equal(page_reader_open("page-html.warc", INPUT_GUESS, &r, &e), 0);
    for (int way = 0; way < 4; way++) {
        assert_int_equal(page_reader_next(r, d, &e), 1);
        assert_false(setjmp(*arena_escape(d->arena)));
        assert_int_equal(page_read(d, NULL, &e), 0);
        if (!str_is(d->text, FIRST "\n" LAST "\n"))
            fail_msg("way %d: %.*s", way, (int)d->text.len, d->text.at);
    }
    assert_int_equal(page_reader_next(r, d, &e), 0);
    page_reader_close(r);
    remove("page-html.warc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_does_not_move_text),
        cmocka_unit_test(a_less_than_is_text_where_no_tag_begins),
        cmocka_unit_test(furniture_is_not_the_story),
        cmocka_unit_test(long_stories_keep_their_parts_and_no_more),
        cmocka_unit_test(the_standfirst_is_the_deck),
        cmocka_unit_test(a_story_in_parts_is_one),
        cmocka_unit_test(other_stories_are_listed_with_their_days),
        cmocka_unit_test(questions_are_found_however_they_are_set),
        cmocka_unit_test(what_only_looks_like_talk_is_no_interview),
        cmocka_unit_test(an_explainer_is_no_interview),
        cmocka_unit_test(a_page_may_end_anywhere),
        cmocka_unit_test(a_title_without_end_is_cut_between_letters),
        cmocka_unit_test(wrong_labels_are_found_out),
        cmocka_unit_test(sixteen_bits_are_read_by_their_mark),
        cmocka_unit_test(the_text_tells_its_language),
        cmocka_unit_test(archives_hold_bodies_of_every_make),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
