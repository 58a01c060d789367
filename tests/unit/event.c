/* Patterns, events and claims on trees that are written down by hand, with a lexicon of a few lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "claim/claim.h"
#include "doc/doc.h"
#include "event/event.h"

static const char lexicon[] =
    "entity AAA state\n  name Arda\nentity BBB state\n  name Bree\n"
    "set LIGHT\n  launch\nset UNDERGO\n  suffer\nset DENIAL\n  deny\nset HYPOTHESIS\n  fear\nset FUTURE\n  plan\nset REAL\n  begin\n"
    "set GUNS\n  gun; cannon\nset BY\n  by\n"
    "event ASSAULT/heavy-weapons 194\n  A shell R ; A's attack on R ; A launch attack on R\n"
    "event THREATEN 130\n  A threaten to ~\n"
    "event AID 070\n  A send gun to R\n"
    "event CONCEDE 055\n  A apologise to R ; A apologise for ~\n"
    "idiom\n  A shell out\n"
    "claim ally mutual\n  A be ally of B\n"
    "set TIE_NOUN\n  ally\n"
    "cameo 194 -10\ncameo 0 0\n";

typedef struct fixture {
    kb *k;
    doc *d;
    char path[32];
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    buffer file = {0}, faults = {0};
    strcpy(f->path, "unit-event.tmp");
    FILE *text = fopen(f->path, "wb");
    assert_non_null(text);
    fwrite(lexicon, 1, sizeof lexicon - 1, text);
    fclose(text);
    const char *paths[] = {f->path};
    entente_error error;
    int code = kb_build(paths, 1, &file, &faults, &error);
    if (faults.len)
        fprintf(stderr, "%.*s", (int)faults.len, faults.at);
    assert_int_equal(code, 0);
    FILE *out = fopen(f->path, "wb");
    fwrite(file.at, 1, file.len, out);
    fclose(out);
    assert_int_equal(kb_open(paths, 1, &f->k, &error), 0);
    buffer_free(&file);
    buffer_free(&faults);
    f->d = doc_new();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    remove(f->path);
    kb_close(f->k);
    doc_free(f->d);
    free(f);
    return 0;
}

typedef struct word {
    const char *form, *lemma;
    int upos, xpos, deprel, head; /* head counts from 1, 0 = root */
    const char *power;            /* of a mention, or NULL */
} word;

static uint32_t entity_add(fixture *f, const char *power)
{
    doc *d = f->d;
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (str_is(d->entities.at[i].identifier, power))
            return i;
    entity *e = vec_push(d->arena, &d->entities);
    *e = (entity){.known = kb_entity_find(f->k, str_of(power)), .identifier = str_of(power), .name = str_of(power), .type = ENTITY_GPE, .country = NONE};
    memcpy(e->code, power, 3);
    return d->entities.count - 1;
}

/* A document of one sentence. */
static void sentence_set(fixture *f, const word *words, uint32_t count)
{
    static char text[400];
    doc *d = f->d;
    doc_reset(d);
    text[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = (uint32_t)strlen(text);
        strcat(strcat(text, words[i].form), " ");
        *vec_push(d->arena, &d->tokens) = (token){
            .span = {start, start + (uint32_t)strlen(words[i].form)}, .lower = utf8_lower(d->arena, str_of(words[i].form)), .lemma = str_of(words[i].lemma),
            .head = words[i].head ? (uint32_t)words[i].head - 1 : NONE, .upos = (uint8_t)words[i].upos, .xpos = (uint8_t)words[i].xpos,
            .deprel = (uint8_t)words[i].deprel};
        if (words[i].power) {
            uint32_t e = entity_add(f, words[i].power);
            *vec_push(d->arena, &d->mentions) = (mention){.span = d->tokens.at[i].span, .entity = e, .first = i, .last = i, .head = i, .kind = MENTION_NAME};
        }
    }
    d->text = str_of(text);
    *vec_push(d->arena, &d->sentences) = (sentence){.span = {0, d->text.len}, .count = count, .turn = NONE, .block = NONE, .parsed = true};
    event_code(d, f->k);
    claim_find(d, f->k);
}

static const char *code_of(const doc *d, slice s)
{
    return s.count ? d->entities.at[doc_ref(d, s, 0)].code : "";
}

static void expect(const fixture *f, int type, const char *actor, const char *recipient, int auxiliary)
{
    assert_int_equal(f->d->events.count, 1);
    const event *e = &f->d->events.at[0];
    assert_int_equal(e->event, type);
    assert_string_equal(code_of(f->d, e->actors), actor);
    assert_string_equal(code_of(f->d, e->recipients), recipient);
    assert_int_equal(e->auxiliary, auxiliary);
}

#define NAME(form, deprel, head, power) {form, form, UPOS_PROPN, XPOS_NNP, DEPREL_##deprel, head, power}
#define WORD(form, lemma, upos, xpos, deprel, head) {form, lemma, UPOS_##upos, XPOS_##xpos, DEPREL_##deprel, head, NULL}

