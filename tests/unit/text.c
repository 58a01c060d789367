#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/text.h"
#include "write/write.h"

static doc *split(const char *text)
{
    doc *d = doc_new();
    assert_non_null(d);
    d->text = str_of(text);
    text_split(d, NULL, NULL);
    return d;
}

/* The tokens, joined by "|" ("+" before a word of the same contraction), sentences by "#". */
static void expect(const char *text, const char *tokens)
{
    doc *d = split(text);
    buffer b = {0};
    for (uint32_t i = 0; i < d->tokens.count; i++) {
        const token *t = &d->tokens.at[i];
        if (i)
            buffer_char(&b, d->sentences.at[t->sentence].first == i ? '#' : t->joined ? '+' : '|');
        buffer_str(&b, doc_str(d, t->span));
    }
    buffer_char(&b, 0);
    assert_string_equal(b.at, tokens);
    buffer_free(&b);
    doc_free(d);
}

static void contractions_are_words_that_touch(void **state)
{
    (void)state;
    expect("I don't know.", "I|do+n't|know|.");
    expect("She’ll go, cannot stay", "She+’ll|go|,|can+not|stay");
    expect("Russia's and the workers' plan", "Russia+'s|and|the|workers+'|plan");
    expect("gonna dunno", "gon+na|du+n+no");
    expect("the 1960's, O'Connell, 'em", "the|1960's|,|O'Connell|,|'em");
}

static void hyphens_split_but_not_after_prefixes(void **state)
{
    (void)state;
    expect("a Russian-backed anti-tank state-of-the-art e-mail", "a|Russian|-|backed|anti-tank|state|-|of|-|the|-|art|e-mail");
    expect("1990-2000 and 713-853-3989", "1990|-|2000|and|713-853-3989");
}

static void datelines_stand_for_themselves(void **state)
{
    (void)state;
    expect("YEREVAN - Russia sent aid.", "YEREVAN|-#Russia|sent|aid|.");
    expect("NEW YORK — The council met.", "NEW|YORK|—#The|council|met|.");
    expect("Lima, Oct 5 (Andina) - Peru said no.", "Lima|,|Oct|5|(|Andina|)|-#Peru|said|no|.");
    expect("HANOI (VNA): Laos agreed.", "HANOI|(|VNA|)|:#Laos|agreed|.");
    expect("LAVROV: We agreed.", "LAVROV|:|We|agreed|.");
    expect("UK - EU talks resume", "UK|-|EU|talks|resume");
    expect("Talks - They failed - go on", "Talks|-|They|failed|-|go|on");
    expect("KABUL - the capital - is calm.", "KABUL|-|the|capital|-|is|calm|.");
}

static void stops_belong_to_abbreviations(void **state)
{
    (void)state;
    expect("The U.S. Navy met Gen. Lee at 4:49 p.m. today.", "The|U.S.|Navy|met|Gen.|Lee|at|4:49|p.m.|today|.");
    expect("JAN. 27, 2017. It rose 3.5 to 1,200.50.", "JAN.|27|,|2017|.#It|rose|3.5|to|1,200.50|.");
    expect("J. R. Brown won. No. 5 lost. No.", "J.|R.|Brown|won|.#No.|5|lost|.#No|.");
}

static void addresses_stay_whole(void **state)
{
    (void)state;
    expect("See http://example.org/a.b?c=d, or a.b@example.com.", "See|http://example.org/a.b?c=d|,|or|a.b@example.com|.");
    expect("(www.example.org)", "(|www.example.org|)");
}

static void sentences_end_where_they_should(void **state)
{
    (void)state;
    expect("He left. \"Why?\" she asked. Nobody knew...", "He|left|.#\"|Why|?|\"|she|asked|.#Nobody|knew|...");
    expect("A TITLE\n\nText goes on here.\nIt does not stop", "A|TITLE#Text|goes|on|here|.#It|does|not|stop");
}

