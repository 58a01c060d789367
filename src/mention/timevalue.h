/* timevalue: days, weeks, seasons and how TIMEX3 writes them. Private to the folder. */
#ifndef MENTION_TIMEVALUE_H
#define MENTION_TIMEVALUE_H

#include <stdlib.h>

#include "base/base.h"

typedef enum grain { GRAIN_DAY, GRAIN_WEEK, GRAIN_WEEKEND, GRAIN_MONTH, GRAIN_QUARTER, GRAIN_YEAR, GRAIN_DECADE, GRAIN_CENTURY } grain;

int day_year(day d);
/* The same day of another month, or its last; NO_DAY outside the calendar. */
day day_shift_months(day d, int months);
/* The days of the week, month ... that `d` lies in, and its TIMEX3 value. */
date grain_days(grain g, day d);
str grain_value(arena *a, grain g, day d);
day grain_shift(grain g, day d, int steps);
date season_days(str season, int year);
/* The day of the week (0 = Monday) at or before `from`, or at or after it. */
day weekday_near(day from, int weekday, bool ahead);
/* The year in which this month (and day, or 0) lies nearest to `from`. */
int year_nearest(day from, int month, int month_day);

#endif
