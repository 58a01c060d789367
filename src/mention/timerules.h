/* timerules: what the files of the times grammar share. Private to the folder. */
#ifndef MENTION_TIMERULES_H
#define MENTION_TIMERULES_H

#include "mention/inside.h"
#include "mention/timevalue.h"

typedef struct found {
    uint32_t last;
    uint8_t type;
    str value;
    date date;
    bool anchors; /* later "two days later" counts from it */
    bool narrow;  /* a day or month of the story itself */
} found;

typedef struct times {
    scan *s;
    uint8_t *known; /* by token: the trie of times has something here */
    day now;        /* reference date, or NO_DAY */
    day told;       /* the last date told in this text, or NO_DAY */
    grain told_grain;
    int told_year;  /* the year last written out, or 0 */
    uint32_t told_block; /* the paragraph in which it was */
    bool news;      /* the text counts from its own day: it says "Monday", "today" */
    bool report;    /* and is a report of the day, where "recently" says something; a guide or a talk is none */
} times;


/* ---- words and values (timewords.c) ---- */

bool time_word(const times *x, uint32_t t, const char *kind, uint32_t *ret_last, str *ret_value);
int time_number(str value);
bool time_inside(const times *x, uint32_t t, uint32_t with);
bool time_amount(const times *x, uint32_t t, uint32_t *ret_last, int *ret);
bool time_year(const times *x, uint32_t t, int *ret);
bool time_month(const times *x, uint32_t t, uint32_t *ret_last, int *ret);
bool time_looks_ahead(const times *x, uint32_t t);
bool time_give(found *f, uint32_t last, uint8_t type, str value, date date);
bool time_give_grain(const times *x, found *f, uint32_t last, grain g, day d);
uint32_t time_block(const times *x, uint32_t t);
bool time_give_month(times *x, found *f, uint32_t last, int year, int month, int month_day);
bool rule_numeric_date(times *x, uint32_t t, found *f);
/* The day of a clock time that ends at `last`, as TIMEX3: the one that follows ("3 p.m. on Friday"), the last told, or today. */
str time_day_of(times *x, uint32_t last);
bool rule_clock(times *x, uint32_t t, found *f);
bool time_year_after(const times *x, uint32_t last, uint32_t *ret_last, int *ret_year);
bool rule_month(times *x, uint32_t t, found *f);
bool rule_day_month(times *x, uint32_t t, found *f);
bool rule_weekday(times *x, uint32_t t, found *f);
bool rule_year(times *x, uint32_t t, found *f);
bool rule_era(times *x, uint32_t t, found *f);
bool rule_holiday(times *x, uint32_t t, found *f);

#endif
