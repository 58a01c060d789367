/* mention: entities, times and places on small texts with knowledge of their own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "mention/mention.h"
#include "text/text.h"

static const char lexicon[] =
    "entity NOR state\n  name  Norway\n  people  Norwegian; Norwegians\n  capital  Oslo\n"
    "entity DNK state\n  name  Denmark\n  people  Danish; Danes\n  capital  Copenhagen\n  short  DK\n"
    "entity LEAGUE body\n  name  Northern League\n  short  NL\n"
    "known until 2026-01-01\n"
    "office NOR head_of_government  Prime Minister\n  2010-01-01 2020-01-01  Olav Berg\n  2020-01-01 -  Kari Lund\n"
    "agents GOV person office head_of_government\n  prime minister\n"
    "agents MIL group\n  troops\n"
    "agents GOV person\n  official\n"
    "agents ELI modifier\n  former\n"
    "times month\n  April = 4\n  May = 5\n"
    "times weekday\n  Monday = 1\n"
    "times unit\n  days; day = D\n  years; year = Y\n"
    "times number\n  two = 2\n  four = 4\n"
    "times back\n  ago = A\n"
    "times forth\n  later = L\n"
    "times day\n  yesterday = -1\n"
    "places NOR city\n  59.91 10.75 700000 1 PPLC | Oslo\n  58.97 5.73 140000 2 PPLA | Stavanger\n"
    "places DNK city\n  55.68 12.57 1150000 3 PPLC | Copenhagen\n"
    "places NOR country\n  62 10 5400000 - PCLI | Norway; =NOR\n";

typedef struct bench {
    kb *k;
    doc *d;
} bench;

static int put(const char *path, const void *at, size_t len)
{
    FILE *f = fopen(path, "wb");
    return !f || fwrite(at, 1, len, f) != len || fclose(f);
}

static int bench_up(void **state)
{
    static const char *const text[] = {"unit-mention.txt"}, *const built[] = {"unit-mention.kb"};
    bench *x = calloc(1, sizeof *x);
    buffer file = {0}, faults = {0};
    entente_error e;
    if (!x || put(text[0], lexicon, sizeof lexicon - 1) || kb_build(text, 1, &file, &faults, &e) || put(built[0], file.at, file.len))
        return -1;
    int code = kb_open(built, 1, &x->k, &e);
    buffer_free(&file);
    buffer_free(&faults);
    remove(text[0]);
    remove(built[0]);
    x->d = doc_new();
    *state = x;
    return code;
}

static int bench_down(void **state)
{
    bench *x = *state;
    doc_free(x->d);
    kb_close(x->k);
    free(x);
    return 0;
}

/* Tags as a tagger would give them: capitals are names, a few words are verbs and prepositions, the rest are nouns. */
static uint8_t tag_of(str form)
{
    static const char *const verbs[] = {"spoke", "left", "warned", "met", "came", "fell"}, *const links[] = {"in", "of", "On"};
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_is(form, verbs[i]))
            return UPOS_VERB;
    for (size_t i = 0; i < COUNT(links); i++)
        if (str_is(form, links[i]))
            return UPOS_ADP;
    bool upper = form.len && form.at[0] >= 'A' && form.at[0] <= 'Z';
    return str_is(form, "the") || str_is(form, "The") ? UPOS_DET : upper ? UPOS_PROPN : form.len < 2 ? UPOS_PUNCT : UPOS_NOUN;
}

static void tag(doc *d)
{
    for (uint32_t t = 0; t < d->tokens.count; t++) {
        d->tokens.at[t].upos = tag_of(doc_str(d, d->tokens.at[t].span));
        d->tokens.at[t].head = NONE;
    }
}

static doc *read_text(bench *x, const char *text, const char *on)
{
    date day;
    doc_reset(x->d);
    x->d->text = str_of(text);
    if (date_parse(str_of(on), &day))
        x->d->head.reference = day.from;
    *vec_push(x->d->arena, &x->d->blocks) = (block){.span = {0, x->d->text.len}};
    text_split(x->d, x->k, NULL);
    tag(x->d);
    mention_find(x->d, x->k, NULL);
    mention_link(x->d, x->k, NULL);
    return x->d;
}

