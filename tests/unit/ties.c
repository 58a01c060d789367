/* Ties and members: what the compiler refuses, how bonds are cut, and the dated cases of tests/golden/ties. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "kb/kb.h"

static const char *root; /* of the repository: the program's first argument */

static const char powers[] = "known until 2020-01-01\n"
                             "entity AAA state\n  name Aland\nentity BBB state\n  name Bland\nentity CCC state\n  name Cland\n"
                             "entity XX body\n  name Xbody\n";

enum { PATH_ROOM = 4096 };

/* A new file where temporary ones belong, so that a failed run leaves nothing in the source tree. */
static FILE *temporary(char path[PATH_ROOM])
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, PATH_ROOM, "%s/ties-test-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    return fdopen(fd, "w");
}

/* Builds `text` below the powers; returns the opened knowledge, or NULL with the faults. */
static kb *build(const char *text, buffer *faults)
{
    char lexicon[PATH_ROOM], compiled[PATH_ROOM];
    FILE *f = temporary(lexicon), *g = temporary(compiled);
    fputs(powers, f);
    fputs(text, f);
    fclose(f);
    buffer file = {0};
    const char *from[] = {lexicon}, *to[] = {compiled};
    kb *k = NULL;
    int code = kb_build(from, 1, &file, faults, NULL);
    fwrite(file.at, 1, file.len, g);
    fclose(g);
    if (!code)
        assert_int_equal(kb_open(to, 1, &k, NULL), 0);
    buffer_free(&file);
    unlink(lexicon);
    unlink(compiled);
    return k;
}

