#include "base/base.h"

#include <stdio.h>

/* Days from the civil calendar and back, counting eras of 400 years from 1 March: H. Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms". */
static day days_from_civil(int year, int month, int month_day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + month_day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

void day_split(day d, int *ret_year, int *ret_month, int *ret_month_day)
{
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    *ret_month_day = of_year - (153 * month + 2) / 5 + 1;
    *ret_month = month < 10 ? month + 3 : month - 9;
    *ret_year = year + era * 400 + (*ret_month <= 2);
}

int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

day day_of(int year, int month, int month_day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || month_day < 1 || month_day > month_days(year, month))
        return NO_DAY;
    return days_from_civil(year, month, month_day);
}

int day_of_week(day d)
{
    return (int)(((int64_t)d + 3) % 7 + 7) % 7;
}

void day_format(day d, char ret[11])
{
    int y, m, md;
    if (d < DAY_FIRST || d > DAY_LAST) {
        ret[0] = 0;
        return;
    }
    day_split(d, &y, &m, &md);
    char text[40];
    snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, md);
    memcpy(ret, text, 10);
    ret[10] = 0;
}

static bool digits(str s, uint32_t at, uint32_t count, int *ret)
{
    int64_t value;
    if (at + count > s.len || !str_to_int(str_part(s, at, at + count), &value) || value < 0)
        return false;
    *ret = (int)value;
    return true;
}

bool date_parse(str s, date *ret)
{
    int year, month = 1, month_day = 1, last = 12, last_day = 31;
    uint32_t end = 4;
    if (!digits(s, 0, 4, &year))
        return false;
    if (s.len >= 7 && s.at[4] == '-') {
        if (!digits(s, 5, 2, &month) || month < 1 || month > 12)
            return false;
        last = month;
        last_day = month_days(year ? year : 1, month);
        end = 7;
    }
    if (s.len >= 10 && end == 7 && s.at[7] == '-') {
        if (!digits(s, 8, 2, &month_day))
            return false;
        last_day = month_day;
        end = 10;
    }
    if (s.len != end && !(end == 10 && (s.at[10] == 'T' || s.at[10] == ' ')))
        return false;
    date d = {day_of(year, month, month_day), day_of(year, last, last_day)};
    if (d.from == NO_DAY || d.to == NO_DAY)
        return false;
    *ret = d;
    return true;
}
