/* Days, weeks, seasons and how TIMEX3 writes them. */
#include "mention/timevalue.h"

#include <stdio.h>

day day_shift_months(day d, int months)
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    int total = y * 12 + (m - 1) + months;
    y = total / 12;
    m = total % 12 + 1;
    if (y < 1 || y > 9999)
        return NO_DAY;
    return day_of(y, m, MIN(md, month_days(y, m)));
}

int day_year(day d)
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    return y;
}

static void iso_week(day d, int *ret_year, int *ret_week)
{
    day thursday = d - day_of_week(d) + 3;
    *ret_year = day_year(thursday);
    *ret_week = (thursday - day_of(*ret_year, 1, 1)) / 7 + 1;
}

static date months_from(int year, int month, int months)
{
    day from = day_of(year, month, 1), after = from == NO_DAY ? NO_DAY : day_shift_months(from, months);
    return after == NO_DAY ? NO_DATE : (date){from, after - 1};
}

date grain_days(grain g, day d)
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    switch (g) {
    case GRAIN_WEEK: return (date){d - day_of_week(d), d - day_of_week(d) + 6};
    case GRAIN_WEEKEND: return (date){d - day_of_week(d) + 5, d - day_of_week(d) + 6};
    case GRAIN_MONTH: return months_from(y, m, 1);
    case GRAIN_QUARTER: return months_from(y, (m - 1) / 3 * 3 + 1, 3);
    case GRAIN_YEAR: return months_from(y, 1, 12);
    case GRAIN_DECADE: return y >= 10 ? (date){day_of(y / 10 * 10, 1, 1), day_of(y / 10 * 10 + 9, 12, 31)} : NO_DATE;
    case GRAIN_CENTURY: return y >= 100 ? (date){day_of(y / 100 * 100, 1, 1), day_of(y / 100 * 100 + 99, 12, 31)} : NO_DATE;
    default: return date_of_day(d);
    }
}

str grain_value(arena *a, grain g, day d)
{
    int y, m, md, week, year;
    day_split(d, &y, &m, &md);
    iso_week(d, &year, &week);
    switch (g) {
    case GRAIN_WEEK: return arena_format(a, "%04d-W%02d", year, week);
    case GRAIN_WEEKEND: return arena_format(a, "%04d-W%02d-WE", year, week);
    case GRAIN_MONTH: return arena_format(a, "%04d-%02d", y, m);
    case GRAIN_QUARTER: return arena_format(a, "%04d-Q%d", y, (m - 1) / 3 + 1);
    case GRAIN_YEAR: return arena_format(a, "%04d", y);
    case GRAIN_DECADE: return arena_format(a, "%03d", y / 10);
    case GRAIN_CENTURY: return arena_format(a, "%02d", y / 100);
    default: return arena_format(a, "%04d-%02d-%02d", y, m, md);
    }
}

day grain_shift(grain g, day d, int steps)
{
    switch (g) {
    case GRAIN_WEEK:
    case GRAIN_WEEKEND: return d + 7 * steps;
    case GRAIN_MONTH: return day_shift_months(d, steps);
    case GRAIN_QUARTER: return day_shift_months(d, 3 * steps);
    case GRAIN_YEAR: return day_shift_months(d, 12 * steps);
    case GRAIN_DECADE: return day_shift_months(d, 120 * steps);
    case GRAIN_CENTURY: return day_shift_months(d, 1200 * steps);
    default: return d + steps;
    }
}

date season_days(str season, int year)
{
    int first = str_is(season, "SP") ? 3 : str_is(season, "SU") ? 6 : str_is(season, "FA") ? 9 : 12;
    return months_from(year, first, 3);
}

day weekday_near(day from, int weekday, bool ahead)
{
    int gap = weekday - day_of_week(from);
    if (ahead)
        return from + (gap < 0 ? gap + 7 : gap);
    return from + (gap > 0 ? gap - 7 : gap);
}

int year_nearest(day from, int month, int month_day)
{
    int year = day_year(from), best = year;
    long best_gap = 100000;
    for (int y = year - 1; y <= year + 1; y++) {
        day d = day_of(y, month, MIN(month_day ? month_day : 15, month_days(y, month)));
        long gap = d == NO_DAY ? 100000 : labs((long)d - from);
        if (gap < best_gap) {
            best_gap = gap;
            best = y;
        }
    }
    return best;
}