static const struct {
    const char *text, *fault;
} refused[] = {
    {"codes usa\n  cite c\n  AAA 1\n", "is no system of numbers"},
    {"codes cow\n  AAA 1\n", "has no citation"},
    {"codes cow\n  cite c\n  ZZZ 1\n", "no entity 'ZZZ'"},
    {"codes cow\n  cite c\n  AAA one\n", "a number from 1 to 9999 is wanted"},
    {"codes cow\n  cite c\n  AAA 1 1990\n", "a second date, or '-', is wanted"},
    {"codes cow gw\n  cite c\n  AAA 1\n  BBB 1 1990 -\n", "gw number 1 means two powers on one day"},
    {"codes cow\n  cite c\n  AAA 1 - 1990\n  AAA 2 1989 -\n", "a power has two cow numbers on one day"},
    {"tie t friendly\n  name T\n  cite c\n", "is no kind of tie"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 -\n", "has no citation"},
    {"tie t alliance\n  party AAA; BBB 1990 -\n  cite c\n", "a tie has a name"},
    {"tie t alliance\n  name T\n  party AAA 1990 -\n  cite c\n", "binds at least two"},
    {"tie t alliance\n  name T\n  party AAA; ZZZ 1990 -\n  cite c\n", "no entity 'ZZZ'"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990-13 -\n  cite c\n", "is no date"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 1980\n  cite c\n", "ends before it begins"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990\n  cite c\n", "a second date"},
    {"tie t alliance\n  name T\n  party AAA; BBB 2021 -\n  cite c\n", "claims to know"},
    {"tie t alliance\n  name T\n  signed 1995\n  party AAA; BBB 1990 -\n  cite c\n", "before the treaty was signed"},
    {"tie t alliance\n  name T\n  signed 1995\n  force 1994\n  party AAA; BBB 1995 -\n  cite c\n", "before it was signed"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 -\n  party AAA 1995 -\n  cite c\n", "spells overlap"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 -\n  spell AAA 1995 - frozen\n  spell AAA 1996 1997 frozen\n  cite c\n", "overlaps another"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 -\n  spell CCC 1995 - frozen\n  cite c\n", "no party in that spell"},
    {"tie t alliance\n  name T\n  party AAA; BBB 1990 -\n  spell AAA 1995 - cold\n  cite c\n", "does not begin with a status"},
    {"tie t alliance\n  name T\n  owes love article 1\n  party AAA; BBB 1990 -\n  cite c\n", "is no obligation"},
    {"tie t alliance\n  name T\n  owes defense\n  party AAA; BBB 1990 -\n  cite c\n", "the article that says so"},
    {"tie t alliance\n  name T\n  parti AAA; BBB 1990 -\n  cite c\n", "has no field 'parti'"},
    {"tie t alliance\n  name T\n  between AAA CCC\n  party AAA; BBB 1990 -\n  cite c\n", "is no party"},
    {"body XX\n  member AAA full 1990 -\n", "has no citation"},
    {"body YY\n  member AAA full 1990 -\n  cite c\n", "no entity 'YY'"},
    {"body XX\n  member AAA whole 1990 -\n  cite c\n", "no way to be a member"},
    {"body XX\n  member AAA full 1990 -\n  member AAA observer 1995 -\n  cite c\n", "overlaps another"},
    {"office AAA head_of_state  President\n  1990 2000  Ann Alpha\n  1995 2005  Bob Beta\n", "overlap another's"},
    {"spelled Nordic\n  Aase; Ase\n  Ase; Aasa\n", "stands in two lines"},
    {"spelled Nordic\n  Aase\n", "two or more"},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        buffer faults = {0};
        kb *k = build(refused[i].text, &faults);
        buffer_char(&faults, 0);
        if (k || !strstr(faults.at, refused[i].fault))
            fail_msg("\"%s\" gives \"%s\", not \"%s\"", refused[i].text, faults.at, refused[i].fault);
        assert_non_null(strstr(faults.at, "ties-test-")); /* file:line */
        buffer_free(&faults);
        kb_close(k);
    }
}

/* The bonds of AAA and BBB as "status from..to" lines. */
static void expect_bonds(const char *text, const char *wanted)
{
    buffer faults = {0}, got = {0};
    kb *k = build(text, &faults);
    if (!k)
        fail_msg("%.*s", (int)faults.len, faults.at);
    uint32_t first, count = kb_bonds_of(k, kb_entity_find(k, STR("BBB")), kb_entity_find(k, STR("AAA")), &first);
    for (uint32_t i = first; i < first + count; i++) {
        kb_bond bond = kb_bond_at(k, i);
        char from[11], to[11] = "";
        day_format(bond.spell.from, from);
        if (bond.spell.to != NO_DAY)
            day_format(bond.spell.to, to);
        buffer_format(&got, "%s%s %.4s..%.4s\n", bond.doubtful ? "? " : "", kb_status_names[bond.status], from, to);
    }
    buffer_char(&got, 0);
    assert_string_equal(got.at, wanted);
    buffer_free(&got);
    buffer_free(&faults);
    kb_close(k);
}

#define TIE "tie t alliance\n  name T\n  cite c\n  owes defense article 1\n"

static void test_bonds(void **state)
{
    (void)state;
    expect_bonds(TIE "  party AAA; BBB 1990 -\n", "in force 1990..\n");
    expect_bonds(TIE "  signed 1988\n  force 1990\n  party AAA; BBB 1990 -\n", "signed 1988..1990\nin force 1990..\n");
    expect_bonds(TIE "  signed 1988\n  force 1990\n  party AAA 1990 -\n  party BBB 1992 -\n", "in force 1992..\n");
    expect_bonds(TIE "  party AAA 1990 2000\n  party BBB 1995 2010\n", "in force 1995..2000\n");
    expect_bonds(TIE "  party AAA 1990 1994\n  party BBB 1995 -\n", "");
    expect_bonds(TIE "  party AAA; BBB 1990 -\n  spell AAA 1995 1996 frozen\n", "in force 1990..1995\nfrozen 1995..1996\nin force 1996..\n");
    expect_bonds(TIE "  party AAA; BBB; CCC 1990 -\n  spell AAA+CCC 1995 - suspended\n", "in force 1990..\n");
    expect_bonds(TIE "  party AAA; BBB; CCC 1990 -\n  spell BBB+AAA 1995 - suspended\n", "in force 1990..1995\nsuspended 1995..\n");
    expect_bonds(TIE "  party AAA; BBB 1990 -\n  spell * 1990 1992 provisional\n", "provisional 1990..1992\nin force 1992..\n");
    expect_bonds(TIE "  party AAA 1990 2004\n  party BBB 1990 -\n  notice AAA 2002\n", "in force 1990..2002\ndenounced 2002..2004\n");
    expect_bonds(TIE "  party AAA 1990 2004\n  party AAA 2010 -\n  party BBB 1990 -\n  notice AAA 2002\n",
                 "in force 1990..2002\ndenounced 2002..2004\nin force 2010..\n");
    expect_bonds(TIE "  party AAA; BBB; CCC 1990 -\n  between AAA CCC\n  between BBB CCC\n", "");
    expect_bonds(TIE "  party AAA; BBB 1990 -\n  except AAA BBB 1995 1997\n", "in force 1990..1995\nin force 1997..\n");
    expect_bonds(TIE "  party AAA 1990 -\n  party ? BBB 1990 -\n", "? in force 1990..\n");
    expect_bonds(TIE "  party AAA; BBB 1990 -\n  spell AAA 1995 - frozen\n  spell BBB 1997 1998 suspended\n",
                 "in force 1990..1995\nfrozen 1995..1997\nsuspended 1997..1998\nfrozen 1998..\n");
}

static void test_tables(void **state)
{
    (void)state;
    buffer faults = {0}, out = {0};
    kb *k = build("tie t alliance\n  name A \"T\", of 1990; T\n  cite c, d\n  owes defense consultation article 1\n"
                  "  party BBB; AAA 1990-02 -\nbody XX\n  member AAA full 1991 1992\n  member AAA suspended 1992 -\n  cite e\n", &faults);
    assert_non_null(k);
    kb_print_ties(k, ',', &out);
    kb_print_memberships(k, ',', &out);
    buffer_char(&out, 0);
    assert_string_equal(out.at, "a,b,instrument,kind,obligations,status,start,end,citation\n"
                                "AAA,BBB,\"A \"\"T\"\", of 1990\",alliance,defense|consultation,in force,1990-02-01,,\"c, d\"\n"
                                "body,member,status,start,end,citation\n"
                                "XX,AAA,full,1991-01-01,1992-01-01,e\nXX,AAA,suspended,1992-01-01,,e\n");
    uint32_t body = kb_entity_find(k, STR("XX")), a = kb_entity_find(k, STR("AAA")), b = kb_entity_find(k, STR("BBB"));
    uint32_t member = kb_member_find(k, body, a, day_of(1993, 5, 1));
    assert_int_equal(kb_member_at(k, member).status, MEMBER_SUSPENDED);
    assert_int_equal(kb_member_find(k, body, a, day_of(1990, 5, 1)), NONE);
    assert_int_equal(kb_member_find(k, body, b, day_of(1993, 5, 1)), NONE);
    kb_bond bond;
    assert_int_equal(kb_ties_between(k, b, a, day_of(2000, 1, 1), &bond, 1), 1);
    assert_int_equal(bond.since, day_of(1990, 2, 1));
    assert_int_equal(kb_line(k, bond.line).number, 14);
    assert_int_equal(kb_ties_between(k, b, a, day_of(2000, 1, 1), NULL, 0), 1);
    assert_int_equal(kb_ties_between(k, b, NONE, day_of(2000, 1, 1), NULL, 0), 0);
    buffer_free(&out);
    buffer_free(&faults);
    kb_close(k);
}

/* ---- dated cases ---- */

typedef struct ask {
    const kb *k;
    day on;
    uint32_t a, b;
    str owes, status, by; /* empty: not asked */
} ask;

static bool duty_of(const ask *q, const kb_bond *bond, str owes)
{
    uint8_t held = kb_tie_at(q->k, bond->tie).owes;
    for (int i = 0; i < OWES_COUNT; i++)
        if ((held & (1u << i)) && (!owes.len || str_is(owes, kb_owes_names[i])))
            return true;
    return false;
}

static bool found(const ask *q)
{
    kb_bond bonds[256];
    uint32_t count = kb_ties_between(q->k, q->a, q->b, q->on, bonds, COUNT(bonds));
    for (uint32_t i = 0; i < MIN(count, COUNT(bonds)); i++) {
        const kb_bond *bond = &bonds[i];
        bool binds = bond->status == TIE_IN_FORCE || bond->status == TIE_PROVISIONAL || bond->status == TIE_FROZEN;
        if ((!q->by.len || str_equal(kb_tie_at(q->k, bond->tie).identifier, q->by)) && duty_of(q, bond, q->owes) &&
            (q->status.len ? str_is(q->status, kb_status_names[bond->status]) : q->by.len || binds))
            return true;
    }
    return false;
}

static bool next_word(str *rest, str *ret)
{
    while (str_next(rest, ' ', ret))
        if (ret->len)
            return true;
    *ret = (str){"", 0};
    return false;
}

/* "defense in force by TIE", "nothing by TIE", "no defense", after "owes". */
static bool owes_right(ask *q, str rest)
{
    str word;
    next_word(&rest, &word);
    bool none = str_is(word, "no"), nothing = str_is(word, "nothing");
    if (none)
        next_word(&rest, &word);
    q->owes = nothing ? (str){"", 0} : word;
    str status = rest;
    uint32_t by = str_find(status, STR("by "));
    if (by != NONE) {
        q->by = str_trim(str_part(status, by + 3, status.len));
        bool known = false;
        for (uint32_t i = 0; i < kb_tie_count(q->k); i++)
            known |= str_equal(kb_tie_at(q->k, i).identifier, q->by);
        if (!known)
            return false;
    }
    q->status = str_trim(str_part(status, 0, MIN(by, status.len)));
    return found(q) != (none || nothing);
}

static bool member_right(const ask *q, str status)
{
    uint32_t member = kb_member_find(q->k, q->b, q->a, q->on);
    return member == NONE ? str_is(status, "none") : str_is(status, kb_member_names[kb_member_at(q->k, member).status]);
}

static bool case_right(const kb *k, str line)
{
    str word, on, a, b;
    date d;
    next_word(&line, &word);
    next_word(&line, &on);
    next_word(&line, &a);
    next_word(&line, &b);
    if (!str_is(word, "on") || !date_parse(on, &d))
        return false;
    ask q = {.k = k, .on = d.from, .a = kb_entity_find(k, a), .b = kb_entity_find(k, b)};
    if (q.a == NONE || q.b == NONE)
        return false;
    line = str_trim(line);
    if (!str_starts(line, "owes "))
        return member_right(&q, line);
    return owes_right(&q, str_trim(str_part(line, 5, line.len)));
}

static int cases_run(const kb *k, const char *name, int *failed)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/tests/golden/ties/%s", root, name);
    char *bytes;
    size_t len;
    assert_int_equal(file_read(path, LIMIT_RECORD, &bytes, &len, NULL), 0);
    str rest = {bytes, (uint32_t)len}, line;
    int run = 0;
    for (int number = 1; str_next(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (!line.len || line.at[0] == '#')
            continue;
        run++;
        if (!case_right(k, line)) {
            print_message("tests/golden/ties/%s:%d: %.*s\n", name, number, (int)line.len, line.at);
            ++*failed;
        }
    }
    free(bytes);
    return run;
}

static void test_golden(void **state)
{
    (void)state;
    char world[PATH_ROOM], compiled[PATH_ROOM];
    snprintf(world, sizeof world, "%s/lexicon/world", root);
    const char *from[] = {world}, *to[] = {compiled};
    buffer file = {0}, faults = {0};
    int failed = 0;
    if (kb_build(from, 1, &file, &faults, NULL))
        fail_msg("%.*s", (int)faults.len, faults.at);
    FILE *f = temporary(compiled);
    fwrite(file.at, 1, file.len, f);
    fclose(f);
    kb *k = NULL;
    int opened = kb_open(to, 1, &k, NULL);
    unlink(compiled);
    assert_int_equal(opened, 0);
    int run = cases_run(k, "post-soviet.txt", &failed) + cases_run(k, "world.txt", &failed);
    print_message("%d dated cases, %d failed\n", run, failed);
    assert_int_equal(failed, 0);
    kb_close(k);
    buffer_free(&file);
    buffer_free(&faults);
}

/* A number may go from one power to another, and a power may change it; the day decides. */
static void numbers_hold_on_their_days(void **unused)
{
    (void)unused;
    buffer faults = {0};
    kb *k = build("codes cow\n  cite c\n  AAA 7 - 1990-10-03\n  AAA 8 1990-10-03 -\n  BBB 7 1990-10-03 -\ncodes gw\n  cite c\n  AAA 7\n", &faults);
    assert_non_null(k);
    uint32_t a = kb_entity_find(k, STR("AAA")), b = kb_entity_find(k, STR("BBB")), c = kb_entity_find(k, STR("CCC"));
    assert_int_equal(kb_code_of(k, KB_CODES_COW, a, day_of(1990, 10, 2)), 7);
    assert_int_equal(kb_code_of(k, KB_CODES_COW, a, day_of(1990, 10, 3)), 8);
    assert_int_equal(kb_code_of(k, KB_CODES_COW, b, day_of(1990, 10, 2)), 0);
    assert_int_equal(kb_code_of(k, KB_CODES_COW, b, day_of(1990, 10, 3)), 7);
    assert_int_equal(kb_code_of(k, KB_CODES_GW, a, day_of(1990, 10, 3)), 7);
    assert_int_equal(kb_code_of(k, KB_CODES_COW, c, day_of(1990, 10, 3)), 0);
    kb_close(k);
    buffer_free(&faults);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_hold_on_their_days), cmocka_unit_test(test_refused), cmocka_unit_test(test_bonds),
                                       cmocka_unit_test(test_tables), cmocka_unit_test(test_golden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
