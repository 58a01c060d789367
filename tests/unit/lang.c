/* usage: unit-lang MODEL */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "lang/lang.h"
#include "text/text.h"

static lang *weights;

static doc *parse(str text, int mode)
{
    doc *d = doc_new();
    assert_non_null(d);
    d->text = text;
    text_split(d, NULL, lang_model(weights));
    lang_tag(d, weights);
    lang_parse(d, weights, mode, true);
    return d;
}

/* Every sentence is one tree with one root. */
static void expect_trees(const doc *d)
{
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        const sentence *s = &d->sentences.at[i];
        uint32_t roots = 0;
        assert_true(s->parsed);
        for (uint32_t k = s->first; k < s->first + s->count; k++) {
            uint32_t steps = 0, at = k;
            roots += d->tokens.at[k].head == NONE;
            assert_true((d->tokens.at[k].head == NONE) == (d->tokens.at[k].deprel == DEPREL_ROOT));
            while (d->tokens.at[at].head != NONE && steps++ <= s->count) {
                at = d->tokens.at[at].head;
                assert_true(at >= s->first && at < s->first + s->count);
            }
            assert_int_equal(at, s->root);
        }
        assert_int_equal(roots, 1);
    }
}

static void a_sentence_has_its_roles(void **state)
{
    (void)state;
    for (int mode = LANG_FAST; mode <= LANG_BEST; mode++) {
        doc *d = parse(STR("The minister was accused of bribery by the court."), mode);
        expect_trees(d);
        assert_int_equal(d->sentences.at[0].root, 3);
        assert_int_equal(d->tokens.at[1].deprel, DEPREL_NSUBJ_PASS);
        assert_true(str_is(d->tokens.at[3].lemma, "accuse"));
        assert_int_equal(d->tokens.at[1].upos, UPOS_NOUN);
        doc_free(d);
    }
}

static void only_what_is_wanted_is_parsed(void **state)
{
    (void)state;
    doc *d = doc_new();
    d->text = STR("One went. Two stayed.");
    text_split(d, NULL, lang_model(weights));
    lang_tag(d, weights);
    d->sentences.at[1].wanted = true;
    lang_parse(d, weights, LANG_BEST, false);
    assert_false(d->sentences.at[0].parsed);
    assert_true(d->sentences.at[1].parsed);
    doc_free(d);
}

static void any_words_make_trees(void **state)
{
    (void)state;
    static const char *const words[] = {"the", "Moscow", "said", ",", ".", "(", "\"", "to", "n't", "that", "\xFF", "42", "and", "-", "of", "'s", "\n\n", "ÉÉ"};
    uint32_t seed = 5;
    for (int round = 0; round < 60; round++) {
        buffer b = {0};
        for (int i = 0; i < 80; i++) {
            seed = seed * 1664525u + 1013904223u;
            buffer_text(&b, words[(seed >> 16) % COUNT(words)]);
            buffer_char(&b, seed >> 30 ? ' ' : '-');
        }
        doc *d = parse((str){b.at, (uint32_t)b.len}, round % 2 ? LANG_FAST : LANG_BEST);
        expect_trees(d);
        doc_free(d);
        buffer_free(&b);
    }
}

/* Files that are cut short or not weights at all are refused, and nothing crashes where bytes are wrong. */
static void broken_weights_are_refused(void **state)
{
    char *bytes;
    size_t len;
    assert_int_equal(file_read(*state, 64 << 20, &bytes, &len, NULL), 0);
    char path[] = "unit-lang-broken.model";
    size_t cuts[] = {0, 7, 24, 200, len / 2, len - 1};
    for (size_t i = 0; i < COUNT(cuts); i++) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fwrite(bytes, 1, cuts[i], f);
        fclose(f);
        lang *l;
        assert_true(lang_open(path, &l, NULL) < 0);
    }
    remove(path);
    free(bytes);
}

static void opening_takes_no_time(void **state)
{
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    lang *l;
    assert_int_equal(lang_open(*state, &l, NULL), 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    lang_close(l);
    assert_true((b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000 < 100); /* 10 ms, and room for a busy machine */
}

int main(int argc, char **argv)
{
    entente_error e;
    if (argc < 2 || lang_open(argv[1], &weights, &e)) {
        fprintf(stderr, "no weights\n");
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_has_its_roles), cmocka_unit_test(only_what_is_wanted_is_parsed), cmocka_unit_test(any_words_make_trees),
        cmocka_unit_test_prestate(broken_weights_are_refused, argv[1]), cmocka_unit_test_prestate(opening_takes_no_time, argv[1])};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lang_close(weights);
    return failed;
}
