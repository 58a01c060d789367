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

static const char broken[] = "unit-lang-broken.model";

static int open_bytes(const char *bytes, size_t len, lang **ret_lang)
{
    FILE *f = fopen(broken, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
    return lang_open(broken, ret_lang, NULL);
}

/* Files that are cut short, or of which one byte changed on its way, are refused. */
static void broken_weights_are_refused(void **state)
{
    char *bytes;
    lang *l;
    size_t len;
    assert_int_equal(file_read(*state, 64 << 20, &bytes, &len, NULL), 0);
    size_t cuts[] = {0, 7, 24, 31, 32, 200, len / 2, len - 1}, places[] = {0, 9, 13, 17, 25, 40, 60, 1000, len / 3, len / 2, len - 1};
    for (size_t i = 0; i < COUNT(cuts); i++)
        assert_true(open_bytes(bytes, cuts[i], &l) < 0);
    for (size_t i = 0; i < COUNT(places); i++) {
        bytes[places[i]] ^= 4;
        assert_true(open_bytes(bytes, len, &l) < 0);
        bytes[places[i]] ^= 4;
    }
    assert_int_equal(open_bytes(bytes, len, &l), 0);
    lang_close(l);
    remove(broken);
    free(bytes);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Changes bytes in one section (of the weights themselves many), or in the table of sections. */
static void damage(char *bytes, size_t len, uint32_t *seed)
{
    uint32_t count, n = next_random(seed);
    memcpy(&count, bytes + 12, 4);
    uint64_t place[2] = {32, count * 40};
    if (n % (count + 1) < count)
        memcpy(place, bytes + 32 + n % (count + 1) * 40 + 24, sizeof place);
    if (!place[1] || place[0] > len || place[1] > len - place[0])
        return;
    for (uint64_t i = 1 + place[1] / 50; i > 0; i--)
        bytes[place[0] + next_random(seed) % place[1]] = (char)next_random(seed);
}

/* A file that was forged so that its checksum is right is refused, or makes trees of some kind and nothing worse. */
static void forged_weights_do_no_harm(void **state)
{
    char *bytes, *copy;
    size_t len;
    uint32_t seed = 3, opened = 0;
    assert_int_equal(file_read(*state, 64 << 20, &bytes, &len, NULL), 0);
    copy = malloc(len);
    assert_non_null(copy);
    for (int round = 0; round < 60; round++) {
        memcpy(copy, bytes, len);
        damage(copy, len, &seed);
        uint64_t sum = model_checksum(copy, len);
        memcpy(copy + 24, &sum, sizeof sum);
        lang *l, *kept = weights;
        if (open_bytes(copy, len, &l))
            continue;
        opened++;
        weights = l;
        doc *d = parse(STR("\"We won't accept it,\" Dr. Müller's aides told Reuters in Oslo (they were asked twice). It rained; 42 went."), round % 2);
        expect_trees(d);
        doc_free(d);
        lang_close(l);
        weights = kept;
    }
    assert_true(opened > 10);
    remove(broken);
    free(copy);
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
        cmocka_unit_test_prestate(broken_weights_are_refused, argv[1]), cmocka_unit_test_prestate(forged_weights_do_no_harm, argv[1]), cmocka_unit_test_prestate(opening_takes_no_time, argv[1])};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lang_close(weights);
    return failed;
}