static void sentences_keep_to_their_blocks(void **state)
{
    (void)state;
    doc *d = doc_new();
    d->text = STR("Minister quits\nShe left on\nMonday.\n");
    uint32_t ends[] = {15, 27, 35};
    for (uint32_t i = 0; i < 3; i++)
        *vec_push(d->arena, &d->blocks) = (block){.span = {i ? ends[i - 1] : 0, ends[i]}, .kind = i ? BLOCK_PARAGRAPH : BLOCK_HEADING};
    text_split(d, NULL, NULL);
    assert_int_equal(d->sentences.count, 3);
    assert_true(d->sentences.at[0].headline);
    assert_false(d->sentences.at[1].headline);
    assert_int_equal(d->sentences.at[2].block, 2);
    doc_free(d);
}

/* Spans lie in the text, in order, and hold no white space. */
static void expect_sound(const doc *d)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < d->tokens.count; i++) {
        span s = d->tokens.at[i].span;
        assert_true(s.start >= last && s.end > s.start && s.end <= d->text.len);
        assert_true(d->tokens.at[i].sentence < d->sentences.count);
        last = s.end;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        assert_int_equal(d->sentences.at[i].first, next);
        assert_true(d->sentences.at[i].count >= 1 && d->sentences.at[i].count <= LIMIT_SENTENCE);
        next += d->sentences.at[i].count;
    }
    assert_int_equal(next, d->tokens.count);
}

static void any_bytes_give_sound_spans(void **state)
{
    (void)state;
    static const char pieces[][6] = {"a", "Z", "9", ".", "'", "\"", "-", " ", "\n", "\xE2\x80\x99", "\xFF", "\xC3", "@", "/", ":", "n't", "www.", "$", "("};
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        char text[400];
        size_t len = 0;
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *p = pieces[(seed >> 16) % COUNT(pieces)];
            memcpy(text + len, p, strlen(p));
            len += strlen(p);
        }
        text[len] = 0;
        doc *d = split(text);
        expect_sound(d);
        doc_free(d);
    }
}

static void long_sentences_are_cut(void **state)
{
    (void)state;
    buffer b = {0};
    for (int i = 0; i < 5000; i++)
        buffer_text(&b, i % 7 ? "word " : "word, ");
    buffer_char(&b, 0);
    doc *d = split(b.at);
    expect_sound(d);
    assert_int_equal(d->notes.count, 1);
    assert_true(d->sentences.count >= 10);
    for (uint32_t i = 0; i + 1 < d->sentences.count; i++) {
        const sentence *s = &d->sentences.at[i];
        assert_true(str_is(d->tokens.at[s->first + s->count - 1].lower, ","));
    }
    doc_free(d);
    buffer_free(&b);
}

static const char given_text[] = "# newpar\n1\tWe\twe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

static void given_trees_come_out_as_they_went_in(void **state)
{
    (void)state;
    doc *d = doc_new();
    entente_error e;
    d->raw = STR(given_text);
    assert_int_equal(text_given(d, true, &e), 0);
    assert_true(str_is(d->text, "We can't .\n"));
    assert_int_equal(d->sentences.at[0].root, 1);
    assert_int_equal(d->tokens.at[2].head, 1);
    assert_true(d->tokens.at[2].joined);
    buffer b = {0};
    write_conllu(d, &b);
    buffer_char(&b, 0);
    assert_non_null(strstr(b.at, "2-3\tcan't\t_"));
    assert_non_null(strstr(b.at, "3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_"));
    buffer_free(&b);
    doc_free(d);
}

static void broken_rows_are_rejected(void **state)
{
    (void)state;
    static const char *const broken[] = {"1\tWe\n\n", "2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "1-99\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "\xFF\n"};
    for (size_t i = 0; i < COUNT(broken); i++) {
        doc *d = doc_new();
        entente_error e;
        d->raw = str_of(broken[i]);
        assert_int_equal(text_given(d, true, &e), ENTENTE_REJECTED);
        doc_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contractions_are_words_that_touch), cmocka_unit_test(hyphens_split_but_not_after_prefixes),
        cmocka_unit_test(datelines_stand_for_themselves),
        cmocka_unit_test(stops_belong_to_abbreviations),     cmocka_unit_test(addresses_stay_whole),
        cmocka_unit_test(sentences_end_where_they_should),   cmocka_unit_test(sentences_keep_to_their_blocks),
        cmocka_unit_test(any_bytes_give_sound_spans),        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(given_trees_come_out_as_they_went_in), cmocka_unit_test(broken_rows_are_rejected)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
