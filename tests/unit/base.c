#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static void dates_go_there_and_back(void **state)
{
    (void)state;
    for (day d = day_of(1899, 12, 30); d < day_of(2101, 1, 2); d += 13) {
        int y, m, md;
        day_split(d, &y, &m, &md);
        assert_int_equal(day_of(y, m, md), d);
    }
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of_week(day_of(2020, 10, 15)), 3); /* a Thursday */
    assert_int_equal(day_of(2021, 2, 29), NO_DAY);
}

static void a_date_is_the_span_it_may_mean(void **state)
{
    (void)state;
    date d;
    assert_true(date_parse(STR("2020-02"), &d));
    assert_int_equal(d.to - d.from, 28);
    assert_true(date_parse(STR("2016-04-05T10:00:00Z"), &d));
    assert_int_equal(d.from, day_of(2016, 4, 5));
    assert_false(date_parse(STR("2016-13-01"), &d));
    assert_false(date_parse(STR("2016-02-30"), &d));
    assert_false(date_parse(STR("soon"), &d));
}

static void strings_fold(void **state)
{
    (void)state;
    arena *a = arena_new(1 << 20);
    assert_true(str_is(utf8_fold(a, STR("Türkiye’s ÉLYSÉE")), "turkiye's elysee"));
    assert_true(str_is(utf8_fold(a, STR("Đinđić Łódź")), "dindic lodz"));
    assert_true(str_is(utf8_lower(a, STR("“Élysée” – A")), "\"élysée\" - a"));
    assert_int_equal(utf8_check(STR("ab\xff")), 2);
    assert_int_equal(utf8_check(STR("año")), NONE);
    assert_true(str_is(utf8_mend(a, STR("a\xff\xc3o")), "a\xEF\xBF\xBD\xEF\xBF\xBDo"));
    utf8_counter c = {.text = STR("año é")};
    assert_int_equal(utf8_chars_at(&c, 4), 3);
    assert_int_equal(utf8_chars_at(&c, 1), 1);
    arena_free(a);
}

static void an_arena_jumps_out_at_its_limit(void **state)
{
    (void)state;
    arena *a = arena_new(1 << 20);
    volatile int rounds = 0;
    if (!setjmp(*arena_escape(a)))
        for (;; rounds++)
            arena_take(a, 1, 1000);
    assert_in_range(rounds, 1000, 1048);
    arena_reset(a);
    assert_int_equal(arena_used(a), 0);
    arena_free(a);
}

static void a_map_keeps_the_first_value(void **state)
{
    (void)state;
    arena *a = arena_new(8 << 20);
    map *m = map_new(a);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(map_add(m, arena_format(a, "key %u", i), i), i);
    assert_int_equal(map_add(m, STR("key 17"), 99), 17);
    assert_int_equal(map_get(m, STR("key 4999")), 4999);
    assert_int_equal(map_get(m, STR("key 5000")), NONE);
    arena_free(a);
}

static void strings_split(void **state)
{
    (void)state;
    str rest = STR("a; b;;c"), part;
    int n = 0;
    while (str_next(&rest, ';', &part))
        n++;
    assert_int_equal(n, 4);
    assert_int_equal(str_find(STR("in Berlin"), STR("Berlin")), 3);
    assert_int_equal(str_find(STR("in Berli"), STR("Berlin")), NONE);
    double real;
    assert_true(str_to_real(STR("-1.25"), &real));
    assert_true(real == -1.25);
    assert_false(str_to_real(STR("1.2.3"), &real));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_go_there_and_back),        cmocka_unit_test(a_date_is_the_span_it_may_mean),
        cmocka_unit_test(strings_fold),                   cmocka_unit_test(an_arena_jumps_out_at_its_limit),
        cmocka_unit_test(a_map_keeps_the_first_value),    cmocka_unit_test(strings_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