static const entity *named(const doc *d, const char *text)
{
    for (uint32_t i = 0; i < d->mentions.count; i++)
        if (str_is(doc_str(d, d->mentions.at[i].span), text))
            return &d->entities.at[d->mentions.at[i].entity];
    return NULL;
}

static void states_have_their_code(void **state)
{
    doc *d = read_text(*state, "Norway warned Denmark .\n", "2021-01-01");
    assert_non_null(named(d, "Norway"));
    assert_string_equal(named(d, "Norway")->code, "NOR");
    assert_string_equal(named(d, "Denmark")->code, "DNK");
}

static void abbreviations_want_their_case(void **state)
{
    doc *d = read_text(*state, "The NL met . See nl here .\n", "2021-01-01");
    assert_non_null(named(d, "NL"));
    assert_null(named(d, "nl"));
}

static void offices_go_by_the_day(void **state)
{
    doc *d = read_text(*state, "The Norwegian prime minister spoke .\n", "2015-06-01");
    assert_non_null(named(d, "The Norwegian prime minister"));
    assert_true(str_is(named(d, "The Norwegian prime minister")->name, "Olav Berg"));
    d = read_text(*state, "The Norwegian prime minister spoke .\n", "2022-06-01");
    assert_true(str_is(named(d, "The Norwegian prime minister")->name, "Kari Lund"));
    d = read_text(*state, "Olav Berg spoke .\n", "2022-06-01");
    assert_string_equal(named(d, "Olav Berg")->sector, "ELI");
}

static void groups_take_power_and_sector(void **state)
{
    doc *d = read_text(*state, "Danish troops left .\n", "2022-06-01");
    assert_non_null(named(d, "Danish troops"));
    assert_string_equal(named(d, "Danish troops")->code, "DNK");
    assert_string_equal(named(d, "Danish troops")->sector, "MIL");
}

static void times_count_from_the_day(void **state)
{
    doc *d = read_text(*state, "It came two days ago .\n", "2021-05-10");
    assert_int_equal(d->times.count, 1);
    assert_true(str_is(d->times.at[0].value, "2021-05-08"));
    d = read_text(*state, "On April 5 , 2016 he left . Four years later it fell .\n", "2021-05-10");
    assert_int_equal(d->times.count, 2);
    assert_true(str_is(d->times.at[0].value, "2016-04-05"));
    assert_true(str_is(d->times.at[1].value, "2020"));
}

static void places_have_their_country(void **state)
{
    doc *d = read_text(*state, "They met in Stavanger .\n", "2021-05-10");
    assert_int_equal(d->places.count, 1);
    assert_string_equal(d->places.at[0].country, "NOR");
    assert_true(d->places.at[0].located);
}

static void spans_lie_in_the_text(void **state)
{
    static const char *const odd[] = {"", "\n", "Norway", "the the the", "- - -", "May May 5 5 ,", "Oslo , Oslo , Oslo", "'s of in Norway's", "99999 9 9:9 9/9/9",
                                      "Norwegian Norwegian troops of of the", "\xc3\x85 \xe2\x80\x93 \xf0\x9f\x98\x80 Norway"};
    for (size_t i = 0; i < COUNT(odd); i++) {
        doc *d = read_text(*state, odd[i], "2021-05-10");
        for (uint32_t m = 0; m < d->mentions.count; m++) {
            assert_true(d->mentions.at[m].span.start < d->mentions.at[m].span.end && d->mentions.at[m].span.end <= d->text.len);
            assert_true(d->mentions.at[m].entity < d->entities.count);
        }
        for (uint32_t t = 0; t < d->times.count; t++)
            assert_true(d->times.at[t].value.len > 0 && d->times.at[t].span.end <= d->text.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_have_their_code), cmocka_unit_test(abbreviations_want_their_case),
        cmocka_unit_test(offices_go_by_the_day), cmocka_unit_test(groups_take_power_and_sector),
        cmocka_unit_test(times_count_from_the_day), cmocka_unit_test(places_have_their_country), cmocka_unit_test(spans_lie_in_the_text),
    };
    return cmocka_run_group_tests(tests, bench_up, bench_down);
}