static void active_and_passive_are_one(void **state)
{
    fixture *f = *state;
    const word active[] = {NAME("Arda", NSUBJ, 2, "AAA"), WORD("shelled", "shell", VERB, VBD, ROOT, 0), NAME("Bree", OBJ, 2, "BBB")};
    sentence_set(f, active, COUNT(active));
    expect(f, EVENT_ASSAULT, "AAA", "BBB", 0);
    assert_true(f->d->events.at[0].goldstein < -9);
    assert_true(str_is(kb_line(f->k, f->d->events.at[0].rule).text, "A shell R ; A's attack on R ; A launch attack on R"));
    const word passive[] = {NAME("Bree", NSUBJ_PASS, 3, "BBB"), WORD("was", "be", AUX, VBD, AUX_PASS, 3), WORD("shelled", "shell", VERB, VBN, ROOT, 0),
                            WORD("by", "by", ADP, IN, CASE, 5), NAME("Arda", OBL_AGENT, 3, "AAA")};
    sentence_set(f, passive, COUNT(passive));
    expect(f, EVENT_ASSAULT, "AAA", "BBB", 0);
}

static void a_light_verb_bears_its_noun(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 3, "AAA"), WORD("never", "never", ADV, RB, ADVMOD, 3), WORD("launched", "launch", VERB, VBD, ROOT, 0),
                          WORD("an", "a", DET, DT, DET, 5), WORD("attack", "attack", NOUN, NN, OBJ, 3), WORD("on", "on", ADP, IN, CASE, 7),
                          NAME("Bree", NMOD, 5, "BBB")};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_ASSAULT, "AAA", "BBB", AUXILIARY_NEGATION);
}

static void what_is_threatened_is_not_done(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 2, "AAA"), WORD("threatened", "threaten", VERB, VBD, ROOT, 0), WORD("to", "to", PART, TO, MARK, 4),
                          WORD("shell", "shell", VERB, VB, XCOMP, 2), NAME("Bree", OBJ, 4, "BBB")};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_THREATEN, "AAA", "BBB", 0);
}

static void what_will_be_sent_is_promised(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 3, "AAA"), WORD("will", "will", AUX, MD, AUX, 3), WORD("send", "send", VERB, VB, ROOT, 0),
                          WORD("guns", "gun", NOUN, NNS, OBJ, 3), WORD("to", "to", ADP, IN, CASE, 6), NAME("Bree", OBL, 3, "BBB")};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_AGREE, "AAA", "BBB", 0);
    assert_true(str_is(f->d->events.at[0].cameo, "033")); /* the intent to aid, not 070 */
}

static void who_did_it_is_found_by_order(void **state)
{
    fixture *f = *state;
    /* "by Arda" hangs on Bree */
    const word words[] = {WORD("Guns", "gun", NOUN, NNS, NSUBJ_PASS, 3), WORD("were", "be", AUX, VBD, AUX_PASS, 3), WORD("sent", "send", VERB, VBN, ROOT, 0),
                          WORD("to", "to", ADP, IN, CASE, 5), NAME("Bree", OBL, 3, "BBB"), WORD("by", "by", ADP, IN, CASE, 7), NAME("Arda", NMOD, 5, "AAA")};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_AID, "AAA", "BBB", 0);
}

static void patterns_lend_the_recipient(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 2, "AAA"), WORD("apologised", "apologise", VERB, VBD, ROOT, 0), WORD("to", "to", ADP, IN, CASE, 4),
                          NAME("Bree", OBL, 2, "BBB"), WORD("for", "for", ADP, IN, CASE, 6), WORD("rain", "rain", NOUN, NN, OBL, 2)};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_CONCEDE, "AAA", "BBB", 0);
}

static void a_main_verb_may_hang_on_its_object(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 3, "AAA"), WORD("shelled", "shell", VERB, VBN, AMOD, 3), NAME("Bree", ROOT, 0, "BBB"), WORD(".", ".", PUNCT, STOP, PUNCT, 3)};
    sentence_set(f, words, COUNT(words));
    expect(f, EVENT_ASSAULT, "AAA", "BBB", 0);
}

static void an_idiom_is_no_event(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 2, "AAA"), WORD("shelled", "shell", VERB, VBD, ROOT, 0), WORD("out", "out", ADP, RP, COMPOUND_PRT, 2)};
    sentence_set(f, words, COUNT(words));
    assert_int_equal(f->d->events.count, 0);
}

static void an_ally_no_longer(void **state)
{
    fixture *f = *state;
    const word words[] = {NAME("Arda", NSUBJ, 6, "AAA"), WORD("is", "be", AUX, VBZ, COP, 6), WORD("no", "no", ADV, RB, ADVMOD, 4),
                          WORD("longer", "long", ADV, RBR, ADVMOD, 6), WORD("an", "a", DET, DT, DET, 6), WORD("ally", "ally", NOUN, NN, ROOT, 0),
                          WORD("of", "of", ADP, IN, CASE, 8), NAME("Bree", NMOD, 6, "BBB")};
    sentence_set(f, words, COUNT(words));
    assert_int_equal(f->d->claims.count, 1);
    const claim *c = &f->d->claims.at[0];
    assert_int_equal(c->tie, TIE_ALLY);
    assert_false(c->holds);
    assert_int_equal(c->change, CHANGE_ENDED);
    assert_string_equal(f->d->entities.at[c->about[0]].code, "AAA");
    assert_string_equal(f->d->entities.at[c->about[1]].code, "BBB");
}

static void an_empty_document_has_nothing(void **state)
{
    fixture *f = *state;
    doc_reset(f->d);
    event_code(f->d, f->k);
    claim_find(f->d, f->k);
    assert_int_equal(f->d->events.count + f->d->claims.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(active_and_passive_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_light_verb_bears_its_noun, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_threatened_is_not_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_will_be_sent_is_promised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_did_it_is_found_by_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(patterns_lend_the_recipient, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_main_verb_may_hang_on_its_object, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_idiom_is_no_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_ally_no_longer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_document_has_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
